{{ config(materialized='iterated', step='scorecard_first_step', most_steps=200) }}

-- Weights of single bins, before features are paired, starting from no weights. Iterated over the
-- observations' bins with the step in macros/evaluation/scorecard.sql.
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
