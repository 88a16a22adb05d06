-- Owner of each e-mail address: of the known contacts that have or had it, the one created first.
with contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

contact_merges as (
    select * from {{ ref('int_contact_merges') }}
),

contact_versions as (
    select * from {{ ref('int_contact_versions') }}
),

borne_addresses as (
    select
        contact_versions.contact_id,
        contact_versions.email,
        min({{ local_date('contact_versions.updated_at') }}) as first_borne_on
    from contact_versions
    where contact_versions.email is not null
    group by contact_versions.contact_id, contact_versions.email
),

ranked as (
    select
        contacts.as_of,
        borne_addresses.email,
        borne_addresses.contact_id,
        row_number() over (
            partition by contacts.as_of, borne_addresses.email
            order by contacts.created_at, {{ byte_order('borne_addresses.contact_id') }}
        ) as owner_rank
    from borne_addresses
    inner join contacts on borne_addresses.contact_id = contacts.contact_id
    where
        borne_addresses.first_borne_on <= contacts.as_of
        or borne_addresses.email = contacts.email
)

select
    ranked.as_of,
    ranked.email,
    ranked.contact_id,
    contact_merges.survivor_contact_id
from ranked
inner join contact_merges
    on
        ranked.as_of = contact_merges.as_of
        and ranked.contact_id = contact_merges.contact_id
where ranked.owner_rank = 1
