{# Of each lead and scoring model the last row of a relation, by the column `day` and up to `until`. #}
{% macro last_of_each_lead(relation, day, until=none) -%}
    select ranked.*
    from (
        select
            dated.*,
            row_number() over (
                partition by dated.lead_id, dated.scoring_model
                order by dated.{{ day }} desc
            ) as day_rank
        from {{ relation }} as dated
        {%- if until %}
        where dated.{{ day }} {{ until }}
        {%- endif %}
    ) as ranked
    where ranked.day_rank = 1
{%- endmacro %}
