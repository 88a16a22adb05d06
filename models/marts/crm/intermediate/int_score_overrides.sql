-- Contacts whose score is maintained manually in the CRM: the latest known state, whatever the
-- as-of day, after the people whom this run erases have been deleted.
-- depends_on: {{ ref('int_erasures') }}, {{ ref('stg_crm__contact_versions') }}
{%- set columns = raw_table('raw_crm', 'contacts').columns %}
{%- if columns and override_column() not in columns %}
-- The raw table has no column for it.
select distinct
    stored.contact_id as lead_id,
    false as is_kept_by_hand
from {{ ref('stg_crm__contact_versions') }} as stored
{%- else %}
with contact_rows as (
    select
        contacts.contact_id,
        contacts.is_kept_by_hand,
        rank() over (
            partition by contacts.contact_id
            order by contacts.updated_at desc
        ) as version_rank
    from {{ ref('stg_crm__contacts') }} as contacts
    where
        contacts.contact_id is not null
        and contacts.rejection_reason is null
)

select
    contact_rows.contact_id as lead_id,
    max(case when contact_rows.is_kept_by_hand then 1 else 0 end) = 1 as is_kept_by_hand
from contact_rows
where contact_rows.version_rank = 1
group by contact_rows.contact_id
{%- endif %}
