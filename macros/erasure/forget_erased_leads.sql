{#
    Before a run publishes: deletes what was published about erased leads. A lead with the same id
    that was created later is a new person and stays. `day` is the column with the published day, or
    SQL for it.
#}
{% macro forget_erased_leads(published, day='changed_on') %}
{%- set deletion -%}
delete from {{ published }}
where
    {{ salted_hash('contact_id', 'lead_id') }} in (
        select erased_keys.key_hash from {{ ref('stg_erasure__erased_keys') }} as erased_keys
    )
    and not exists (
        select 1
        from {{ ref('int_contact_versions') }} as new_people
        where
            new_people.contact_id = lead_id
            and {{ local_date('new_people.created_at') }} <= {{ day }}
    )
{%- endset -%}
{# On the first run there is no table yet. #}
{{ deletion if execute and (not flags.INTROSPECT or load_relation(published) is not none) }}
{% endmacro %}
