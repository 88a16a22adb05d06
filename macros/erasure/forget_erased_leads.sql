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
    and not {{ is_new_person(day) }}
{%- endset -%}
{{ if_table_exists(published, deletion) }}
{% endmacro %}
