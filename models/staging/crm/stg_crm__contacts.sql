{#- Spark's catalogue cannot store a view of this length; a table would show who is erased. -#}
{{ config(materialized='ephemeral' if target.type in ['spark', 'databricks'] else 'view') }}

{% set raw = raw_table('raw_crm', 'contacts') %}

with raw_rows as{{ computed_each_time() }} (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

contacts as{{ computed_once() }} (
    select
        {{ read_id(raw, 'contact_id') }} as contact_id,
        {{ read_email(raw, 'email') }} as email,
        {{ read_further_emails(raw) }} as additional_emails,
        {%- for name in contact_text_columns() if name != 'merged_into_contact_id' %}
        {{ read_id(raw, name) if name.endswith('_id') else read_known_text(raw, name) }}
            as {{ name }},
        {%- endfor %}
        {{ read_id(raw, 'merged_into_contact_id') }} as merge_target_id,
        {{ read_number(raw, 'budget_amount') }} as budget_amount,
        {{ read_boolean(raw, 'budget_confirmed') }} as budget_confirmed,
        {{ read_boolean(raw, 'technical_requirements_ready') }} as technical_requirements_ready,
        {{ read_date(raw, 'project_start_on') }} as project_start_on,
        {{ read_timestamp(raw, 'created_at') }} as created_at,
        {{ read_timestamp(raw, 'updated_at') }} as updated_at,
        {{ read_timestamp(raw, 'loaded_at') }} as loaded_at,
        {{ read_time_or_yes(raw, 'unsubscribed_at', 'updated_at') }} as unsubscribed_at,
        {{ read_time_or_yes(raw, 'deleted_at', 'updated_at') }} as deleted_at,
        {{ read_kept_by_hand(raw) }} as is_kept_by_hand,
        {%- for name in custom_attributes() %}
        {{ read_known_text(raw, name) }} as {{ adapter.quote('custom_' ~ name) }},
        {%- endfor %}
        {{ bare_columns(raw) }}
    from raw_rows
    cross join reading_rules
),

validated as (
    select
        contacts.*,
        case
            when contacts.contact_id is null then 'contact_id is missing'
            when contacts.created_at is null then 'created_at is missing or unreadable'
            when contacts.updated_at is null then 'updated_at is missing or unreadable'
        end as rejection_reason,
        {{ unreadable_cells(raw, 'contacts', [
            'email', 'additional_emails', 'budget_amount', 'budget_confirmed',
            'technical_requirements_ready', 'project_start_on', 'unsubscribed_at', 'deleted_at',
            'loaded_at',
        ]) }} as unreadable_cells
    from contacts
    cross join reading_rules
),

hashed as (
    select
        validated.*,
        case
            when validated.rejection_reason is not null then {{ row_as_json(raw, 'validated') }}
        end as raw_row,
        case
            when remembered.key_count > 0
                then {{ salted_hash('contact_id', 'validated.contact_id') }}
        end as contact_hash,
        case when remembered.key_count > 0 then {{ salted_hash('email', 'validated.email') }} end
            as email_hash,
        case
            when remembered.key_count > 0
                then {{ salted_hash('contact_id', 'validated.merge_target_id') }}
        end as merge_target_hash
    from validated
    {{ cross_join_remembered() }}
),

-- The lists of addresses and of merged contacts, without the names of erased people; no rows if
-- nobody was ever erased.
lists as (
    select distinct
        'email' as key_kind,
        {{ read_further_emails(raw) }} as list_text,
        {{ known_by(read_timestamp(raw, 'updated_at')) }} as known_at
    from raw_rows
    cross join reading_rules
    {{ cross_join_remembered() }}
    where remembered.key_count > 0

    union all

    select distinct
        'contact_id' as key_kind,
        {{ read_known_text(raw, 'merged_contact_ids') }} as list_text,
        {{ known_by(read_timestamp(raw, 'updated_at')) }} as known_at
    from raw_rows
    cross join reading_rules
    {{ cross_join_remembered() }}
    where remembered.key_count > 0
),

contact_lists as (
    with {{ names_in_lists() }}
),

matched as{{ computed_once() }} (
    select
        hashed.*,
        {{ erased_by('erased_targets', 'hashed.updated_at') }} as is_target_erased,
        {{ erased_by('erased_emails', 'hashed.updated_at') }} as is_email_erased,
        email_lists.erased_until is not null as is_email_list_shorter,
        email_lists.kept_text as kept_emails,
        email_lists.key_hashes as additional_email_hashes,
        id_lists.erased_until is not null as is_id_list_shorter,
        id_lists.kept_text as kept_ids,
        id_lists.key_hashes as listed_hashes,
        case
            when {{ erased_by('erased_contacts', 'hashed.created_at') }}
                then erased_contacts.erased_until
            when
                hashed.contact_id is null
                and {{ erased_by('erased_emails', 'hashed.created_at') }}
                then erased_emails.erased_until
            when
                hashed.rejection_reason is not null
                and {{ erased_by('erased_targets', 'hashed.updated_at') }}
                then erased_targets.erased_until
            when hashed.contact_id is null
                then coalesce(email_lists.erased_until, id_lists.erased_until)
        end as erased_until
    from hashed
    left join {{ ref('stg_erasure__erased_keys') }} as erased_contacts
        on hashed.contact_hash = erased_contacts.key_hash
    left join {{ ref('stg_erasure__erased_keys') }} as erased_emails
        on hashed.email_hash = erased_emails.key_hash
    left join {{ ref('stg_erasure__erased_keys') }} as erased_targets
        on hashed.merge_target_hash = erased_targets.key_hash
    left join contact_lists as email_lists
        on
            email_lists.key_kind = 'email'
            and hashed.additional_emails = email_lists.list_text
            and {{ known_by('hashed.updated_at') }} = email_lists.known_at
    left join contact_lists as id_lists
        on
            id_lists.key_kind = 'contact_id'
            and hashed.merged_contact_ids = id_lists.list_text
            and {{ known_by('hashed.updated_at') }} = id_lists.known_at
)

-- The row of an erased person retains hashes and times: it may arrive late and still link to other
-- contacts. A row of another contact that names the person stays without that name.
select
    matched.contact_hash,
    matched.email_hash,
    matched.additional_email_hashes,
    matched.merge_target_hash,
    matched.listed_hashes,
    matched.created_at,
    matched.updated_at,
    matched.deleted_at,
    matched.loaded_at,
    matched.rejection_reason,
    matched.erased_until,
    case when matched.erased_until is null and not matched.is_email_erased then matched.email end
        as email,
    case
        when matched.erased_until is not null then null
        when matched.is_email_list_shorter then matched.kept_emails
        else matched.additional_emails
    end as additional_emails,
    case
        when matched.erased_until is null and not matched.is_target_erased
            then matched.merge_target_id
    end as merged_into_contact_id,
    case
        when matched.erased_until is not null then null
        when matched.is_id_list_shorter then matched.kept_ids
        else matched.merged_contact_ids
    end as merged_contact_ids,
    case
        when
            matched.erased_until is null
            and not matched.is_email_erased
            and not matched.is_email_list_shorter
            and not matched.is_target_erased
            and not matched.is_id_list_shorter
            then matched.raw_row
    end as raw_row,
    matched.is_kept_by_hand,
    {{ columns_without_erased('matched', shown_contact_columns() + ['unreadable_cells']) }}
from matched
