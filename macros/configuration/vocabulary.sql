{# Closed lists of words: staging rejects by them, the configuration is checked by them. #}

{# Event names by source; none if any name is allowed. #}
{% macro event_names(source_name) %}
    {{ return({
        'email': ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'unsubscribed', 'subscribed',
                  'complained'],
        'social': ['page_visited', 'followed', 'commented', 'shared', 'connected', 'replied'],
        'sales': ['call', 'email', 'meeting', 'linkedin_message', 'voicemail'],
    }.get(source_name)) }}
{% endmacro %}

{# Directions and outcomes of sales activities. #}
{% macro sales_words(column) %}
    {{ return({
        'direction': ['inbound', 'outbound'],
        'outcome': ['no_answer', 'connected', 'meeting_booked', 'held', 'cancelled'],
    }[column]) }}
{% endmacro %}

{# The outcomes allowed in activities.csv: those of a bounce, of a sales activity, or of both. #}
{% macro outcomes_of(source_name) %}
    {%- set bounce_types = ['hard', 'soft'] -%}
    {{ return({
        'email': bounce_types,
        'sales': sales_words('outcome'),
    }.get(source_name, sales_words('outcome') + bounce_types)) }}
{% endmacro %}

{# The conditions of activities.csv that a raw row of a source can meet. #}
{% macro activity_conditions(source_name) %}
    {{ return({
        'web': ['event_name', 'page_path', 'content_id', 'form_id', 'utm_source', 'utm_medium',
                'utm_campaign', 'product', 'min_percent_complete'],
        'email': ['event_name', 'campaign_id', 'link_url', 'outcome'],
        'social': ['event_name', 'network'],
        'product': ['event_name', 'feature', 'product'],
        'sales': ['event_name', 'direction', 'outcome'],
    }[source_name]) }}
{% endmacro %}

{# The text columns that define an event type, without min_percent_complete. #}
{% macro event_columns() %}
    {{ return(['event_name', 'page_path', 'content_id', 'form_id', 'utm_source', 'utm_medium',
               'utm_campaign', 'campaign_id', 'network', 'link_url', 'feature', 'product',
               'direction', 'outcome']) }}
{% endmacro %}

{# The raw column that rule amount may sum, per source. #}
{% macro quantity_columns(source_name) %}
    {{ return({
        'web': ['duration_seconds', 'percent_complete'],
        'product': ['quantity'],
    }.get(source_name, [])) }}
{% endmacro %}

{# Whether the intent of a name in the var sql_activities is positive; an error for other words. #}
{% macro is_positive_intent(name, intent) -%}
    {%- if intent not in ['positive', 'negative', 'neutral'] -%}
        {{ exceptions.raise_compiler_error(
            "dbt_project.yml, var sql_activities, " ~ name ~ ": intent " ~ intent
            ~ " is not known; write positive, negative or neutral."
        ) }}
    {%- endif -%}
    {{ return('true' if intent == 'positive' else 'false') }}
{%- endmacro %}
