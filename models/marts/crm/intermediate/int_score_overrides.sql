-- Contacts, and whether their score is maintained manually in the CRM: the latest known state,
-- whatever the as-of day, after the people whom this run erases have been deleted. Empty if the raw
-- table is.
-- depends_on: {{ ref('int_erasures') }}
with contact_rows as{{ computed_each_time() }} (
    select
        contacts.contact_id,
        contacts.updated_at,
        contacts.loaded_at,
        contacts.is_kept_by_hand
    from {{ ref('stg_crm__contacts') }} as contacts
    where
        contacts.contact_id is not null
        and contacts.rejection_reason is null
),

known_contacts as (
    select distinct stored.contact_id
    from {{ ref('stg_crm__contact_versions') }} as stored
    where exists (select 1 from {{ ref('stg_crm__contacts') }})
),

-- Known to be none, without reading the rows, if the raw table has no such column.
kept_once as (
    select distinct contact_rows.contact_id
    from contact_rows
    where contact_rows.is_kept_by_hand
),

ranked_rows as (
    select
        contact_rows.contact_id,
        contact_rows.is_kept_by_hand,
        rank() over (
            partition by contact_rows.contact_id
            order by
                contact_rows.updated_at desc,
                case when contact_rows.loaded_at is null then 1 else 0 end,
                contact_rows.loaded_at desc
        ) as version_rank
    from contact_rows
    inner join kept_once on contact_rows.contact_id = kept_once.contact_id
),

kept_now as (
    select distinct ranked_rows.contact_id
    from ranked_rows
    where ranked_rows.version_rank = 1 and ranked_rows.is_kept_by_hand
)

select
    known_contacts.contact_id as lead_id,
    kept_now.contact_id is not null as is_kept_by_hand
from known_contacts
left join kept_now on known_contacts.contact_id = kept_now.contact_id
