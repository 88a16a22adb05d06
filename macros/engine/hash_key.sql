{# A 60-bit hash of the expressions; null differs from empty. #}
{% macro hash_key(expressions) -%}
    {{ hash_number(joined_texts(expressions)) }}
{%- endmacro %}

{# The expressions joined to one text; null differs from empty. #}
{% macro joined_texts(expressions) %}
    {%- set texts = [] -%}
    {%- for expression in expressions -%}
        {%- do texts.append(
            "coalesce(cast(" ~ expression ~ " as " ~ dbt.type_string() ~ "), chr(30))"
        ) -%}
    {%- endfor -%}
    {{ return(texts | join("\n        || chr(31) || ")) }}
{% endmacro %}

{# The first 60 bits of the MD5 hash of a text, as a number. #}
{% macro hash_number(text) %}
    {{- return(adapter.dispatch('hash_number', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro duckdb__hash_number(text) -%}
    cast('0x' || substr(md5(
        {{ text }}
    ), 1, 15) as bigint)
{%- endmacro %}

{% macro postgres__hash_number(text) -%}
    cast(cast('x' || substr(md5(
        {{ text }}
    ), 1, 15) as bit(60)) as bigint)
{%- endmacro %}

{% macro spark__hash_number(text) -%}
    cast(conv(substr(md5(
        {{ text }}
    ), 1, 15), 16, 10) as bigint)
{%- endmacro %}

{% macro snowflake__hash_number(text) -%}
    cast(to_number(substr(md5(
        {{ text }}
    ), 1, 15), 'XXXXXXXXXXXXXXX') as bigint)
{%- endmacro %}

{% macro bigquery__hash_number(text) -%}
    cast('0x' || substr(to_hex(md5(
        {{ text }}
    )), 1, 15) as int64)
{%- endmacro %}
