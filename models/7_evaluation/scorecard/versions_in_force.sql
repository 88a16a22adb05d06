{{ config(materialized='view') }}

-- The fitted version that each day that is asked for goes by: the last one that was fitted by then.
with as_of_days as (
    select as_of_days.as_of
    from {{ ref('as_of_days') }} as as_of_days
    where
        as_of_days.is_run_day
        or as_of_days.is_scored_day
),

-- The weights are there before their version is.
kept_weights as (
    select distinct
        kept_weights.version,
        kept_weights.scoring_model,
        kept_weights.method
    from {{ ref('kept_weights') }} as kept_weights
),

used_versions as (
    select
        kept_versions.version,
        kept_versions.scoring_model,
        kept_versions.method,
        kept_versions.fitted_on
    from {{ ref('kept_versions') }} as kept_versions
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
    ranked.method
from ranked
where ranked.version_rank = 1
