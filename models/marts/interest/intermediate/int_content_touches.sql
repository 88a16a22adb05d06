{#- Only DuckDB computes a CTE once for several uses. -#}
{{ config(materialized='ephemeral' if target.type == 'duckdb' else 'table') }}

-- Contact of each lead with each content item and campaign, by e-mail or otherwise, up to the run's
-- as-of day.
with facts as (
    select * from {{ ref('int_current_facts') }}
),

first_wins as (
    select
        won_deals.lead_id,
        min(won_deals.closed_at) as first_won_at,
        min(won_deals.won_on) as first_won_on
    from {{ ref('int_won_deals') }} as won_deals
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on won_deals.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
    group by won_deals.lead_id
),

touches as (
    select
        'content' as content_kind,
        facts.content_id as touched_id,
        facts.lead_id,
        facts.source,
        facts.event_name,
        facts.is_positive,
        facts.occurred_on,
        facts.first_occurred_at
    from facts
    where facts.content_id is not null

    union all

    select
        'campaign' as content_kind,
        coalesce(facts.campaign_id, facts.utm_campaign) as touched_id,
        facts.lead_id,
        facts.source,
        facts.event_name,
        facts.is_positive,
        facts.occurred_on,
        facts.first_occurred_at
    from facts
    where coalesce(facts.campaign_id, facts.utm_campaign) is not null
),

by_lead as (
    select
        touches.content_kind,
        touches.touched_id,
        touches.lead_id,
        max(case when touches.source = 'email' then 1 else 0 end) as sent,
        -- Opening an e-mail proves delivery, even if the mailer does not report it.
        max(case
            when touches.source = 'email' and touches.event_name not in ('sent', 'bounced') then 1
            else 0
        end) as delivered,
        max(case
            when touches.source = 'email' and touches.event_name in ('opened', 'clicked') then 1
            else 0
        end) as opened,
        max(case when touches.source = 'email' and touches.event_name = 'clicked' then 1 else 0 end)
            as clicked,
        -- A video is watched in place rather than downloaded.
        max(case
            when touches.content_kind = 'content' and touches.event_name <> 'video_watched' then 1
            else 0
        end) as offered,
        max(case when touches.event_name in ('page_viewed', 'video_watched') then 1 else 0 end)
            as viewed,
        max(case when touches.event_name = 'content_downloaded' then 1 else 0 end) as downloaded,
        max(case when touches.event_name = 'form_submitted' then 1 else 0 end) as submitted,
        min(touches.occurred_on) as first_on,
        max(touches.occurred_on) as last_on,
        min(case when touches.is_positive then touches.first_occurred_at end) as first_engaged_at
    from touches
    group by touches.content_kind, touches.touched_id, touches.lead_id
)

-- A lead converts if it won its first deal after it first engaged.
select
    by_lead.*,
    {{ local_date('by_lead.first_engaged_at') }} as first_engaged_on,
    case
        when first_wins.first_won_at > by_lead.first_engaged_at then first_wins.first_won_on
    end as converted_on
from by_lead
left join first_wins on by_lead.lead_id = first_wins.lead_id
