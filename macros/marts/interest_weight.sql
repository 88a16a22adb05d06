{#
    Weight of an occurrence after a number of days. At least 2^-1000, because PostgreSQL fails on an
    underflow.
#}
{% macro interest_weight(age_days) -%}
    power(
            cast(2 as {{ type_double() }}),
            greatest(
                -cast({{ age_days }} as {{ type_double() }})
                / {{ days_of_var('interest_half_life_days') }},
                cast(-1000 as {{ type_double() }})
            )
        )
{%- endmacro %}

{# A var that is a whole number of days, 1 or more; an error for anything else. #}
{% macro days_of_var(name) %}
    {%- set days = var(name) | string -%}
    {%- if not modules.re.match('^[1-9][0-9]{0,4}$', days) -%}
        {{ exceptions.raise_compiler_error(
            "The var " ~ name ~ " must be a whole number of days from 1 to 99999, not '" ~ days ~ "'."
        ) }}
    {%- endif -%}
    {{ return(days | int) }}
{% endmacro %}
