-- Words in criteria with the operators equals, has, in and not_in, cast to the type of the
-- attribute: a country as its code, an id and a domain as they are read, a boolean as true or
-- false, a date as a date.
with fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

country_names as (
    select * from {{ ref('config_country_names') }}
),

single_words as (
    select
        fit_criteria.criterion_number,
        fit_criteria.scoring_model,
        fit_criteria.criterion,
        fit_criteria.attribute,
        fit_criteria.value_type,
        fit_criteria.value as word
    from fit_criteria
    where fit_criteria.operator in ('equals', 'has')
),

list_words as (
    select
        fit_criteria.criterion_number,
        fit_criteria.scoring_model,
        fit_criteria.criterion,
        fit_criteria.attribute,
        fit_criteria.value_type,
        {{ trim_text('list_words.word') }} as word
    from fit_criteria
    {{ cross_join_words('fit_criteria.value') }}
    where fit_criteria.operator in ('in', 'not_in')
),

words as (
    select * from single_words
    union all
    select * from list_words
)

select distinct
    words.criterion_number,
    words.scoring_model,
    words.criterion,
    case
        when words.attribute in ('country', 'company_country') then country_names.country_code
        when words.attribute in ('email', 'additional_emails')
            then {{ written_address('words.word') | trim }}
        when words.value_type = 'id' then {{ as_id('words.word') | trim }}
        when words.attribute in ('domain', 'company_domain')
            then {{ normalise_domain('words.word') | trim }}
        else words.word
    end as word,
    {{ try_number('words.word') }} as number_value,
    {{ try_boolean('words.word') }} as boolean_value,
    case
        when words.value_type = 'timestamp' then {{ written_time('words.word') | trim }}
        else cast({{ try_timestamp('words.word') }} as timestamp)
    end as time_value
from words
left join country_names on lower(words.word) = country_names.country_name
where words.word <> ''
