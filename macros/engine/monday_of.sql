{# The Monday of a date's week, for dates from 1970 on. #}
{% macro monday_of(date) -%}
    {#- 1970-01-05 was a Monday. -#}
    {%- set days = 'mod(' ~ days_between("cast('1970-01-05' as date)", date) ~ ', 7)' -%}
    {{ days_after('-' ~ days, date) }}
{%- endmacro %}
