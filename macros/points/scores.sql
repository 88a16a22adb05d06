{#
    Changes when a criterion or limit of the relation comes, goes, or adds up to other points.
    relation: rows of config_scoring_criteria.
#}
{% macro rules_checksum(relation) -%}
    coalesce(sum({{ change_checksum(prefixed(relation, [
        'scoring_model', 'criterion', 'category_word', 'definition_key',
    ])) }}), 0)
{%- endmacro %}

{# Points / target, limited to 0 to 1; 0 without a target. #}
{% macro share_of_target(points, target) -%}
    least(greatest(coalesce(
            cast({{ points }} as {{ type_double() }}) / nullif(cast({{ target }} as {{ type_double() }}), 0), 0
        ), 0), 1)
{%- endmacro %}

{#
    Rounded to one decimal, half away from zero, from nine decimals, to remove floating-point noise.
#}
{% macro rounded_score(score) -%}
    cast(round(cast({{ nine_decimals(score) }} as decimal(18, 9)), 1) as decimal(5, 1))
{%- endmacro %}

{# A `;`-separated list as ;word;word; in lower case, to find a word with one search. #}
{% macro marked_words(text) -%}
    case
            when {{ text }} is not null
                then concat(';', {{ replace_matches('lower(' ~ text ~ ')', ' *; *', ';') | trim }}, ';')
        end
{%- endmacro %}

{# Rounded score after the gates; relation has unrounded_score, max_score and disqualified_by. #}
{% macro gated_score(relation) -%}
    {{ rounded_score(
        'case when ' ~ relation ~ '.disqualified_by is not null then 0 else least('
        ~ relation ~ '.unrounded_score, coalesce('
        ~ relation ~ '.max_score, ' ~ relation ~ '.unrounded_score)) end'
    ) }}
{%- endmacro %}

{#
    Points that a limit adds to or subtracts from its category. Computed as decimal(28, 9), because
    Spark loses the ninth decimal in a difference of decimal(38, 9).
#}
{% macro limit_change(points, limits) -%}
    cast(cast(
            least(
                greatest({{ points }}, coalesce({{ limits }}.min_points, {{ points }})),
                coalesce({{ limits }}.max_points, greatest(
                    {{ points }}, coalesce({{ limits }}.min_points, {{ points }})
                ))
            ) as decimal(28, 9)
        ) - cast({{ points }} as decimal(28, 9)) as decimal(38, 9))
{%- endmacro %}
