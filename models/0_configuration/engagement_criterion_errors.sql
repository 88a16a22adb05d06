-- Errors that involve several cells or files of seeds/scoring/engagement_criteria.csv.
{{ config(materialized='ephemeral') }}
with criteria as (
    {{ configuration_rows('scoring/engagement_criteria', [
        'criterion_word', 'scoring_model_word', 'activity_text', 'activity_word', 'rule_word',
        'per_text', 'per_word', 'per_number', 'min_count_text', 'min_count_number',
        'max_count_text', 'min_rate_text', 'min_rate_number', 'window_days_text',
        'window_days_number', 'daily_limit_text', 'daily_limit_number',
    ]) }}
),

fit_criteria as (
    {{ configuration_rows('scoring/fit_criteria', ['criterion_word', 'scoring_model_word']) }}
),

activities as (
    {{ configuration_rows('scoring/activities', ['activity_word', 'quantity_text']) }}
),

activity_names as (
    select distinct lower(activity_names.activity) as word
    from {{ ref('activity_names') }} as activity_names
),

quantified_activities as (
    select distinct activities.activity_word as word
    from activities
    where activities.quantity_text is not null
),

mistakes as (
    select
        criteria.row_name,
        'seeds/scoring/fit_criteria.csv has a criterion of this name too; rename one of them'
            as mistake
    from criteria
    inner join fit_criteria
        on
            criteria.criterion_word = fit_criteria.criterion_word
            and criteria.scoring_model_word = fit_criteria.scoring_model_word

    union all

    select
        criteria.row_name,
        'names that start with limit: stand for category limits; choose another name' as mistake
    from criteria
    where criteria.criterion_word like 'limit:%'

    union all

    select
        criteria.row_name,
        case
            when criteria.activity_word = 'any' and criteria.rule_word <> 'inactive'
                then
                    'activity any works only with rule inactive; write one activity, or rule '
                    || 'inactive'
            when
                criteria.rule_word = 'amount'
                and activity_names.word is not null
                and quantified_activities.word is null
                then
                    'activity ' || criteria.activity_text || ' has no quantity that rule amount '
                    || 'could sum; fill its cell quantity in seeds/scoring/activities.csv, or use '
                    || 'rule each'
        end as mistake
    from criteria
    left join activity_names on criteria.activity_word = activity_names.word
    left join quantified_activities on criteria.activity_word = quantified_activities.word

    union all

    select
        criteria.row_name,
        case
            when
                criteria.rule_word = 'count'
                and criteria.min_count_text is null
                and criteria.max_count_text is null
                then
                    'min_count and max_count are empty; write one of them, or both, for rule count'
            when criteria.rule_word = 'rate' and activity_names.word is null
                then
                    'per "' || criteria.per_text || '" is not a known activity; write one of '
                    || 'seeds/scoring/activities.csv or add a row for it there'
            when
                criteria.rule_word = 'rate'
                and criteria.activity_word = criteria.per_word
                and criteria.min_rate_number > 1
                then
                    'min_rate ' || criteria.min_rate_text || ' is above 1, but nothing occurs '
                    || 'more often than itself; write another activity in per, or a number from 0 '
                    || 'to 1'
            when criteria.rule_word = 'decline' and criteria.min_rate_number > 1
                then
                    'min_rate ' || criteria.min_rate_text || ' is above 1, but nothing can fall by '
                    || 'more than 100 %; write a number from 0 to 1'
            when criteria.rule_word = 'amount' and coalesce(criteria.per_number, 0) <= 0
                then
                    'per "' || criteria.per_text || '" is not a number above 0; write how much of '
                    || 'the quantity earns the points, or empty the cell for 1'
            when
                criteria.rule_word = 'amount'
                and criteria.per_number not between 0.000001 and 1000000000000000
                then
                    'per ' || criteria.per_text || ' is too small or too large; write a number '
                    || 'from 0.000001 to 1000000000000000'
        end as mistake
    from criteria
    left join activity_names on criteria.per_word = activity_names.word
    where criteria.per_text is not null or criteria.rule_word in ('count', 'decline')

    union all

    select
        criteria.row_name,
        'min_count ' || criteria.min_count_text || ' is more than daily_limit '
        || criteria.daily_limit_text || ' lets through in window_days '
        || criteria.window_days_text || ', so nobody can meet it; lower min_count' as mistake
    from criteria
    where
        criteria.rule_word in ('count', 'decline')
        and criteria.min_count_number > criteria.daily_limit_number * criteria.window_days_number
        and criteria.daily_limit_number > 0
        and criteria.window_days_number > 0
)

select
    'scoring/engagement_criteria' as file,
    mistakes.row_name,
    mistakes.mistake
from mistakes
where mistakes.mistake is not null
