{# A text in lower case whose words are parted by single spaces, with a space around it. #}
{% macro words_of(text) -%}
    concat(' ', trim({{ adapter.dispatch('between_words_spaced', 'lead_scoring')(text) | trim }}), ' ')
{%- endmacro %}

{# Whatever is neither letter nor digit, of any script, as one space. #}
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
