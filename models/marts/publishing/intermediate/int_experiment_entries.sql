{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='append_new_columns',
    pre_hook=[
        "{{ delete_unfinished_publication(this, 'entered_on') }}",
        "{{ forget_erased_leads(this, 'entered_on') }}"
    ]
) }}

-- depends_on: {{ ref('int_contact_merges') }}
-- Leads that entered an experiment, with their arm and what was known about them: each enters when
-- it would be handed off for the first time in the experiment's days. All leads of a company get
-- the arm of its first one, because they convert with the company's deals. Rows are never
-- rewritten.
with publication as (
    select * from {{ ref('int_publication') }}
),

alerts as (
    select * from {{ ref('int_alerts') }}
),

experiments as (
    select * from {{ ref('config_experiments') }}
),

profiles as (
    select * from {{ ref('int_lead_profiles') }}
),

leads as (
    select * from {{ ref('dim_leads') }}
),

lead_scores as (
    select * from {{ ref('lead_scores') }}
),

{% if is_incremental() %}
contact_merges as (
    select contact_merges.*
    from {{ ref('int_contact_merges') }} as contact_merges
    inner join publication on contact_merges.as_of = publication.as_of
),

entered as (
    select
        stored.experiment,
        stored.scoring_model,
        stored.account_key,
        stored.arm,
        stored.entered_on,
        coalesce(contact_merges.survivor_contact_id, stored.lead_id) as lead_id,
        row_number() over (
            partition by stored.experiment, stored.account_key
            order by stored.entered_on, stored.entered_at, {{ byte_order('stored.lead_id') }}
        ) as account_place
    from {{ this }} as stored
    left join contact_merges on stored.lead_id = contact_merges.contact_id
),
{% else %}
entered as (
    select
        cast(null as {{ dbt.type_string() }}) as experiment,
        cast(null as {{ dbt.type_string() }}) as scoring_model,
        cast(null as {{ dbt.type_string() }}) as account_key,
        cast(null as {{ dbt.type_string() }}) as arm,
        cast(null as date) as entered_on,
        cast(null as {{ dbt.type_string() }}) as lead_id,
        1 as account_place
    from publication
    where false
),
{% endif %}

candidates as (
    select
        alerts.*,
        experiments.experiment,
        experiments.share,
        experiments.drawn_arm,
        leads.company_id,
        leads.created_on,
        case
            when experiments.drawn_arm = experiments.treated_arm then experiments.baseline_arm
            else experiments.treated_arm
        end as usual_arm,
        case
            when leads.company_id is null then concat('lead ', alerts.lead_id)
            else concat('company ', leads.company_id)
        end as account_key
    from alerts
    inner join experiments
        on
            alerts.scoring_model = experiments.scoring_model
            and alerts.tier = experiments.tier
            and alerts.crossed_on >= experiments.starts_on
            and alerts.crossed_on <= experiments.ends_on
    inner join leads
        on
            alerts.crossed_on = leads.as_of
            and alerts.lead_id = leads.lead_id
    where
        alerts.crossing = 'tier'
        and ({{ is_alert_raised('alerts') }} or {{ is_first_handoff('alerts') }})
),

-- In one experiment of a scoring model at a time, and never twice in the same one.
busy as (
    select distinct
        candidates.experiment,
        candidates.lead_id
    from candidates
    inner join entered
        on
            candidates.lead_id = entered.lead_id
            and candidates.scoring_model = entered.scoring_model
    where
        candidates.experiment = entered.experiment
        or {{ is_in_experiment('entered.entered_on', 'candidates.crossed_on') }}
),

drawn as (
    select
        candidates.*,
        {{ drawn_number("concat(candidates.experiment, ' ', candidates.account_key)") }} as draw
    from candidates
    left join busy
        on
            candidates.experiment = busy.experiment
            and candidates.lead_id = busy.lead_id
    where busy.lead_id is null
)

select
    drawn.experiment,
    drawn.lead_id,
    drawn.scoring_model,
    drawn.tier,
    cast(
        coalesce(
            entered.arm,
            case when drawn.draw < drawn.share then drawn.drawn_arm else drawn.usual_arm end
        ) as {{ dbt.type_string() }}
    ) as arm,
    drawn.share,
    drawn.crossed_on as entered_on,
    drawn.crossed_at as entered_at,
    cast(drawn.account_key as {{ dbt.type_string() }}) as account_key,
    drawn.company_id,
    lead_scores.score,
    lead_scores.fit_score,
    lead_scores.engagement_score,
    {{ days_between('drawn.created_on', 'drawn.crossed_on') }} as days_known,
    {{ days_between('lead_scores.last_activity_on', 'drawn.crossed_on') }} as days_idle,
    profiles.employee_count,
    profiles.country,
    profiles.industry
from drawn
inner join lead_scores
    on
        drawn.lead_id = lead_scores.lead_id
        and drawn.scoring_model = lead_scores.scoring_model
inner join profiles
    on
        drawn.crossed_on = profiles.as_of
        and drawn.lead_id = profiles.lead_id
left join entered
    on
        drawn.experiment = entered.experiment
        and drawn.account_key = entered.account_key
        and entered.account_place = 1
