{# Points as a share of the target, held to 0 to 1; nothing without a target. #}
{% macro share_of_target(points, target) -%}
    least(greatest(coalesce(
            cast({{ points }} as {{ type_double() }}) / nullif(cast({{ target }} as {{ type_double() }}), 0), 0
        ), 0), 1)
{%- endmacro %}

{# A score to one decimal, half away from zero, after the noise beyond the ninth is cut. #}
{% macro rounded_score(score) -%}
    cast(round({{ nine_decimals(score) }}, 1) as decimal(5, 1))
{%- endmacro %}

{# A `;`-separated list in lower case, with a ; around each word, so that one search finds a word. #}
{% macro marked_words(text) -%}
    case
            when {{ text }} is not null
                then concat(';', {{ replace_matches('lower(' ~ text ~ ')', ' *; *', ';') | trim }}, ';')
        end
{%- endmacro %}

{# A score, rounded, after the gates: relation has unrounded_score, max_score and disqualified_by. #}
{% macro gated_score(relation) -%}
    {{ rounded_score(
        'case when ' ~ relation ~ '.disqualified_by is not null then 0 else least('
        ~ relation ~ '.unrounded_score, coalesce('
        ~ relation ~ '.max_score, ' ~ relation ~ '.unrounded_score)) end'
    ) }}
{%- endmacro %}

{#
    What a limit takes from or gives to the points of its category. Narrower numbers than points are
    elsewhere: Spark cuts the ninth decimal off a wider difference.
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
