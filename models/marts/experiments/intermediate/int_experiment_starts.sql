-- From which day the outcome of each lead is observed: in an experiment, the day on which it
-- entered; before it, that of its hand-off, from which the plan is made. The first lead of a
-- company stands for all of them, as they convert with the company's deals.
with experiments as (
    select * from {{ ref('config_experiments') }}
),

publication as (
    select * from {{ ref('int_publication') }}
),

contact_merges as (
    select contact_merges.*
    from {{ ref('int_contact_merges') }} as contact_merges
    inner join publication on contact_merges.as_of = publication.as_of
),

leads as (
    select * from {{ ref('int_current_leads') }}
),

handoffs as (
    select
        sales_handoffs.*,
        coalesce(contact_merges.survivor_contact_id, sales_handoffs.lead_id) as survivor_id
    from {{ ref('sales_handoffs') }} as sales_handoffs
    left join contact_merges on sales_handoffs.lead_id = contact_merges.contact_id
),

earlier_handoffs as (
    select
        experiments.experiment,
        experiments.scoring_model,
        handoffs.survivor_id as lead_id,
        leads.company_id,
        {{ local_date('handoffs.handed_off_at') }} as started_on,
        handoffs.handed_off_at as started_at,
        -- Nothing that the experiment changes may reach the plan.
        least({{ days_after(-1, 'experiments.starts_on') }}, publication.as_of) as known_until,
        handoffs.handoff_id,
        case
            when leads.company_id is null then concat('lead ', handoffs.survivor_id)
            else concat('company ', leads.company_id)
        end as account
    from experiments
    cross join publication
    inner join handoffs
        on
            experiments.scoring_model = handoffs.scoring_model
            and experiments.tier = handoffs.tier
    left join leads on handoffs.survivor_id = leads.lead_id
    where
        {{ local_date('handoffs.handed_off_at') }} < experiments.starts_on
        and {{ local_date('handoffs.handed_off_at') }} <= publication.as_of
),

ranked_handoffs as (
    select
        earlier_handoffs.*,
        max(earlier_handoffs.started_on) over (
            partition by earlier_handoffs.experiment, earlier_handoffs.account
        ) as last_started_on,
        row_number() over (
            partition by earlier_handoffs.experiment, earlier_handoffs.account
            order by
                earlier_handoffs.started_at, {{ byte_order('earlier_handoffs.handoff_id') }}
        ) as account_rank
    from earlier_handoffs
),

starts as (
    select
        earlier_handoffs.experiment,
        'before' as period,
        cast(null as {{ dbt.type_string() }}) as arm,
        earlier_handoffs.scoring_model,
        earlier_handoffs.lead_id,
        earlier_handoffs.company_id,
        earlier_handoffs.started_on,
        earlier_handoffs.started_at,
        earlier_handoffs.last_started_on,
        earlier_handoffs.known_until
    from ranked_handoffs as earlier_handoffs
    where earlier_handoffs.account_rank = 1

    union all

    select
        experiment_leads.experiment,
        'within' as period,
        experiment_leads.arm,
        experiment_leads.scoring_model,
        experiment_leads.lead_id,
        experiment_leads.company_id,
        experiment_leads.entered_on as started_on,
        experiment_leads.entered_at as started_at,
        experiment_leads.entered_on as last_started_on,
        publication.as_of as known_until
    from {{ ref('int_experiment_leads') }} as experiment_leads
    cross join publication
    where experiment_leads.is_first_of_account
)

select
    starts.experiment,
    starts.period,
    starts.arm,
    starts.scoring_model,
    starts.lead_id,
    starts.company_id,
    starts.started_on,
    starts.started_at,
    starts.last_started_on,
    {{ days_between('starts.started_on', 'starts.known_until') }}
    >= {{ days_of_var('conversion_horizon_days') }} as is_known
from starts
