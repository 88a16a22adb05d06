{#
    The hooks of training's last model, in this order, so that a run that is killed between them
    leaves no version without its weights and no weights that anything reads.
#}
{% macro store_what_was_fitted() %}
    {{ return([
        "{{ forget_version_of_this_day() }}", "{{ forget_unfinished_versions() }}",
        "{{ store_weights() }}", "{{ record_version() }}", "{{ record_evaluation() }}",
    ]) }}
{% endmacro %}

{# A day that is evaluated again replaces its version. #}
{% macro forget_version_of_this_day() %}
delete from {{ ref('int_scorecard_versions') }}
where fitted_on in (
    select evaluation_plan.evaluated_on
    from {{ ref('int_evaluation_plan') }} as evaluation_plan
    where evaluation_plan.is_due
)
{% endmacro %}

{# Weights of a version that went, or of a run that was killed before it recorded one. #}
{% macro forget_unfinished_versions() %}
delete from {{ ref('int_scorecard_weights') }}
where version not in (
    select scorecard_versions.version from {{ ref('int_scorecard_versions') }} as scorecard_versions
)
{% endmacro %}

{% macro store_weights() %}
{%- set columns = [
    'scoring_model', 'method', 'feature', 'bin', 'value', 'lower_bound', 'upper_bound', 'first_feature',
    'first_bin', 'second_feature', 'second_bin', 'weight', 'support', 'conversions', 'fitted_on',
] -%}
insert into {{ ref('int_scorecard_weights') }} (version, fitted_at, {{ columns | join(', ') }})
select
    last_version.version + 1,
    {{ known_until() }},
    fitted_weights.{{ columns | join(',\n    fitted_weights.') }}
from {{ this }} as fitted_weights
cross join {{ last_version() }}
{% endmacro %}

{# The weights of a version are there: it holds from now on. #}
{% macro record_version() %}
{%- set columns = [
    'scoring_model', 'method', 'status', 'status_because', 'observations', 'conversions',
    'non_conversions', 'largest_change', 'slope', 'intercept', 'auc', 'brier_score', 'log_loss',
    'calibration_error', 'top_decile_lift', 'score_auc',
] -%}
insert into {{ ref('int_scorecard_versions') }} (version, fitted_on, fitted_at, {{ columns | join(', ') }})
select
    last_version.version + 1,
    candidates.evaluated_on,
    {{ known_until() }},
    candidates.{{ columns | join(',\n    candidates.') }}
from {{ ref('int_fit_candidates') }} as candidates
cross join {{ last_version() }}
{% endmacro %}

{% macro last_version() -%}
(
    select coalesce(max(scorecard_versions.version), 0) as version
    from {{ ref('int_scorecard_versions') }} as scorecard_versions
) as last_version
{%- endmacro %}
