{#
    What the hooks of the model erasures do, a statement each; erasures is the relation of that model.
    On engines where they are not one transaction a killed run may have done the first ones only. Then
    the next run does them again: what people are known by goes last, when their keys are remembered.
#}

{#
    A stub for each erased row: when it was delivered and which event it was a version of, so that
    counts close and no older version takes its place.
#}
{% macro insert_stubs_of_erased_rows(erasures) %}
{%- set kept = {
    'row_key': hash_key([salted_hash('row', 'cast(stored.row_key as ' ~ dbt.type_string() ~ ')')]),
    'event_key': 'case when stored.event_id is not null then stored.event_key else '
        ~ hash_key(['stored.source_table', 'stored.loaded_at']) ~ ' end',
    'source_table': 'stored.source_table',
    'source': 'stored.source',
    'loaded_on': 'stored.loaded_on',
    'loaded_at': 'stored.loaded_at',
    'reading_rules_key': 'stored.reading_rules_key',
    'rejected_because': 'stored.rejected_because',
    'row_count': 'stored.row_count',
    'row_status': "'erased'",
    'erased_until': 'erasures.erased_until',
} %}
{%- set forgotten = {} -%}
{%- for name in stored_column_names() -%}
    {%- do forgotten.update({name: 'null'}) -%}
{%- endfor -%}
{{ insert_in_their_place(erasures, 'erase', dict(forgotten, **kept)) }}
{% endmacro %}

{#
    A row of another contact that forgets the address, in the place of the one that names it. It
    keeps until when the address is erased: should its contact go from the raw table, it follows.
#}
{% macro insert_rows_without_email(erasures) %}
{%- set changed = {
    'row_key': hash_key(['stored.row_key', "'email forgotten'"]),
    'identity_key': hash_key(
        ['stored.contact_id', 'null', 'stored.anonymous_id', 'stored.is_automated']),
    'email': 'null',
    'raw_row': 'null',
    'email_erased_until': 'erasures.erased_until',
} %}
{{ insert_in_their_place(erasures, 'forget_email', changed) }}
{% endmacro %}

{% macro stored_column_names() %}
    {{ return(activity_row_column_names() + ['raw_row', 'row_status']) }}
{% endmacro %}

{#
    The rows of an action with other values (a dict column -> SQL, row_key among them), beside the
    ones that are deleted next. Rows that a killed run has inserted are not inserted again.
#}
{% macro insert_in_their_place(erasures, action, values) -%}
insert into {{ ref('activity_rows') }} ({{ stored_column_names() | join(', ') }})
select
    {%- for name in stored_column_names() %}
    {{ values.get(name, 'stored.' ~ name) }} as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ ref('activity_rows') }} as stored
inner join {{ erasures }} as erasures on stored.row_key = erasures.row_key
where
    erasures.action = '{{ action }}'
    and {{ values['row_key'] }} not in (
        select inserted.row_key
        from {{ ref('activity_rows') }} as inserted
        where inserted.erased_until is not null or inserted.email_erased_until is not null
    )
{%- endmacro %}

{% macro delete_erased_rows(erasures) %}
delete from {{ ref('activity_rows') }}
where row_key in (
    select erasures.row_key
    from {{ erasures }} as erasures
    where erasures.action in ('erase', 'forget_email')
)
{% endmacro %}

{% macro delete_erased_contacts(erasures) %}
delete from {{ ref('contact_versions') }}
where {{ falls_under(erasures, ref('contact_versions'), 'contact_id', 'created_at') }}
{% endmacro %}

{% macro forget_merges_into_erased_contacts(erasures) %}
update {{ ref('contact_versions') }}
set
    merged_into_contact_id = null,
    content_key = {{ version_key_without('contact', 'merged_into_contact_id') }}
where {{ falls_under(erasures, ref('contact_versions'), 'merged_into_contact_id', 'updated_at') }}
{% endmacro %}

{% macro delete_erased_deals(erasures) %}
delete from {{ ref('deal_versions') }}
where
    company_id is null
    and {{ falls_under(erasures, ref('deal_versions'), 'contact_id', 'created_at') }}
{% endmacro %}

{% macro forget_contacts_of_deals(erasures) %}
update {{ ref('deal_versions') }}
set
    contact_id = null,
    content_key = {{ version_key_without('deal', 'contact_id') }}
where {{ falls_under(erasures, ref('deal_versions'), 'contact_id', 'created_at') }}
{% endmacro %}

{% macro delete_outlived_keys(erasures) %}
delete from {{ ref('erased_keys') }}
where exists (
    select 1
    from (
        select
            stored.key_hash as stored_key,
            max(stored.erased_until) as last_until
        from {{ ref('erased_keys') }} as stored
        group by stored.key_hash
    ) as last_keys
    where last_keys.stored_key = key_hash and last_keys.last_until > erased_until
)
{% endmacro %}

{% macro remember_erased_keys(erasures) %}
insert into {{ ref('erased_keys') }} (key_hash, erased_until)
select
    erasures.key_hash,
    max(erasures.erased_until) as erased_until
from {{ erasures }} as erasures
where erasures.action = 'remember'
group by erasures.key_hash
{% endmacro %}

{#
    Whether a version's contact id is erased by this run, for what the time column says; without
    transactions also by a run before that was killed. Joins in one query, as a query within a query
    cannot be part of a deletion on every engine.
#}
{% macro falls_under(erasures, versions, contact_id, time) -%}
    {%- set is_one_transaction = target.type in ['duckdb', 'postgres'] -%}
content_key in (
    select stored.content_key
    from {{ versions }} as stored
    cross join {{ ref('erasure_salt') }} as erasure_salt
    inner join {{ erasures if is_one_transaction else ref('erased_keys') }} as erasures
        on
            {{ salted_hash('contact_id', 'stored.' ~ contact_id, 'erasure_salt.salt') }} = erasures.key_hash
            and stored.{{ time }} <= erasures.erased_until
    {{ "where erasures.action = 'remember'" if is_one_transaction }}
)
{%- endmacro %}

{# The content_key of a version that has forgotten a column. #}
{% macro version_key_without(entity, forgotten) -%}
    {%- set values = [] -%}
    {%- for name in [entity ~ '_id', 'updated_at'] + version_columns(entity) -%}
        {%- do values.append('null' if name == forgotten else name) -%}
    {%- endfor -%}
    {{ hash_key(values) }}
{%- endmacro %}
