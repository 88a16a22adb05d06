{#
    The statements of the hooks of int_erasures; erasures is the relation of that model. On engines
    where they are not one transaction, a killed run may have executed only the first ones. The next
    run then executes all of them again, because the keys of the people are remembered last.
#}

{#
    A stub for each erased row: its delivery and its event, so that the counts add up and no older
    version takes its place.
#}
{% macro insert_stubs_of_erased_rows(erasures) %}
{%- set kept = {
    'source_table': 'stored.source_table',
    'source': 'stored.source',
    'event_id': 'case when stored.erased_until is null then '
        ~ event_hash('stored.source_table', 'stored.event_id') ~ ' else stored.event_id end',
    'loaded_on': 'stored.loaded_on',
    'loaded_at': 'stored.loaded_at',
    'reading_rules_key': 'stored.reading_rules_key',
    'rejection_reason': 'stored.rejection_reason',
    'erased_until': 'erasures.erased_until',
    'row_count': 'stored.row_count',
    'row_status': "'erased'",
    'row_checksum': '0',
} %}
{%- set forgotten = {'is_automated': 'false'} -%}
{%- for name in stored_activity_columns() if name != 'is_automated' -%}
    {%- do forgotten.update({name: 'null'}) -%}
{%- endfor -%}
{{ insert_in_their_place(erasures, 'erase', dict(forgotten, **kept)) }}
{% endmacro %}

{#
    A row of another contact without the address, in place of the row with it. It stores until when
    the address is erased: if its contact disappears from the raw table, the row is erased, too.
#}
{% macro insert_rows_without_email(erasures) %}
{%- set changed = {
    'email': 'null',
    'raw_row': 'null',
    'email_erased_until': 'erasures.erased_until',
    'row_checksum': change_checksum(['stored.row_checksum', "'email forgotten'"]),
} %}
{{ insert_in_their_place(erasures, 'forget_email', changed) }}
{% endmacro %}

{# Rejected rows stay, without the JSON in which nobody has looked for the erased people. #}
{% macro forget_rows_that_may_name_others(erasures) %}
update {{ ref('int_activity_log') }}
set raw_row = null
where
    raw_row is not null
    and {{ may_name_others('raw_row', 'email') }}
    and exists (select 1 from {{ erasures }})
{% endmacro %}

{#
    Inserts the rows of an action with other values (a dict column -> SQL) before the old ones are
    deleted, with negated numbers and as of the last run. Rows that a killed run has inserted are
    not inserted again.
#}
{% macro insert_in_their_place(erasures, action, changed) -%}
{%- set values = dict(changed, row_number='-stored.row_number', run_number='last_run.run_number') -%}
insert into {{ ref('int_activity_log') }} ({{ stored_activity_columns() | join(', ') }})
select
    {%- for name in stored_activity_columns() %}
    {{ values.get(name, 'stored.' ~ name) }} as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ ref('int_activity_log') }} as stored
inner join {{ erasures }} as erasures on stored.row_number = erasures.row_number
cross join (
    select max(activity_log.run_number) as run_number
    from {{ ref('int_activity_log') }} as activity_log
) as last_run
where
    erasures.action = '{{ action }}'
    and -stored.row_number not in (
        select inserted.row_number
        from {{ ref('int_activity_log') }} as inserted
        where inserted.erased_until is not null or inserted.email_erased_until is not null
    )
{%- endmacro %}

{% macro delete_erased_rows(erasures) %}
delete from {{ ref('int_activity_log') }}
where row_number in (
    select erasures.row_number
    from {{ erasures }} as erasures
    where erasures.action in ('erase', 'forget_email')
)
{% endmacro %}

{% macro delete_erased_contacts(erasures) %}
delete from {{ ref('stg_crm__contact_versions') }}
where {{ falls_under(erasures, ref('stg_crm__contact_versions'), 'contact_id', 'contact_id', 'created_at') }}
{% endmacro %}

{#
    Versions of other contacts lose the names of erased people that were written by the time of the
    request. Nothing is hashed if this run erases nobody or, where a killed run may have left work
    to this one, if nobody was ever erased.
#}
{% macro forget_names_in_other_contacts(erasures) %}
{%- set is_one_transaction = target.type in ['duckdb', 'postgres'] -%}
merge into {{ ref('stg_crm__contact_versions') }} as stored
using (
    select
        hashed.contact_id,
        hashed.updated_at,
        case when erased_emails.key_hash is null then hashed.email end as email,
        case
            when email_lists.erased_until is null then hashed.additional_emails
            else email_lists.kept_text
        end as additional_emails,
        case when erased_targets.key_hash is null then hashed.merged_into_contact_id end
            as merged_into_contact_id,
        case
            when id_lists.erased_until is null then hashed.merged_contact_ids
            else id_lists.kept_text
        end as merged_contact_ids
    from (
        select
            versions.*,
            {{ salted_hash('email', 'versions.email', 'salt.salt') }} as email_hash,
            {{ salted_hash('contact_id', 'versions.merged_into_contact_id', 'salt.salt') }}
                as merge_target_hash
        from {{ ref('stg_crm__contact_versions') }} as versions
        cross join {{ ref('stg_erasure__salt') }} as salt
        cross join (
            select count(*) as erasure_count
            from {{ erasures if is_one_transaction else ref('stg_erasure__erased_keys') }}
        ) as carried_out
        where carried_out.erasure_count > 0
    ) as hashed
    left join {{ ref('stg_erasure__erased_keys') }} as erased_emails
        on
            hashed.email_hash = erased_emails.key_hash
            and hashed.updated_at <= erased_emails.erased_until
    left join {{ ref('stg_erasure__erased_keys') }} as erased_targets
        on
            hashed.merge_target_hash = erased_targets.key_hash
            and hashed.updated_at <= erased_targets.erased_until
    left join {{ ref('int_contact_lists') }} as email_lists
        on
            email_lists.key_kind = 'email'
            and hashed.additional_emails = email_lists.list_text
            and hashed.updated_at = email_lists.known_at
    left join {{ ref('int_contact_lists') }} as id_lists
        on
            id_lists.key_kind = 'contact_id'
            and hashed.merged_contact_ids = id_lists.list_text
            and hashed.updated_at = id_lists.known_at
    where
        erased_emails.key_hash is not null
        or erased_targets.key_hash is not null
        or email_lists.erased_until is not null
        or id_lists.erased_until is not null
) as shortened
    on
        stored.contact_id = shortened.contact_id
        and stored.updated_at = shortened.updated_at
when matched then update set
    email = shortened.email,
    additional_emails = shortened.additional_emails,
    merged_into_contact_id = shortened.merged_into_contact_id,
    merged_contact_ids = shortened.merged_contact_ids
{% endmacro %}

{% macro delete_erased_deals(erasures) %}
delete from {{ ref('stg_crm__deal_versions') }}
where
    company_id is null
    and {{ falls_under(erasures, ref('stg_crm__deal_versions'), 'deal_id', 'contact_id', 'created_at') }}
{% endmacro %}

{% macro forget_contacts_of_deals(erasures) %}
update {{ ref('stg_crm__deal_versions') }}
set contact_id = null
where {{ falls_under(erasures, ref('stg_crm__deal_versions'), 'deal_id', 'contact_id', 'created_at') }}
{% endmacro %}

{% macro delete_outlived_keys(erasures) %}
delete from {{ ref('stg_erasure__erased_keys') }}
where {{ remembered_text('') }} not in (
    select {{ remembered_text('latest.') }}
    from (
        select
            stored.key_hash,
            max(stored.erased_until) as erased_until
        from {{ ref('stg_erasure__erased_keys') }} as stored
        group by stored.key_hash
    ) as latest
)
{% endmacro %}

{% macro remembered_text(prefix) -%}
    {{ prefix }}key_hash || chr(31) || cast({{ prefix }}erased_until as {{ dbt.type_string() }})
{%- endmacro %}

{% macro remember_erased_keys(erasures) %}
insert into {{ ref('stg_erasure__erased_keys') }} (key_hash, erased_until)
select
    erasures.key_hash,
    max(erasures.erased_until) as erased_until
from {{ erasures }} as erasures
where erasures.action = 'remember'
group by erasures.key_hash
{% endmacro %}

{#
    Whether this run erases a version's contact id at the time in the time column; without
    transactions, also whether an earlier, killed run did. Joins in one query, because not every
    engine allows nested queries in a deletion; hashed first, because DuckDB would otherwise compare
    row by row.
#}
{% macro falls_under(erasures, versions, key, contact_id, time) -%}
    {%- set is_one_transaction = target.type in ['duckdb', 'postgres'] -%}
{{ version_text(key, '') }} in (
    select hashed.version_word
    from (
        select
            {{ version_text(key, 'stored.') }} as version_word,
            stored.{{ time }} as known_at,
            {{ salted_hash('contact_id', 'stored.' ~ contact_id, 'salt.salt') }} as key_hash
        from {{ versions }} as stored
        cross join {{ ref('stg_erasure__salt') }} as salt
    ) as hashed
    inner join {{ erasures if is_one_transaction else ref('stg_erasure__erased_keys') }} as erasures
        on
            hashed.key_hash = erasures.key_hash
            and hashed.known_at <= erasures.erased_until
    {{ "where erasures.action = 'remember'" if is_one_transaction }}
)
{%- endmacro %}

{# What identifies a version, as one text. #}
{% macro version_text(key, prefix) -%}
    {{ prefix }}{{ key }} || chr(31) || cast({{ prefix }}updated_at as {{ dbt.type_string() }})
{%- endmacro %}
