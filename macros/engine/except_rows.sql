{# Between two queries: the rows of the first that the second lacks, null for null. #}
{% macro except_rows() -%}
    {{ 'except distinct' if target.type == 'bigquery' else 'except' }}
{%- endmacro %}
