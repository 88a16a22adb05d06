{# Microseconds since 1970 of a timestamp, a whole number; null of an infinite one. #}
{% macro microseconds(utc_timestamp) %}
    {{- return(adapter.dispatch('microseconds', 'lead_scoring')(utc_timestamp)) -}}
{% endmacro %}

{% macro duckdb__microseconds(utc_timestamp) -%}
    case when isfinite({{ utc_timestamp }}) then epoch_us({{ utc_timestamp }}) end
{%- endmacro %}

{% macro postgres__microseconds(utc_timestamp) -%}
    case
            when isfinite({{ utc_timestamp }})
                then cast(extract(epoch from {{ utc_timestamp }}) * 1000000 as bigint)
        end
{%- endmacro %}

{% macro spark__microseconds(utc_timestamp) -%}
    unix_micros({{ utc_timestamp }})
{%- endmacro %}

{% macro snowflake__microseconds(utc_timestamp) -%}
    date_part(epoch_microsecond, {{ utc_timestamp }})
{%- endmacro %}

{% macro bigquery__microseconds(utc_timestamp) -%}
    unix_micros({{ utc_timestamp }})
{%- endmacro %}
