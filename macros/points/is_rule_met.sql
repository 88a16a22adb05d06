{#
    Whether what is counted meets a criterion. counts: a relation with limited_occurrences,
    earlier_occurrences and base_occurrences as decimals, so that shares are compared exactly;
    criteria: one like config_engagement_criteria; idle_days: whole days since the last occurrence.
    Rules each and amount are met by any occurrence.
#}
{% macro is_rule_met(counts, criteria, idle_days) -%}
case {{ criteria }}.rule
            when 'count'
                then
                    {{ counts }}.limited_occurrences >= coalesce({{ criteria }}.min_count, 0)
                    and {{ counts }}.limited_occurrences
                    <= coalesce({{ criteria }}.max_count, {{ counts }}.limited_occurrences)
            when 'rate'
                then
                    {{ counts }}.base_occurrences > 0
                    and {{ counts }}.base_occurrences >= coalesce({{ criteria }}.min_count, 0)
                    and {{ counts }}.limited_occurrences
                    >= cast({{ criteria }}.min_rate as decimal(18, 9)) * {{ counts }}.base_occurrences
            when 'decline'
                then
                    {{ counts }}.earlier_occurrences > 0
                    and {{ counts }}.earlier_occurrences >= coalesce({{ criteria }}.min_count, 0)
                    and {{ counts }}.limited_occurrences
                    <= (1 - cast({{ criteria }}.min_rate as decimal(18, 9)))
                    * {{ counts }}.earlier_occurrences
            when 'inactive' then {{ idle_days }} >= {{ criteria }}.window_days
            else true
        end
{%- endmacro %}

{# Points held to the most that a criterion may give or take, as a decimal with 9 digits. #}
{% macro held_points(points, max_points) -%}
    {{ nine_decimals(
        'least(greatest(' ~ points ~ ', coalesce(-' ~ max_points ~ ', ' ~ points ~ ')), '
        ~ 'coalesce(' ~ max_points ~ ', ' ~ points ~ '))'
    ) }}
{%- endmacro %}
