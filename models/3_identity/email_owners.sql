-- Whose each e-mail address is: the known contact that bears or bore it and was created first.
with contacts as (
    select * from {{ ref('contacts_as_of') }}
),

contact_survivors as (
    select * from {{ ref('contact_survivors') }}
),

contact_versions as (
    select * from {{ ref('contact_versions') }}
),

borne_addresses as (
    select
        contact_versions.email,
        contacts.contact_id,
        contacts.created_at
    from contact_versions
    inner join contacts on contact_versions.contact_id = contacts.contact_id
    where
        contact_versions.email is not null
        and (
            {{ local_date('contact_versions.updated_at') }} <= {{ as_of() }}
            or contact_versions.updated_at = contacts.updated_at
        )
),

ranked as (
    select
        borne_addresses.email,
        borne_addresses.contact_id,
        row_number() over (
            partition by borne_addresses.email
            order by borne_addresses.created_at, borne_addresses.contact_id
        ) as owner_rank
    from borne_addresses
)

select
    ranked.email,
    ranked.contact_id,
    contact_survivors.survivor_contact_id
from ranked
inner join contact_survivors on ranked.contact_id = contact_survivors.contact_id
where ranked.owner_rank = 1
