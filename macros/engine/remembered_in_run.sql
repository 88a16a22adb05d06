{#
    What a macro has remembered for the rest of the run; an empty dict if none has. dbt gives the
    same graph to everything that it runs, also to later runs of the same process.
#}
{% macro remembered_in_run(name) %}
    {{ return(graph.get(name ~ ' of ' ~ invocation_id, {})) }}
{% endmacro %}

{% macro remember(name, value) %}
    {%- do graph.update({name ~ ' of ' ~ invocation_id: value}) -%}
{% endmacro %}
