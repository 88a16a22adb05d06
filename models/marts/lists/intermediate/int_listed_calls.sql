{{ config(materialized='ephemeral') }}

-- The owners' lists: what each takes and is worth up to each lead.
with placed_calls as (
    select * from {{ ref('int_placed_calls') }}
),

-- A deal belongs to a company: the value of an owner's list counts it once, for the lead with the
-- greatest expected value.
listed as (
    select
        placed_calls.*,
        row_number() over (
            partition by placed_calls.owner_id
            order by placed_calls.overall_rank
        ) as call_rank,
        coalesce(
            max(placed_calls.expected_value) over (
                partition by
                    placed_calls.owner_id,
                    coalesce(placed_calls.company_id, concat('lead ', placed_calls.lead_id))
                order by placed_calls.overall_rank
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as counted_value
    from placed_calls
),

timed as (
    select
        listed.*,
        listed.call_rank * {{ var('call_minutes') }} as list_minutes,
        sum(
            case
                when listed.expected_value > listed.counted_value
                    then listed.expected_value - listed.counted_value
                when listed.expected_value is not null then 0
            end
        ) over (
            partition by listed.owner_id
            order by listed.overall_rank
            rows between unbounded preceding and current row
        ) as list_value
    from listed
)

select
    timed.lead_id,
    timed.model_position,
    timed.model_leads,
    timed.company_position,
    timed.is_touched,
    timed.overall_rank,
    timed.call_rank,
    timed.list_minutes,
    timed.list_value,
    {% if filled_var('call_hours_per_day') is none -%}
    cast(null as boolean)
    {%- else -%}
    timed.owner_id is not null and timed.list_minutes <= 60 * {{ call_hours() }}
    {%- endif %} as is_within_capacity
from timed
