{#
    Tables with lead ids that only training builds, so that other runs have to delete erased people.
#}
{% macro training_tables_with_leads() %}
    {{ return([
        'int_attribute_groups', 'int_deals_of_leads', 'int_holdout_leads', 'int_holdout_probabilities',
        'int_observations', 'int_observed_attributes', 'int_fit_observations', 'int_fit_sample',
        'int_training_features',
    ]) }}
{% endmacro %}

{#
    Deletes erased people from the tables of the last training. Does nothing if nobody was ever
    erased, and keeps a new person with the id of an erased one.
#}
{% macro delete_erased_observations() %}
    {%- if execute and flags.INTROSPECT
        and run_query('select 1 as one_row from ' ~ ref('stg_erasure__erased_keys') ~ ' limit 1').rows | length > 0 -%}
        {%- for name in training_tables_with_leads() -%}
            {%- set observed = load_relation(this.incorporate(path={'identifier': name})) -%}
            {%- if observed is not none -%}
                {%- do run_query(erased_observations_deletion(observed)) -%}
            {%- endif -%}
        {%- endfor -%}
        {#- Its rows do not say whose they are. Only a training reads it, and fills it anew. -#}
        {%- set values = load_relation(this.incorporate(path={'identifier': 'int_fit_values'})) -%}
        {%- if values is not none -%}
            {%- do run_query('delete from ' ~ values ~ ' where true') -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{% macro erased_observations_deletion(observed) -%}
delete from {{ observed }}
where
    lead_id in (
        select leads.lead_id
        from (select distinct seen.lead_id from {{ observed }} as seen) as leads
        where {{ salted_hash('contact_id', 'leads.lead_id') }} in (
            select erased_keys.key_hash from {{ ref('stg_erasure__erased_keys') }} as erased_keys
        )
    )
    and not {{ is_new_person('as_of') }}
{%- endmacro %}
