{# Attributes by which leads are divided to see whether scores and probabilities hold for each part. #}
{% macro segment_attributes() %}
    {{ return(['country', 'industry', 'lead_source', 'company_size']) }}
{% endmacro %}

{# The part of a segment to which a lead belongs; null if it is not known. Expects a CTE with the attributes. #}
{% macro segment_value(segment, leads) -%}
    {%- if segment == 'company_size' -%}
        case
            when {{ leads }}.employee_count < 10 then 'fewer than 10'
            when {{ leads }}.employee_count < 50 then '10 to 49'
            when {{ leads }}.employee_count < 250 then '50 to 249'
            when {{ leads }}.employee_count < 1000 then '250 to 999'
            when {{ leads }}.employee_count >= 1000 then '1000 or more'
        end
    {%- else -%}
        {{ leads }}.{{ segment }}
    {%- endif -%}
{%- endmacro %}
