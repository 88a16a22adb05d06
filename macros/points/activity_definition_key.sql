{# A number that changes when what a row of activities.csv asks for or sums does. #}
{% macro activity_definition_key(activities) -%}
    {{- hash_key(
        [activities ~ '.activity', activities ~ '.source']
        + prefixed(activities, event_columns())
        + [activities ~ '.min_percent_complete', activities ~ '.quantity']
    ) -}}
{%- endmacro %}
