{#
    The contact ids and addresses of the people who asked to be erased, as hashes, with the time of
    the request: the CTEs up to keys. Who was one with the person by merges at that time is the
    person. knowledge: the model that tells what was known of contacts.
#}
{% macro keys_of_requests(knowledge) -%}
{%- set named_people -%}
{{ with_recursion() }} requests as (
    select
        erasure_requests.contact_hash,
        erasure_requests.email_hash,
        erasure_requests.requested_at
    from {{ ref('stg_crm__erasure_requests') }} as erasure_requests
    where erasure_requests.rejection_reason is null

    union distinct

    -- Rows of people erased before: they may have come late and tell of further keys.
    select
        known_rows.contact_hash,
        cast(null as {{ dbt.type_string() }}) as email_hash,
        known_rows.erased_until as requested_at
    from {{ ref(knowledge) }} as known_rows
    where known_rows.erased_until is not null
),

contact_keys as (
    select * from {{ ref(knowledge) }}
),

requested_owners as (
    {{ address_owners('requests') }}
),

-- Both contacts of a merge, for the time in which both are known.
merge_spans as (
    select
        sources.contact_hash,
        sources.merge_target_hash,
        greatest(sources.starts_at, targets.starts_at) as starts_at,
        least(sources.ends_at, targets.ends_at) as ends_at
    from contact_keys as sources
    inner join contact_keys as targets on sources.merge_target_hash = targets.contact_hash
),

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
        requested_owners.contact_hash,
        requested_owners.requested_at
    from requested_owners
),

{%- endset -%}
{{ named_people }}

-- All that are linked by merges, in either direction, end at one survivor.
{{ linked_people(named_people) }},

borne_addresses as (
    select distinct
        contact_keys.email_hash,
        people.requested_at
    from people
    inner join contact_keys
        on
            people.contact_hash = contact_keys.contact_hash
            and people.requested_at >= contact_keys.created_at
            and (
                people.requested_at >= contact_keys.updated_at
                or people.requested_at >= contact_keys.starts_at
            )
    where contact_keys.email_hash is not null
),

address_owners as (
    {{ address_owners('borne_addresses') }}
),

keys as (
    select
        people.contact_hash as key_hash,
        people.requested_at
    from people

    union all

    select
        requests.email_hash as key_hash,
        requests.requested_at
    from requests
    where requests.email_hash is not null

    union all

    select
        address_owners.email_hash as key_hash,
        address_owners.requested_at
    from address_owners
    inner join people
        on
            address_owners.contact_hash = people.contact_hash
            and address_owners.requested_at = people.requested_at
)
{%- endmacro %}
