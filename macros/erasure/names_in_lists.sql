{#
    The query that follows the CTE lists: the names in each list of a contact, as hashes, and the list
    without those of erased people. lists has key_kind (email or contact_id), list_text and known_at;
    a name is erased if it was written by the time of the request.
#}
{% macro names_in_lists() -%}
words as (
    select
        lists.key_kind,
        lists.list_text,
        lists.known_at,
        {{ clean_text('list_words.word') }} as word
    from lists
    {{ cross_join_words(
        "case when lists.key_kind = 'email' then " ~ replace_commas('lists.list_text')
        ~ " else lists.list_text end"
    ) }}
),

names as (
    select
        words.*,
        case
            when words.key_kind = 'email' then {{ written_address('words.word') }}
            else nullif({{ as_id('words.word') }}, '')
        end as name
    from words
),

-- Hashed before the join, because not every engine accepts the salt query in a join condition.
hashed_names as (
    select
        names.*,
        case
            when names.key_kind = 'email' then {{ salted_hash('email', 'names.name') }}
            else {{ salted_hash('contact_id', 'names.name') }}
        end as key_hash
    from names
    where names.name is not null
)

select
    hashed_names.key_kind,
    hashed_names.list_text,
    hashed_names.known_at,
    {{ text_list('hashed_names.key_hash', "';'", 'hashed_names.key_hash') }} as key_hashes,
    nullif({{ text_list(
        'case when erased_keys.key_hash is null then hashed_names.name end', "';'",
        byte_order('hashed_names.name')
    ) }}, '') as kept_text,
    max(erased_keys.erased_until) as erased_until
from hashed_names
left join {{ ref('stg_erasure__erased_keys') }} as erased_keys
    on
        hashed_names.key_hash = erased_keys.key_hash
        and hashed_names.known_at <= erased_keys.erased_until
group by hashed_names.key_kind, hashed_names.list_text, hashed_names.known_at
{%- endmacro %}
