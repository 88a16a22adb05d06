-- How much of the call list fits into each owner's day, and what one more hour would add.
with call_list as (
    select
        call_list.*,
        coalesce(call_list.owner_id, 'nobody') as owner_name,
        call_list.ranked_by = 'hand-off due' as is_due,
        -- Nobody calls leads without an owner.
        case when call_list.owner_id is null then 0 else {{ call_hours() }} end as hours_per_day
    from {{ ref('call_list') }} as call_list
),

timed as (
    select
        call_list.*,
        call_list.list_minutes <= 60 * call_list.hours_per_day as is_within,
        call_list.list_minutes <= 60 * (call_list.hours_per_day + 1) as is_within_more
    from call_list
),

counted as (
    select
        timed.owner_name,
        max(timed.hours_per_day) as hours_per_day,
        count(*) as leads,
        max(timed.list_minutes) as minutes,
        max(timed.list_value) as list_value,
        sum(case when timed.is_due then 1 else 0 end) as due_handoffs,
        sum(case when timed.is_within then 1 else 0 end) as leads_within,
        sum(case when timed.is_within_more then 1 else 0 end) as leads_within_more,
        sum(case when timed.is_due and not timed.is_within then 1 else 0 end)
            as due_handoffs_beyond,
        coalesce(max(case when timed.is_within then timed.list_value end), 0) as value_within,
        coalesce(max(case when timed.is_within_more then timed.list_value end), 0)
            as value_within_more
    from timed
    group by timed.owner_name
)

select
    cast(counted.owner_name as {{ dbt.type_string() }}) as owner_id,
    cast(counted.leads as bigint) as leads_to_call,
    cast(counted.due_handoffs as bigint) as due_handoffs,
    cast(counted.minutes as bigint) as minutes_to_call,
    counted.list_value,
    cast(counted.hours_per_day as {{ type_double() }}) as hours_per_day,
    cast(counted.leads_within as bigint) as leads_within_capacity,
    cast(counted.due_handoffs_beyond as bigint) as due_handoffs_beyond_capacity,
    cast(
        case when counted.list_value is not null then counted.value_within end as decimal(28, 2)
    ) as value_within_capacity,
    cast(counted.leads_within_more - counted.leads_within as bigint) as leads_in_next_hour,
    cast(
        case
            when counted.list_value is not null
                then counted.value_within_more - counted.value_within
        end as decimal(28, 2)
    ) as value_of_next_hour
from counted
