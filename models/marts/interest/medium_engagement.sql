-- Media that bring each lead to the website, by utm_medium, on the as-of day of the run.
with facts as (
    select * from {{ ref('int_current_facts') }}
),

touches as (
    select
        facts.lead_id,
        facts.utm_medium as word,
        facts.occurred_on,
        facts.occurrences,
        facts.weight
    from facts
    where facts.is_positive and facts.utm_medium is not null
),

{{ engagement_by('touches') }}

select
    cast(ranked.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(ranked.word as {{ dbt.type_string() }}) as medium,
    {{ engagement_columns() }}
from ranked
