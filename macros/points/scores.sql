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
