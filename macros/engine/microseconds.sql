{# Microseconds from 1970 to a timestamp; null if it is infinite. #}
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

{# The timestamp a number of microseconds after 1970. #}
{% macro timestamp_of_microseconds(number) %}
    {{- return(adapter.dispatch('timestamp_of_microseconds', 'lead_scoring')(number)) -}}
{% endmacro %}

{% macro duckdb__timestamp_of_microseconds(number) -%}
    make_timestamp({{ number }})
{%- endmacro %}

{% macro postgres__timestamp_of_microseconds(number) -%}
    timestamp '1970-01-01' + ({{ number }}) * interval '1 microsecond'
{%- endmacro %}

{% macro spark__timestamp_of_microseconds(number) -%}
    timestamp_micros({{ number }})
{%- endmacro %}

{% macro snowflake__timestamp_of_microseconds(number) -%}
    to_timestamp_ntz({{ number }}, 6)
{%- endmacro %}

{% macro bigquery__timestamp_of_microseconds(number) -%}
    timestamp_micros({{ number }})
{%- endmacro %}
