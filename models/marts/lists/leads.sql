-- Each lead with its contact data, owner and CRM status, as of the as-of day of the run.
with scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
    where is_run_day
),

leads as (
    select * from {{ ref('dim_leads') }}
),

lead_profiles as (
    select * from {{ ref('int_lead_profiles') }}
),

lead_keys as (
    select * from {{ ref('int_lead_keys') }}
),

lead_facts as (
    select * from {{ ref('int_lead_facts') }}
),

deal_leads as (
    select * from {{ ref('int_deal_leads') }}
),

deals as (
    select * from {{ ref('int_deals_as_of') }}
),

lead_scores as (
    select * from {{ ref('lead_scores') }}
),

last_days as (
    select
        lead_keys.lead_id,
        max(
            case
                when
                    lead_facts.source = 'sales'
                    and coalesce(lead_facts.outcome, '') <> 'cancelled'
                    and (
                        coalesce(lead_facts.direction, 'outbound') <> 'inbound'
                        or lead_facts.outcome in ('connected', 'meeting_booked', 'held')
                    )
                    then lead_facts.occurred_on
            end
        ) as touched_on,
        max(case when lead_facts.event_name = 'complained' then lead_facts.occurred_on end)
            as complained_on,
        max(case when lead_facts.event_name = 'complained' then lead_facts.last_occurred_at end)
            as complained_at,
        max(
            case
                when lead_facts.event_name in ('subscribed', 'form_submitted')
                    then lead_facts.last_occurred_at
            end
        ) as subscribed_at
    from lead_facts
    inner join lead_keys on lead_facts.lead_key = lead_keys.lead_key
    inner join scoring_dates on lead_keys.as_of = scoring_dates.as_of
    where
        lead_facts.occurred_on <= scoring_dates.as_of
        and (
            lead_facts.source = 'sales'
            or (
                lead_facts.source = 'email'
                and lead_facts.event_name in ('complained', 'subscribed')
            )
            or (
                lead_facts.source = 'web'
                and lead_facts.event_name = 'form_submitted'
                and {{ is_newsletter_form('lead_facts.form_id') }}
            )
        )
    group by lead_keys.lead_id
),

-- As the gate on opt-outs judges them: in the CRM or by e-mail, until the lead subscribes again.
opt_outs as (
    select
        lead_keys.lead_id,
        max(opt_outs.occurred_on) as opted_out_on
    from {{ ref('activity__email_opt_out') }} as opt_outs
    inner join lead_keys on opt_outs.lead_key = lead_keys.lead_key
    inner join scoring_dates on lead_keys.as_of = scoring_dates.as_of
    where
        opt_outs.occurred_on <= scoring_dates.as_of
        and coalesce(opt_outs.as_of = scoring_dates.as_of, true)
        and coalesce(opt_outs.undone_on > scoring_dates.as_of, true)
    group by lead_keys.lead_id
),

open_deals as (
    select
        deal_leads.lead_id,
        deals.deal_id,
        deals.stage,
        count(*) over (partition by deal_leads.lead_id) as open_deals,
        row_number() over (
            partition by deal_leads.lead_id
            order by deals.created_at desc, {{ byte_order('deals.deal_id') }} asc
        ) as deal_rank
    from deals
    inner join scoring_dates on deals.as_of = scoring_dates.as_of
    inner join deal_leads
        on
            deals.as_of = deal_leads.as_of
            and deals.deal_id = deal_leads.deal_id
    where
        {{ local_date('deals.created_at') }} <= deals.as_of
        and coalesce({{ local_date('deals.closed_at') }} > deals.as_of, true)
),

last_activity as (
    select
        lead_scores.lead_id,
        max(lead_scores.last_activity_on) as last_activity_on
    from lead_scores
    group by lead_scores.lead_id
),

final as (
    select
        leads.*,
        lead_profiles.email,
        lead_profiles.job_title,
        lead_profiles.company_name,
        lead_profiles.owner_id,
        lead_profiles.country,
        lead_profiles.lifecycle_stage,
        open_deals.open_deals,
        open_deals.deal_id,
        open_deals.stage,
        last_days.touched_on,
        last_activity.last_activity_on,
        concat(
            coalesce(lead_profiles.first_name, ''), ' ', coalesce(lead_profiles.last_name, '')
        ) as full_name,
        coalesce(
            opt_outs.opted_out_on,
            case
                when coalesce(last_days.subscribed_at <= last_days.complained_at, true)
                    then last_days.complained_on
            end
        ) as unsubscribed_on
    from leads
    inner join scoring_dates on leads.as_of = scoring_dates.as_of
    inner join lead_profiles
        on
            leads.as_of = lead_profiles.as_of
            and leads.lead_id = lead_profiles.lead_id
    left join open_deals
        on
            leads.lead_id = open_deals.lead_id
            and open_deals.deal_rank = 1
    left join last_days on leads.lead_id = last_days.lead_id
    left join opt_outs on leads.lead_id = opt_outs.lead_id
    left join last_activity on leads.lead_id = last_activity.lead_id
)

select
    cast(final.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(nullif({{ trim_text('final.full_name') }}, '') as {{ dbt.type_string() }}) as name,
    cast(final.email as {{ dbt.type_string() }}) as email,
    cast(final.job_title as {{ dbt.type_string() }}) as job_title,
    cast(final.company_id as {{ dbt.type_string() }}) as company_id,
    cast(final.company_name as {{ dbt.type_string() }}) as company_name,
    cast(final.owner_id as {{ dbt.type_string() }}) as owner_id,
    cast({{ crm_link('final.lead_id') }} as {{ dbt.type_string() }}) as url,
    cast(final.country as {{ dbt.type_string() }}) as country,
    cast(final.lifecycle_stage as {{ dbt.type_string() }}) as lifecycle_stage,
    final.is_customer,
    final.created_on,
    cast(coalesce(final.open_deals, 0) as bigint) as open_deals,
    cast(final.deal_id as {{ dbt.type_string() }}) as open_deal_id,
    cast(final.stage as {{ dbt.type_string() }}) as open_deal_stage,
    final.touched_on as last_touch_on,
    final.last_activity_on,
    cast(
        case when final.unsubscribed_on is null then 'subscribed' else 'unsubscribed' end
        as {{ dbt.type_string() }}
    ) as consent,
    final.unsubscribed_on
from final
