{# Vars of evaluations as whole numbers above 0; an error that says the rule for anything else. #}
{% macro evaluation_days(name) %}
    {%- set given = var(name) -%}
    {%- if given is not integer or given < 1 -%}
        {{ exceptions.raise_compiler_error(
            'The var ' ~ name ~ " must be a whole number of days above 0, not '" ~ given ~ "'."
        ) }}
    {%- endif -%}
    {{ return(given) }}
{%- endmacro %}

{# Whether this run may evaluate at all; without, nothing that only evaluations need is built on. #}
{% macro may_evaluate() %}
    {%- if var('evaluate') not in [none, true, false] -%}
        {{ exceptions.raise_compiler_error(
            "The var evaluate must be true, false or left out, not '" ~ var('evaluate') ~ "'."
        ) }}
    {%- endif -%}
    {{ return(var('evaluate') is not false) }}
{%- endmacro %}

{#
    Whether this run looks at past days: `int_observations` is what every evaluation and the fit begin
    with, and no run of the scores alone builds it.
#}
{% macro is_training_in_run() %}
    {{ return(is_model_in_run('int_observations')) }}
{%- endmacro %}

{# Whether training is built, and no score that is read by people: then somebody asked for training. #}
{% macro is_run_of_training_alone() %}
    {{ return(is_training_in_run() and not is_model_in_run('lead_scores')) }}
{%- endmacro %}

{% macro is_model_in_run(name) %}
    {{ return('model.lead_scoring.' ~ name in selected_resources) }}
{%- endmacro %}

{# How many days apart the observations of a lead are: the horizon in whole steps, so that the
   outcomes of two never overlap. #}
{% macro steps_of_horizon() %}
    {%- set step = evaluation_days('evaluation_step_days') -%}
    {{ return((evaluation_days('conversion_horizon_days') + step - 1) // step) }}
{%- endmacro %}

{# How many days each past day of an evaluation lies before the as-of day. #}
{% macro evaluation_days_ago() %}
    {%- set step = evaluation_days('evaluation_step_days') -%}
    {%- set days = evaluation_days('conversion_horizon_days')
        + evaluation_days('evaluation_span_days') -%}
    {{ return(range(step, days + 1, step)) }}
{%- endmacro %}

{#
    How many won or lost deals must have been closed before an evaluation is begun without being
    asked for, and how many conversions and others a conversion probability is fitted to at the
    least. Fewer than 20 would not do for ten of each kind to fit and ten later ones to calibrate.
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
