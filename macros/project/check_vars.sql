{#
    Kind of each var, and bounds of numbers. A new var of dbt_project.yml needs a line here.
#}
{% macro var_rules() %}
    {{ return({
        'as_of': ['day or nothing'],
        'scored_days': ['days'],
        'demo_data': ['yes or no'],
        'allowed_shrinkage': ['number', 0, 1],
        'reporting_timezone': ['time zone'],
        'anonymous_lookback_days': ['whole number or nothing', 0, 99999],
        'match_companies_by_domain': ['yes or no'],
        'unmatched_share_to_warn': ['number', 0, 1],
        'unreadable_share_to_warn': ['number', 0, 1],
        'score_automated': ['yes or no'],
        'automated_signs': ['whole number', 1, 99],
        'automated_within_seconds': ['whole number', 0, 86400],
        'interest_half_life_days': ['whole number', 1, 99999],
        'buying_stage_days': ['whole number', 1, 99999],
        'custom_attributes': ['names'],
        'conversion_horizon_days': ['whole number', 1, 99999],
        'experiments': ['yes or no'],
        'evaluate': ['yes, no or nothing'],
        'evaluation_interval_days': ['whole number', 1, 99999],
        'minimum_conversions': ['whole number', 20, none],
        'most_fit_observations': ['whole number', 1000, none],
        'probability_max_age_days': ['whole number', 1, 99999],
        'allowed_attributes': ['names'],
        'evaluation_step_days': ['whole number', 1, 99999],
        'evaluation_span_days': ['whole number', 1, 99999],
        'wanted_recall': ['number', 0, 1],
        'weekly_capacity': ['number or nothing', 0, none],
        'trial_sample_size': ['whole number', 0, none],
        'trial_sample_draw': ['whole number', none, none],
        'handoffs_on_first_publication': ['yes or no'],
        'alert_on_rule_changes': ['yes or no'],
        'crm_sync_models': ['names'],
        'crm_override_column': ['name or nothing'],
        'crm_lead_url': ['link or nothing'],
        'call_list_quiet_days': ['whole number', 0, 99999],
        'call_list_overdue_days': ['whole number', 1, 99999],
        'call_minutes': ['whole number', 1, 480],
        'call_hours_per_day': ['number or nothing', 0, 24],
        'expected_amount_segments': ['segments'],
        'expected_amount_days': ['whole number', 1, 99999],
        'sql_activities': ['intents'],
        'sql_attributes': ['words'],
        'raw_crm_schema': ['name'],
        'raw_activity_schema': ['name'],
        'raw_database': ['name or nothing'],
        'production_targets': ['names'],
    }) }}
{% endmacro %}

{# First hook of a run, before anything is written: one error with a sentence for each wrong var. #}
{% macro check_vars() %}
    {%- if execute -%}
        {%- set sentences = [] -%}
        {%- for name, rule in var_rules().items() -%}
            {%- set wanted = what_var_must_be(var(name), *rule) -%}
            {%- if wanted -%}
                {%- do sentences.append(
                    'The var ' ~ name ~ ' must be ' ~ wanted ~ ", not '" ~ var(name) ~ "'."
                ) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if sentences -%}
            {{ exceptions.raise_compiler_error(sentences | join('\n')) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{# What a var must be; empty if the value is right. #}
{% macro what_var_must_be(value, kind, least=none, most=none) %}
    {%- if value in [none, ''] and ' or nothing' in kind -%}
        {{ return('') }}
    {%- endif -%}
    {%- set kind = kind | replace(' or nothing', '') -%}
    {%- if kind == 'day' -%}
        {{ return('' if is_iso_date(value) else 'an ISO date such as 2026-01-31') }}
    {%- elif kind == 'days' -%}
        {%- set days = [value] if value is string or value is not iterable else value -%}
        {%- for day in days if value is not none and (value is mapping or not is_iso_date(day)) -%}
            {{ return('a list of ISO dates such as [2026-01-31, 2026-02-28]') }}
        {%- endfor -%}
        {{ return('') }}
    {%- elif kind == 'yes or no' -%}
        {{ return('' if value is boolean else 'true or false, without quotes') }}
    {%- elif kind == 'yes, no' -%}
        {{ return('' if value is none or value is boolean else 'true, false or empty') }}
    {%- elif kind == 'time zone' -%}
        {{ return('' if value is none or (value is string and value in modules.pytz.all_timezones_set)
            else 'an IANA time zone such as Europe/Madrid') }}
    {%- elif kind in ['number', 'whole number'] -%}
        {{ return('' if is_number_within(value, kind, least, most)
            else 'a ' ~ kind ~ bounds_in_words(least, most)) }}
    {%- elif kind == 'name' -%}
        {{ return('' if value is string and value | trim else 'a name') }}
    {%- elif kind == 'link' -%}
        {{ return('' if value is string and '{lead_id}' in value else 'a link with {lead_id} in it') }}
    {%- elif kind == 'intents' -%}
        {{ return('' if are_intents(value)
            else 'a list of names (letters, digits and _), each with positive, negative or neutral') }}
    {%- elif kind == 'segments' -%}
        {{ return('' if are_segments(value)
            else 'a list of company_size and attributes that are text, such as [company_size, industry]') }}
    {%- elif kind in ['names', 'words'] -%}
        {{ return('' if are_names(value, kind == 'words') else 'a list of names') }}
    {%- endif -%}
{% endmacro %}

{# Whether a value is the ISO date of an existing day. #}
{% macro is_iso_date(value) %}
    {%- if not modules.re.match('^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-[0-9]{2}$', value | string) -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set year, month, day = (value | string).split('-') -%}
    {%- set next_month = modules.datetime.date(
        (year | int) + (month | int) // 12, (month | int) % 12 + 1, 1
    ) -%}
    {%- set last_day = (next_month - modules.datetime.timedelta(days=1)).day -%}
    {{ return(1 <= day | int and day | int <= last_day) }}
{% endmacro %}

{# A whole number may also be text, as from the command line. #}
{% macro is_number_within(value, kind, least, most) %}
    {%- if value is boolean or (value is not number and not modules.re.match('^-?[0-9]{1,9}$', value | string)) -%}
        {{ return(false) }}
    {%- endif -%}
    {%- if kind == 'whole number' and value is not integer and value is number -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set number = value if value is number else value | int -%}
    {{ return((least is none or number >= least) and (most is none or number <= most)) }}
{% endmacro %}

{% macro bounds_in_words(least, most) %}
    {%- if least is none -%}
        {{ return('') }}
    {%- endif -%}
    {{ return(' of at least ' ~ least if most is none else ' from ' ~ least ~ ' to ' ~ most) }}
{% endmacro %}

{# A list of names, or one name; only_words: a list of names that can be part of a model's name. #}
{% macro are_names(value, only_words) %}
    {%- if value is mapping or value is number or (value is string and only_words) -%}
        {{ return(false) }}
    {%- endif -%}
    {%- for name in ([value] if value is string else value or []) -%}
        {%- if name is not string or not name | trim
            or (only_words and not modules.re.match('^[A-Za-z0-9_]+$', name)) -%}
            {{ return(false) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(true) }}
{% endmacro %}

{# Names that the var expected_amount_segments may have. #}
{% macro are_segments(value) %}
    {%- if not are_names(value, false) -%}
        {{ return(false) }}
    {%- endif -%}
    {%- for name in names_of_var('expected_amount_segments') -%}
        {%- if name != 'company_size' and profile_attributes().get(name) != 'text' -%}
            {{ return(false) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(true) }}
{% endmacro %}

{# A dict activity -> intent. #}
{% macro are_intents(value) %}
    {%- if value is not mapping -%}
        {{ return(value is none) }}
    {%- endif -%}
    {%- for name, intent in value.items() -%}
        {%- if not modules.re.match('^[A-Za-z0-9_]+$', name | string)
            or intent not in intents() -%}
            {{ return(false) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(true) }}
{% endmacro %}
