{# Attributes that define the segments of evaluations and model cards. #}
{% macro segment_attributes() %}
    {{ return(['country', 'industry', 'lead_source', 'company_size']) }}
{% endmacro %}

{# The part of a segment to which a lead belongs; null if it is not known. Expects a CTE with the attributes. #}
{% macro segment_value(segment, leads) -%}
    {%- if segment == 'company_size' -%}
        {{ company_size(leads ~ '.employee_count') }}
    {%- else -%}
        {{ leads }}.{{ segment }}
    {%- endif -%}
{%- endmacro %}
