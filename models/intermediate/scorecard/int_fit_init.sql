{{ config(materialized='iterated', step='scorecard_first_step', most_steps=200) }}

-- The weights of single bins, before features are paired: from none on, step by step of
-- macros/evaluation/scorecard.sql over the observations' bins.
-- depends_on: {{ ref('int_fit_rows') }}
with bins as (
    select * from {{ ref('int_fit_bins') }}
),

weights as (
    select
        bins.fit_id,
        bins.bin_id,
        case
            when bins.bin_id = 0 then cast(0 as {{ type_double() }})
            else cast(bins.support as {{ type_double() }}) / bins.observations
        end as share,
        case
            when bins.bin_id = 0
                then
                    ln(
                        cast(bins.conversions as {{ type_double() }})
                        / (bins.observations - bins.conversions)
                    )
            else cast(0 as {{ type_double() }})
        end as weight
    from bins
)

{{ scorecard_beginning() }}
