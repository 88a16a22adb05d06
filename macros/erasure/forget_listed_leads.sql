{# After a trial: deletes erased people from the loaded list of sales-ready leads. #}
{% macro forget_listed_leads(seed) %}
{%- set salted_keys -%}
select erased_keys.key_hash from {{ ref('stg_erasure__erased_keys') }} as erased_keys
{%- endset -%}
delete from {{ seed }}
where
    {{ salted_hash('contact_id', as_id(cell('contact_id'))) }} in ({{ salted_keys }})
    or {{ salted_hash('email', written_address(cell('email'))) }} in ({{ salted_keys }})
{% endmacro %}
