{#
    What a feature is about. Features of one activity, of the job title, or of the same attribute of
    the contact and its company, are about one fact.
#}
{% macro fact_of(feature) -%}
    {%- set attributes = feature_attributes() -%}
    {%- set company_attributes = [] -%}
    {%- for name in attributes if name.startswith('company_') and name[8:] in attributes -%}
        {%- do company_attributes.append(name) -%}
    {%- endfor -%}
    case
            {%- for name in list_attributes() %}
            when {{ feature }} like '{{ name }}: %' then {{ feature }}
            {%- endfor %}
            {%- for name in activity_features() %}
            when {{ feature }} like '%: {{ name | replace('_', ' ') }}'
                then substr({{ feature }}, 1, length({{ feature }}) - {{ name | length + 2 }})
            {%- endfor %}
            when {{ feature }} in ('seniority', 'job_function', 'likely_buying_role') then 'job_title'
            {%- if company_attributes %}
            when {{ feature }} in ('{{ company_attributes | join("', '") }}')
                then substr({{ feature }}, 9)
            {%- endif %}
            else {{ feature }}
        end
{%- endmacro %}

{# A name as people read it: created_at is created, is_free_email is free email. #}
{% macro name_in_words(name) -%}
    case
                    when {{ name }} = 'any' then 'activity'
                    else replace(regexp_replace({{ name }}, '^is_|_(at|on|date)$', ''), '_', ' ')
                end
{%- endmacro %}

{# Whole numbers of a bin's range, both within it; null where it is open. #}
{% macro least_whole(bins) -%}
    ceil({{ bins }}.lower_bound)
{%- endmacro %}

{% macro greatest_whole(bins) -%}
    (ceil({{ bins }}.upper_bound) - 1)
{%- endmacro %}

{% macro counted(number, unit) -%}
    concat(
                    {{ number_as_text(number) }}, case when {{ number }} = 1 then ' {{ unit }}' else ' {{ unit }}s' end
                )
{%- endmacro %}

{% macro range_in_words(least, greatest, unit) -%}
    case
                when {{ least }} is null then concat('up to ', {{ counted(greatest, unit) }})
                when {{ greatest }} is null then concat({{ number_as_text(least) }}, ' or more {{ unit }}s')
                when {{ least }} = {{ greatest }} then {{ counted(least, unit) }}
                else concat({{ number_as_text(least) }}, ' to ', {{ counted(greatest, unit) }})
            end
{%- endmacro %}

{# How often, for an activity that happened at least once. #}
{% macro times_in_words(bins) -%}
    {%- set least = least_whole(bins) -%}
    {%- set greatest = greatest_whole(bins) -%}
    case
                when {{ greatest }} = 1 then ' once'
                when {{ least }} is null and {{ greatest }} is null then ''
                else concat(' ', {{ range_in_words(least, greatest, 'time') }})
            end
{%- endmacro %}

{# Days until a date, negative for one in the past. #}
{% macro days_in_words(bins) -%}
    {%- set least = least_whole(bins) -%}
    {%- set greatest = greatest_whole(bins) -%}
    case
                when {{ greatest }} < 0
                    then concat({{ range_in_words('-' ~ greatest, '-' ~ least, 'day') }}, ' ago')
                when {{ least }} >= 0 then concat('in ', {{ range_in_words(least, greatest, 'day') }})
                when {{ least }} is null and {{ greatest }} is null then 'on a known day'
                when {{ least }} is null
                    then concat('in the past or within ', {{ counted(greatest, 'day') }})
                when {{ greatest }} is null or {{ greatest }} = 0
                    then concat({{ counted('-' ~ least, 'day') }}, ' ago or later')
                else concat(
                    {{ counted('-' ~ least, 'day') }}, ' ago to ', {{ counted(greatest, 'day') }}, ' ahead'
                )
            end
{%- endmacro %}

{# A range of numbers that need not be whole. #}
{% macro amount_in_words(bins) -%}
    {%- set least = number_as_text('round(' ~ bins ~ '.lower_bound, 2)') -%}
    {%- set greatest = number_as_text('round(' ~ bins ~ '.upper_bound, 2)') -%}
    case
                when {{ bins }}.lower_bound is null and {{ bins }}.upper_bound is null then 'known'
                when {{ bins }}.lower_bound is null then concat('under ', {{ greatest }})
                when {{ bins }}.upper_bound is null then concat({{ least }}, ' or more')
                when
                    {{ bins }}.upper_bound = {{ bins }}.lower_bound + 1
                    and ceil({{ bins }}.lower_bound) = {{ bins }}.lower_bound
                    then {{ least }}
                else concat({{ least }}, ' to under ', {{ greatest }})
            end
{%- endmacro %}

{# A feature and its bin in words. Expects columns feature, fact, value, lower_bound, upper_bound. #}
{% macro reason_in_words(bins) -%}
    {%- set fact = name_in_words(bins ~ '.fact') -%}
    {%- set feature = name_in_words(bins ~ '.feature') -%}
    {%- set dates = [] -%}
    {%- for name, type in feature_attributes().items() if type in ['date', 'timestamp'] -%}
        {%- do dates.append(name) -%}
    {%- endfor -%}
    case
            {%- for name in list_attributes() %}
            when {{ bins }}.feature like '{{ name }}: %' then {{ bins }}.feature
            {%- endfor %}
            when
                {{ bins }}.feature like '%: days since'
                and {{ bins }}.lower_bound is null
                and {{ bins }}.upper_bound is null
                then concat({{ fact }}, ' so far')
            when {{ bins }}.feature like '%: days since'
                then concat(
                    'last ', {{ fact }}, ' ',
                    {{ range_in_words(least_whole(bins), greatest_whole(bins), 'day') }}, ' ago'
                )
            {%- for days in [7, 30, 90] %}
            when {{ bins }}.feature like '%: last {{ days }} days'
                then concat({{ fact }}, {{ times_in_words(bins) }}, ' in the last {{ days }} days')
            {%- endfor %}
            when {{ bins }}.feature like '%: ever'
                then concat({{ fact }}, {{ times_in_words(bins) }}, ' so far')
            when {{ bins }}.feature like '%: decayed'
                then concat({{ fact }}, ' lately: ', {{ amount_in_words(bins) }}, ', halved every 30 days')
            when {{ bins }}.feature like '%: quantity'
                then concat({{ fact }}, ', quantity ', {{ amount_in_words(bins) }})
            when {{ bins }}.value is null and {{ bins }}.bin = '{{ rare_value() }}'
                then concat({{ feature }}, ' is {{ rare_value() }}')
            when {{ bins }}.feature in ('country', 'company_country')
                then concat({{ feature }}, ' is ', upper({{ bins }}.value))
            when {{ bins }}.value in ('true', 'false')
                then concat({{ feature }}, case {{ bins }}.value when 'true' then ': yes' else ': no' end)
            when {{ bins }}.value is not null then concat({{ feature }}, ' is ', {{ bins }}.value)
            when
                {{ bins }}.feature in ('{{ dates | join("', '") }}')
                or {{ has_match(bins ~ '.feature', '_(at|on|date|since|until)$') | trim }}
                then concat({{ feature }}, ' ', {{ days_in_words(bins) }})
            else concat({{ feature }}, ' is ', {{ amount_in_words(bins) }})
        end
{%- endmacro %}

{#
    Why a lead without a bin of a fact differs from others. Expects columns fact and feature, one of
    the fact's. A number or date that is known always has a bin; a rare text may have none.
#}
{% macro absence_in_words(facts) -%}
    {%- set measures = [] -%}
    {%- for name, type in feature_attributes().items() if type in ['number', 'date', 'timestamp'] -%}
        {%- do measures.append(name) -%}
    {%- endfor -%}
    case
            {%- for name in list_attributes() %}
            when {{ facts }}.feature like '{{ name }}: %'
                then concat('{{ name }} without ', substr({{ facts }}.fact, {{ name | length + 3 }}))
            {%- endfor %}
            when {{ facts }}.feature like '%: %' then concat('no ', {{ name_in_words(facts ~ '.fact') }})
            when {{ facts }}.feature in ('{{ measures | join("', '") }}')
                then concat({{ name_in_words(facts ~ '.fact') }}, ' is not known')
            else concat({{ name_in_words(facts ~ '.fact') }}, ' is rare or not known')
        end
{%- endmacro %}
