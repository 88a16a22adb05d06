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
