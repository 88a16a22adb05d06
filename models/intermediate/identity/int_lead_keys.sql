-- One key for a lead with identical identities, on any number of days: activity is then counted
-- once for all of these days. Keys and numbers are valid for this run only.
with people as (
    select * from {{ ref('int_people') }}
),

lead_identities as (
    select * from {{ ref('int_lead_identities') }}
),

identity_sums as (
    select
        lead_identities.as_of,
        lead_identities.lead_number,
        -- A sum does not depend on the order of rows.
        sum(cast(
            {{ hash_key(['lead_identities.identity_key', 'lead_identities.counts_from']) }}
            as decimal(29, 0)
        )) as identities_checksum
    from lead_identities
    group by lead_identities.as_of, lead_identities.lead_number
),

identity_sets as (
    select
        people.as_of,
        people.contact_id as lead_id,
        people.contact_number as lead_number,
        coalesce(identity_sums.identities_checksum, 0) as identities_checksum
    from people
    left join identity_sums
        on
            people.as_of = identity_sums.as_of
            and people.contact_number = identity_sums.lead_number
    where not people.is_deleted
),

numbered_sets as (
    select
        distinct_sets.lead_number,
        distinct_sets.identities_checksum,
        cast(row_number() over (
            order by distinct_sets.lead_number, distinct_sets.identities_checksum
        ) as integer) as lead_key
    from (
        select distinct
            identity_sets.lead_number,
            identity_sets.identities_checksum
        from identity_sets
    ) as distinct_sets
)

select
    identity_sets.as_of,
    identity_sets.lead_id,
    identity_sets.lead_number,
    numbered_sets.lead_key
from identity_sets
inner join numbered_sets
    on
        identity_sets.lead_number = numbered_sets.lead_number
        and identity_sets.identities_checksum = numbered_sets.identities_checksum
