{# Casts of dirty text: null instead of an error. #}

{#
    UTC timestamp from ISO text, with or without time and offset; without an offset it is UTC, in
    any time zone of the session. Years 1902 to 2199 only. Engines read more than this pattern, each
    something else.
#}
{% macro try_timestamp(text) -%}
    {%- set date = '(190[2-9]|19[1-9][0-9]|2[01][0-9]{2})-[0-9]{1,2}-[0-9]{1,2}' -%}
    {%- set offset = '([Zz]|[Uu][Tt][Cc]|[Gg][Mm][Tt]|[+-][0-9]{1,2}(:?[0-9]{2})?)' -%}
    case
        when {{ has_match(text, '^' ~ date ~ '([ Tt] *[0-9:.]*( *' ~ offset ~ ')?)?$') | trim }}
            then {{ adapter.dispatch('iso_timestamp', 'lead_scoring')(text) | trim }}
    end
{%- endmacro %}

{% macro duckdb__iso_timestamp(text) -%}
    case
                when regexp_matches({{ text }}, '^[0-9-]+([Tt ][0-9:. ]*)?$')
                    then try_cast(upper({{ text }}) as timestamp)
                -- The cast wants seconds before an offset, no space, and a capital Z.
                else timezone('UTC', try_cast(
                    regexp_replace(
                        regexp_replace(
                            {{ with_z(text) }}, '([T ][0-9]{1,2}:[0-9]{2})( *([+-]|Z).*)$', '\1:00\2'
                        ),
                        ' +(Z|[+-][0-9])', '\1'
                    ) as timestamp with time zone
                ))
            end
{%- endmacro %}

{# Text of a time in capitals, with Z for UTC. #}
{% macro with_z(text) -%}
    {{ replace_matches('upper(' ~ text ~ ')', ' *(UTC|GMT)$', 'Z') | trim }}
{%- endmacro %}

{% macro postgres__iso_timestamp(text) -%}
    {{ target.schema }}.try_timestamp({{ text }})
{%- endmacro %}

{% macro spark__iso_timestamp(text) -%}
    try_cast(regexp_replace(regexp_replace(regexp_replace(
                regexp_replace({{ with_z(text) }}, '([T ]) +', '$1'), '^([0-9-]+)$', '$1 00:00Z'),
                '^([0-9-]+[T ][0-9:.]+)$', '$1Z'),
                '([T ][0-9]{1,2}:[0-9]{2}) ?(([+-]|Z).*)$', '$1:00$2'
            ) as timestamp)
{%- endmacro %}

{% macro snowflake__iso_timestamp(text) -%}
    case
                when {{ has_match('upper(' ~ text ~ ')', '[T ].*(Z|[+-][0-9:]+)$') | trim }}
                    then cast(convert_timezone('UTC', try_to_timestamp_tz({{ text }})) as timestamp_ntz)
                else try_to_timestamp_ntz({{ text }})
            end
{%- endmacro %}

{% macro bigquery__iso_timestamp(text) -%}
    safe_cast({{ text }} as timestamp)
{%- endmacro %}

{# Decimal number from text such as -12, .5 or 1e3. #}
{% macro try_number(text) -%}
    case
        when {{ has_match(text, plain_number_pattern()) | trim }}
            then {{ adapter.dispatch('plain_number', 'lead_scoring')(text) | trim }}
    end
{%- endmacro %}

{% macro plain_number_pattern() %}
    {{- return('^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$') -}}
{% endmacro %}

{% macro default__plain_number(text) -%}
    try_cast({{ text }} as decimal(28, 9))
{%- endmacro %}

{# DuckDB reads decimals of more than 18 digits a hundred times as slowly. #}
{% macro duckdb__plain_number(text) -%}
    case
                when regexp_matches({{ text }}, '^[+-]?[0-9]{1,8}([.][0-9]*)?$')
                    then cast(cast({{ text }} as decimal(18, 9)) as decimal(28, 9))
                else {{ lead_scoring.default__plain_number(text) | trim }}
            end
{%- endmacro %}

{% macro postgres__plain_number(text) -%}
    {{ target.schema }}.try_number({{ text }})
{%- endmacro %}

{% macro bigquery__plain_number(text) -%}
    safe_cast({{ text }} as decimal(28, 9))
{%- endmacro %}

{# Boolean from text: true, t, yes, y, 1 and their opposites, in any case. #}
{% macro try_boolean(text) -%}
    case
        when lower({{ text }}) in ('true', 't', 'yes', 'y', '1') then true
        when lower({{ text }}) in ('false', 'f', 'no', 'n', '0') then false
    end
{%- endmacro %}

{# On run start: functions for the casts above, on engines without try_cast. #}
{% macro create_try_casts() %}
    {{- return(adapter.dispatch('create_try_casts', 'lead_scoring')()) -}}
{% endmacro %}

{% macro default__create_try_casts() %}{% endmacro %}

{% macro postgres__create_try_casts() %}
create or replace function {{ target.schema }}.try_timestamp(given text) returns timestamp
language plpgsql immutable strict as $$
begin
    if given ~* '[T ].*(Z|[+-][0-9:]+)$' then
        return cast(given as timestamptz) at time zone 'UTC';
    end if;
    return cast(given as timestamp);
exception when others then
    return null;
end
$$;

create or replace function {{ target.schema }}.try_number(given text) returns numeric(28, 9)
language plpgsql immutable strict as $$
begin
    return cast(given as numeric(28, 9));
exception when others then
    return null;
end
$$;
{% endmacro %}
