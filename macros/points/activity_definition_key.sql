{# Changes when the conditions or the summed column of a row of activities.csv change. #}
{% macro activity_definition_key(activities) -%}
    {{- hash_key(
        [activities ~ '.activity', activities ~ '.source']
        + prefixed(activities, event_columns())
        + [activities ~ '.min_percent_complete', activities ~ '.quantity']
    ) -}}
{%- endmacro %}
