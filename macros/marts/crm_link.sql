{# Where a lead is in the CRM: the template of the var crm_lead_url with its id; null without one. #}
{% macro crm_link(lead_id) -%}
    {%- if var('crm_lead_url') -%}
        replace({{ text_literal(var('crm_lead_url')) }}, {{ text_literal('{lead_id}') }}, {{ lead_id }})
    {%- else -%}
        null
    {%- endif -%}
{%- endmacro %}
