{{ config(pre_hook="{{ delete_erased_observations() }}") }}

-- depends_on: {{ ref('stg_erasure__erased_keys') }}
-- depends_on: {{ ref('stg_erasure__salt') }}
-- depends_on: {{ ref('int_contact_versions') }}
-- Conversion probability of each lead, and its quarter among the open leads. Disqualified leads
-- have no priority and do not count in the quarters.
with scoring_dates as (
    select scoring_dates.as_of
    from {{ ref('int_scoring_dates') }} as scoring_dates
    where
        scoring_dates.is_run_day
        or scoring_dates.is_scored_day
),

log_odds as (
    select
        lead_contributions.as_of,
        lead_contributions.lead_id,
        lead_contributions.scoring_model,
        sum(lead_contributions.weight) as log_odds
    from {{ ref('int_lead_contributions') }} as lead_contributions
    group by
        lead_contributions.as_of,
        lead_contributions.lead_id,
        lead_contributions.scoring_model
),

leads as (
    select
        scored_leads.as_of,
        scored_leads.lead_id,
        scored_leads.scoring_model,
        scored_leads.is_customer,
        scores.is_disqualified,
        log_odds.log_odds
    from {{ ref('int_scored_leads') }} as scored_leads
    inner join scoring_dates on scored_leads.as_of = scoring_dates.as_of
    inner join {{ ref('int_scores') }} as scores
        on
            scored_leads.as_of = scores.as_of
            and scored_leads.lead_id = scores.lead_id
            and scored_leads.scoring_model = scores.scoring_model
    left join log_odds
        on
            scored_leads.as_of = log_odds.as_of
            and scored_leads.lead_id = log_odds.lead_id
            and scored_leads.scoring_model = log_odds.scoring_model
),

quarters as (
    select
        leads.as_of,
        leads.lead_id,
        leads.scoring_model,
        ntile(4) over (
            partition by leads.as_of, leads.scoring_model
            order by
                leads.log_odds desc,
                {{ byte_order('leads.lead_id') }}
        ) as quarter_number
    from leads
    where
        not leads.is_customer
        and not leads.is_disqualified
        and leads.log_odds is not null
)

select
    leads.as_of,
    leads.lead_id,
    leads.scoring_model,
    case
        when leads.log_odds is not null
            then {{ logistic('cast(leads.log_odds as ' ~ type_double() ~ ')') }}
    end as conversion_probability,
    case
        when leads.is_disqualified then null
        when leads.is_customer then 'closed_won'
        when quarters.quarter_number = 1 then 'very_high'
        when quarters.quarter_number = 2 then 'high'
        when quarters.quarter_number = 3 then 'medium'
        when quarters.quarter_number = 4 then 'low'
    end as priority
from leads
left join quarters
    on
        leads.as_of = quarters.as_of
        and leads.lead_id = quarters.lead_id
        and leads.scoring_model = quarters.scoring_model
