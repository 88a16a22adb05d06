-- Result of this evaluation for each scoring model: whether its fit can be used, and if not, why.
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

penalties as (
    select penalties.*
    from {{ ref('int_fit_penalties') }} as penalties
    where penalties.is_chosen
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
        ) as later_non_conversions,
        min(fit_sample.as_of) as first_observed_on,
        max(fit_sample.as_of) as last_observed_on,
        min(case when fit_sample.is_later then fit_sample.as_of end) as measured_from
    from {{ ref('int_fit_sample') }} as fit_sample
    group by fit_sample.scoring_model
),

largest_changes as (
    select
        bin_weights.scoring_model,
        max(bin_weights.largest_change) as largest_change
    from {{ ref('int_bin_weights') }} as bin_weights
    group by bin_weights.scoring_model
),

suspected_leaks as (
    select * from {{ ref('int_suspected_leaks') }}
),

candidates as (
    select
        scoring_models.scoring_model,
        evaluation_plan.evaluated_on,
        penalties.penalty,
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
        measures.conversion_rate,
        measures.expected_rate,
        suspected_leaks.attributes as suspected_leaks,
        counts.first_observed_on,
        counts.last_observed_on,
        counts.measured_from,
        coalesce(counts.observations, 0) as observations,
        coalesce(counts.conversions, 0) as conversions,
        coalesce(counts.non_conversions, 0) as non_conversions,
        coalesce(counts.later_conversions, 0) as later_conversions,
        coalesce(counts.later_non_conversions, 0) as later_non_conversions,
        -- The fit has converged if one more step would not change any weight noticeably.
        coalesce(largest_changes.largest_change < 0.01, false) as is_converged,
        measures.slope >= {{ least_slope() }} as is_calibrated,
        measures.constant_log_loss - measures.log_loss > measures.log_loss_error
        and measures.auc - {{ z_of_interval() }} * measures.auc_error > 0.5 as is_better_than_chance
    from scoring_models
    cross join evaluation_plan
    left join counts on scoring_models.scoring_model = counts.scoring_model
    left join measures on scoring_models.scoring_model = measures.scoring_model
    left join penalties on scoring_models.scoring_model = penalties.scoring_model
    left join largest_changes on scoring_models.scoring_model = largest_changes.scoring_model
    left join suspected_leaks on scoring_models.scoring_model = suspected_leaks.scoring_model
)

select
    candidates.scoring_model,
    'scorecard' as method,
    candidates.evaluated_on,
    case
        when
            candidates.is_converged
            and candidates.is_calibrated
            and candidates.is_better_than_chance
            and candidates.suspected_leaks is null
            then 'used'
        else 'refused'
    end as status,
    case
        when
            candidates.conversions < {{ needs.conversions }}
            or candidates.non_conversions < {{ needs.conversions }}
            then
                concat(
                    'too little data: ', cast(candidates.conversions as {{ dbt.type_string() }}),
                    ' conversions and ',
                    cast(candidates.non_conversions as {{ dbt.type_string() }}),
                    ' non-conversions, {{ needs.conversions }} and {{ needs.conversions }}'
                    || ' are needed'
                )
        when candidates.log_loss is null
            then
                concat(
                    'too little data to measure on: the later days have ',
                    cast(candidates.later_conversions as {{ dbt.type_string() }}),
                    ' conversions and ',
                    cast(candidates.later_non_conversions as {{ dbt.type_string() }}),
                    ' non-conversions, {{ needs.later }} of each are needed, and as many on'
                    || ' the earlier days'
                )
        when not candidates.is_converged then 'the fit did not converge'
        when not candidates.is_calibrated
            then
                concat(
                    'no signal found: on held-out leads the slope of its log-odds is ',
                    {{ four_decimals('candidates.slope') }},
                    ', at least {{ least_slope() }} is needed'
                )
        when not candidates.is_better_than_chance
            then
                concat(
                    'no signal found: on later observations its log loss is ',
                    {{ four_decimals('candidates.log_loss') }}, ' and that of a constant ',
                    {{ four_decimals('candidates.constant_log_loss') }},
                    ', with a standard error of ',
                    {{ four_decimals('candidates.log_loss_error') }}, '; its AUC is ',
                    {{ four_decimals('candidates.auc') }}, ', with a standard error of ',
                    {{ four_decimals('candidates.auc_error') }}
                )
        when candidates.suspected_leaks is not null
            then
                concat(
                    'suspected leak: ', candidates.suspected_leaks,
                    ' may be known only because of the outcome; name those that are not leaks in'
                    || ' the var allowed_attributes, and remove the others from the raw tables'
                )
        else 'better than a constant on later observations'
    end as status_because,
    candidates.observations,
    candidates.conversions,
    candidates.non_conversions,
    candidates.penalty,
    candidates.largest_change,
    candidates.slope,
    candidates.intercept,
    candidates.auc,
    candidates.brier_score,
    candidates.log_loss,
    candidates.constant_log_loss,
    candidates.log_loss_error,
    candidates.auc_error,
    candidates.calibration_error,
    candidates.top_decile_lift,
    candidates.score_auc,
    candidates.conversion_rate as later_conversion_rate,
    candidates.expected_rate as later_expected_rate,
    candidates.suspected_leaks,
    candidates.first_observed_on,
    candidates.last_observed_on,
    candidates.measured_from,
    candidates.later_conversions + candidates.later_non_conversions as later_observations,
    candidates.later_conversions,
    {{ days_of_var('conversion_horizon_days') }} as horizon_days
from candidates
