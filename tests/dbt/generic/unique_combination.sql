{#
    Checks that the columns are a key: no two rows share their values (null equals null), and
    none of them is null. Returns a row for each combination that violates this.
#}
{% test unique_combination(model, columns) %}
select
    {{ columns | join(',\n    ') }},
    count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having
    count(*) > 1
    {%- for name in columns %}
    or {{ name }} is null
    {%- endfor %}
{% endtest %}
