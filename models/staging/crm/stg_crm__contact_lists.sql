{{ config(materialized='ephemeral') }}

{% set raw = raw_table('raw_crm', 'contacts') %}

-- The lists of addresses and of merged contacts in raw rows, without the names of erased people;
-- no rows if nobody was ever erased. Always ephemeral, because lists name erased people.
with raw_rows as (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

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

{{ names_in_lists() }}
