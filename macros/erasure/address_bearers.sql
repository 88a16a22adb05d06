{#
    Contacts known at a given time that had an address by then, and until when: the year 9999 if
    they had it at that time. asked: a CTE with email_hash and requested_at. Needs the CTEs
    addresses and contact_keys.
#}
{% macro address_bearers(asked) -%}
    select
        asked.email_hash,
        asked.requested_at,
        held.contact_hash,
        held.contact_order,
        held.created_at,
        max(
            case
                when borne.ends_at > asked.requested_at then cast('9999-12-31' as timestamp)
                else borne.ends_at
            end
        ) as borne_until
    from {{ asked }} as asked
    inner join addresses as borne
        on
            asked.email_hash = borne.email_hash
            and (
                borne.updated_at <= asked.requested_at
                or borne.starts_at <= asked.requested_at
            )
    inner join contact_keys as held
        on
            borne.contact_hash = held.contact_hash
            and held.starts_at <= asked.requested_at
            and held.ends_at > asked.requested_at
    group by
        asked.email_hash, asked.requested_at, held.contact_hash, held.contact_order,
        held.created_at
{%- endmacro %}
