-- Which media bring each lead to the website, by utm_medium, on the as-of day of the run.
with facts as (
    select * from {{ ref('run_day_facts') }}
),

counted as (
    select
        facts.lead_id,
        facts.utm_medium as medium,
        sum(facts.occurrences) as occurrences,
        count(distinct facts.occurred_on) as active_days,
        min(facts.occurred_on) as first_on,
        max(facts.occurred_on) as last_on,
        {{ nine_decimals('sum(facts.occurrences * facts.weight)') }} as engagement
    from facts
    where facts.is_positive and facts.utm_medium is not null
    group by facts.lead_id, facts.utm_medium
),

ranked as (
    select
        counted.*,
        sum(counted.engagement) over (partition by counted.lead_id) as whole_engagement,
        row_number() over (
            partition by counted.lead_id
            order by
                counted.engagement desc,
                counted.last_on desc,
                {{ byte_order('counted.medium') }}
        ) as engagement_rank
    from counted
)

select
    cast(ranked.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(ranked.medium as {{ dbt.type_string() }}) as medium,
    cast(ranked.occurrences as bigint) as occurrences,
    cast(ranked.active_days as bigint) as active_days,
    ranked.first_on,
    ranked.last_on,
    ranked.engagement,
    cast(ranked.engagement as {{ type_double() }})
    / nullif(cast(ranked.whole_engagement as {{ type_double() }}), 0) as engagement_share,
    cast(ranked.engagement_rank as bigint) as engagement_rank
from ranked
