-- Identities that are not leads: in each activity table, those that asked for something, then those
-- with the most activity.
with identity_matches as (
    select * from {{ ref('int_identity_matches') }}
),

identities as (
    select * from {{ ref('dim_identities') }}
    where not is_automated
),

event_types as (
    select * from {{ ref('dim_event_types') }}
),

activity_daily as (
    select * from {{ ref('fct_activity_daily') }}
),

-- Empty if automated activity scores.
automated_activity as (
    select * from {{ ref('int_automated_activity_daily') }}
    {% if var('score_automated') -%}
    where false
    {%- endif %}
),

identified as (
    select
        event_types.source,
        event_types.event_name,
        activity_daily.occurred_on,
        activity_daily.occurrences
        - coalesce(automated_activity.automated_occurrences, 0) as occurrences,
        case
            when activity_daily.occurred_on < identity_matches.counts_from then 'anonymous'
            else identity_matches.matched_to
        end as matched_to,
        case
            when identities.email is not null then 'email'
            when identities.contact_id is not null then 'contact_id'
            else 'anonymous_id'
        end as identified_by,
        coalesce(identities.email, identities.contact_id, identities.anonymous_id) as identity
    from activity_daily
    inner join identity_matches on activity_daily.identity_key = identity_matches.identity_key
    inner join identities on activity_daily.identity_key = identities.identity_key
    inner join event_types on activity_daily.event_type_key = event_types.event_type_key
    left join automated_activity
        on
            activity_daily.identity_key = automated_activity.identity_key
            and activity_daily.event_type_key = automated_activity.event_type_key
            and activity_daily.occurred_on = automated_activity.occurred_on
),

unmatched as (
    select
        identified.matched_to,
        identified.source,
        identified.event_name,
        identified.identity,
        min(identified.identified_by) as identified_by,
        sum(identified.occurrences) as occurrences,
        sum(
            case
                when
                    identified.event_name in ('demo_requested', 'call_requested', 'form_submitted')
                    then identified.occurrences
                else 0
            end
        ) as requests,
        min(identified.occurred_on) as first_on,
        max(identified.occurred_on) as last_on
    from identified
    where identified.matched_to <> 'lead' and identified.occurrences > 0
    group by
        identified.matched_to, identified.source, identified.event_name, identified.identity
),

ranked_identities as (
    select
        unmatched.source,
        unmatched.matched_to,
        unmatched.identity,
        min(unmatched.identified_by) as identified_by,
        sum(unmatched.occurrences) as occurrences,
        sum(unmatched.requests) as requests,
        min(unmatched.first_on) as first_on,
        max(unmatched.last_on) as last_on,
        row_number() over (
            partition by unmatched.source, unmatched.matched_to
            order by
                case when sum(unmatched.requests) > 0 then 0 else 1 end,
                sum(unmatched.occurrences) desc,
                {{ byte_order('unmatched.identity') }}
        ) as identity_rank
    from unmatched
    group by unmatched.source, unmatched.matched_to, unmatched.identity
),

listed as (
    select * from ranked_identities
    where identity_rank <= 50
),

ranked_events as (
    select
        unmatched.source,
        unmatched.matched_to,
        unmatched.identity,
        concat(
            coalesce(unmatched.event_name, 'activity'), ' ',
            cast(cast(unmatched.occurrences as bigint) as {{ dbt.type_string() }})
        ) as words,
        row_number() over (
            partition by unmatched.source, unmatched.matched_to, unmatched.identity
            order by
                case when unmatched.requests > 0 then 0 else 1 end,
                unmatched.occurrences desc,
                {{ byte_order('unmatched.event_name') }}
        ) as event_rank
    from unmatched
    inner join listed
        on
            unmatched.source = listed.source
            and unmatched.matched_to = listed.matched_to
            and unmatched.identity = listed.identity
),

activities as (
    select
        ranked_events.source,
        ranked_events.matched_to,
        ranked_events.identity,
        {{ text_list('ranked_events.words', "', '", 'ranked_events.event_rank') }}
            as what_they_did
    from ranked_events
    where ranked_events.event_rank <= 5
    group by ranked_events.source, ranked_events.matched_to, ranked_events.identity
)

select
    cast(case listed.source
        when 'sales' then 'sales_activities'
        else concat(listed.source, '_events')
    end as {{ dbt.type_string() }}) as source_table,
    cast(listed.matched_to as {{ dbt.type_string() }}) as matched_to,
    cast(listed.identity as {{ dbt.type_string() }}) as identity,
    cast(listed.identified_by as {{ dbt.type_string() }}) as identified_by,
    cast(listed.occurrences as bigint) as occurrences,
    cast(listed.requests as bigint) as requests,
    cast(activities.what_they_did as {{ dbt.type_string() }}) as what_they_did,
    listed.first_on,
    listed.last_on
from listed
inner join activities
    on
        listed.source = activities.source
        and listed.matched_to = activities.matched_to
        and listed.identity = activities.identity
