-- Identities whose facts count for a lead.
with identity_resolution as (
    select * from {{ ref('int_identity_resolution') }}
),

people as (
    select * from {{ ref('int_people') }}
)

select
    identity_resolution.as_of,
    identity_resolution.identity_key,
    people.contact_id as lead_id,
    people.contact_number as lead_number,
    identity_resolution.counts_from
from identity_resolution
inner join people
    on
        identity_resolution.as_of = people.as_of
        and identity_resolution.lead_id = people.contact_id
{% if not var('score_automated') -%}
where not identity_resolution.is_automated
{%- endif %}
