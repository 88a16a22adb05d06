-- Distinct attribute values that meet each fit criterion, except for is_missing. There are few
-- distinct values even with many leads. A date meets operator due_within on some days only.
with lead_attributes as (
    select * from {{ ref('int_lead_attributes') }}
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

criterion_words as (
    select * from {{ ref('int_fit_criterion_words') }}
),

country_names as (
    select * from {{ ref('config_country_names') }}
),

-- Casts are expensive, and most values, such as phone numbers, only have to be known.
attributes as (
    select
        fit_criteria.attribute_number,
        fit_criteria.attribute,
        fit_criteria.value_type,
        max(case when fit_criteria.operator in ('equals', 'in', 'has', 'not_in') then 1 else 0 end)
        = 1 as is_listed,
        max(case when fit_criteria.operator in ('at_least', 'at_most', 'between') then 1 else 0 end)
        = 1 as is_measured,
        max(case when fit_criteria.operator = 'due_within' then 1 else 0 end) = 1 as is_due
    from fit_criteria
    group by
        fit_criteria.attribute_number, fit_criteria.attribute, fit_criteria.value_type
),

distinct_values as (
    select
        attributes.*,
        lead_values.value
    from (
        select distinct
            lead_attributes.attribute_number,
            lead_attributes.value
        from lead_attributes
    ) as lead_values
    inner join attributes on lead_values.attribute_number = attributes.attribute_number
),

-- Texts to compare: the whole value; for operator has, also each item of its ; list.
compared_texts as (
    select
        distinct_values.*,
        distinct_values.value as compared_text,
        false as is_item
    from distinct_values

    union all

    select
        distinct_values.*,
        {{ trim_text('list_words.word') }} as compared_text,
        true as is_item
    from distinct_values
    {{ cross_join_words('distinct_values.value') }}
    where distinct_values.attribute in (
        select fit_criteria.attribute from fit_criteria
        where fit_criteria.operator = 'has'
    )
),

known_values as (
    select
        compared_texts.*,
        case
            when compared_texts.is_listed and compared_texts.value_type in ('number', 'text')
                then {{ try_number('compared_texts.compared_text') }}
        end as number_value,
        -- For thresholds; a word of a list is a number only in digits.
        case
            when compared_texts.is_measured and compared_texts.value_type in ('number', 'text')
                then {{ written_number('compared_texts.compared_text') }}
        end as measured_value,
        {{ try_boolean('compared_texts.compared_text') }} as boolean_value,
        case
            when
                compared_texts.is_due
                or (
                    compared_texts.is_listed
                    and compared_texts.value_type in ('date', 'timestamp')
                )
                then cast({{ try_timestamp('compared_texts.compared_text') }} as timestamp)
        end as time_value
    from compared_texts
),

dated_values as (
    select
        known_values.*,
        case
            when known_values.time_value is null then null
            when
                known_values.value_type = 'timestamp'
                or {{ has_match('known_values.compared_text', '[0-9][ Tt] *[0-9]') }}
                then {{ local_date('known_values.time_value') }}
            else cast(known_values.time_value as date)
        end as date_value
    from known_values
),

-- The listed word that a value or one of its items equals, if any: ids exactly, numbers as numbers,
-- other text case-insensitively.
listed_values as (
    select distinct
        criterion_words.criterion_number,
        dated_values.attribute_number,
        dated_values.value
    from fit_criteria
    inner join criterion_words on fit_criteria.criterion_number = criterion_words.criterion_number
    inner join dated_values
        on
            fit_criteria.attribute_number = dated_values.attribute_number
            and (fit_criteria.operator = 'has') = dated_values.is_item
            and (
                criterion_words.word = dated_values.compared_text
                or (
                    dated_values.value_type <> 'id'
                    and (
                        lower(criterion_words.word) = lower(dated_values.compared_text)
                        or criterion_words.number_value = dated_values.number_value
                    )
                )
                or (
                    dated_values.value_type = 'boolean'
                    and criterion_words.boolean_value = dated_values.boolean_value
                )
                or (
                    dated_values.value_type = 'date'
                    and cast(criterion_words.time_value as date) = dated_values.date_value
                )
                or (
                    dated_values.value_type = 'timestamp'
                    and criterion_words.time_value = dated_values.time_value
                )
            )
),

searched_texts as (
    select
        fit_criteria.*,
        lower(
            case
                when fit_criteria.attribute in ('domain', 'company_domain')
                    then nullif({{ normalise_domain('fit_criteria.value') | trim }}, '')
                else coalesce(country_names.country_code, fit_criteria.value)
            end
        ) as searched_text
    from fit_criteria
    left join country_names
        on
            case
                when fit_criteria.attribute in ('country', 'company_country')
                    then lower(fit_criteria.value)
            end = country_names.country_name
),

compared_values as (
    select
        searched_texts.criterion_number,
        searched_texts.model_number,
        dated_values.attribute_number,
        dated_values.value,
        case when searched_texts.operator = 'due_within' then dated_values.date_value end
            as due_on,
        case searched_texts.operator
            when 'equals' then listed_values.value is not null
            when 'in' then listed_values.value is not null
            when 'has' then listed_values.value is not null
            when 'not_in' then listed_values.value is null
            when 'contains'
                then {{ dbt.position(
                    'searched_texts.searched_text', 'lower(dated_values.value)'
                ) }} > 0
            when 'at_least' then dated_values.measured_value >= searched_texts.min_value
            when 'at_most' then dated_values.measured_value <= searched_texts.max_value
            when 'between'
                then
                    dated_values.measured_value >= searched_texts.min_value
                    and dated_values.measured_value <= searched_texts.max_value
            when 'is_true' then dated_values.boolean_value
            when 'is_false' then not dated_values.boolean_value
            when 'is_known' then true
            when 'due_within' then dated_values.date_value is not null
        end as is_met
    from searched_texts
    inner join dated_values
        on
            searched_texts.attribute_number = dated_values.attribute_number
            and not dated_values.is_item
    left join listed_values
        on
            searched_texts.criterion_number = listed_values.criterion_number
            and dated_values.attribute_number = listed_values.attribute_number
            and dated_values.value = listed_values.value
)

select
    compared_values.criterion_number,
    compared_values.model_number,
    compared_values.attribute_number,
    compared_values.value,
    compared_values.due_on
from compared_values
where compared_values.is_met
