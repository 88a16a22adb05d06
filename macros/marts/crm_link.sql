{# Link to a lead in the CRM: the var crm_lead_url with the lead's id; null without the var. #}
{% macro crm_link(lead_id) -%}
    {%- if var('crm_lead_url') -%}
        replace({{ text_literal(var('crm_lead_url')) }}, {{ text_literal('{lead_id}') }}, {{ lead_id }})
    {%- else -%}
        null
    {%- endif -%}
{%- endmacro %}
