{#
    Shortens `;`-separated reasons to 255 characters, the length of a text field in most CRMs: as
    many whole reasons as fit, or the beginning of the first one.
#}
{% macro fitting_reasons(reasons) -%}
    case
            when length({{ reasons }}) <= 255 then {{ reasons }}
            when {{ has_match('substr(' ~ reasons ~ ', 1, 256)', ';') | trim }}
                then {{ replace_matches('substr(' ~ reasons ~ ', 1, 256)', ';[^;]*$', '') | trim }}
            when {{ reasons }} is not null then concat(
                substr(
                    {{ replace_matches('substr(' ~ reasons ~ ', 1, 253)', ' [^ ]*$', '') | trim }},
                    1, 252
                ),
                '...'
            )
        end
{%- endmacro %}
