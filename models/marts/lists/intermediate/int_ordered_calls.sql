{{ config(materialized='ephemeral') }}

-- The usual order of the callable leads: due hand-offs first, then the most urgent leads.
with callable_leads as (
    select * from {{ ref('int_callable_leads') }}
),

-- The order within a scoring model, by one measure.
measured as (
    select
        callable_leads.*,
        row_number() over (
            partition by callable_leads.scoring_model, callable_leads.is_due
            order by
                callable_leads.measure desc,
                coalesce(callable_leads.points_at_cap, 0) desc,
                coalesce(callable_leads.last_activity_on, date '0001-01-01') desc,
                callable_leads.fit_score desc,
                {{ byte_order('callable_leads.lead_id') }} asc
        ) as model_position,
        count(*) over (
            partition by callable_leads.scoring_model, callable_leads.is_due
        ) as model_leads
    from callable_leads
),

-- Across scoring models, a lead is as urgent as the most urgent one from its place on, which keeps
-- the order within its model.
urgent as (
    select
        measured.*,
        coalesce(
            min(measured.response_minutes) over (
                partition by measured.scoring_model, measured.is_due
                order by measured.model_position
                rows between current row and unbounded following
            ), 999999999
        ) as urgency
    from measured
),

-- Among equally urgent leads, the first person of each company and leads not touched lately come
-- first.
companies as (
    select
        urgent.*,
        row_number() over (
            partition by coalesce(urgent.company_id, concat('lead ', urgent.lead_id))
            order by
                case when urgent.is_due then 0 else 1 end asc,
                urgent.due_order asc,
                urgent.urgency asc,
                urgent.model_position asc,
                {{ byte_order('urgent.lead_id') }} asc
        ) as company_position,
        coalesce(urgent.touch_days < {{ var('call_list_quiet_days') }}, false) as is_touched
    from urgent
),

claims as (
    select
        companies.*,
        case when companies.company_position > 1 or companies.is_touched then 1 else 0 end
            as comes_last
    from companies
)

select
    claims.lead_id,
    claims.owner_id,
    claims.company_id,
    claims.expected_value,
    claims.is_due,
    claims.experiment,
    claims.challenger_score,
    claims.model_position,
    claims.model_leads,
    claims.company_position,
    claims.is_touched,
    claims.comes_last,
    row_number() over (
        order by
            case when claims.is_due then 0 else 1 end asc,
            claims.due_order asc,
            claims.urgency asc,
            claims.comes_last asc,
            claims.model_position asc,
            {{ byte_order('claims.scoring_model') }} asc,
            {{ byte_order('claims.lead_id') }} asc
    ) as usual_rank
from claims
