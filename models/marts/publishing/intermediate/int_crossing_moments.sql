{{ config(materialized='ephemeral') }}

-- When the event occurred that made each lead cross, and who owns the lead: of the activity since
-- the previous publication, the occurrence that gave the most points; else any activity; else a
-- change to the contact. Before the first publication, only events on the as-of day count.
with crossings as (
    select distinct
        crossings.lead_id,
        crossings.scoring_model
    from {{ ref('int_crossings') }} as crossings
),

publication as (
    select * from {{ ref('int_publication') }}
),

publications as (
    select * from {{ ref('int_publications') }}
),

lead_keys as (
    select * from {{ ref('int_lead_keys') }}
),

lead_facts as (
    select * from {{ ref('int_lead_facts') }}
),

activity_event_types as (
    select * from {{ ref('int_activity_event_types') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

ledger as (
    select * from {{ ref('lead_score_ledger') }}
),

score_changes as (
    select * from {{ ref('lead_score_changes') }}
    where cause = 'new_activity'
),

contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

earlier_publications as (
    select max(publications.published_at) as published_at
    from publications
    cross join publication
    where publications.as_of < publication.as_of
),

recent_activity as (
    select
        lead_keys.lead_id,
        activity_event_types.activity,
        max(lead_facts.last_occurred_at) as occurred_at
    from lead_facts
    inner join lead_keys on lead_facts.lead_key = lead_keys.lead_key
    inner join publication
        on
            lead_keys.as_of = publication.as_of
            and lead_facts.occurred_on <= publication.as_of
    inner join activity_event_types
        on lead_facts.event_type_key = activity_event_types.event_type_key
    cross join earlier_publications
    where
        (
            lead_facts.last_occurred_at > earlier_publications.published_at
            or (
                earlier_publications.published_at is null
                and lead_facts.occurred_on = publication.as_of
            )
        )
        and lead_keys.lead_id in (select crossings.lead_id from crossings)
    group by lead_keys.lead_id, activity_event_types.activity
),

criterion_moments as (
    select
        crossings.lead_id,
        crossings.scoring_model,
        recent_activity.occurred_at,
        row_number() over (
            partition by crossings.lead_id, crossings.scoring_model
            order by
                case
                    when earlier_publications.published_at is null then ledger.points
                    else coalesce(score_changes.points_change, 0)
                end desc,
                recent_activity.occurred_at desc
        ) as moment_rank
    from crossings
    inner join ledger
        on
            crossings.lead_id = ledger.lead_id
            and crossings.scoring_model = ledger.scoring_model
    inner join engagement_criteria
        on
            ledger.scoring_model = engagement_criteria.scoring_model
            and ledger.criterion = engagement_criteria.criterion
    inner join recent_activity
        on
            crossings.lead_id = recent_activity.lead_id
            and engagement_criteria.activity = recent_activity.activity
    cross join publication
    cross join earlier_publications
    left join score_changes
        on
            ledger.lead_id = score_changes.lead_id
            and ledger.scoring_model = score_changes.scoring_model
            and ledger.criterion = score_changes.criterion
            and publication.as_of = score_changes.to_date
    where ledger.points > 0
),

todays_contacts as (
    select
        contacts.contact_id,
        contacts.owner_id,
        case
            when
                contacts.updated_at > earlier_publications.published_at
                or (
                    earlier_publications.published_at is null
                    and {{ local_date('contacts.updated_at') }} = publication.as_of
                )
                then contacts.updated_at
        end as changed_at
    from contacts
    inner join publication on contacts.as_of = publication.as_of
    cross join earlier_publications
)

select
    crossings.lead_id,
    crossings.scoring_model,
    todays_contacts.owner_id,
    least(
        coalesce(
            criterion_moments.occurred_at,
            any_activity.occurred_at,
            todays_contacts.changed_at,
            {{ known_until() }}
        ),
        {{ known_until() }}
    ) as crossed_at
from crossings
left join criterion_moments
    on
        crossings.lead_id = criterion_moments.lead_id
        and crossings.scoring_model = criterion_moments.scoring_model
        and criterion_moments.moment_rank = 1
left join recent_activity as any_activity
    on
        crossings.lead_id = any_activity.lead_id
        and any_activity.activity = 'any'
left join todays_contacts on crossings.lead_id = todays_contacts.contact_id
