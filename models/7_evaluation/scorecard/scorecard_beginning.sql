-- The fit begins at weights of 0, with a step size as large as the observations allow; see
-- macros/evaluation/scorecard.sql. Each model makes few steps, as Spark's analyzer and executors
-- cannot cope with long chains of CTEs.
{% set bound_passes = 6 %}
with binned as (
    select scorecard_rows.*
    from {{ ref('scorecard_rows') }} as scorecard_rows
    where scorecard_rows.is_training
),

bins as (
    select
        scorecard_bins.fit_id,
        scorecard_bins.bin_id,
        scorecard_bins.support,
        scorecard_bins.conversions,
        scorecard_bins.observations,
        case
            when scorecard_bins.bin_id = 0 then cast(0 as {{ type_double() }})
            else scorecard_bins.support / cast(scorecard_bins.observations as {{ type_double() }})
        end as share,
        max(
            case
                when scorecard_bins.bin_id = 0
                    then scorecard_bins.conversions / scorecard_bins.observations
            end
        ) over (partition by scorecard_bins.fit_id) as conversion_rate
    from {{ ref('scorecard_bins') }} as scorecard_bins
),

curvatures as (
    select
        bins.*,
        case
            when bins.bin_id = 0 then bins.observations / cast(4 as {{ type_double() }})
            else bins.support * (1 - bins.share) / 4 + {{ scorecard_penalty() }}
        end as curvature
    from bins
),

-- The power iteration begins at the first gradient.
state_bound_0 as (
    select
        curvatures.fit_id,
        curvatures.bin_id,
        curvatures.share,
        curvatures.curvature,
        cast(0 as {{ type_double() }}) as weight,
        case
            when curvatures.bin_id = 0 then cast(0 as {{ type_double() }})
            else
                (curvatures.support * curvatures.conversion_rate - curvatures.conversions)
                / curvatures.curvature
        end as look_ahead,
        cast(1 as {{ type_double() }}) as step_bound,
        sum(
            case
                when curvatures.bin_id = 0 then 0
                else
                    curvatures.share
                    * (curvatures.support * curvatures.conversion_rate - curvatures.conversions)
                    / curvatures.curvature
            end
        ) over (partition by curvatures.fit_id) as shift
    from curvatures
),

{% for number in range(1, bound_passes + 1) -%}
{{ scorecard_bound_pass('bound_' ~ number, 'state_bound_' ~ (number - 1)) }},

{% endfor -%}
final as (
    select
        state_bound_{{ bound_passes }}.fit_id,
        state_bound_{{ bound_passes }}.bin_id,
        state_bound_{{ bound_passes }}.share,
        state_bound_{{ bound_passes }}.curvature,
        case
            when state_bound_{{ bound_passes }}.bin_id = 0
                then ln(curvatures.conversion_rate / (1 - curvatures.conversion_rate))
            else cast(0 as {{ type_double() }})
        end as weight,
        case
            when state_bound_{{ bound_passes }}.bin_id = 0
                then ln(curvatures.conversion_rate / (1 - curvatures.conversion_rate))
            else cast(0 as {{ type_double() }})
        end as look_ahead,
        state_bound_{{ bound_passes }}.step_bound,
        cast(0 as {{ type_double() }}) as shift,
        cast(null as {{ type_double() }}) as last_change
    from state_bound_{{ bound_passes }}
    inner join curvatures
        on
            state_bound_{{ bound_passes }}.fit_id = curvatures.fit_id
            and state_bound_{{ bound_passes }}.bin_id = curvatures.bin_id
)

select * from final
