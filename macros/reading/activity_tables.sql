{# The raw tables of activities, each with its schema. #}
{% macro activity_tables() %}
    {{ return([
        ('raw_activity', 'web_events'), ('raw_activity', 'email_events'),
        ('raw_activity', 'social_events'), ('raw_activity', 'product_events'),
        ('raw_crm', 'sales_activities'),
    ]) }}
{% endmacro %}
