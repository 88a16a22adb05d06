-- Which distinct attribute values meet which fit criteria, is_missing apart. Values are few
-- where leads are many. A day that operator due_within asks for meets it on some as-of days only.
with lead_attributes as (
    select * from {{ ref('lead_attributes') }}
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

criterion_words as (
    select * from {{ ref('fit_criterion_words') }}
),

country_names as (
    select * from {{ ref('country_names') }}
),

known_values as (
    select distinct
        lead_attributes.attribute,
        lead_attributes.value_type,
        lead_attributes.value,
        lead_attributes.number_value,
        lead_attributes.date_value,
        lead_attributes.boolean_value
    from lead_attributes
),

-- The listed word that a value equals, if any: ids to the letter, numbers as numbers, other text
-- in any case.
listed_values as (
    select distinct
        criterion_words.scoring_model,
        criterion_words.criterion,
        known_values.attribute,
        known_values.value
    from fit_criteria
    inner join criterion_words
        on
            fit_criteria.scoring_model = criterion_words.scoring_model
            and fit_criteria.criterion = criterion_words.criterion
    inner join known_values
        on
            fit_criteria.attribute = known_values.attribute
            and (
                criterion_words.word = known_values.value
                or (
                    known_values.value_type <> 'id'
                    and (
                        lower(criterion_words.word) = lower(known_values.value)
                        or criterion_words.number_value = known_values.number_value
                    )
                )
                or (
                    known_values.value_type = 'boolean'
                    and criterion_words.boolean_value = known_values.boolean_value
                )
                or (
                    known_values.value_type = 'date'
                    and cast(criterion_words.time_value as date) = known_values.date_value
                )
                or (
                    known_values.value_type = 'timestamp'
                    and criterion_words.time_value = {{ try_timestamp('known_values.value') }}
                )
            )
),

compared_values as (
    select
        fit_criteria.scoring_model,
        fit_criteria.criterion,
        known_values.attribute,
        known_values.value,
        case when fit_criteria.operator = 'due_within' then known_values.date_value end as due_on,
        case fit_criteria.operator
            when 'equals' then listed_values.value is not null
            when 'in' then listed_values.value is not null
            when 'not_in' then listed_values.value is null
            when 'contains'
                then {{ dbt.position(
                    "lower(coalesce(contained_countries.country_code, fit_criteria.value))",
                    'lower(known_values.value)'
                ) }} > 0
            when 'at_least' then known_values.number_value >= fit_criteria.min_value
            when 'at_most' then known_values.number_value <= fit_criteria.max_value
            when 'between'
                then
                    known_values.number_value >= fit_criteria.min_value
                    and known_values.number_value <= fit_criteria.max_value
            when 'is_true' then known_values.boolean_value
            when 'is_false' then not known_values.boolean_value
            when 'is_known' then true
            when 'due_within' then known_values.date_value is not null
        end as is_met
    from fit_criteria
    inner join known_values on fit_criteria.attribute = known_values.attribute
    left join listed_values
        on
            fit_criteria.scoring_model = listed_values.scoring_model
            and fit_criteria.criterion = listed_values.criterion
            and known_values.value = listed_values.value
    left join country_names as contained_countries
        on
            fit_criteria.attribute in ('country', 'company_country')
            and lower(fit_criteria.value) = contained_countries.country_name
)

select
    compared_values.scoring_model,
    compared_values.criterion,
    compared_values.attribute,
    compared_values.value,
    compared_values.due_on
from compared_values
where compared_values.is_met
