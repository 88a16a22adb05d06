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
        lower(activities.channel) as channel_word,
        {{ first_text('activities.channel') }} as channel
    from activities
    where activities.channel is not null
    group by lower(activities.channel)
),

-- Distinct: an event that counts as several activities of one channel is one occurrence in it.
channel_kinds as (
    select distinct
        activity_event_types.event_type_key,
        lower(activities.channel) as channel_word
    from activities
    inner join activity_event_types on activities.activity = activity_event_types.activity
    where activities.intent = 'positive' and activities.channel is not null
),

touches as (
    select
        facts.lead_id,
        channel_kinds.channel_word as word,
        facts.occurred_on,
        facts.occurrences,
        facts.weight
    from facts
    inner join channel_kinds on facts.event_type_key = channel_kinds.event_type_key
),

{{ engagement_by('touches') }}

select
    cast(ranked.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(channels.channel as {{ dbt.type_string() }}) as channel,
    {{ engagement_columns() }}
from ranked
inner join channels on ranked.word = channels.channel_word
