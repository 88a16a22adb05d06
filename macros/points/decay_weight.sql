{#
    Weight of an occurrence after a whole number of days, from 1 down to 0:
    half_life 2^(-a/H); linear max(0, 1 - a/T); step max(0, 1 - r floor(a/T));
    compound (1 - r)^floor(a/T); expire 1 while a < T.
#}
{% macro decay_weight(criteria, age_days) -%}
    case {{ criteria }}.decay
            when 'half_life'
                then power(
                    cast(2 as {{ type_double() }}),
                    -cast({{ age_days }} as {{ type_double() }}) / cast({{ criteria }}.decay_days as {{ type_double() }})
                )
            when 'linear'
                then greatest(
                    cast(0 as {{ type_double() }}),
                    1 - cast({{ age_days }} as {{ type_double() }}) / cast({{ criteria }}.decay_days as {{ type_double() }})
                )
            when 'step'
                then greatest(
                    cast(0 as {{ type_double() }}),
                    1 - cast({{ criteria }}.decay_rate as {{ type_double() }})
                    * {{ whole_periods(age_days, criteria ~ '.decay_days') }}
                )
            when 'compound'
                then power(
                    1 - cast({{ criteria }}.decay_rate as {{ type_double() }}),
                    {{ whole_periods(age_days, criteria ~ '.decay_days') }}
                )
            when 'expire'
                then case when {{ age_days }} < {{ criteria }}.decay_days then 1 else 0 end
            else 1
        end
{%- endmacro %}

{#
    How many whole periods of some days, perhaps fractional ones, an age has. In whole numbers: as
    floating-point numbers, 33 / 1.1 is below 30.
#}
{% macro whole_periods(age_days, period_days) -%}
    {%- set age = 'cast(' ~ age_days ~ ' as bigint) * 1000000000' -%}
    {%- set period = 'cast(round(cast(' ~ period_days ~ ' as ' ~ type_double() ~ ') * 1000000000) as bigint)' -%}
    cast({{ age }} - mod({{ age }}, {{ period }}) as {{ type_double() }})
                    / cast({{ period }} as {{ type_double() }})
{%- endmacro %}
