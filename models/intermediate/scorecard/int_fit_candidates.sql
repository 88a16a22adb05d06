-- Result of this evaluation for each scoring model and method: whether it can be used, and if not,
-- why.
{% set needs = scorecard_needs() %}
with evaluation_plan as (
    select evaluation_plan.*
    from {{ ref('int_evaluation_plan') }} as evaluation_plan
    where evaluation_plan.is_due
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

measures as (
    select * from {{ ref('int_fit_measures') }}
),

methods as (
    select 'scorecard' as method

    union all

    select 'naive_bayes' as method
),

counts as (
    select
        fit_sample.scoring_model,
        count(*) as observations,
        sum(case when fit_sample.is_converted then 1 else 0 end) as conversions,
        sum(case when fit_sample.is_converted then 0 else 1 end) as non_conversions,
        sum(
            case when fit_sample.is_later and fit_sample.is_converted then 1 else 0 end
        ) as later_conversions,
        sum(
            case
                when fit_sample.is_later and not fit_sample.is_converted then 1
                else 0
            end
        ) as later_non_conversions
    from {{ ref('int_fit_sample') }} as fit_sample
    group by fit_sample.scoring_model
),

largest_changes as (
    select
        bin_weights.scoring_model,
        bin_weights.method,
        max(bin_weights.largest_change) as largest_change
    from {{ ref('int_bin_weights') }} as bin_weights
    group by bin_weights.scoring_model, bin_weights.method
),

candidates as (
    select
        scoring_models.scoring_model,
        methods.method,
        evaluation_plan.evaluated_on,
        largest_changes.largest_change,
        measures.slope,
        measures.intercept,
        measures.auc,
        measures.brier_score,
        measures.log_loss,
        measures.constant_log_loss,
        measures.log_loss_error,
        measures.auc_error,
        measures.calibration_error,
        measures.top_decile_lift,
        measures.score_auc,
        coalesce(counts.observations, 0) as observations,
        coalesce(counts.conversions, 0) as conversions,
        coalesce(counts.non_conversions, 0) as non_conversions,
        coalesce(counts.later_conversions, 0) as later_conversions,
        coalesce(counts.later_non_conversions, 0) as later_non_conversions,
        -- The fit has converged if one more step would not change any weight noticeably.
        coalesce(largest_changes.largest_change < 0.001, methods.method = 'naive_bayes')
            as is_converged,
        measures.slope >= {{ least_slope() }} as is_calibrated,
        measures.constant_log_loss - measures.log_loss > measures.log_loss_error
        and measures.auc - {{ z_of_interval() }} * measures.auc_error > 0.5 as is_better_than_chance
    from scoring_models
    cross join methods
    cross join evaluation_plan
    left join counts on scoring_models.scoring_model = counts.scoring_model
    left join measures
        on
            scoring_models.scoring_model = measures.scoring_model
            and methods.method = measures.method
    left join largest_changes
        on
            scoring_models.scoring_model = largest_changes.scoring_model
            and methods.method = largest_changes.method
),

ranked as (
    select
        candidates.*,
        row_number() over (
            partition by candidates.scoring_model
            order by
                case
                    when
                        candidates.is_converged
                        and candidates.is_calibrated
                        and candidates.is_better_than_chance
                        then 0
                    else 1
                end,
                candidates.log_loss,
                case when candidates.method = 'scorecard' then 0 else 1 end
        ) as method_rank
    from candidates
)

select
    ranked.scoring_model,
    ranked.method,
    ranked.evaluated_on,
    case
        when ranked.log_loss is null then 'refused'
        when not ranked.is_converged then 'not_used'
        when not ranked.is_calibrated or not ranked.is_better_than_chance then 'refused'
        when ranked.method_rank = 1 then 'used'
        else 'not_used'
    end as status,
    case
        when
            ranked.conversions < {{ needs.conversions }}
            or ranked.non_conversions < {{ needs.conversions }}
            then
                concat(
                    'too little data: ', cast(ranked.conversions as {{ dbt.type_string() }}),
                    ' conversions and ', cast(ranked.non_conversions as {{ dbt.type_string() }}),
                    ' non-conversions, {{ needs.conversions }} and {{ needs.conversions }}'
                    || ' are needed'
                )
        when ranked.log_loss is null
            then
                concat(
                    'too little data to calibrate on: the later days have ',
                    cast(ranked.later_conversions as {{ dbt.type_string() }}),
                    ' conversions and ',
                    cast(ranked.later_non_conversions as {{ dbt.type_string() }}),
                    ' non-conversions, {{ needs.later }} of each are needed, and as many on'
                    || ' the earlier days'
                )
        when not ranked.is_converged then 'the fit did not converge'
        when not ranked.is_calibrated
            then
                concat(
                    'no signal found: on later observations the slope of its log-odds is ',
                    {{ four_decimals('ranked.slope') }}, ', at least {{ least_slope() }} is needed'
                )
        when not ranked.is_better_than_chance
            then
                concat(
                    'no signal found: on later observations its log loss is ',
                    {{ four_decimals('ranked.log_loss') }}, ' and that of a constant ',
                    {{ four_decimals('ranked.constant_log_loss') }}, ', with a standard error of ',
                    {{ four_decimals('ranked.log_loss_error') }}, '; its AUC is ',
                    {{ four_decimals('ranked.auc') }}, ', with a standard error of ',
                    {{ four_decimals('ranked.auc_error') }}
                )
        when ranked.method_rank = 1 then 'the least log loss on later observations'
        else 'the other method has less log loss on later observations'
    end as status_because,
    ranked.observations,
    ranked.conversions,
    ranked.non_conversions,
    ranked.largest_change,
    ranked.slope,
    ranked.intercept,
    ranked.auc,
    ranked.brier_score,
    ranked.log_loss,
    ranked.constant_log_loss,
    ranked.log_loss_error,
    ranked.auc_error,
    ranked.calibration_error,
    ranked.top_decile_lift,
    ranked.score_auc
from ranked
