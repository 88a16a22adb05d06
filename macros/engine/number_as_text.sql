{# A decimal number as people write it: 800, not 800.000000000. #}
{% macro number_as_text(number) %}
    {{- return(adapter.dispatch('number_as_text', 'lead_scoring')(number)) -}}
{% endmacro %}

{% macro default__number_as_text(number) -%}
    regexp_replace(
        cast(cast({{ number }} as decimal(38, 9)) as {{ dbt.type_string() }}), '[.]?0+$', ''
    )
{%- endmacro %}

{# DuckDB computes with decimals of more than 18 digits ten times as slowly. #}
{% macro duckdb__number_as_text(number) -%}
    case
        when {{ number }} between -999999999 and 999999999
            then rtrim(rtrim(cast(cast({{ number }} as decimal(18, 9)) as text), '0'), '.')
        else {{ lead_scoring.default__number_as_text(number) | trim }}
    end
{%- endmacro %}

{# BigQuery writes no trailing zeros. #}
{% macro bigquery__number_as_text(number) -%}
    cast(cast({{ number }} as decimal(38, 9)) as string)
{%- endmacro %}

{% macro spark__number_as_text(number) -%}
    format_number(cast({{ number }} as decimal(38, 9)), '0.#########')
{%- endmacro %}

{# A floating-point number as text, without .0 if it is whole, so that ids match. #}
{% macro inexact_as_text(number) %}
    {{- return(adapter.dispatch('inexact_as_text', 'lead_scoring')(number)) -}}
{% endmacro %}

{% macro default__inexact_as_text(number) -%}
    regexp_replace(cast({{ number }} as {{ dbt.type_string() }}), '[.]0+$', '')
{%- endmacro %}

{% macro spark__inexact_as_text(number) -%}
    format_number(cast({{ number }} as decimal(38, 9)), '0.#########')
{%- endmacro %}
