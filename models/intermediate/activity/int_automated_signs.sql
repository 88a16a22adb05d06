{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='occurred_on',
    on_schema_change='append_new_columns'
) }}

-- Signs that a program, not a person, reacted to a mail. Replaces whole days: those whose facts or
-- rules have changed since the day was read; a row without an event stores both.
{%- set mail = 'partition by compared.address, compared.campaign_id, compared.occurred_on' %}
{%- set so_far = mail ~ ' order by compared.microseconds' %}
{%- set two_seconds = so_far ~ ' range between 2000000 preceding and 2000000 following' %}
with
scanner_networks as (
    select * from {{ ref('scanner_networks') }}
),

rules as (
    select
        {{ hash_key([
            var('automated_within_seconds'),
            text_list('networks.ip_prefix', "' '", byte_order('networks.ip_prefix')),
        ]) }} as rules_key
    from scanner_networks as networks
),

fact_days as (
    select
        activity_daily.occurred_on,
        cast(sum(activity_daily.checksum) as decimal(38, 0)) as checksum
    from {{ ref('fct_activity_daily') }} as activity_daily
    group by activity_daily.occurred_on
),

{% if is_incremental() -%}
stored_days as (
    select * from {{ this }}
    where event_id = ''
),

changed_days as (
    select
        rules.rules_key,
        coalesce(fact_days.occurred_on, stored_days.occurred_on) as occurred_on,
        coalesce(fact_days.checksum, 0) as checksum
    from fact_days
    full outer join stored_days on fact_days.occurred_on = stored_days.occurred_on
    cross join rules
    where
        stored_days.checksum is distinct from coalesce(fact_days.checksum, 0)
        or stored_days.rules_key <> rules.rules_key
),
{%- else -%}
changed_days as (
    select
        fact_days.occurred_on,
        fact_days.checksum,
        rules.rules_key
    from fact_days
    cross join rules
),
{%- endif %}

email_rows as (
    select
        activity_log.*,
        coalesce(activity_log.email, activity_log.contact_id) as address,
        case
            when activity_log.event_name = 'clicked' then activity_log.link_url
        end as clicked_link,
        {{ microseconds('activity_log.occurred_at') }} as microseconds
    from {{ ref('int_activity_log') }} as activity_log
    inner join changed_days on activity_log.occurred_on = changed_days.occurred_on
    where
        activity_log.row_status = 'used'
        and activity_log.source = 'email'
        and activity_log.campaign_id is not null
        and activity_log.event_name in ('delivered', 'opened', 'clicked', 'unsubscribed')
),

-- Mails with a reaction, which are few of those delivered.
mails as (
    select
        reactions.address,
        reactions.campaign_id,
        reactions.occurred_on,
        count(distinct reactions.clicked_link) as link_count,
        max(
            case
                when
                    reactions.clicked_link like '%unsubscri%'
                    or reactions.clicked_link like '%opt-out%'
                    or reactions.clicked_link like '%optout%'
                    then 1
                else 0
            end
        ) as is_unsubscribe_link_clicked
    from email_rows as reactions
    where reactions.event_name <> 'delivered'
    group by reactions.address, reactions.campaign_id, reactions.occurred_on
),

compared as (
    select
        email_rows.*,
        mails.link_count,
        mails.is_unsubscribe_link_clicked = 1 and mails.link_count >= 3 as are_all_links_clicked
    from email_rows
    inner join mails
        on
            email_rows.address = mails.address
            and email_rows.campaign_id = mails.campaign_id
            and email_rows.occurred_on = mails.occurred_on
),

-- Events before a row or within two seconds of it, for the same mail.
seen as (
    select
        compared.*,
        max(case when compared.event_name = 'delivered' then compared.microseconds end)
            over ({{ so_far }}) as delivered_at,
        max(case when compared.event_name = 'opened' then 1 else 0 end)
            over ({{ so_far }}) as is_opened,
        min(compared.microseconds) over ({{ mail }}, compared.clicked_link) as first_clicked_at,
        min(compared.clicked_link) over ({{ two_seconds }})
        < max(compared.clicked_link) over ({{ two_seconds }}) as is_in_burst,
        max(case when compared.event_name = 'unsubscribed' then 1 else 0 end)
            over ({{ two_seconds }}) as is_unsubscribed
    from compared
),

-- Prefixes are matched against the few distinct addresses rather than against every row.
ip_addresses as (
    select distinct compared.ip_address
    from compared
    where compared.ip_address is not null
),

scanner_addresses as (
    select
        ip_addresses.ip_address,
        min(networks.ip_prefix) as ip_prefix
    from ip_addresses
    inner join scanner_networks as networks
        on {{ is_like('ip_addresses.ip_address', like_pattern('networks.ip_prefix') ~ " || '%'") }}
    group by ip_addresses.ip_address
),

reactions as (
    select
        seen.*,
        scanner_addresses.ip_prefix as scanner_network,
        case
            when
                seen.microseconds - seen.delivered_at
                <= {{ var('automated_within_seconds') }} * 1000000
                then cast(floor((seen.microseconds - seen.delivered_at) / 1000000.0) as integer)
        end as seconds_after_delivery,
        case
            when
                seen.are_all_links_clicked
                and seen.clicked_link is not null
                and seen.microseconds = seen.first_clicked_at
                then cast(seen.link_count as integer)
        end as all_link_count,
        coalesce(seen.is_in_burst, false) as is_one_of_several,
        seen.event_name = 'clicked' and seen.is_opened = 0 as is_without_open,
        coalesce(seen.is_in_burst, false) and seen.is_unsubscribed = 1 as is_with_unsubscribe
    from seen
    left join scanner_addresses on seen.ip_address = scanner_addresses.ip_address
    where seen.event_name <> 'delivered'
),

counted as (
    select
        reactions.*,
        identities.identity_key,
        event_types.event_type_key,
        case when reactions.seconds_after_delivery is not null then 1 else 0 end
        + case when reactions.all_link_count is not null then 1 else 0 end
        + case when reactions.is_one_of_several then 1 else 0 end
        + case when reactions.is_without_open then 1 else 0 end
        + case when reactions.is_with_unsubscribe then 1 else 0 end
        + case when reactions.scanner_network is not null then 1 else 0 end as sign_count
    from reactions
    inner join {{ ref('dim_identities') }} as identities
        on
            {{ are_equal('reactions', 'identities', identity_columns()) | indent(8) }}
    inner join {{ ref('dim_event_types') }} as event_types
        on
            {{ are_equal('reactions', 'event_types', event_type_columns()) | indent(8) }}
),

-- Reactions without a sign stay if their fact has one with a sign: they say when the rest of the
-- fact occurred.
facts_with_signs as (
    select
        counted.*,
        max(counted.sign_count) over (
            partition by counted.identity_key, counted.event_type_key, counted.occurred_on
        ) as most_signs
    from counted
)

select
    facts.occurred_on,
    facts.event_id,
    facts.identity_key,
    facts.event_type_key,
    facts.occurred_at,
    facts.seconds_after_delivery,
    facts.all_link_count,
    facts.is_one_of_several,
    facts.is_without_open,
    facts.is_with_unsubscribe,
    facts.scanner_network,
    facts.sign_count,
    cast(null as decimal(38, 0)) as checksum,
    cast(null as bigint) as rules_key
from facts_with_signs as facts
where facts.most_signs > 0

union all

select
    changed_days.occurred_on,
    '' as event_id,
    cast(null as bigint) as identity_key,
    cast(null as bigint) as event_type_key,
    cast(null as timestamp) as occurred_at,
    cast(null as integer) as seconds_after_delivery,
    cast(null as integer) as all_link_count,
    cast(null as boolean) as is_one_of_several,
    cast(null as boolean) as is_without_open,
    cast(null as boolean) as is_with_unsubscribe,
    cast(null as {{ dbt.type_string() }}) as scanner_network,
    cast(null as integer) as sign_count,
    changed_days.checksum,
    changed_days.rules_key
from changed_days
