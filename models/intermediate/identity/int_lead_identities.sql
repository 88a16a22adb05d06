-- Identities whose facts count for a lead.
with identity_people as (
    select * from {{ ref('int_identity_resolution') }}
),

people as (
    select * from {{ ref('int_people') }}
)

select
    identity_people.as_of,
    identity_people.identity_key,
    people.contact_id as lead_id,
    people.contact_number as lead_number,
    identity_people.counts_from
from identity_people
inner join people
    on
        identity_people.as_of = people.as_of
        and identity_people.person_contact_id = people.contact_id
where
    not people.is_deleted
    {% if not var('score_automated') -%}
    and not identity_people.is_automated
    {%- endif %}
