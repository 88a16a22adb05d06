{#
    CTEs that end with address_owners [email_hash, requested_at, contact_hash, owner_rank]: the
    contacts that bear or bore each of the borne_addresses at the time, the owner first. Needs the
    CTEs addresses, borne_addresses, contact_keys, merge_spans and people.
#}
{% macro address_owners() -%}
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
)
{%- endmacro %}
