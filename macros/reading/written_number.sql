{#
    A number as people write it, as a decimal: 1,000 and 1 000 are 1000, 1.000 is 1, 1,5 is 1.5, 1.234,5
    is 1234.5, 51-200 is 51, 1000+ is 1000, $1.2M and 1.2 million are 1200000, 40% is 40. Null for
    anything else, such as <50, and beyond 1e15.
#}
{% macro written_number(text) -%}
    {%- set currency = '([$€£¥]|us[$]|eur|usd|gbp|chf|jpy)' -%}
    {%- set digits = '[0-9]+([ .,][0-9]+)*' -%}
    {%- set scale = '(k|thousand|m|mn|mio|millions?|b|bn|billions?)' -%}
    {%- set lower_text = 'lower(' ~ with_plain_spaces(text) ~ ')' -%}
    {%- set is_number = '^(' ~ currency ~ ' *)?[+-]?' ~ digits ~ '( *' ~ scale ~ ')?( *([%+]|' ~ currency ~ '))?$' -%}
    {%- set is_range = (
        '^(' ~ currency ~ ' *)?(' ~ digits ~ ' *(-|–|to) *(' ~ currency ~ ' *)?' ~ digits
        ~ '|' ~ digits ~ ' *' ~ scale ~ ' *(-|–|to) *(' ~ currency ~ ' *)?' ~ digits ~ ' *' ~ scale
        ~ ')( *' ~ currency ~ ')?$'
    ) -%}
    {%- set first_number = first_match(lower_text, '[+-]?' ~ digits) | trim -%}
    case
            when {{ has_match(text, plain_number_pattern()) | trim }}
                then {{ within_1e15(try_number(text) | trim) }}
            when {{ has_match(lower_text, is_number) | trim }} or {{ has_match(lower_text, is_range) | trim }}
                then {{ within_1e15(
                    'cast(' ~ number_of_digits(first_number) ~ ' as decimal(28, 9)) * '
                    ~ scale_of(lower_text, digits)
                ) }}
        end
{%- endmacro %}

{# The number in digits with separators, if these are placed like thousands and decimal marks. #}
{% macro number_of_digits(digits) -%}
    {%- set by_space = '[0-9]{1,3}( [0-9]{3})+' -%}
    case
                    when {{ has_match(
                        digits, '^[+-]?([1-9][0-9]{0,2}(,[0-9]{3})+|' ~ by_space ~ '|[0-9]+)([.][0-9]+)?$'
                    ) | trim }}
                        then {{ try_number('replace(replace(' ~ digits ~ ", ',', ''), ' ', '')") | trim }}
                    when {{ has_match(
                        digits,
                        '^[+-]?([0-9]{1,3}([.][0-9]{3})+|' ~ by_space ~ '|[0-9]+),[0-9]+$'
                        ~ '|^[+-]?[0-9]{1,3}([.][0-9]{3}){2,}$'
                    ) | trim }}
                        then {{ try_number(
                            'replace(replace(replace(' ~ digits ~ ", '.', ''), ' ', ''), ',', '.')"
                        ) | trim }}
                end
{%- endmacro %}

{# What the word behind the first number multiplies it by. #}
{% macro scale_of(lower_text, digits) -%}
    {%- set first_number = '^[^0-9]*' ~ digits ~ ' *' -%}
    case
                    when {{ has_match(lower_text, first_number ~ '(k|th)') | trim }} then 1000
                    when {{ has_match(lower_text, first_number ~ 'm') | trim }} then 1000000
                    when {{ has_match(lower_text, first_number ~ 'b') | trim }} then 1000000000
                    else 1
                end
{%- endmacro %}

{# A number, or null beyond 1e15; the expression is used once, because it may be long. #}
{% macro within_1e15(number) -%}
    {%- set least_beyond = '1000000000000000.000000001' -%}
    cast(nullif(nullif(
                    least(greatest({{ number }}, -{{ least_beyond }}), {{ least_beyond }}),
                    {{ least_beyond }}
                ), -{{ least_beyond }}) as decimal(28, 9))
{%- endmacro %}
