-- Owner of each e-mail address on each as-of day. If several known contacts have or had it,
-- contacts whose survivor is a lead come first, then those that have it on the day, then the one
-- created first.
with contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

contact_merges as (
    select * from {{ ref('int_contact_merges') }}
),

people as (
    select * from {{ ref('int_people') }}
),

contact_versions as (
    select * from {{ ref('int_contact_versions') }}
),

addresses as (
    select
        contact_versions.contact_id,
        contact_versions.updated_at,
        contact_versions.email
    from contact_versions
    where contact_versions.email is not null

    union distinct

    select
        listing.contact_id,
        listing.updated_at,
        {{ written_address(clean_text('list_words.word')) }} as email
    from (
        select * from contact_versions
        where additional_emails is not null
    ) as listing
    {{ cross_join_words(replace_commas('listing.additional_emails')) }}
),

bearers as (
    select
        contacts.as_of,
        contacts.contact_id,
        contacts.created_at,
        addresses.email,
        max(case when addresses.updated_at = contacts.updated_at then 1 else 0 end) as has_it_now
    from addresses
    inner join contacts on addresses.contact_id = contacts.contact_id
    where
        addresses.email is not null
        and (
            addresses.updated_at = contacts.updated_at
            or {{ local_date('addresses.updated_at') }} <= contacts.as_of
        )
    group by contacts.as_of, contacts.contact_id, contacts.created_at, addresses.email
),

ranked as (
    select
        bearers.as_of,
        bearers.email,
        contact_merges.survivor_contact_id,
        not people.is_deleted as is_lead,
        row_number() over (
            partition by bearers.as_of, bearers.email
            order by
                case when people.is_deleted then 1 else 0 end,
                bearers.has_it_now desc,
                bearers.created_at,
                {{ byte_order('bearers.contact_id') }}
        ) as owner_rank
    from bearers
    inner join contact_merges
        on
            bearers.as_of = contact_merges.as_of
            and bearers.contact_id = contact_merges.contact_id
    inner join people
        on
            contact_merges.as_of = people.as_of
            and contact_merges.survivor_contact_id = people.contact_id
)

select
    ranked.as_of,
    ranked.email,
    ranked.survivor_contact_id,
    ranked.is_lead
from ranked
where ranked.owner_rank = 1
