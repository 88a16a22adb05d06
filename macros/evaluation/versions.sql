{#
    Hooks of the last model of training. In this order, a killed run leaves no version without
    weights, and nothing reads weights without a version.
#}
{% macro store_fit() %}
    {{ return([
        "{{ delete_version_of_this_day() }}",
        "{{ delete_unfinished_versions(ref('int_scorecard_weights')) }}",
        "{{ delete_unfinished_versions(ref('int_scorecard_segments')) }}",
        "{{ store_weights() }}", "{{ store_segments() }}", "{{ record_version() }}",
        "{{ record_evaluation() }}",
    ]) }}
{% endmacro %}

{# A day that is evaluated again replaces its version. #}
{% macro delete_version_of_this_day() %}
delete from {{ ref('int_scorecard_versions') }}
where fitted_on in (
    select evaluation_plan.evaluated_on
    from {{ ref('int_evaluation_plan') }} as evaluation_plan
    where evaluation_plan.is_due
)
{% endmacro %}

{# Rows of a replaced version, or of a run that was killed before it recorded one. #}
{% macro delete_unfinished_versions(table) %}
delete from {{ table }}
where version not in (
    select scorecard_versions.version from {{ ref('int_scorecard_versions') }} as scorecard_versions
)
{% endmacro %}

{% macro store_weights() %}
{%- set columns = [
    'scoring_model', 'method', 'feature', 'bin', 'value', 'lower_bound', 'upper_bound', 'lower_end',
    'upper_end', 'first_feature', 'first_bin', 'second_feature', 'second_bin', 'weight', 'upper_weight',
    'support', 'conversions', 'fitted_on',
] -%}
insert into {{ ref('int_scorecard_weights') }} (version, fitted_at, {{ columns | join(', ') }})
select
    {{ next_version() }},
    {{ known_until() }},
    fitted_weights.{{ columns | join(',\n    fitted_weights.') }}
from {{ this }} as fitted_weights
{% endmacro %}

{% macro store_segments() %}
{%- set columns = [
    'scoring_model', 'segment', 'segment_value', 'observations', 'conversions', 'conversion_rate',
    'expected_rate', 'auc', 'auc_error',
] -%}
insert into {{ ref('int_scorecard_segments') }} (version, {{ columns | join(', ') }})
select
    {{ next_version() }},
    fit_segments.{{ columns | join(',\n    fit_segments.') }}
from {{ ref('int_fit_segments') }} as fit_segments
{% endmacro %}

{% macro record_version() %}
{%- set columns = [
    'scoring_model', 'method', 'status', 'status_because', 'observations', 'conversions',
    'non_conversions', 'largest_change', 'slope', 'intercept', 'auc', 'brier_score', 'log_loss',
    'calibration_error', 'top_decile_lift', 'score_auc', 'constant_log_loss', 'log_loss_error',
    'auc_error', 'penalty', 'later_conversion_rate', 'later_expected_rate', 'suspected_leaks',
    'first_observed_on', 'last_observed_on', 'measured_from', 'later_observations',
    'later_conversions', 'horizon_days',
] -%}
insert into {{ ref('int_scorecard_versions') }} (version, fitted_on, fitted_at, {{ columns | join(', ') }})
select
    {{ next_version() }},
    candidates.evaluated_on,
    {{ known_until() }},
    candidates.{{ columns | join(',\n    candidates.') }}
from {{ ref('int_fit_candidates') }} as candidates
{% endmacro %}

{# As a scalar subquery. #}
{% macro next_version() -%}
(
        select coalesce(max(scorecard_versions.version), 0) + 1
        from {{ ref('int_scorecard_versions') }} as scorecard_versions
    )
{%- endmacro %}
