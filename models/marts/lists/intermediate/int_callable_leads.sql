{{ config(materialized='ephemeral') }}

-- Leads that somebody should call, each with the scoring model that puts it on the list: open
-- hand-offs without a response, leads whose tier has response_minutes, MQLs and SQLs,
-- without disqualified leads.
with leads as (
    select * from {{ ref('leads') }}
),

lead_scores as (
    select * from {{ ref('lead_scores') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

tiers as (
    select * from {{ ref('config_tiers') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
    where is_run_day
),

contact_merges as (
    select contact_merges.*
    from {{ ref('int_contact_merges') }} as contact_merges
    inner join scoring_dates on contact_merges.as_of = scoring_dates.as_of
),

handoffs as (
    select
        sales_handoffs.*,
        coalesce(
            {{ days_between(local_date('sales_handoffs.due_at'), 'scoring_dates.as_of') }}
            >= {{ var('call_list_overdue_days') }}, false
        ) as is_long_overdue
    from {{ ref('sales_handoffs') }} as sales_handoffs
    cross join scoring_dates
    where
        sales_handoffs.responded_at is null
        and sales_handoffs.sla_status in ('waiting', 'at_risk', 'breached')
        and {{ local_date('sales_handoffs.handed_off_at') }} <= scoring_dates.as_of
),

-- If a lead has several hand-offs, the one that is due first and not overdue for long.
due_handoffs as (
    select ranked.*
    from (
        select
            coalesce(contact_merges.survivor_contact_id, handoffs.lead_id) as survivor_id,
            handoffs.*,
            row_number() over (
                partition by
                    coalesce(contact_merges.survivor_contact_id, handoffs.lead_id),
                    handoffs.scoring_model
                order by
                    case when handoffs.is_long_overdue then 1 else 0 end asc,
                    coalesce(handoffs.due_at, timestamp '9999-12-31 00:00:00') asc,
                    handoffs.response_minutes asc,
                    {{ byte_order('handoffs.handoff_id') }} asc
            ) as due_rank
        from handoffs
        left join contact_merges on handoffs.lead_id = contact_merges.contact_id
    ) as ranked
    where ranked.due_rank = 1
),

lead_values as (
    select * from {{ ref('lead_values') }}
),

-- Scoring models whose live version ranked later observations better than the score did.
ranked_by_probability as (
    select distinct weights_in_force.scoring_model
    from {{ ref('int_weights_in_force') }} as weights_in_force
    inner join scoring_dates on weights_in_force.as_of = scoring_dates.as_of
    inner join {{ ref('int_scorecard_versions') }} as versions
        on
            weights_in_force.scoring_model = versions.scoring_model
            and weights_in_force.version = versions.version
            and weights_in_force.method = versions.method
    where versions.auc > versions.score_auc
),

experiments as (
    select * from {{ ref('int_experiments_in_force') }}
),

publication as (
    select * from {{ ref('int_publication') }}
    where is_published
),

-- As published; a run that publishes nothing only has the tiers of its day.
lead_tiers as (
    select lead_tiers.*
    from {{ ref('lead_tiers') }} as lead_tiers
    cross join publication
),

-- The last day on which sales was in touch with any lead of an open deal.
deal_touches as (
    select
        deal_leads.lead_id,
        max(touched_leads.last_touch_on) as last_touch_on
    from {{ ref('int_current_deals') }} as deals
    inner join {{ ref('int_deal_leads') }} as deal_leads
        on
            deals.as_of = deal_leads.as_of
            and deals.deal_id = deal_leads.deal_id
    inner join {{ ref('int_deal_leads') }} as leads_of_deal
        on
            deals.as_of = leads_of_deal.as_of
            and deals.deal_id = leads_of_deal.deal_id
    inner join leads as touched_leads on leads_of_deal.lead_id = touched_leads.lead_id
    where deals.is_open
    group by deal_leads.lead_id
),

scored_leads as (
    select
        lead_scores.*,
        coalesce(lead_tiers.tier, lead_scores.tier) as shown_tier
    from lead_scores
    left join lead_tiers
        on
            lead_scores.lead_id = lead_tiers.lead_id
            and lead_scores.scoring_model = lead_tiers.scoring_model
),

candidates as (
    select
        leads.*,
        lead_scores.scoring_model,
        coalesce(scoring_models.label, lead_scores.scoring_model) as model_label,
        case
            when not due_handoffs.is_long_overdue then due_handoffs.tier
            else lead_scores.shown_tier
        end as tier,
        case
            when not due_handoffs.is_long_overdue then due_handoffs.response_minutes
            else tiers.response_minutes
        end as response_minutes,
        lead_scores.qualification,
        lead_scores.score,
        lead_scores.fit_score,
        -- Beyond a score of 100, only points differ.
        case when lead_scores.engagement_score = 100 then lead_scores.engagement_points end
            as points_at_cap,
        lead_scores.conversion_probability,
        lead_scores.top_reasons,
        coalesce(not due_handoffs.is_long_overdue, false) as is_due,
        due_handoffs.handed_off_at,
        due_handoffs.due_at,
        due_handoffs.sla_status,
        coalesce(
            case when not due_handoffs.is_long_overdue then due_handoffs.due_at end,
            timestamp '9999-12-31 00:00:00'
        ) as due_order,
        lead_values.expected_amount,
        lead_values.expected_value,
        case
            when ranked_by_probability.scoring_model is null then 'score'
            when lead_values.expected_amount is null then 'probability'
            else 'expected value'
        end as ranked_by,
        {{ days_between('leads.last_touch_on', 'lead_scores.as_of') }} as touch_days,
        {{ days_between('deal_touches.last_touch_on', 'lead_scores.as_of') }} as deal_touch_days,
        case when not experiments.is_held_back then experiments.experiment end as experiment,
        experiments.challenger,
        experiments.challenger_score
    from scored_leads as lead_scores
    inner join leads on lead_scores.lead_id = leads.lead_id
    inner join scoring_models on lead_scores.scoring_model = scoring_models.scoring_model
    left join tiers
        on
            lead_scores.scoring_model = tiers.scoring_model
            and lead_scores.shown_tier = tiers.tier
    left join due_handoffs
        on
            lead_scores.lead_id = due_handoffs.survivor_id
            and lead_scores.scoring_model = due_handoffs.scoring_model
    left join deal_touches on lead_scores.lead_id = deal_touches.lead_id
    left join ranked_by_probability
        on lead_scores.scoring_model = ranked_by_probability.scoring_model
    left join lead_values
        on
            lead_scores.lead_id = lead_values.lead_id
            and lead_scores.scoring_model = lead_values.scoring_model
    left join experiments
        on
            lead_scores.lead_id = experiments.lead_id
            and lead_scores.scoring_model = experiments.scoring_model
            and lead_scores.shown_tier = experiments.tier
    where
        not lead_scores.is_disqualified
        -- Not even as an MQL or SQL.
        and (due_handoffs.survivor_id is not null or not coalesce(experiments.is_held_back, false))
        and (
            not due_handoffs.is_long_overdue
            or tiers.response_minutes is not null
            or lead_scores.qualification in ('mql', 'sql')
        )
),

-- The scoring model that puts each lead on the list. Leads whose open deal sales is working on are
-- left out, unless they have a due hand-off.
chosen as (
    select ranked.*
    from (
        select
            candidates.*,
            row_number() over (
                partition by candidates.lead_id
                order by
                    case when candidates.is_due then 0 else 1 end asc,
                    candidates.due_order asc,
                    coalesce(candidates.response_minutes, 999999999) asc,
                    candidates.score desc,
                    {{ byte_order('candidates.scoring_model') }} asc
            ) as model_rank
        from candidates
        where
            candidates.is_due
            or candidates.open_deals = 0
            or coalesce(candidates.deal_touch_days >= {{ var('call_list_quiet_days') }}, true)
    ) as ranked
    where ranked.model_rank = 1
)

select
    chosen.lead_id,
    chosen.name,
    chosen.email,
    chosen.company_id,
    chosen.company_name,
    chosen.owner_id,
    chosen.url,
    chosen.last_touch_on,
    chosen.last_activity_on,
    chosen.open_deals,
    chosen.open_deal_id,
    chosen.open_deal_stage,
    chosen.consent,
    chosen.scoring_model,
    chosen.model_label,
    chosen.tier,
    chosen.response_minutes,
    chosen.qualification,
    chosen.score,
    chosen.fit_score,
    chosen.points_at_cap,
    chosen.conversion_probability,
    chosen.top_reasons,
    chosen.is_due,
    chosen.handed_off_at,
    chosen.due_at,
    chosen.sla_status,
    chosen.due_order,
    chosen.expected_amount,
    chosen.expected_value,
    chosen.ranked_by,
    case
        when chosen.ranked_by = 'score' then cast(chosen.score as decimal(38, 9))
        when chosen.ranked_by = 'probability'
            then {{ nine_decimals('coalesce(chosen.conversion_probability, 0)') }}
        else cast(coalesce(chosen.expected_value, 0) as decimal(38, 9))
    end as measure,
    chosen.touch_days,
    chosen.experiment,
    chosen.challenger,
    chosen.challenger_score
from chosen
