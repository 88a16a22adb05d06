{#
    Custom schemas get their plain name only on production targets. On other targets, the target's
    schema precedes it, so that a developer's run does not replace production.
#}
{% macro generate_schema_name(custom_schema_name, node) %}
    {%- if not custom_schema_name -%}
        {{ target.schema }}
    {%- elif target.name | lower in names_of_var('production_targets') -%}
        {{ custom_schema_name | trim }}
    {%- else -%}
        {{ target.schema }}_{{ custom_schema_name | trim }}
    {%- endif -%}
{% endmacro %}
