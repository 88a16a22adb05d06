-- Configuration errors in seeds/scoring/activities.csv.
{{ config(materialized='ephemeral') }}
{% set sources = configuration_words('source') %}
{% set checks = [
    empty_cell('activities', 'activity', 'write a name for the activity'),
    repeated_key('activities', 'activities'),
    [
        "activities.activity_word = 'any'",
        'the name any means every activity of positive intent; choose another name',
    ],
    unknown_word('activities', 'source', sources),
    unknown_word('activities', 'intent', configuration_words('intent')),
    unknown_word('activities', 'stage', configuration_words('stage')),
] + unreadable_numbers('activities', 'activities')
    + out_of_range('activities', ['min_percent_complete'], 100)
%}

{# Conditions on a column that the source does not have. #}
{% for column in event_columns() + ['min_percent_complete'] if column != 'event_name' %}
{% set with_column = [] %}
{% for source in sources if column in activity_conditions(source) %}
{% do with_column.append(source) %}
{% endfor %}
{% do checks.append([
    "activities." ~ column ~ "_text is not null"
    ~ " and activities.source_word in (" ~ as_literals(sources) ~ ")"
    ~ " and activities.source_word not in (" ~ as_literals(with_column) ~ ")",
    'source [source] has no ' ~ column ~ '; empty the cell or write source '
    ~ with_column | join(' or '),
]) %}
{% endfor %}

{# Event names outside the closed list of the source. #}
{% for source in sources if event_names(source) %}
{% do checks.append([
    "activities.source_word = '" ~ source ~ "' and activities.event_name_text is not null"
    ~ " and not (" ~ matches_a_word('activities.event_name_text', event_names(source)) ~ ")",
    'event_name "[event_name]" is not known; write one of '
    ~ event_names(source) | join(', '),
]) %}
{% endfor %}

{# Quantities that the source does not have. #}
{% set quantities = [] %}
{% for source in sources %}{% do quantities.extend(quantity_columns(source)) %}{% endfor %}
{% do checks.append(unknown_word('activities', 'quantity', quantities)) %}
{% for source in sources %}
{% do checks.append([
    "activities.source_word = '" ~ source ~ "'"
    ~ " and activities.quantity_word in (" ~ as_literals(quantities) ~ ")"
    ~ " and activities.quantity_word not in (" ~ as_literals(quantity_columns(source)) ~ ")",
    'source [source] has no quantity [quantity]; empty the cell'
    ~ (' or write one of ' ~ quantity_columns(source) | join(', ')
        if quantity_columns(source) else ''),
]) %}
{% endfor %}

{# Without a source, the filled cells must be valid for at least one source. #}
{% set fitting_sources = [] %}
{% for source in sources %}
{% set conditions = [
    "coalesce(activities.quantity_word, '') in ('', "
    ~ as_literals(quantity_columns(source)) ~ ")",
] %}
{% for column in event_columns() + ['min_percent_complete']
    if column not in activity_conditions(source) %}
{% do conditions.append("activities." ~ column ~ "_text is null") %}
{% endfor %}
{% if event_names(source) %}
{% do conditions.append(
    "(activities.event_name_text is null or "
    ~ matches_a_word('activities.event_name_text', event_names(source)) ~ ")"
) %}
{% endif %}
{% do fitting_sources.append(conditions | join(' and ')) %}
{% endfor %}
{% do checks.append([
    "activities.source_text is null and not (" ~ fitting_sources | join(' or ') ~ ")",
    'no source has all of the filled columns; write the source and empty what it lacks',
]) %}

{% for column, sources, words in [
    ('direction', 'true', sales_words('direction')),
    ('outcome', "activities.source_word = 'sales'", outcomes_of('sales')),
    ('outcome', "activities.source_word = 'email'", outcomes_of('email')),
    ('outcome', "activities.source_word is null", outcomes_of(none)),
] %}
{% do checks.append([
    "activities." ~ column ~ "_text is not null and " ~ sources ~ " and not ("
    ~ matches_a_word("activities." ~ column ~ "_text", words) ~ ")",
    column ~ ' "[' ~ column ~ ']" is not known; write one of ' ~ words | join(', ')
    ~ ' or empty the cell',
]) %}
{% endfor %}

{# Values that no raw row can contain. #}
{% for column in ['page_path', 'link_url'] %}
{% do checks.append([
    "activities." ~ column ~ "_text is not null"
    ~ " and (" ~ normalise_path("activities." ~ column ~ "_text") ~ ") is null",
    column ~ ' "[' ~ column ~ ']" has nothing before its query or fragment; '
    ~ 'write a path such as /pricing or empty the cell',
]) %}
{% endfor %}
{% for column in ['content_id', 'form_id', 'campaign_id'] %}
{% do checks.append([
    "activities." ~ column ~ "_word in ("
    ~ "select lower(placeholder_words.placeholder) from placeholder_words)",
    column ~ ' "[' ~ column ~ ']" is a placeholder, which reads as missing; '
    ~ 'write an id or empty the cell',
]) %}
{% endfor %}

with activities as (
    {{ configuration_rows('activities') }}
),

placeholder_words as (
    select * from {{ ref('placeholder_words') }}
)

{{ mistakes('activities', {'activities': checks}) }}
