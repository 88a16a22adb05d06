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

{# Where the engine has no function for it: the letters of the languages of Europe. #}
{% macro default__composed_letters(text) -%}
    {%- set found = namespace(text=text) -%}
    {%- for accent, pairs in accented_letters().items() -%}
        {%- for number in range(0, pairs | length, 2) -%}
            {%- set found.text = 'replace(' ~ found.text ~ ", concat('" ~ pairs[number] ~ "', "
                ~ characters([accent]) ~ "), '" ~ pairs[number + 1] ~ "')" -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ found.text }}
{%- endmacro %}

{# Whose analyzer gives up on a hundred functions within each other: letter, accent and both as one. #}
{% macro spark__composed_letters(text) -%}
    {%- set letters = [] -%}
    {%- for accent, pairs in accented_letters().items() -%}
        {%- for number in range(0, pairs | length, 2) -%}
            {%- do letters.append(pairs[number] ~ '\\u' ~ accent ~ pairs[number + 1]) -%}
        {%- endfor -%}
    {%- endfor -%}
    aggregate(
        split('{{ letters | join(' ') }}', ' '), {{ text }},
        (written, letter) -> replace(written, substr(letter, 1, 2), substr(letter, 3))
    )
{%- endmacro %}

{# Letters without and with each accent, by the accent's hexadecimal code point. #}
{% macro accented_letters() %}
    {{ return({
        '0300': 'aàeèiìoòuù', '0301': 'aácćeéiílĺnńoórŕsśuúyýzź', '0302': 'aâcĉeêgĝiîoôsŝuûwŵyŷ',
        '0303': 'aãiĩnñoõuũ', '0304': 'aāeēiīoōuū', '0306': 'aăeĕgğiĭoŏuŭ', '0307': 'cċeėgġzż',
        '0308': 'aäeëiïoöuüyÿ', '030A': 'aåuů', '030B': 'oőuű',
        '030C': 'aǎcčdďeěgǧiǐnňoǒrřsštťuǔzž', '0326': 'sștț', '0327': 'cçsşkķlļnņ', '0328': 'aąeęiįuų',
    }) }}
{% endmacro %}
