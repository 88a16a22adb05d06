-- One row: every placeholder word between unit separators, so that one search finds a word.
with placeholder_words as (
    select * from {{ ref('placeholder_words') }}
)

select
    concat(
        chr(31), chr(31), 'null', chr(31), -- the empty text, and a word that seeds cannot hold
        coalesce({{ text_list(
            'lower(placeholder_words.placeholder)', 'chr(31)',
            byte_order('placeholder_words.placeholder')
        ) }}, ''),
        chr(31)
    ) as word_list
from placeholder_words
