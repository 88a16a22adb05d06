{# Sorts text by its bytes, as most engines do. PostgreSQL sorts by the locale of the database. #}
{% macro byte_order(text) %}
    {{- return(adapter.dispatch('byte_order', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro default__byte_order(text) -%}
    {{ text }}
{%- endmacro %}

{% macro postgres__byte_order(text) -%}
    {{ text }} collate "C"
{%- endmacro %}

{# The smallest text of a group, in byte order. #}
{% macro first_text(text) %}
    {{- return(adapter.dispatch('first_text', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro default__first_text(text) -%}
    min({{ text }})
{%- endmacro %}

{% macro postgres__first_text(text) -%}
    min({{ text }} collate "C") collate "default"
{%- endmacro %}

{# The smaller of two texts, in byte order. #}
{% macro lesser_text(first, second) %}
    {{- return(adapter.dispatch('lesser_text', 'lead_scoring')(first, second)) -}}
{% endmacro %}

{% macro default__lesser_text(first, second) -%}
    least({{ first }}, {{ second }})
{%- endmacro %}

{% macro postgres__lesser_text(first, second) -%}
    least({{ first }} collate "C", {{ second }}) collate "default"
{%- endmacro %}
