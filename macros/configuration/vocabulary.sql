{# Closed lists of words that are needed when the project is compiled. #}

{# Event names of a source; staging rejects others. None for a source with any names. #}
{% macro event_names(source_name) %}
    {%- set names = {
        'email': ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'unsubscribed', 'subscribed',
                  'complained'],
        'social': ['page_visited', 'followed', 'commented', 'shared', 'connected', 'replied'],
    } -%}
    {{ return(names.get(source_name, [])) }}
{% endmacro %}

{# The text columns that define an event type, without min_percent_complete. #}
{% macro event_columns() %}
    {{ return(['event_name', 'page_path', 'content_id', 'form_id', 'utm_source', 'utm_medium',
               'utm_campaign', 'campaign_id', 'network', 'link_url', 'feature', 'product',
               'direction', 'outcome']) }}
{% endmacro %}

{# Words for the intent of an activity, in activities.csv and in the var sql_activities. #}
{% macro intents() %}
    {{ return(['positive', 'negative', 'neutral']) }}
{% endmacro %}

{# A number in a configuration file, which is stricter than raw data: digits and a decimal point. #}
{% macro configured_number(text) -%}
    case
        when {{ has_match(text, '^-?([0-9]+[.]?[0-9]*|[.][0-9]+)$') | trim }}
            then {{ try_number(text) }}
    end
{%- endmacro %}
