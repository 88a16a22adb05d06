{#
    Rows with the same id are versions of one event. Once anyone has been erased, the id is
    hashed, because an erased row keeps only the hash. `erased_keys` has key_count.
#}
{% macro event_key(cte, erased_keys) -%}
    case
            when {{ erased_keys }}.key_count > 0 and {{ cte }}.erased_until is null
                then {{ event_hash(cte ~ '.source_table', cte ~ '.event_id') }}
            else {{ cte }}.event_id
        end
{%- endmacro %}

{# Orders versions that arrived at the same time by their content. #}
{% macro content_order(cte) -%}
    {%- for name in activity_content_columns() -%}
        {%- set column = cte ~ '.' ~ name -%}
        {%- if name in ['occurred_at'] + identity_columns()[3:] + ['duration_seconds', 'percent_complete', 'quantity'] -%}
            case when {{ column }} is null then 0 else 1 end, {{ column }}
        {%- else -%}
            {{ byte_order("coalesce(" ~ column ~ ", '')") }}
        {%- endif -%}
        {{ ',\n                ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
