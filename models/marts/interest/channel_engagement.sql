-- Channels through which each lead engages, on the as-of day of the run.
with facts as (
    select * from {{ ref('int_current_facts') }}
),

activity_event_types as (
    select * from {{ ref('int_activity_event_types') }}
),

activities as (
    select * from {{ ref('config_activities') }}
),

channels as (
    select
        lower(activities.channel) as channel_key,
        {{ first_text('activities.channel') }} as channel
    from activities
    where activities.channel is not null
    group by lower(activities.channel)
),

-- Distinct: an event that counts as several activities of one channel is one occurrence in it.
channel_event_types as (
    select distinct
        activity_event_types.event_type_key,
        lower(activities.channel) as channel_key
    from activities
    inner join activity_event_types on activities.activity = activity_event_types.activity
    where activities.intent = 'positive' and activities.channel is not null
),

touches as (
    select
        facts.lead_id,
        channel_event_types.channel_key,
        facts.occurred_on,
        facts.occurrences,
        facts.weight
    from facts
    inner join channel_event_types on facts.event_type_key = channel_event_types.event_type_key
),

counted as (
    select
        touches.lead_id,
        touches.channel_key,
        sum(touches.occurrences) as occurrences,
        count(distinct touches.occurred_on) as active_days,
        min(touches.occurred_on) as first_on,
        max(touches.occurred_on) as last_on,
        {{ nine_decimals('sum(touches.occurrences * touches.weight)') }} as engagement
    from touches
    group by touches.lead_id, touches.channel_key
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
                {{ byte_order('counted.channel_key') }}
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
    {{ share_of('ranked.engagement', 'ranked.total_engagement') }} as engagement_share,
    cast(ranked.engagement_rank as bigint) as engagement_rank
from ranked
inner join channels on ranked.channel_key = channels.channel_key
