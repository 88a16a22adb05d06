{{ config(materialized='ephemeral') }}

-- Benchmark for each content item and campaign: the mean conversion rate that those of the same
-- kind which started on an earlier day had at its present age. A recent one has had less time to
-- convert people.
with touches as (
    select * from {{ ref('int_content_touches') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
    where is_run_day
),

aged as (
    select
        touches.content_kind,
        touches.touched_id,
        min(touches.first_on) as started_on,
        {{ days_between('min(touches.first_on)', 'max(scoring_dates.as_of)') }} as age_days
    from touches
    cross join scoring_dates
    group by touches.content_kind, touches.touched_id
),

steps as (
    {%- for step in ['engaged', 'converted'] %}
    select
        aged.content_kind,
        aged.touched_id,
        aged.age_days,
        {{ days_between('aged.started_on', 'touches.' ~ {
            'engaged': 'first_engaged_on', 'converted': 'converted_on'
        }[step]) }} as days_after_start,
        {{ 1 if step == 'engaged' else 0 }} as engaged,
        {{ 1 if step == 'converted' else 0 }} as converted
    from touches
    inner join aged
        on
            touches.content_kind = aged.content_kind
            and touches.touched_id = aged.touched_id
    where touches.{{ 'first_engaged_on' if step == 'engaged' else 'converted_on' }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

daily_steps as (
    select
        steps.content_kind,
        steps.touched_id,
        steps.age_days,
        steps.days_after_start,
        sum(steps.engaged) as engaged,
        sum(steps.converted) as converted
    from steps
    group by steps.content_kind, steps.touched_id, steps.age_days, steps.days_after_start
),

rates as (
    select
        daily_steps.content_kind,
        daily_steps.days_after_start as from_age,
        daily_steps.age_days,
        sum(daily_steps.engaged) over (
            partition by daily_steps.content_kind, daily_steps.touched_id
            order by daily_steps.days_after_start
        ) as engaged_people,
        sum(daily_steps.converted) over (
            partition by daily_steps.content_kind, daily_steps.touched_id
            order by daily_steps.days_after_start
        ) as converted_people,
        lead(daily_steps.days_after_start) over (
            partition by daily_steps.content_kind, daily_steps.touched_id
            order by daily_steps.days_after_start
        ) as next_age
    from daily_steps
),

-- A rate applies from one age to the next, as a benchmark for those that are younger than the
-- content item or campaign that it measures.
held_rates as (
    select
        rates.content_kind,
        rates.from_age,
        {{ share_of('rates.converted_people', 'rates.engaged_people') }} as conversion_rate,
        case when rates.converted_people > 0 then 1 else 0 end as is_positive,
        least(coalesce(rates.next_age, rates.age_days), rates.age_days) as to_age
    from rates
    where rates.engaged_people > 0 and rates.from_age < rates.age_days
),

turns as (
    select
        held_rates.content_kind,
        held_rates.from_age as age_days,
        held_rates.conversion_rate,
        held_rates.is_positive,
        1 as rate_count
    from held_rates

    union all

    select
        held_rates.content_kind,
        held_rates.to_age as age_days,
        -held_rates.conversion_rate as conversion_rate,
        -held_rates.is_positive as is_positive,
        -1 as rate_count
    from held_rates

    union all

    select distinct
        aged.content_kind,
        aged.age_days,
        cast(0 as {{ type_double() }}) as conversion_rate,
        0 as is_positive,
        0 as rate_count
    from aged
),

daily_turns as (
    select
        turns.content_kind,
        turns.age_days,
        sum(turns.conversion_rate) as conversion_rate,
        sum(turns.is_positive) as positive_count,
        sum(turns.rate_count) as rate_count
    from turns
    group by turns.content_kind, turns.age_days
),

held_at_age as (
    select
        daily_turns.content_kind,
        daily_turns.age_days,
        sum(daily_turns.conversion_rate) over (
            partition by daily_turns.content_kind
            order by daily_turns.age_days
        ) as conversion_rate,
        sum(daily_turns.positive_count) over (
            partition by daily_turns.content_kind
            order by daily_turns.age_days
        ) as positive_count,
        sum(daily_turns.rate_count) over (
            partition by daily_turns.content_kind
            order by daily_turns.age_days
        ) as rate_count
    from daily_turns
)

-- Without a rate above 0, the sum is 0 except for floating-point noise.
select
    aged.content_kind,
    aged.touched_id,
    case
        when held_at_age.positive_count > 0
            then held_at_age.conversion_rate / held_at_age.rate_count
        else cast(0 as {{ type_double() }})
    end as conversion_rate
from aged
inner join held_at_age
    on
        aged.content_kind = held_at_age.content_kind
        and aged.age_days = held_at_age.age_days
where held_at_age.rate_count > 0
