-- Through which channels each lead engages, on the as-of day of the run.
with facts as (
    select * from {{ ref('run_day_facts') }}
),

activity_kinds as (
    select * from {{ ref('activity_kinds') }}
),

activities as (
    select * from {{ ref('config_activities') }}
),

channels as (
    select
        lower(activities.channel) as channel_word,
        {{ first_text('activities.channel') }} as channel
    from activities
    where activities.channel is not null
    group by lower(activities.channel)
),

-- Distinct: an event that is several activities of one channel is one occurrence of it.
channel_kinds as (
    select distinct
        activity_kinds.kind_key,
        lower(activities.channel) as channel_word
    from activities
    inner join activity_kinds on activities.activity = activity_kinds.activity
    where activities.intent = 'positive' and activities.channel is not null
),

counted as (
    select
        facts.lead_id,
        channel_kinds.channel_word,
        sum(facts.occurrences) as occurrences,
        count(distinct facts.occurred_on) as active_days,
        min(facts.occurred_on) as first_on,
        max(facts.occurred_on) as last_on,
        {{ nine_decimals('sum(facts.occurrences * facts.weight)') }} as engagement
    from facts
    inner join channel_kinds on facts.kind_key = channel_kinds.kind_key
    group by facts.lead_id, channel_kinds.channel_word
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
                {{ byte_order('counted.channel_word') }}
        ) as engagement_rank
    from counted
)

select
    cast(ranked.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(channels.channel as {{ dbt.type_string() }}) as channel,
    cast(ranked.occurrences as bigint) as occurrences,
    cast(ranked.active_days as bigint) as active_days,
    ranked.first_on,
    ranked.last_on,
    ranked.engagement,
    cast(ranked.engagement as {{ type_double() }})
    / nullif(cast(ranked.whole_engagement as {{ type_double() }}), 0) as engagement_share,
    cast(ranked.engagement_rank as bigint) as engagement_rank
from ranked
inner join channels on ranked.channel_word = channels.channel_word
