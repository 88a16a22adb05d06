{# The columns of activity_rows that a row keeps for good, read from the named CTE. #}
{% macro activity_row_columns(cte) %}
    {{- prefixed(cte, activity_row_column_names()) | join(',\n        ') -}}
{% endmacro %}

{% macro activity_row_column_names() %}
    {{ return([
        'row_key', 'event_key', 'source_table', 'event_id', 'loaded_on', 'loaded_at',
        'reading_rules_key', 'rejected_because', 'row_count', 'occurred_at', 'occurred_on',
        'identity_key', 'contact_id', 'email', 'anonymous_id', 'is_automated', 'session_id',
        'kind_key', 'source',
    ] + kind_columns() + ['percent_floor', 'duration_seconds', 'percent_complete', 'quantity',
        'erased_until', 'device_hash', 'email_erased_until']) }}
{% endmacro %}

{# A number made of who did it and whether it was automated, read from the named CTE. #}
{% macro activity_identity_key(cte) %}
    {{- hash_key(prefixed(cte, ['contact_id', 'email', 'anonymous_id', 'is_automated'])) -}}
{% endmacro %}

{#
    A number made of all that is read of a row; raw_row is part of it where it is rejected. Of a row
    of an erased person only its delivery is left.
#}
{% macro activity_row_key(cte) -%}
    case
            when {{ cte }}.erased_until is not null
                then {{ hash_key(prefixed(cte, ['event_key', 'loaded_at', 'rejected_because'])) }}
            else {{ hash_key(prefixed(cte, [
                'event_key', 'loaded_at', 'occurred_at', 'identity_key', 'kind_key', 'session_id',
                'duration_seconds', 'percent_complete', 'quantity', 'rejected_because',
            ]) + [
                'case when ' ~ cte ~ '.rejected_because is not null then ' ~ cte ~ '.raw_row end',
                cte ~ '.reading_rules_key',
            ]) }}
        end
{%- endmacro %}
