{# A text in lower case with single spaces between its words and around it. #}
{% macro words_of(text) -%}
    concat(' ', trim({{ adapter.dispatch('between_words_spaced', 'lead_scoring')(text) | trim }}), ' ')
{%- endmacro %}

{# Replaces all but letters and digits, of any script, by one space. #}
{% macro default__between_words_spaced(text) -%}
    regexp_replace(lower({{ text }}), '[^[:alnum:]]+', ' ')
{%- endmacro %}

{% macro duckdb__between_words_spaced(text) -%}
    regexp_replace(lower({{ text }}), '[^\p{L}\p{N}]+', ' ', 'g')
{%- endmacro %}

{% macro postgres__between_words_spaced(text) -%}
    regexp_replace(lower({{ with_letters(text) }}), '[^[:alnum:]]+', ' ', 'g')
{%- endmacro %}

{% macro spark__between_words_spaced(text) -%}
    regexp_replace(lower({{ text }}), '[^\\p{L}\\p{N}]+', ' ')
{%- endmacro %}

{% macro bigquery__between_words_spaced(text) -%}
    regexp_replace(lower({{ text }}), r'[^\p{L}\p{N}]+', ' ')
{%- endmacro %}
