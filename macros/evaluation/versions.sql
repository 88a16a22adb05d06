{# Before a day is evaluated again: the version of that day goes. #}
{% macro forget_version_of_this_day() %}
delete from {{ ref('kept_versions') }}
where fitted_on in (
    select evaluation_plan.evaluated_on
    from {{ ref('evaluation_plan') }} as evaluation_plan
    where evaluation_plan.is_due
)
{% endmacro %}

{# Weights of a run that was killed before it recorded their version. #}
{% macro forget_unfinished_versions(kept) %}
{%- set deletion -%}
delete from {{ kept }}
where version not in (
    select kept_versions.version from {{ ref('kept_versions') }} as kept_versions
)
{%- endset -%}
{# On the first run there is no table yet. #}
{{ deletion if execute and (not flags.INTROSPECT or load_relation(kept) is not none) }}
{% endmacro %}

{# The weights of a version are there: it holds from now on. #}
{% macro record_version() %}
{%- if may_evaluate() -%}
insert into {{ ref('kept_versions') }} (
    version, scoring_model, method, fitted_on, fitted_at, status, status_because, observations,
    conversions, non_conversions, largest_change, slope, intercept, auc, brier_score, log_loss,
    calibration_error, top_decile_lift
)
select
    last_version.version + 1,
    candidates.scoring_model,
    candidates.method,
    candidates.evaluated_on,
    {{ known_until() }},
    candidates.status,
    candidates.status_because,
    candidates.observations,
    candidates.conversions,
    candidates.non_conversions,
    candidates.largest_change,
    candidates.slope,
    candidates.intercept,
    candidates.auc,
    candidates.brier_score,
    candidates.log_loss,
    candidates.calibration_error,
    candidates.top_decile_lift
from {{ ref('scorecard_candidates') }} as candidates
cross join (
    select coalesce(max(kept_versions.version), 0) as version
    from {{ ref('kept_versions') }} as kept_versions
) as last_version
{%- endif -%}
{% endmacro %}
