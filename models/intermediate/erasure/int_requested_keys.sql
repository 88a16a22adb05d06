{{ config(materialized='iterated', most_steps=1000) }}

-- Contact ids and addresses of all people who requested erasure, as hashes, with the time of the
-- request. Everyone merged with the person at that time is the person. The first step identifies
-- people as if nobody had been erased yet, the next ones as if the keys found so far had been; the
-- materialization repeats them until they find no new key.
{% set named_people %}
{{ with_recursion() }} known_versions as (
    select * from {{ ref('int_contact_keys') }}
),

erasure_requests as (
    select * from {{ ref('stg_crm__erasure_requests') }}
),

beginning as (
    select
        known_versions.contact_hash as key_hash,
        known_versions.starts_at as requested_at
    from known_versions
    where false
),

previous as (
    select
        found.key_hash,
        found.requested_at
    from {{ previous_step('beginning') }} as found
),

first_requests as (
    select
        previous.key_hash as contact_hash,
        min(previous.requested_at) as requested_at
    from previous
    group by previous.key_hash
),

-- A contact ends with its first request. A contact created later is a new person.
contact_keys as (
    select
        known_versions.contact_hash,
        known_versions.email_hashes,
        known_versions.merge_target_hash,
        known_versions.listed_hashes,
        known_versions.contact_order,
        known_versions.created_at,
        known_versions.updated_at,
        known_versions.deleted_at,
        known_versions.starts_at,
        case
            when
                known_versions.created_at <= first_requests.requested_at
                and known_versions.ends_at > first_requests.requested_at
                then {{ next_microsecond('first_requests.requested_at') }}
            else known_versions.ends_at
        end as ends_at
    from known_versions
    left join first_requests on known_versions.contact_hash = first_requests.contact_hash
),

requests as (
    select
        erasure_requests.contact_hash,
        erasure_requests.email_hash,
        erasure_requests.requested_at
    from erasure_requests
    where erasure_requests.rejection_reason is null

    union distinct

    -- Rows of people erased earlier: they may have arrived late and contain further keys.
    select
        known_versions.contact_hash,
        cast(null as {{ dbt.type_string() }}) as email_hash,
        known_versions.erased_until as requested_at
    from known_versions
    where known_versions.erased_until is not null
),

addresses as (
    select
        contact_keys.contact_hash,
        list_words.word as email_hash,
        contact_keys.created_at,
        contact_keys.updated_at,
        contact_keys.starts_at,
        contact_keys.ends_at
    from contact_keys
    {{ cross_join_words('contact_keys.email_hashes') }}
    where list_words.word <> ''
),

requested_bearers as (
    {{ address_bearers('requests') }}
),

-- All contacts that have the address at that time; if there are none, those that had it last.
meant_bearers as (
    select
        requested_bearers.contact_hash,
        requested_bearers.requested_at,
        rank() over (
            partition by requested_bearers.email_hash, requested_bearers.requested_at
            order by requested_bearers.borne_until desc
        ) as bearer_rank
    from requested_bearers
),

{{ merge_spans() }},

links as (
    select
        merge_spans.contact_hash as from_hash,
        merge_spans.merge_target_hash as to_hash,
        merge_spans.starts_at,
        merge_spans.ends_at
    from merge_spans

    union all

    select
        merge_spans.merge_target_hash as from_hash,
        merge_spans.contact_hash as to_hash,
        merge_spans.starts_at,
        merge_spans.ends_at
    from merge_spans
),

named_people as (
    select
        requests.contact_hash,
        requests.requested_at
    from requests
    where requests.contact_hash is not null

    union distinct

    select
        meant_bearers.contact_hash,
        meant_bearers.requested_at
    from meant_bearers
    where meant_bearers.bearer_rank = 1
),

{% endset %}
{{ named_people }}
-- All contacts linked by merges, in either direction, have one survivor.
{{ linked_people(named_people) }},

borne_addresses as (
    select distinct
        addresses.email_hash,
        people.requested_at
    from people
    inner join addresses
        on
            people.contact_hash = addresses.contact_hash
            and people.requested_at >= addresses.created_at
            and (
                people.requested_at >= addresses.updated_at
                or people.requested_at >= addresses.starts_at
            )
),

{{ address_owners() }},

found_keys as (
    select
        previous.key_hash,
        previous.requested_at,
        1 as was_found
    from previous

    union all

    select
        people.contact_hash as key_hash,
        people.requested_at,
        0 as was_found
    from people

    union all

    select
        requests.email_hash as key_hash,
        requests.requested_at,
        0 as was_found
    from requests
    where requests.email_hash is not null

    union all

    select
        address_owners.email_hash as key_hash,
        address_owners.requested_at,
        0 as was_found
    from address_owners
    inner join people
        on
            address_owners.contact_hash = people.contact_hash
            and address_owners.requested_at = people.requested_at
    where address_owners.owner_rank = 1
)

select
    found_keys.key_hash,
    found_keys.requested_at,
    max(found_keys.was_found) = 1 as is_finished
from found_keys
group by found_keys.key_hash, found_keys.requested_at
