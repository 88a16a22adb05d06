-- Steps 21 to 30 of the fit: pairs come in with weights of 0 and momentum begins anew. The bound of
-- the step size grows by one for each two features that are paired, the most that they can add.
with binned as (
    select scorecard_paired_rows.*
    from {{ ref('scorecard_paired_rows') }} as scorecard_paired_rows
    where scorecard_paired_rows.is_training
),

pairs as (
    select
        scorecard_pairs.*,
        scorecard_pairs.support / cast(scorecard_pairs.observations as {{ type_double() }})
            as share
    from {{ ref('scorecard_pairs') }} as scorecard_pairs
),

first_steps as (
    select * from {{ ref('scorecard_steps_to_twenty') }}
),

paired_fits as (
    select
        first_steps.fit_id,
        max(first_steps.step_bound) + coalesce(max(pairs.paired_features), 0) as step_bound
    from first_steps
    left join pairs on first_steps.fit_id = pairs.fit_id
    group by first_steps.fit_id
),

weights as (
    select
        first_steps.fit_id,
        first_steps.bin_id,
        first_steps.share,
        first_steps.curvature,
        first_steps.weight
    from first_steps

    union all

    select
        pairs.fit_id,
        pairs.bin_id,
        pairs.share,
        pairs.support * (1 - pairs.share) / 4 + {{ scorecard_penalty() }} as curvature,
        cast(0 as {{ type_double() }}) as weight
    from pairs
),

state_20 as{{ planned_apart() }} (
    select
        weights.fit_id,
        weights.bin_id,
        weights.share,
        weights.curvature,
        weights.weight,
        weights.weight as look_ahead,
        paired_fits.step_bound,
        sum(weights.share * weights.weight) over (partition by weights.fit_id) as shift
    from weights
    inner join paired_fits on weights.fit_id = paired_fits.fit_id
),

{% for number in range(21, 31) -%}
{{ scorecard_step(number, 'state_' ~ (number - 1), number - 20) }},

{% endfor -%}
final as (
    select * from state_30
)

select * from final
