{# The columns of activity_rows that a row keeps for good, read from the named CTE. #}
{% macro activity_row_columns(cte) %}
    {{- prefixed(cte, [
        'row_key', 'event_key', 'source_table', 'event_id', 'loaded_on', 'loaded_at',
        'reading_rules_key', 'rejected_because', 'row_count', 'occurred_at', 'occurred_on',
        'identity_key', 'contact_id', 'email', 'anonymous_id', 'is_automated', 'session_id',
        'kind_key', 'source',
    ] + kind_columns() + ['percent_floor', 'duration_seconds', 'percent_complete', 'quantity'])
        | join(',\n        ') -}}
{% endmacro %}
