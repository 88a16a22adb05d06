{#
    The contact ids and addresses of the people who asked to be erased, as hashes, with the time of
    the request: the CTEs up to keys. Everyone merged with the person at that time is the person.
    knowledge: the model with what was known about contacts.
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

    -- Rows of people erased earlier: they may have arrived late and contain further keys.
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

listings as (
    select
        contact_keys.contact_hash as lister_hash,
        contact_keys.contact_order as lister_order,
        list_words.word as listed_hash,
        contact_keys.starts_at,
        contact_keys.ends_at
    from contact_keys
    {{ cross_join_words('contact_keys.listed_hashes') }}
),

-- If several contacts list a contact, the smallest id counts, at each time.
listing_times as (
    select
        listings.listed_hash,
        listings.starts_at
    from listings

    union distinct

    select
        listings.listed_hash,
        listings.ends_at as starts_at
    from listings
),

listing_periods as (
    select
        listing_times.listed_hash,
        listing_times.starts_at,
        lead(listing_times.starts_at) over (
            partition by listing_times.listed_hash
            order by listing_times.starts_at
        ) as ends_at
    from listing_times
),

ranked_listings as (
    select
        listing_periods.listed_hash,
        listing_periods.starts_at,
        listing_periods.ends_at,
        listings.lister_hash,
        row_number() over (
            partition by listing_periods.listed_hash, listing_periods.starts_at
            order by listings.lister_order, listings.lister_hash
        ) as lister_rank
    from listing_periods
    inner join listings
        on
            listing_periods.listed_hash = listings.listed_hash
            and listing_periods.starts_at >= listings.starts_at
            and listing_periods.ends_at <= listings.ends_at
),

first_listings as (
    select
        ranked_listings.*,
        listed.contact_hash as known_hash,
        listed.merge_target_hash,
        listed.starts_at as known_from,
        listed.ends_at as known_until
    from ranked_listings
    left join contact_keys as listed on ranked_listings.listed_hash = listed.contact_hash
    where ranked_listings.lister_rank = 1
),

-- A contact without a row is known as long as another one lists it.
known_contacts as (
    select
        contact_keys.contact_hash,
        contact_keys.starts_at,
        contact_keys.ends_at
    from contact_keys

    union all

    select
        first_listings.listed_hash as contact_hash,
        first_listings.starts_at,
        first_listings.ends_at
    from first_listings
    where first_listings.known_hash is null
),

merge_targets as (
    select
        contact_keys.contact_hash,
        contact_keys.merge_target_hash,
        contact_keys.starts_at,
        contact_keys.ends_at
    from contact_keys
    where contact_keys.merge_target_hash is not null

    union all

    select
        first_listings.listed_hash as contact_hash,
        first_listings.lister_hash as merge_target_hash,
        greatest(
            first_listings.starts_at, coalesce(first_listings.known_from, first_listings.starts_at)
        ) as starts_at,
        least(
            first_listings.ends_at, coalesce(first_listings.known_until, first_listings.ends_at)
        ) as ends_at
    from first_listings
    where first_listings.merge_target_hash is null
),

-- Both contacts of a merge, while both are known.
merge_spans as (
    select
        merge_targets.contact_hash,
        merge_targets.merge_target_hash,
        greatest(merge_targets.starts_at, targets.starts_at) as starts_at,
        least(merge_targets.ends_at, targets.ends_at) as ends_at
    from merge_targets
    inner join known_contacts as targets
        on merge_targets.merge_target_hash = targets.contact_hash
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
        meant_bearers.contact_hash,
        meant_bearers.requested_at
    from meant_bearers
    where meant_bearers.bearer_rank = 1
),

{%- endset -%}
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

bearers as (
    {{ address_bearers('borne_addresses') }}
),

-- The owner of a shared address depends on which survivors are leads.
rivals as (
    select distinct bearers.requested_at
    from bearers
    left join people
        on
            bearers.contact_hash = people.contact_hash
            and bearers.requested_at = people.requested_at
    where people.contact_hash is null
),

-- Contacts by numbers in the order of their ids.
numbered_contacts as (
    select
        contacts.contact_hash,
        lpad(
            cast(
                row_number() over (
                    order by
                        case when contacts.contact_order is null then 1 else 0 end,
                        contacts.contact_order, contacts.contact_hash
                ) as {{ dbt.type_string() }}
            ),
            12, '0'
        ) as contact
    from (
        select distinct
            contact_keys.contact_hash,
            contact_keys.contact_order
        from contact_keys
    ) as contacts
),

known_merges as (
    select distinct
        rivals.requested_at as known_at,
        coalesce(sources.contact, merge_spans.contact_hash) as contact,
        coalesce(targets.contact, merge_spans.merge_target_hash) as merged_into
    from merge_spans
    cross join rivals
    left join numbered_contacts as sources on merge_spans.contact_hash = sources.contact_hash
    left join numbered_contacts as targets on merge_spans.merge_target_hash = targets.contact_hash
    where
        merge_spans.contact_hash <> merge_spans.merge_target_hash
        and merge_spans.starts_at <= rivals.requested_at
        and merge_spans.ends_at > rivals.requested_at
),

{{ merge_ends('known_merges') }},

survivors as (
    select
        bearers.email_hash,
        bearers.requested_at,
        bearers.contact_hash,
        coalesce(surviving.contact_hash, bearers.contact_hash) as survivor_hash
    from bearers
    inner join numbered_contacts as merged on bearers.contact_hash = merged.contact_hash
    left join merge_ends
        on
            bearers.requested_at = merge_ends.known_at
            and merged.contact = merge_ends.contact
    left join numbered_contacts as surviving on merge_ends.survivor = surviving.contact
),

address_owners as (
    select
        bearers.email_hash,
        bearers.requested_at,
        bearers.contact_hash,
        row_number() over (
            partition by bearers.email_hash, bearers.requested_at
            order by
                case when held.deleted_at <= bearers.requested_at then 1 else 0 end,
                case when bearers.borne_until > bearers.requested_at then 0 else 1 end,
                bearers.created_at, bearers.contact_order, bearers.contact_hash
        ) as owner_rank
    from bearers
    inner join survivors
        on
            bearers.email_hash = survivors.email_hash
            and bearers.requested_at = survivors.requested_at
            and bearers.contact_hash = survivors.contact_hash
    left join contact_keys as held
        on
            survivors.survivor_hash = held.contact_hash
            and held.starts_at <= survivors.requested_at
            and held.ends_at > survivors.requested_at
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
    where address_owners.owner_rank = 1
)
{%- endmacro %}
