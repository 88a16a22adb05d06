{#
    After a table in a from clause: repeats its rows for each word of a `;`-separated text, as
    list_words.word, not trimmed. A row with null has no words and disappears.
#}
{% macro cross_join_words(text) %}
    {{- return(adapter.dispatch('cross_join_words', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro duckdb__cross_join_words(text) -%}
    cross join unnest(string_split({{ text }}, ';')) as list_words (word)
{%- endmacro %}

{% macro postgres__cross_join_words(text) -%}
    cross join unnest(string_to_array({{ text }}, ';')) as list_words (word)
{%- endmacro %}

{% macro spark__cross_join_words(text) -%}
    lateral view explode(split({{ text }}, ';')) list_words as word
{%- endmacro %}

{% macro snowflake__cross_join_words(text) -%}
    cross join lateral (
        select split_words.value as word
        from table(split_to_table({{ text }}, ';')) as split_words
    ) as list_words
{%- endmacro %}

{% macro bigquery__cross_join_words(text) -%}
    cross join unnest(
        array(select struct(split_word as word) from unnest(split({{ text }}, ';')) as split_word)
    ) as list_words
{%- endmacro %}
