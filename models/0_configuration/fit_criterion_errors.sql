-- Configuration errors in seeds/scoring/fit_criteria.csv.
{{ config(materialized='ephemeral') }}
{% set country_attributes = ['country', 'company_country'] %}
{% set listed_attributes = ['seniority', 'job_function', 'likely_buying_role'] %}
{% set types = {'number': [], 'boolean': [], 'date': [], 'timestamp': [], 'id': [], 'text': []} %}
{% for name, type in profile_attributes().items() %}{% do types[type].append(name) %}{% endfor %}
{% set days = types['date'] + types['timestamp'] %}
{# Attributes whose values are never numbers, dates or booleans, whatever the data look like. #}
{% set wordy = country_attributes + listed_attributes %}

{% set checks = [
    empty_cell('fit_criteria', 'criterion', 'write a name for the criterion'),
    empty_cell('fit_criteria', 'scoring_model', 'write the scoring model that it belongs to'),
    unknown_scoring_model('fit_criteria'),
    repeated_key('fit_criteria', 'fit_criteria'),
    [
        "fit_criteria.criterion_word like 'limit:%'",
        'names that start with limit: stand for category limits; choose another name',
    ],
    empty_cell('fit_criteria', 'attribute', 'write a column of contacts or companies'),
    [
        "fit_criteria.attribute_word not in (" ~ as_literals(attribute_names()) ~ ")",
        'attribute "[attribute]" is not known; write a column of contacts or companies, one of '
        ~ derived_attributes() | join(', ')
        ~ ', or an attribute named in the var custom_attributes or sql_attributes',
    ],
    empty_cell(
        'fit_criteria', 'operator', 'write one of ' ~ configuration_words('operator') | join(', ')
    ),
    unknown_word('fit_criteria', 'operator', configuration_words('operator')),
    empty_cell('fit_criteria', 'points', 'write how many points it adds or subtracts'),
    [
        "fit_criteria.operator_word in ('equals', 'in', 'not_in', 'contains', 'has')"
        ~ " and fit_criteria.value_text is null",
        'value is empty; write what operator [operator] compares with',
    ],
    [
        "fit_criteria.operator_word in ('at_least', 'between')"
        ~ " and fit_criteria.min_value_text is null",
        'min_value is empty; write the lowest number that meets operator [operator]',
    ],
    [
        "fit_criteria.operator_word in ('at_most', 'between')"
        ~ " and fit_criteria.max_value_text is null",
        'max_value is empty; write the highest number that meets operator [operator]',
    ],
    [
        "fit_criteria.operator_word = 'due_within' and fit_criteria.within_days_text is null",
        'within_days is empty; write how many days ahead the date may lie',
    ],
    [
        "fit_criteria.operator_word = 'has' and "
        ~ dbt.position("';'", 'fit_criteria.value_text') ~ " > 0",
        'value "[value]" is several items, and operator has compares with one; '
        ~ 'write a row for each',
    ],
    crossed_bounds('fit_criteria', 'min_value', 'max_value'),
    [
        "fit_criteria.operator_word in ('equals', 'in', 'not_in')"
        ~ " and fit_criteria.value_text is not null"
        ~ " and not exists (select 1 from known_words"
        ~ " where known_words.row_name = fit_criteria.row_name"
        ~ " and known_words.value_text = fit_criteria.value_text)",
        'value "[value]" is a placeholder, which reads as missing; write a real value, '
        ~ 'or use operator is_missing or is_known',
    ],
    [
        "fit_criteria.operator_word in ('at_least', 'at_most', 'between')"
        ~ " and fit_criteria.attribute_word in ("
        ~ as_literals(types['boolean'] + days + types['id'] + wordy) ~ ")",
        '[attribute] is never a number, so nobody can meet operator [operator]; '
        ~ 'use another operator or attribute',
    ],
    [
        "fit_criteria.operator_word = 'due_within' and fit_criteria.attribute_word in ("
        ~ as_literals(types['number'] + types['boolean'] + types['id'] + wordy) ~ ")",
        '[attribute] is never a date, so nobody can meet operator due_within; '
        ~ 'use another operator or attribute',
    ],
    [
        "fit_criteria.operator_word in ('is_true', 'is_false') and fit_criteria.attribute_word in ("
        ~ as_literals(types['number'] + days + wordy) ~ ")",
        '[attribute] is never true or false, so operator [operator] means nothing; '
        ~ 'use another operator or attribute',
    ],
    [
        "fit_criteria.operator_word = 'is_missing'"
        ~ " and fit_criteria.attribute_word in ('contact_id', 'created_at', 'updated_at',"
        ~ " 'open_deal_count', 'owned_product_count', 'account_user_count')",
        '[attribute] is never missing, so nobody can meet operator is_missing; '
        ~ 'use another operator or attribute',
    ],
] + unreadable_numbers('fit_criteria', 'fit_criteria')
    + negative('fit_criteria', ['within_days'])
    + broken_wholes('fit_criteria', ['within_days'])
%}

{# Values that the attribute can never have. #}
{% set word_checks = [
    [
        "known_words.operator_word in ('equals', 'in', 'not_in', 'has')"
        ~ " and known_words.attribute_word in (" ~ as_literals(country_attributes) ~ ")"
        ~ " and not known_words.is_country",
        'country "[word]" is not known; write a two-letter code such as DE, '
        ~ 'or add the name to seeds/normalisation/country_names.csv',
    ],
    [
        "known_words.operator_word = 'contains'"
        ~ " and known_words.attribute_word in (" ~ as_literals(country_attributes) ~ ")"
        ~ " and not known_words.is_country and length(known_words.word_word) > 2",
        'no country code contains "[word]"; write a two-letter code such as DE',
    ],
    [
        "known_words.operator_word in ('equals', 'in', 'has')"
        ~ " and known_words.attribute_word in (" ~ as_literals(types['number']) ~ ")"
        ~ " and " ~ try_number('known_words.word_text') ~ " is null",
        'value "[word]" is not a number, which [attribute] always is; write a number',
    ],
    [
        "known_words.operator_word in ('equals', 'in', 'has')"
        ~ " and known_words.attribute_word in (" ~ as_literals(types['boolean']) ~ ")"
        ~ " and " ~ try_boolean('known_words.word_text') ~ " is null",
        'value "[word]" is neither true nor false, which [attribute] always is; '
        ~ 'use operator is_true or is_false',
    ],
    [
        "known_words.operator_word in ('equals', 'in', 'has')"
        ~ " and known_words.attribute_word in (" ~ as_literals(days) ~ ")"
        ~ " and " ~ try_timestamp('known_words.word_text') ~ " is null",
        'value "[word]" is not a date, which [attribute] always is; '
        ~ 'write one such as 2026-01-31 or use operator due_within',
    ],
] %}
{% for attribute in listed_attributes %}
{% set words = configuration_words(attribute) %}
{% set holds_part = [] %}
{% for word in words %}
{% do holds_part.append(dbt.position('known_words.word_word', "'" ~ word ~ "'") ~ " > 0") %}
{% endfor %}
{% do word_checks.append([
    "known_words.attribute_word = '" ~ attribute ~ "' and ("
    ~ "(known_words.operator_word in ('equals', 'in', 'not_in', 'has')"
    ~ " and known_words.word_word not in (" ~ as_literals(words) ~ "))"
    ~ " or (known_words.operator_word = 'contains' and not ("
    ~ holds_part | join(' or ') ~ ")))",
    '[attribute] is never "[word]"; write one of ' ~ words | join(', ')
    ~ ', with operator in and ; between them if there are several',
]) %}
{% endfor %}

with scoring_models as (
    {{ configuration_rows('scoring_models') }}
),

fit_criteria as (
    {{ configuration_rows('fit_criteria') }}
),

placeholder_words as (
    select lower(placeholder_words.placeholder) as word
    from {{ ref('placeholder_words') }} as placeholder_words
),

country_names as (
    select distinct country_names.country_name from {{ ref('country_names') }} as country_names
),

compared_words as (
    select
        fit_criteria.row_name,
        fit_criteria.attribute_text,
        fit_criteria.attribute_word,
        fit_criteria.operator_word,
        fit_criteria.value_text,
        fit_criteria.value_text as word_text
    from fit_criteria
    where fit_criteria.operator_word in ('equals', 'contains', 'has')

    union all

    select
        fit_criteria.row_name,
        fit_criteria.attribute_text,
        fit_criteria.attribute_word,
        fit_criteria.operator_word,
        fit_criteria.value_text,
        {{ trim_text('list_words.word') }} as word_text
    from fit_criteria
    {{ cross_join_words('fit_criteria.value_text') }}
    where fit_criteria.operator_word in ('in', 'not_in')
),

-- Placeholders read as missing, in criteria as in data. Operators contains and has are exempt: part
-- of a text may look like a placeholder.
known_words as (
    select
        compared_words.*,
        lower(compared_words.word_text) as word_word,
        country_names.country_name is not null as is_country
    from compared_words
    left join placeholder_words on lower(compared_words.word_text) = placeholder_words.word
    left join country_names on lower(compared_words.word_text) = country_names.country_name
    where
        compared_words.word_text <> ''
        and (placeholder_words.word is null or compared_words.operator_word in ('contains', 'has'))
)

{{ mistakes('fit_criteria', {'fit_criteria': checks, 'known_words': word_checks}) }}
