{#
    Whose each address was at a moment: of the contacts known then that bore it by then, the one
    created first, then the one with the smallest id. asked: a CTE with email_hash and requested_at.
    Needs int_contact_keys.
#}
{% macro address_owners(asked) -%}
    select
        ranked.email_hash,
        ranked.requested_at,
        ranked.contact_hash
    from (
        select
            asked.email_hash,
            asked.requested_at,
            held.contact_hash,
            row_number() over (
                partition by asked.email_hash, asked.requested_at
                order by held.created_at, held.contact_order, held.contact_hash
            ) as owner_rank
        from {{ asked }} as asked
        inner join contact_keys as borne
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
    ) as ranked
    where ranked.owner_rank = 1
{%- endmacro %}
