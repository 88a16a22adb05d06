{# A var that is a number of days; an error for anything else. #}
{% macro evaluation_days(name) %}
    {%- set given = var(name) -%}
    {%- if given is not integer or given < 1 -%}
        {{ exceptions.raise_compiler_error(
            'The var ' ~ name ~ " must be a whole number of days above 0, not '" ~ given ~ "'."
        ) }}
    {%- endif -%}
    {{ return(given) }}
{%- endmacro %}

{# If false, this run must not depend on models that only training builds. #}
{% macro may_evaluate() %}
    {%- if var('evaluate') not in [none, true, false] -%}
        {{ exceptions.raise_compiler_error(
            "The var evaluate must be true, false or empty, not '" ~ var('evaluate') ~ "'."
        ) }}
    {%- endif -%}
    {{ return(var('evaluate') is not false) }}
{%- endmacro %}

{# Every evaluation starts from int_observations, and only training builds it. #}
{% macro is_training_in_run() %}
    {{ return(is_model_in_run('int_observations')) }}
{%- endmacro %}

{# A run without lead_scores was started for training only, so it evaluates whether due or not. #}
{% macro is_run_of_training_alone() %}
    {{ return(is_training_in_run() and not is_model_in_run('lead_scores')) }}
{%- endmacro %}

{% macro is_model_in_run(name) %}
    {{ return('model.lead_scoring.' ~ name in selected_resources) }}
{%- endmacro %}

{#
    Steps from one observation of a lead to the next: at least the horizon, so that their outcomes
    do not overlap.
#}
{% macro steps_of_horizon() %}
    {%- set step = evaluation_days('evaluation_step_days') -%}
    {{ return((evaluation_days('conversion_horizon_days') + step - 1) // step) }}
{%- endmacro %}

{# The days of an evaluation, as numbers of days before the as-of day. #}
{% macro evaluation_days_ago() %}
    {%- set step = evaluation_days('evaluation_step_days') -%}
    {%- set days = evaluation_days('conversion_horizon_days')
        + evaluation_days('evaluation_span_days') -%}
    {{ return(range(step, days + 1, step)) }}
{%- endmacro %}

{#
    Closed deals before the first automatic evaluation, and conversions and non-conversions before a
    conversion probability is fitted. At least 20: ten of each to fit and ten later ones to
    calibrate.
#}
{% macro minimum_conversions() %}
    {%- set given = var('minimum_conversions') -%}
    {%- if given is not integer or given < 20 -%}
        {{ exceptions.raise_compiler_error(
            "The var minimum_conversions must be a whole number of at least 20, not '" ~ given ~ "'."
        ) }}
    {%- endif -%}
    {{ return(given) }}
{%- endmacro %}
