{{ config(materialized='ephemeral') }}

-- Every delivered row of the five activity tables, valid or rejected, in one shape. A row of an
-- erased person retains only its delivery time and the event that it is a version of.
with delivered as (
    select * from {{ ref('stg_activity__web_events') }}
    union all
    select * from {{ ref('stg_activity__email_events') }}
    union all
    select * from {{ ref('stg_activity__social_events') }}
    union all
    select * from {{ ref('stg_activity__product_events') }}
    union all
    select * from {{ ref('stg_crm__sales_activities') }}
),

-- A row with the address of an erased person belongs to that person unless its contact_id is that
-- of another known contact.
known_contacts as (
    select
        contact_versions.contact_id,
        min(contact_versions.created_at) as created_at
    from {{ ref('stg_crm__contact_versions') }} as contact_versions
    {{ cross_join_remembered() }}
    where remembered.key_count > 0
    group by contact_versions.contact_id
),

erased_keys as (
    select * from {{ ref('stg_erasure__erased_keys') }}
),

-- Hashed before the joins, because not every engine accepts the salt query in a join condition.
hashed as (
    select
        delivered.*,
        remembered.key_count > 0 as is_anybody_erased,
        case
            when remembered.key_count > 0
                then {{ salted_hash('contact_id', 'delivered.contact_id') }}
        end as contact_hash,
        case
            when remembered.key_count > 0
                then {{ salted_hash('email', 'delivered.email') }}
        end as email_hash,
        case
            when remembered.key_count > 0
                then {{ salted_hash('anonymous_id', 'delivered.anonymous_id') }}
        end as anonymous_hash
    from delivered
    {{ cross_join_remembered() }}
),

matched as (
    select
        hashed.*,
        coalesce(
            case
                when {{ erased_by('erased_contacts', 'hashed.occurred_at') }}
                    then erased_contacts.erased_until
            end,
            case
                when
                    {{ erased_by('erased_emails', 'hashed.occurred_at') }}
                    and coalesce(known_contacts.created_at > erased_emails.erased_until, true)
                    then erased_emails.erased_until
            end
        ) as erased_by_name_until,
        case
            when
                hashed.contact_id is null
                and hashed.email is null
                and {{ erased_by('erased_devices', 'hashed.occurred_at') }}
                then erased_devices.erased_until
        end as erased_by_device_until,
        {{ erased_by('erased_emails', 'hashed.occurred_at') }} as is_email_erased,
        erased_emails.erased_until as email_forgotten_until
    from hashed
    left join erased_keys as erased_contacts on hashed.contact_hash = erased_contacts.key_hash
    left join erased_keys as erased_emails on hashed.email_hash = erased_emails.key_hash
    left join erased_keys as erased_devices on hashed.anonymous_hash = erased_devices.key_hash
    left join known_contacts on hashed.contact_id = known_contacts.contact_id
),

marked as (
    {{ with_column(
        'matched', 'erased_until',
        'coalesce(matched.erased_by_name_until, matched.erased_by_device_until)'
    ) }}
)

select
    marked.source_table,
    marked.source,
    marked.loaded_at,
    marked.bare_loaded_at,
    marked.rejection_reason,
    marked.erased_until,
    case
        when marked.erased_until is null then marked.event_id
        else {{ event_hash('marked.source_table', 'marked.event_id') }}
    end as event_id,
    case
        when
            marked.erased_until is null
            and not marked.is_email_erased
            and not (
                marked.is_anybody_erased
                and {{ may_name_others('marked.raw_row', 'marked.email') }}
            )
            then marked.raw_row
    end as raw_row,
    case
        when marked.erased_until is null and not marked.is_email_erased then marked.email
    end as email,
    case
        when marked.erased_until is null and marked.is_email_erased
            then marked.email_forgotten_until
    end as email_erased_until,
    case
        when marked.erased_by_name_until is not null
            then {{ salted_hash('anonymous_id', 'marked.anonymous_id') }}
    end as device_hash,
    case
        when marked.erased_until is null and marked.rejection_reason is null
            then {{ local_date('marked.occurred_at') }}
    end as occurred_on,
    case
        when marked.erased_until is not null then null
        when marked.percent_complete < 0 then -1
        when marked.percent_complete > 100 then 100
        else cast(floor(marked.percent_complete) as integer)
    end as percent_floor,
    {{ columns_without_erased('marked', activity_column_types()) }},
    {{ loaded_on('marked.loaded_at') }} as loaded_on
from marked
