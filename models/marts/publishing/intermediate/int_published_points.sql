{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='append_new_columns',
    pre_hook=[
        "{{ delete_rows_to_republish(this, 'as_of') }}",
        "{{ forget_erased_leads(this, 'as_of') }}",
        "{{ delete_rows_to_republish(ref('int_published_basis'), 'as_of') }}",
        "{{ forget_erased_leads(ref('int_published_basis'), 'as_of') }}"
    ],
    post_hook=[
        "{{ record_published_basis() }}",
        "{{ delete_rows_of_earlier_days(this) }}",
        "{{ delete_rows_of_earlier_days(ref('int_published_basis')) }}"
    ]
) }}

-- Ledger of the last three published days. A row with an empty criterion has the key that shows
-- whether other contacts make up the lead. Hooks keep what the points depended on.
-- depends_on: {{ ref('int_published_basis') }}
-- depends_on: {{ ref('int_fit_basis') }}
-- depends_on: {{ ref('int_engagement_basis') }}
with publication as (
    select * from {{ ref('int_publication') }}
    where is_published
),

scored_leads as (
    select
        scenario_leads.score_key,
        scenario_leads.as_of,
        scenario_leads.lead_id,
        scenario_leads.scoring_model
    from {{ ref('int_scenario_leads') }} as scenario_leads
    inner join publication on scenario_leads.as_of = publication.as_of
    where
        scenario_leads.step = 'day'
        and scenario_leads.scoring_model not in (
            select challengers.challenger from {{ ref('config_challengers') }} as challengers
        )
),

points_unioned as (
    select * from {{ ref('int_points_unioned') }}
),

scoring_criteria as (
    select * from {{ ref('config_scoring_criteria') }}
),

people_keys as (
    select * from {{ ref('int_people_keys') }}
)

select
    scored_leads.as_of,
    scored_leads.lead_id,
    scored_leads.scoring_model,
    scoring_criteria.criterion,
    scoring_criteria.dimension,
    points_unioned.is_met,
    points_unioned.points,
    cast(null as bigint) as people_key
from points_unioned
inner join scored_leads on points_unioned.score_key = scored_leads.score_key
inner join scoring_criteria
    on points_unioned.criterion_number = scoring_criteria.criterion_number

union all

select
    scored_leads.as_of,
    scored_leads.lead_id,
    scored_leads.scoring_model,
    '' as criterion,
    cast(null as {{ dbt.type_string() }}) as dimension,
    false as is_met,
    cast(null as decimal(38, 9)) as points,
    people_keys.people_key
from scored_leads
inner join people_keys
    on
        scored_leads.as_of = people_keys.as_of
        and scored_leads.lead_id = people_keys.lead_id
