{# The texts of a group, joined in the order of a key. #}
{% macro text_list(text, separator, order_key) %}
    {{- return(adapter.dispatch('text_list', 'lead_scoring')(text, separator, order_key)) -}}
{% endmacro %}

{% macro default__text_list(text, separator, order_key) -%}
    {{ dbt.listagg(text, separator, 'order by ' ~ order_key) }}
{%- endmacro %}

{% macro spark__text_list(text, separator, order_key) -%}
    array_join(
        transform(
            array_sort(collect_list(struct({{ order_key }} as order_key, {{ text }} as text))),
            item -> item.text
        ),
        {{ separator }}
    )
{%- endmacro %}
