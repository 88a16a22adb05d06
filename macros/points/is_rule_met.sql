{#
    Whether the counts meet a criterion; the rules each and amount need one occurrence.
    counts     relation with limited_occurrences, earlier_occurrences and base_occurrences, as
               decimals so that shares are compared exactly
    criteria   relation with the columns of config_engagement_criteria
    idle_days  whole days since the last occurrence
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

{# Points within the limit of a criterion, positive or negative. #}
{% macro held_points(points, max_points) -%}
    {{ nine_decimals(
        'least(greatest(' ~ points ~ ', coalesce(-' ~ max_points ~ ', ' ~ points ~ ')), '
        ~ 'coalesce(' ~ max_points ~ ', ' ~ points ~ '))'
    ) }}
{%- endmacro %}
