{{ config(materialized='iterated', step='scorecard_paired_step', most_steps=200) }}

-- Weights of single bins and of pairs, starting from the weights of the first fit. Iterated with
-- the step in macros/evaluation/scorecard.sql.
-- depends_on: {{ ref('int_fit_paired_rows') }}
with weights as (
    select
        first_fit.fit_id,
        first_fit.bin_id,
        first_fit.share,
        first_fit.weight
    from {{ ref('int_fit_init') }} as first_fit

    union all

    select
        pairs.fit_id,
        pairs.bin_id,
        cast(pairs.support as {{ type_double() }}) / pairs.observations as share,
        cast(0 as {{ type_double() }}) as weight
    from {{ ref('int_fit_pairs') }} as pairs
)

{{ scorecard_beginning() }}
