-- Media that bring each lead to the website, by utm_medium, on the as-of day of the run.
with facts as (
    select * from {{ ref('int_current_facts') }}
),

touches as (
    select
        facts.lead_id,
        facts.utm_medium,
        facts.occurred_on,
        facts.occurrences,
        facts.weight
    from facts
    where facts.is_positive and facts.utm_medium is not null
),

counted as (
    select
        touches.lead_id,
        touches.utm_medium,
        sum(touches.occurrences) as occurrences,
        count(distinct touches.occurred_on) as active_days,
        min(touches.occurred_on) as first_on,
        max(touches.occurred_on) as last_on,
        {{ nine_decimals('sum(touches.occurrences * touches.weight)') }} as engagement
    from touches
    group by touches.lead_id, touches.utm_medium
),

ranked as (
    select
        counted.*,
        sum(counted.engagement) over (partition by counted.lead_id) as total_engagement,
        row_number() over (
            partition by counted.lead_id
            order by
                counted.engagement desc,
                counted.last_on desc,
                {{ byte_order('counted.utm_medium') }}
        ) as engagement_rank
    from counted
)

select
    cast(ranked.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(ranked.utm_medium as {{ dbt.type_string() }}) as medium,
    cast(ranked.occurrences as bigint) as occurrences,
    cast(ranked.active_days as bigint) as active_days,
    ranked.first_on,
    ranked.last_on,
    ranked.engagement,
    {{ share_of('ranked.engagement', 'ranked.total_engagement') }} as engagement_share,
    cast(ranked.engagement_rank as bigint) as engagement_rank
from ranked
