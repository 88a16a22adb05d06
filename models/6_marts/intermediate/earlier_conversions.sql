-- What each content and mail campaign is to be measured by: the mean conversion rate that those of
-- the same kind which started on an earlier day had when they were as old as it is now. Whoever is
-- young has had less time to convert people.
with touches as (
    select * from {{ ref('content_touches') }}
),

as_of_days as (
    select * from {{ ref('as_of_days') }}
),

starts as (
    select
        touches.content_kind,
        touches.touched_id,
        min(touches.first_on) as started_on
    from touches
    group by touches.content_kind, touches.touched_id
),

aged as (
    select
        starts.*,
        {{ days_between('starts.started_on', 'as_of_days.as_of') }} as age_days
    from starts
    cross join as_of_days
    where as_of_days.is_run_day
),

steps as (
    select
        starts.content_kind,
        starts.touched_id,
        {{ days_between('starts.started_on', 'touches.first_engaged_on') }} as days_after_start,
        1 as engaged,
        0 as converted
    from touches
    inner join starts
        on
            touches.content_kind = starts.content_kind
            and touches.touched_id = starts.touched_id
    where touches.first_engaged_on is not null

    union all

    select
        starts.content_kind,
        starts.touched_id,
        {{ days_between('starts.started_on', 'touches.converted_on') }} as days_after_start,
        0 as engaged,
        1 as converted
    from touches
    inner join starts
        on
            touches.content_kind = starts.content_kind
            and touches.touched_id = starts.touched_id
    where touches.converted_on is not null
),

daily_steps as (
    select
        steps.content_kind,
        steps.touched_id,
        steps.days_after_start,
        sum(steps.engaged) as engaged_people,
        sum(steps.converted) as converted_people
    from steps
    group by steps.content_kind, steps.touched_id, steps.days_after_start
),

compared as (
    select
        aged.content_kind,
        aged.touched_id,
        earlier.touched_id as earlier_id,
        {{ share_of('sum(daily_steps.converted_people)', 'sum(daily_steps.engaged_people)') }}
            as conversion_rate
    from aged
    inner join aged as earlier
        on
            aged.content_kind = earlier.content_kind
            and aged.started_on > earlier.started_on
    inner join daily_steps
        on
            earlier.content_kind = daily_steps.content_kind
            and earlier.touched_id = daily_steps.touched_id
            and aged.age_days >= daily_steps.days_after_start
    group by aged.content_kind, aged.touched_id, earlier.touched_id
)

select
    compared.content_kind,
    compared.touched_id,
    avg(compared.conversion_rate) as conversion_rate
from compared
group by compared.content_kind, compared.touched_id
