{% if may_evaluate() -%}
-- A run that trains scores with the weights that it fitted.
-- depends_on: {{ ref('int_fitted_weights') }}
{% endif -%}
-- Weights in force on each scored day: those of the last version fitted by then.
with as_of_days as (
    select as_of_days.as_of
    from {{ ref('int_scoring_dates') }} as as_of_days
    where
        as_of_days.is_run_day
        or as_of_days.is_scored_day
),

kept_weights as (
    select * from {{ ref('int_scorecard_weights') }}
),

-- On some engines the weights are stored before their version, on others after it.
used_versions as (
    select distinct
        kept_versions.version,
        kept_versions.scoring_model,
        kept_versions.method,
        kept_versions.fitted_on
    from {{ ref('int_scorecard_versions') }} as kept_versions
    inner join kept_weights
        on
            kept_versions.version = kept_weights.version
            and kept_versions.scoring_model = kept_weights.scoring_model
            and kept_versions.method = kept_weights.method
    where kept_versions.status = 'used'
),

ranked as (
    select
        as_of_days.as_of,
        used_versions.scoring_model,
        used_versions.version,
        used_versions.method,
        row_number() over (
            partition by as_of_days.as_of, used_versions.scoring_model
            order by used_versions.version desc
        ) as version_rank
    from as_of_days
    inner join used_versions on as_of_days.as_of >= used_versions.fitted_on
)

select
    ranked.as_of,
    ranked.scoring_model,
    ranked.version,
    ranked.method,
    kept_weights.feature,
    kept_weights.bin,
    kept_weights.value,
    kept_weights.lower_bound,
    kept_weights.upper_bound,
    kept_weights.first_feature,
    kept_weights.first_bin,
    kept_weights.second_feature,
    kept_weights.second_bin,
    kept_weights.weight
from ranked
inner join kept_weights
    on
        ranked.version = kept_weights.version
        and ranked.scoring_model = kept_weights.scoring_model
        and ranked.method = kept_weights.method
where ranked.version_rank = 1
