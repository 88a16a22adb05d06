-- Errors in seeds/scoring/fit_criteria.csv: attributes, and operators and values that do not suit
-- them.
{{ config(materialized='ephemeral') }}
{% set types = {'number': [], 'boolean': [], 'date': [], 'timestamp': [], 'id': [], 'text': []} %}
{% for name, type in profile_attributes().items() %}{% do types[type].append(name) %}{% endfor %}
with criteria as (
    {{ configuration_rows('scoring/fit_criteria', [
        'criterion_word', 'attribute_text', 'attribute_word', 'operator_text', 'operator_word',
        'value_text',
    ]) }}
),

placeholder_words as (
    select lower(placeholder_words.placeholder) as word
    from {{ ref('placeholder_words') }} as placeholder_words
),

country_names as (
    select * from {{ ref('config_country_names') }}
),

-- Attributes with a closed list of values.
listed_attributes as (
    select
        'seniority' as attribute,
        'c_level;vp;director;manager;specialist;intern_or_student' as words

    union all

    select
        'job_function' as attribute,
        'executive;operations;engineering;it;procurement;finance;marketing;sales;hr;other' as words

    union all

    select
        'likely_buying_role' as attribute,
        'decision_maker;influencer;user' as words
),

-- What the values of an attribute always are; null if they can be anything.
typed_criteria as (
    select
        criteria.*,
        listed_attributes.words as listed_words,
        case
            when listed_attributes.words is not null then 'word'
            when criteria.attribute_word in ('country', 'company_country') then 'country'
            when criteria.attribute_word in ('email', 'additional_emails') then 'address'
            when criteria.attribute_word = 'email_domain' then 'address domain'
            when criteria.attribute_word in ('domain', 'company_domain') then 'domain'
            when criteria.attribute_word in ({{ as_literals(types.number) }}) then 'number'
            when criteria.attribute_word in ({{ as_literals(types.boolean) }}) then 'boolean'
            when criteria.attribute_word in ({{ as_literals(types.date + types.timestamp) }})
                then 'date'
            when criteria.attribute_word in ({{ as_literals(types.id) }}) then 'id'
        end as attribute_type
    from criteria
    left join listed_attributes on criteria.attribute_word = listed_attributes.attribute
),

compared_words as (
    select
        typed_criteria.*,
        typed_criteria.value_text as text
    from typed_criteria
    where typed_criteria.operator_word in ('equals', 'contains', 'has')

    union all

    select
        typed_criteria.*,
        {{ trim_text('list_words.word') }} as text
    from typed_criteria
    {{ cross_join_words('typed_criteria.value_text') }}
    where typed_criteria.operator_word in ('in', 'not_in')
),

-- Placeholders read as missing, in criteria as in data. Operators contains and has are exempt: part
-- of a text may look like a placeholder.
known_words as (
    select
        compared_words.*,
        lower(compared_words.text) as word,
        country_names.country_name is not null as is_country
    from compared_words
    left join placeholder_words on lower(compared_words.text) = placeholder_words.word
    left join country_names on lower(compared_words.text) = country_names.country_name
    where
        compared_words.text <> ''
        and (placeholder_words.word is null or compared_words.operator_word in ('contains', 'has'))
),

-- Words of which a closed list has none, or no part.
unlisted_words as (
    select
        known_words.row_name,
        known_words.attribute_text,
        known_words.text,
        known_words.listed_words
    from known_words
    {{ cross_join_words('known_words.listed_words') }}
    group by
        known_words.row_id, known_words.row_name, known_words.attribute_text,
        known_words.text, known_words.listed_words
    having
        max(case
            when known_words.word = list_words.word then 1
            when
                known_words.operator_word = 'contains'
                and {{ dbt.position('known_words.word', 'list_words.word') }} > 0
                then 1
            else 0
        end) = 0
),

mistakes as (
    select
        criteria.row_name,
        'names that start with limit: stand for category limits; choose another name' as mistake
    from criteria
    where criteria.criterion_word like 'limit:%'

    union all

    select
        criteria.row_name,
        'attribute "' || criteria.attribute_text || '" is not known; write a column of contacts or '
        || 'companies, one of {{ derived_attributes() | join(", ") }}, or an attribute named in '
        || 'the var custom_attributes or sql_attributes' as mistake
    from criteria
    where criteria.attribute_word not in ({{ as_literals(attribute_names()) }})

    union all

    -- Operators that an attribute or a value cannot meet.
    select
        criteria.row_name,
        case
            when
                criteria.operator_word in ('at_least', 'at_most', 'between')
                and criteria.attribute_type <> 'number'
                then
                    criteria.attribute_text || ' is never a number, so nobody can meet operator '
                    || criteria.operator_text || '; use another operator or attribute'
            when criteria.operator_word = 'due_within' and criteria.attribute_type <> 'date'
                then
                    criteria.attribute_text || ' is never a date, so nobody can meet operator '
                    || 'due_within; use another operator or attribute'
            when
                criteria.operator_word in ('is_true', 'is_false')
                and criteria.attribute_type not in ('boolean', 'id')
                then
                    criteria.attribute_text || ' is never true or false, so operator '
                    || criteria.operator_text || ' means nothing; use another operator or attribute'
            when
                criteria.operator_word = 'is_missing'
                and criteria.attribute_word in (
                    'contact_id', 'created_at', 'updated_at', 'open_deal_count',
                    'owned_product_count', 'account_user_count'
                )
                then
                    criteria.attribute_text || ' is never missing, so nobody can meet operator '
                    || 'is_missing; use another operator or attribute'
            when
                (criteria.operator_word = 'has' and criteria.value_text like '%;%')
                or (
                    criteria.attribute_word = 'additional_emails'
                    and criteria.operator_word in ('equals', 'has')
                    and {{ has_match('criteria.value_text', '@.*[;,].*@') | trim }}
                )
                then
                    'value "' || criteria.value_text || '" is several items, and operator '
                    || criteria.operator_text || ' compares with one; write a row for each'
            when
                criteria.operator_word in ('equals', 'in', 'not_in')
                and criteria.value_text is not null
                and known_words.row_id is null
                then
                    'value "' || criteria.value_text || '" is a placeholder, which reads as '
                    || 'missing; write a real value, or use operator is_missing or is_known'
        end as mistake
    from typed_criteria as criteria
    left join known_words on criteria.row_id = known_words.row_id

    union all

    -- Values that an attribute never has.
    select
        known_words.row_name,
        case
            when
                known_words.attribute_type = 'country'
                and not known_words.is_country
                and known_words.operator_word <> 'contains'
                then
                    'country "' || known_words.text || '" is not known; write a two-letter code '
                    || 'such as DE, or add the name to seeds/normalisation/country_names.csv'
            when
                known_words.attribute_type = 'country'
                and not known_words.is_country
                and length(known_words.word) > 2
                then
                    'no country code contains "' || known_words.text
                    || '"; write a two-letter code such as DE'
            when
                known_words.attribute_type = 'domain'
                and {{ normalise_domain('known_words.text') | trim }} = ''
                then
                    'value "' || known_words.text || '" has nothing of a domain but what is cut '
                    || 'from domains; write one such as acme.com, or a part of one'
            when known_words.operator_word = 'not_in' then null
            when
                known_words.attribute_type = 'address domain'
                and {{ has_match('known_words.text', '[@/: ]') | trim }}
                then
                    'no ' || known_words.attribute_text || ' contains "' || known_words.text
                    || '"; write what follows the @ alone, such as acme.com'
            when
                known_words.operator_word = 'contains'
                and case known_words.attribute_type
                    when 'number'
                        then {{ has_match('known_words.text', '^-?[0-9]*[.]?[0-9]*$') | trim }}
                    when 'boolean' then {{ dbt.position('known_words.word', "'true, false'") }} > 0
                    when 'date' then {{ has_match('known_words.text', '^[0-9 :.-]+$') | trim }}
                    else true
                end
                then null
            when known_words.operator_word = 'contains'
                then
                    'value "' || known_words.text || '" is no part of '
                    || known_words.attribute_text || ', which always is '
                    || replace('a ' || known_words.attribute_type, 'a boolean', 'true or false')
                    || '; use another operator'
            when
                known_words.attribute_type = 'address'
                and {{ dbt.position("'@'", 'known_words.text') }} = 0
                then
                    'value "' || known_words.text || '" is not an e-mail address, which '
                    || known_words.attribute_text || ' always is; write one such as '
                    || 'jo@acme.com, or use operator contains'
            when
                known_words.attribute_type = 'number'
                and {{ configured_number('known_words.text') }} is null
                then
                    'value "' || known_words.text || '" is not a number, which '
                    || known_words.attribute_text || ' always is; write a number'
            when
                known_words.attribute_type = 'boolean'
                and {{ try_boolean('known_words.text') }} is null
                then
                    'value "' || known_words.text || '" is neither true nor false, which '
                    || known_words.attribute_text || ' always is; use operator is_true or is_false'
            when
                known_words.attribute_type = 'date'
                and {{ try_timestamp('known_words.text') }} is null
                then
                    'value "' || known_words.text || '" is not a date, which '
                    || known_words.attribute_text || ' always is; write one such as 2026-01-31 or '
                    || 'use operator due_within'
        end as mistake
    from known_words

    union all

    select
        unlisted_words.row_name,
        unlisted_words.attribute_text || ' is never "' || unlisted_words.text
        || '"; write one of ' || replace(unlisted_words.listed_words, ';', ', ')
        || ', with operator in and ; between them if there are several' as mistake
    from unlisted_words
)

select
    'scoring/fit_criteria' as file,
    mistakes.row_name,
    mistakes.mistake
from mistakes
where mistakes.mistake is not null
