{# Text in which a letter and the accent that follows it are one character (Unicode NFC). #}
{% macro composed_letters(text) %}
    {{- return(adapter.dispatch('composed_letters', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro duckdb__composed_letters(text) -%}
    nfc_normalize({{ text }})
{%- endmacro %}

{% macro postgres__composed_letters(text) -%}
    normalize({{ text }}, NFC)
{%- endmacro %}

{% macro bigquery__composed_letters(text) -%}
    normalize({{ text }}, NFC)
{%- endmacro %}

{# For engines without such a function: the letters of European languages. #}
{% macro default__composed_letters(text) -%}
    {%- set found = namespace(text=text) -%}
    {%- for letter, accent, composed in letters_with_accents() -%}
        {%- set found.text = 'replace(' ~ found.text ~ ", concat('" ~ letter ~ "', "
            ~ characters([accent]) ~ "), '" ~ composed ~ "')" -%}
    {%- endfor -%}
    {{ found.text }}
{%- endmacro %}

{# One function, because Spark cannot analyse that many nested ones. #}
{% macro spark__composed_letters(text) -%}
    {%- set pairs = [] -%}
    {%- for letter, accent, composed in letters_with_accents() -%}
        {%- do pairs.append(letter ~ '\\u' ~ accent ~ '=' ~ composed) -%}
    {%- endfor -%}
    aggregate(
        split('{{ pairs | join(',') }}', ','), {{ text }},
        (composed, pair) -> replace(
            composed, substring_index(pair, '=', 1), substring_index(pair, '=', -1)
        )
    )
{%- endmacro %}

{# Triples of a letter, the code point of an accent and both as one character. #}
{% macro letters_with_accents() %}
    {%- set triples = [] -%}
    {%- for accent, pairs in {
        '0300': 'aàeèiìoòuù', '0301': 'aácćeéiílĺnńoórŕsśuúyýzź', '0302': 'aâcĉeêgĝiîoôsŝuûwŵyŷ',
        '0303': 'aãiĩnñoõuũ', '0304': 'aāeēiīoōuū', '0306': 'aăeĕgğiĭoŏuŭ', '0307': 'cċeėgġzż',
        '0308': 'aäeëiïoöuüyÿ', '030A': 'aåuů', '030B': 'oőuű',
        '030C': 'aǎcčdďeěgǧiǐnňoǒrřsštťuǔzž', '0326': 'sștț', '0327': 'cçsşkķlļnņ', '0328': 'aąeęiįuų',
    }.items() -%}
        {%- for number in range(0, pairs | length, 2) -%}
            {%- do triples.append((pairs[number], accent, pairs[number + 1])) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(triples) }}
{% endmacro %}
