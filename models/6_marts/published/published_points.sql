{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of',
    full_refresh=false,
    pre_hook=[
        "{{ forget_unfinished_publication(this, 'as_of') }}",
        "{{ forget_erased_leads(this, 'as_of') }}"
    ],
    post_hook=[
        "{{ forget_what_is_before_the_last_day(this) }}",
        "delete from {{ this }} where lead_id is null"
    ]
) }}

-- The ledger of the last two published days, with what tells whether other contacts are the lead.

with ledger as (
    select * from {{ ref('lead_score_ledger') }}
),

people_keys as (
    select * from {{ ref('people_keys') }}
),

publication_day as (
    select * from {{ ref('publication_day') }}
),

final as (
    select
        publication_day.as_of,
        ledger.lead_id,
        ledger.scoring_model,
        ledger.criterion,
        ledger.dimension,
        ledger.is_met,
        ledger.points,
        people_keys.people_key
    from ledger
    cross join publication_day
    left join people_keys
        on
            publication_day.as_of = people_keys.as_of
            and ledger.lead_id = people_keys.lead_id
    where publication_day.is_published

    {% if is_incremental() %}
    -- Takes the place of what an earlier run of the same day published; then swept.
    union all

    select
        {{ as_of() }} as as_of,
        cast(null as {{ dbt.type_string() }}) as lead_id,
        cast(null as {{ dbt.type_string() }}) as scoring_model,
        cast(null as {{ dbt.type_string() }}) as criterion,
        cast(null as {{ dbt.type_string() }}) as dimension,
        cast(null as boolean) as is_met,
        cast(null as decimal(38, 9)) as points,
        cast(null as bigint) as people_key
    from publication_day
    where publication_day.is_published
    {% endif %}
)

select * from final
