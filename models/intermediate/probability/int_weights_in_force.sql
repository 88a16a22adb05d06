{% if may_evaluate() -%}
-- A run that trains scores with the weights that it fitted.
-- depends_on: {{ ref('int_fitted_weights') }}
{% endif -%}
-- Weights in force on each scored day: those of the last version used by then, if it is not too
-- old.
with scoring_dates as (
    select scoring_dates.as_of
    from {{ ref('int_scoring_dates') }} as scoring_dates
    where
        scoring_dates.is_run_day
        or scoring_dates.is_scored_day
),

scorecard_weights as (
    select * from {{ ref('int_scorecard_weights') }}
),

-- On some engines the weights are stored before their version, on others after it.
used_versions as (
    select distinct
        scorecard_versions.version,
        scorecard_versions.scoring_model,
        scorecard_versions.method,
        scorecard_versions.fitted_on
    from {{ ref('int_scorecard_versions') }} as scorecard_versions
    inner join scorecard_weights
        on
            scorecard_versions.version = scorecard_weights.version
            and scorecard_versions.scoring_model = scorecard_weights.scoring_model
            and scorecard_versions.method = scorecard_weights.method
    where scorecard_versions.status = 'used'
),

ranked as (
    select
        scoring_dates.as_of,
        used_versions.scoring_model,
        used_versions.version,
        used_versions.method,
        row_number() over (
            partition by scoring_dates.as_of, used_versions.scoring_model
            order by used_versions.version desc
        ) as version_rank
    from scoring_dates
    inner join used_versions
        on
            scoring_dates.as_of >= used_versions.fitted_on
            and {{ days_between('used_versions.fitted_on', 'scoring_dates.as_of') }}
            <= {{ var('probability_max_age_days') }}
)

select
    ranked.as_of,
    ranked.scoring_model,
    ranked.version,
    ranked.method,
    scorecard_weights.feature,
    scorecard_weights.bin,
    scorecard_weights.value,
    scorecard_weights.lower_bound,
    scorecard_weights.upper_bound,
    scorecard_weights.lower_end,
    scorecard_weights.upper_end,
    scorecard_weights.first_feature,
    scorecard_weights.first_bin,
    scorecard_weights.second_feature,
    scorecard_weights.second_bin,
    scorecard_weights.weight,
    scorecard_weights.upper_weight
from ranked
inner join scorecard_weights
    on
        ranked.version = scorecard_weights.version
        and ranked.scoring_model = scorecard_weights.scoring_model
        and ranked.method = scorecard_weights.method
where ranked.version_rank = 1
