-- depends_on: {{ ref('int_fitted_weights') }}
-- Whether each version ranks, and estimates, as well for one country, industry, lead source or
-- company size as for all later observations.
with segments as (
    select
        scorecard_segments.*,
        count(*) over (
            partition by scorecard_segments.version, scorecard_segments.scoring_model
        ) as comparisons
    from {{ ref('int_scorecard_segments') }} as scorecard_segments
),

versions as (
    select * from {{ ref('int_scorecard_versions') }}
),

compared as (
    select
        segments.*,
        versions.auc as version_auc,
        {{ z_of_comparisons('segments.comparisons') }} as z
    from segments
    inner join versions
        on
            segments.version = versions.version
            and segments.scoring_model = versions.scoring_model
),

bounded as (
    select
        compared.*,
        compared.z * sqrt(
            compared.expected_rate * (1 - compared.expected_rate) / compared.observations
        ) as chance
    from compared
)

select
    bounded.version,
    bounded.scoring_model,
    bounded.segment,
    bounded.segment_value,
    bounded.observations,
    bounded.conversions,
    bounded.conversion_rate,
    bounded.expected_rate,
    bounded.auc,
    bounded.auc_error,
    coalesce(bounded.auc + bounded.z * bounded.auc_error < bounded.version_auc, false)
        as is_ranked_worse,
    cast(
        case
            when bounded.expected_rate > bounded.conversion_rate + bounded.chance then 'too_high'
            when bounded.expected_rate < bounded.conversion_rate - bounded.chance then 'too_low'
            else 'within_chance'
        end as {{ dbt.type_string() }}
    ) as expectation
from bounded
