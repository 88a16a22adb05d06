{# Casts of dirty text: null where the text cannot be read, never a failed run. #}

{# UTC timestamp of ISO text, with or without time and offset. #}
{% macro try_timestamp(text) %}
    {{- return(adapter.dispatch('try_timestamp', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro duckdb__try_timestamp(text) -%}
    case
        when regexp_matches({{ text }}, '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ Tt].*)?$')
            then timezone('UTC', try_cast(
                -- The cast wants seconds before an offset, no space, and a capital Z.
                regexp_replace(
                    regexp_replace(
                        upper({{ text }}), '([T ][0-9]{1,2}:[0-9]{2})( ?([+-]|Z).*)$', '\1:00\2'
                    ),
                    ' +(Z|[+-][0-9])', '\1'
                ) as timestamp with time zone
            ))
    end
{%- endmacro %}

{# Decimal number of text such as -12, .5 or 1e3. #}
{% macro try_number(text) %}
    {{- return(adapter.dispatch('try_number', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro duckdb__try_number(text) -%}
    case
        when regexp_matches({{ text }}, '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$')
            then try_cast({{ text }} as decimal(28, 9))
    end
{%- endmacro %}

{# Boolean of text: true, t, yes, y, 1 and their opposites, in any case. #}
{% macro try_boolean(text) -%}
    case
        when lower({{ text }}) in ('true', 't', 'yes', 'y', '1') then true
        when lower({{ text }}) in ('false', 'f', 'no', 'n', '0') then false
    end
{%- endmacro %}
