{# A number from 0 to 1 that a salted hash draws for a text. #}
{% macro drawn_number(text) -%}
    cast({{ hash_number(salted_hash('experiment', text)) }} as {{ type_double() }})
        / 1152921504606846976e0
{%- endmacro %}

{# How many days a lead stays in its arm: until its outcome is known. #}
{% macro is_in_experiment(entered_on, day) -%}
    {{ days_between(entered_on, day) }} between 0 and {{ days_of_var('conversion_horizon_days') }}
{%- endmacro %}

{#
    While the var experiments is false, no model forgets erased people in the tables that earlier
    runs filled; a hook of score_alerts does. What follows from the entries is dropped.
#}
{% macro forget_erased_entries() %}
{%- if execute and var('experiments') is not true -%}
    {%- for name in ['int_experiment_leads', 'int_experiment_starts', 'int_experiment_outcomes'] -%}
        {%- set leads = private_relation(name) -%}
        {%- do adapter.drop_relation(leads) if leads is not none -%}
    {%- endfor -%}
    {%- set entries = private_relation('int_experiment_entries') -%}
    {%- if entries is not none -%}
        {{ forget_erased_leads(entries, 'entered_on') }}
    {%- endif -%}
{%- endif -%}
{% endmacro %}
