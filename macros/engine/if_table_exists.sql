{# A statement of a hook, or nothing in the first run, when the table does not exist yet. #}
{% macro if_table_exists(relation, statement) %}
    {{- statement if execute and (not flags.INTROSPECT or load_relation(relation) is not none) -}}
{% endmacro %}
