{#
    A CTE with a further column that is used several times: PostgreSQL would compute it again for
    each use.
#}
{% macro with_column(cte, name, expression) %}
    {{- return(adapter.dispatch('with_column', 'lead_scoring')(cte, name, expression)) -}}
{% endmacro %}

{% macro default__with_column(cte, name, expression) -%}
    select
        {{ cte }}.*,
        {{ expression }} as {{ name }}
    from {{ cte }}
{%- endmacro %}

{% macro postgres__with_column(cte, name, expression) -%}
    select
        {{ cte }}.*,
        computed.{{ name }}
    from {{ cte }}
    cross join lateral (
        select {{ expression }} as {{ name }}
        offset 0 -- keeps the planner from copying the expression
    ) as computed
{%- endmacro %}
