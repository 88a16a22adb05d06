-- Leads of the experiments that experiments.csv has, up to the run's day. Merged contacts are one
-- lead, for which the first entry counts: by that one it was handed off or held back.
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

entries as (
    select
        entries.*,
        publication.as_of,
        coalesce(contact_merges.survivor_contact_id, entries.lead_id) as survivor_id
    from {{ ref('int_experiment_entries') }} as entries
    inner join publication on entries.entered_on <= publication.as_of
    left join contact_merges on entries.lead_id = contact_merges.contact_id
),

ranked as (
    select
        entries.*,
        row_number() over (
            partition by entries.experiment, entries.survivor_id
            order by entries.entered_on, entries.entered_at, {{ byte_order('entries.lead_id') }}
        ) as entry_rank,
        row_number() over (
            partition by entries.experiment, entries.account_key
            order by entries.entered_on, entries.entered_at, {{ byte_order('entries.lead_id') }}
        ) as account_rank
    from entries
)

select
    ranked.experiment,
    ranked.survivor_id as lead_id,
    experiments.scoring_model,
    ranked.tier,
    ranked.arm,
    ranked.share,
    experiments.challenger,
    ranked.entered_on,
    ranked.entered_at,
    ranked.company_id,
    ranked.account_rank = 1 as is_first_of_account,
    {{ is_in_experiment('ranked.entered_on', 'ranked.as_of') }} as is_in_force,
    ranked.score,
    ranked.fit_score,
    ranked.engagement_score,
    ranked.days_known,
    ranked.days_idle,
    ranked.employee_count,
    ranked.country,
    ranked.industry
from ranked
inner join experiments on ranked.experiment = experiments.experiment
where ranked.entry_rank = 1
