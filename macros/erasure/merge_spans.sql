{#
    CTEs that end with merge_spans [contact_hash, merge_target_hash, starts_at, ends_at]: which
    contacts were merged into which, and when, by themselves or by a contact that lists them. Needs
    the CTE contact_keys.
#}
{% macro merge_spans() -%}
listings as (
    select
        contact_keys.contact_hash as lister_hash,
        contact_keys.contact_order as lister_order,
        list_words.word as listed_hash,
        contact_keys.starts_at,
        contact_keys.ends_at
    from contact_keys
    {{ cross_join_words('contact_keys.listed_hashes') }}
    where list_words.word <> contact_keys.contact_hash
),

-- If several contacts list a contact, the one whose id sorts first counts, at each time.
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
)
{%- endmacro %}
