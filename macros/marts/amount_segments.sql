{#
    The segment of a lead's deal, as text: its values of the attributes that the var
    expected_amount_segments names. The relation is int_lead_profiles.
#}
{% macro amount_segment(profiles) -%}
    {%- set values = [] -%}
    {%- for name in names_of_var('expected_amount_segments') -%}
        {%- set column = profiles ~ '.' ~ ('employee_count' if name == 'company_size' else profile_column(name)) -%}
        {%- set value = company_size(column) if name == 'company_size' else 'lower(' ~ column ~ ')' -%}
        {%- do values.append("coalesce(" ~ value ~ ", 'not known')") -%}
    {%- endfor -%}
    {%- if values | length > 1 -%}
        concat({{ values | join(", ', ', ") }})
    {%- else -%}
        {{ values[0] if values else "'all leads'" }}
    {%- endif -%}
{%- endmacro %}

{# The size of a company in words; null when its number of employees is. #}
{% macro company_size(employee_count) -%}
    case
            when {{ employee_count }} < 10 then 'fewer than 10'
            when {{ employee_count }} < 50 then '10 to 49'
            when {{ employee_count }} < 250 then '50 to 249'
            when {{ employee_count }} < 1000 then '250 to 999'
            when {{ employee_count }} >= 1000 then '1000 or more'
        end
{%- endmacro %}

{# A scoring model with fewer deals has no expected amounts. #}
{% macro fewest_deals() %}
    {{ return(20) }}
{% endmacro %}
