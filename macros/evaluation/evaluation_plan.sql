{# If false, this run must not depend on models that only training builds. #}
{% macro may_evaluate() %}
    {{ return(var('evaluate') is not false) }}
{%- endmacro %}

{# Every evaluation starts from int_observations, and only training builds it. #}
{% macro is_training_in_run() %}
    {{ return(is_model_in_run('int_observations')) }}
{%- endmacro %}

{% macro is_model_in_run(name) %}
    {{ return('model.lead_scoring.' ~ name in selected_resources) }}
{%- endmacro %}

{#
    Steps from one observation of a lead to the next: at least the horizon, so that their outcomes
    do not overlap.
#}
{% macro steps_of_horizon() %}
    {%- set step = days_of_var('evaluation_step_days') -%}
    {{ return((days_of_var('conversion_horizon_days') + step - 1) // step) }}
{%- endmacro %}

{# The days of an evaluation, as numbers of days before the as-of day. #}
{% macro evaluation_days_ago() %}
    {%- set step = days_of_var('evaluation_step_days') -%}
    {%- set days = days_of_var('conversion_horizon_days')
        + days_of_var('evaluation_span_days') -%}
    {{ return(range(step, days + 1, step)) }}
{%- endmacro %}

{#
    Closed deals before the first automatic evaluation, and conversions and non-conversions before a
    conversion probability is fitted. At least 20: ten of each to fit and ten later ones to
    calibrate.
#}
{% macro minimum_conversions() %}
    {{ return(var('minimum_conversions') | int) }}
{%- endmacro %}
