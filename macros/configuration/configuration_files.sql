{# The path of a configuration file. #}
{% macro configuration_path(file) %}
    {%- set folder = {
        'calendars': 'calendar', 'business_hours': 'calendar', 'holidays': 'calendar',
        'owner_calendars': 'calendar', 'account_scoring': 'accounts', 'challengers': 'what_if',
        'outcomes': 'evaluation', 'sales_ready_leads': 'what_if', 'experiments': 'experiments',
    }.get(file, 'scoring') -%}
    {{ return('seeds/' ~ folder ~ '/' ~ file ~ '.csv') }}
{% endmacro %}

{# The columns that each configuration file must have, in the documented order. #}
{% macro configuration_columns(file) %}
    {{ return({
        'scoring_models': ['scoring_model', 'label', 'population', 'fit_target',
            'engagement_target', 'fit_weight', 'engagement_weight', 'mql_score', 'sql_score'],
        'activities': ['activity', 'source', 'event_name', 'page_path', 'content_id', 'form_id',
            'utm_source', 'utm_medium', 'utm_campaign', 'campaign_id', 'network', 'link_url',
            'feature', 'product', 'direction', 'outcome', 'min_percent_complete', 'quantity',
            'intent', 'stage', 'channel'],
        'fit_criteria': ['criterion', 'scoring_model', 'category', 'attribute', 'operator',
            'value', 'min_value', 'max_value', 'within_days', 'points', 'description'],
        'engagement_criteria': ['criterion', 'scoring_model', 'category', 'activity', 'rule',
            'per', 'min_count', 'max_count', 'min_rate', 'window_days', 'daily_limit', 'points',
            'decay', 'decay_days', 'decay_rate', 'max_points', 'description'],
        'category_limits': ['scoring_model', 'dimension', 'category', 'min_points', 'max_points'],
        'score_gates': ['gate', 'scoring_model', 'criterion', 'when', 'max_score',
            'disqualifies', 'description'],
        'grade_bands': ['scoring_model', 'dimension', 'grade', 'min_score'],
        'tiers': ['scoring_model', 'rank', 'tier', 'min_score', 'keep_score', 'fit_grades',
            'engagement_grades', 'response_minutes', 'response_unit', 'action'],
        'account_scoring': ['scoring_model', 'method', 'account_level', 'score_cap', 'engaged_score'],
        'challengers': ['challenger', 'scoring_model'],
        'outcomes': ['scoring_model', 'deal_type', 'is_won'],
        'sales_ready_leads': ['contact_id', 'email'],
        'experiments': ['experiment', 'kind', 'scoring_model', 'tier', 'challenger', 'share',
            'starts_on', 'ends_on', 'smallest_effect', 'power', 'expected_rate'],
        'calendars': ['calendar', 'time_zone', 'is_default'],
        'business_hours': ['calendar', 'weekday', 'opens_at', 'closes_at'],
        'holidays': ['calendar', 'holiday_on', 'name'],
        'owner_calendars': ['owner_id', 'calendar'],
    }[file]) }}
{% endmacro %}

{# A cell as clean text; null when it is empty. #}
{% macro cell(name) -%}
    nullif({{ clean_text(
        with_letters('cast(' ~ adapter.quote(name) ~ ' as ' ~ dbt.type_string() ~ ')')
    ) }}, '')
{%- endmacro %}

{# A cell as a word in lower case. #}
{% macro cell_word(name) -%}
    lower({{ cell(name) }})
{%- endmacro %}

{# A cell as a number; null when it is empty or not a number. #}
{% macro cell_number(name) -%}
    {{ try_number(cell(name)) }}
{%- endmacro %}

{# The day of a cell's text; null when it is not an ISO date. #}
{% macro cell_date(text) -%}
    case
        when {{ has_match(text, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') | trim }}
            then cast({{ try_timestamp(text) | trim }} as date)
    end
{%- endmacro %}

{# The minutes from midnight of a cell's text such as 9:00 or 17:30; null when it is not a time. #}
{% macro minutes_of_day(text) -%}
    case
        when {{ has_match(text, '^(([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)$') | trim }}
            then
                60 * cast({{ text_before(text, ':') | trim }} as integer)
                + cast(substr({{ text }}, length({{ text }}) - 1, 2) as integer)
    end
{%- endmacro %}
