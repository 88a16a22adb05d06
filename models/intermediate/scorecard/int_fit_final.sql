{{ config(materialized='iterated', most_steps=200) }}

-- Weights of single bins and of pairs, starting from the weights of the first fit. The SQL is one
-- step of the fit; the materialization repeats it.
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
),

beginning as (
    select
        weights.*,
        cast(0 as {{ type_double() }}) as direction,
        cast(0 as {{ type_double() }}) as gradient,
        cast(0 as {{ type_double() }}) as gradient_product,
        cast(0 as {{ type_double() }}) as slope,
        cast(null as {{ type_double() }}) as largest_change,
        false as is_finished
    from weights
),

previous as (
    select * from {{ previous_step('beginning') }}
),

{{ scorecard_step('previous', ref('int_fit_paired_rows')) }}
