-- Each criterion with its condition as text, its points, and the number of leads that meet it
-- today.
with fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

category_limits as (
    select * from {{ ref('config_category_limits') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
),

lead_score_ledger as (
    select * from {{ ref('lead_score_ledger') }}
    where is_met
),

fit_in_words as (
    select
        fit_criteria.*,
        replace(fit_criteria.attribute, '_', ' ') as attribute_words,
        {{ replace_matches('fit_criteria.value', ' *; *', ', ') }} as value_words,
        {{ number_as_text('fit_criteria.min_value') }} as at_least,
        {{ number_as_text('fit_criteria.max_value') }} as at_most
    from fit_criteria
),

engagement_in_words as (
    select
        engagement_criteria.*,
        replace(engagement_criteria.activity, '_', ' ') as activity_words,
        replace(engagement_criteria.rate_per, '_', ' ') as rate_words,
        {{ number_as_text('engagement_criteria.amount_per') }} as amount,
        {{ number_as_text('engagement_criteria.min_count') }} as at_least,
        {{ number_as_text('engagement_criteria.max_count') }} as at_most,
        {{ number_as_text('100 * engagement_criteria.min_rate') }} as rate_percent,
        {{ number_as_text('engagement_criteria.window_days') }} as within_days,
        {{ number_as_text('engagement_criteria.daily_limit') }} as a_day,
        {{ number_as_text('engagement_criteria.decay_days') }} as decay_days_text,
        {{ number_as_text('100 * engagement_criteria.decay_rate') }} as decay_percent
    from engagement_criteria
),

criteria as (
    select
        fit.scoring_model,
        fit.criterion,
        'fit' as dimension,
        fit.category,
        fit.description,
        fit.points,
        cast(null as decimal(28, 9)) as max_points,
        concat(
            fit.attribute_words,
            case fit.operator
                when 'equals' then concat(' is ', fit.value_words)
                when 'in' then concat(' is one of ', fit.value_words)
                when 'not_in' then concat(' is known and none of ', fit.value_words)
                when 'contains' then concat(' contains ', fit.value_words)
                when 'has' then concat(' has ', fit.value_words)
                when 'at_least' then concat(' is at least ', fit.at_least)
                when 'at_most' then concat(' is at most ', fit.at_most)
                when 'between'
                    then concat(' is at least ', fit.at_least, ' and at most ', fit.at_most)
                when 'is_true' then ' is true'
                when 'is_false' then ' is false'
                when 'is_known' then ' is known'
                when 'is_missing' then ' is not known'
                when 'due_within' then concat(
                    ' is today or within the next ', {{ number_as_text('fit.within_days') }},
                    ' days'
                )
            end
        ) as asks_for
    from fit_in_words as fit

    union all

    select
        engagement.scoring_model,
        engagement.criterion,
        'engagement' as dimension,
        engagement.category,
        engagement.description,
        engagement.points,
        engagement.max_points,
        concat(
            case engagement.rule
                when 'each' then concat('each ', engagement.activity_words)
                when 'amount'
                    then concat(
                        'every ', engagement.amount, ' units of ', engagement.activity_words
                    )
                when 'count'
                    then concat(
                        engagement.activity_words,
                        case
                            when engagement.max_count = 0 then ' never'
                            when engagement.min_count is null
                                then concat(' at most ', engagement.at_most, ' times')
                            when engagement.min_count = 1 and engagement.max_count is null
                                then ' at least once'
                            when engagement.max_count is null
                                then concat(' at least ', engagement.at_least, ' times')
                            else concat(
                                ' at least ', engagement.at_least, ' and at most ',
                                engagement.at_most, ' times'
                            )
                        end
                    )
                when 'rate'
                    then concat(
                        engagement.activity_words, ' per ', engagement.rate_words, ' at least ',
                        engagement.rate_percent, ' %',
                        coalesce(
                            ', of at least ' || engagement.at_least || ' ' || engagement.rate_words,
                            ''
                        )
                    )
                when 'inactive'
                    then concat(
                        'no ', engagement.activity_words, ' for ', engagement.within_days, ' days'
                    )
                when 'decline'
                    then concat(
                        engagement.activity_words, ' fell by at least ', engagement.rate_percent,
                        ' %, from at least ', coalesce(engagement.at_least, '1')
                    )
            end,
            case
                when engagement.rule in ('each', 'amount', 'count', 'rate')
                    then coalesce(' within ' || engagement.within_days || ' days', '')
                when engagement.rule = 'decline'
                    then concat(
                        ' in the ', engagement.within_days, ' days before the last ',
                        engagement.within_days
                    )
                else ''
            end,
            coalesce(', at most ' || engagement.a_day || ' a day', ''),
            case engagement.decay
                when 'half_life' then concat(', halved every ', engagement.decay_days_text, ' days')
                when 'linear'
                    then concat(
                        ', fading to nothing in ', engagement.decay_days_text, ' days'
                    )
                when 'step'
                    then concat(
                        ', less ', engagement.decay_percent, ' % of its points every ',
                        engagement.decay_days_text, ' days'
                    )
                when 'compound'
                    then concat(
                        ', less ', engagement.decay_percent, ' % of what is left every ',
                        engagement.decay_days_text, ' days'
                    )
                when 'expire' then concat(', for ', engagement.decay_days_text, ' days')
                else ''
            end
        ) as asks_for
    from engagement_in_words as engagement
),

given_points as (
    select
        ledger.scoring_model,
        ledger.criterion,
        count(*) as leads,
        avg(cast(ledger.points as {{ type_double() }})) as average_points
    from lead_score_ledger as ledger
    group by ledger.scoring_model, ledger.criterion
)

select
    cast(criteria.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(criteria.criterion as {{ dbt.type_string() }}) as criterion,
    cast(
        coalesce(criteria.description, replace(criteria.criterion, '_', ' '))
        as {{ dbt.type_string() }}
    ) as label,
    cast(criteria.dimension as {{ dbt.type_string() }}) as dimension,
    cast(criteria.category as {{ dbt.type_string() }}) as category,
    cast(criteria.asks_for as {{ dbt.type_string() }}) as asks_for,
    cast(criteria.points as decimal(28, 9)) as points,
    cast(criteria.max_points as decimal(28, 9)) as max_points,
    cast(category_limits.min_points as decimal(28, 9)) as category_min_points,
    cast(category_limits.max_points as decimal(28, 9)) as category_max_points,
    cast(coalesce(given_points.leads, 0) as bigint) as leads,
    given_points.average_points
from criteria
left join category_limits
    on
        criteria.scoring_model = category_limits.scoring_model
        and criteria.dimension = category_limits.dimension
        and lower(criteria.category) = lower(category_limits.category)
left join given_points
    on
        criteria.scoring_model = given_points.scoring_model
        and criteria.criterion = given_points.criterion
where criteria.scoring_model not in (select challengers.challenger from challengers)
