{{ config(materialized='ephemeral') }}

-- Leads that an experiment treats otherwise than usual on the run's day, with the tiers in which it
-- does: held back from the hand-offs of its tier and of those below, or called in a challenger's
-- order in any tier. Empty unless the var experiments is true.
{%- if var('experiments') is true %}
with scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
    where is_run_day
),

experiment_leads as (
    select
        experiment_leads.*,
        row_number() over (
            partition by experiment_leads.lead_id, experiment_leads.scoring_model
            order by experiment_leads.entered_on, {{ byte_order('experiment_leads.experiment') }}
        ) as experiment_rank
    from {{ ref('int_experiment_leads') }} as experiment_leads
    where experiment_leads.is_in_force
),

tiers as (
    select * from {{ ref('config_tiers') }}
),

scores as (
    select scores.*
    from {{ ref('int_scores') }} as scores
    inner join scoring_dates on scores.as_of = scoring_dates.as_of
)

select
    experiment_leads.experiment,
    experiment_leads.lead_id,
    experiment_leads.scoring_model,
    tiers.tier,
    experiment_leads.challenger,
    scores.score as challenger_score,
    experiment_leads.arm = 'held_back' as is_held_back
from experiment_leads
inner join tiers as tried_tiers
    on
        experiment_leads.scoring_model = tried_tiers.scoring_model
        and experiment_leads.tier = tried_tiers.tier
inner join tiers
    on
        experiment_leads.scoring_model = tiers.scoring_model
        and (experiment_leads.arm = 'challenger' or tried_tiers.tier_rank <= tiers.tier_rank)
left join scores
    on
        experiment_leads.lead_id = scores.lead_id
        and experiment_leads.challenger = scores.scoring_model
where
    experiment_leads.experiment_rank = 1
    and experiment_leads.arm in ('held_back', 'challenger')
{%- else %}
select
    cast(null as {{ dbt.type_string() }}) as experiment,
    cast(null as {{ dbt.type_string() }}) as lead_id,
    cast(null as {{ dbt.type_string() }}) as scoring_model,
    cast(null as {{ dbt.type_string() }}) as tier,
    cast(null as {{ dbt.type_string() }}) as challenger,
    cast(null as decimal(5, 1)) as challenger_score,
    false as is_held_back
from (select 1 as one_row) as nobody
where false
{%- endif %}
