{{ config(materialized='view') }}

-- One row: the rules for reading raw rows, and a key that changes when unchanged rows have to be
-- read again.
with placeholders as (
    select lower(placeholder_words.placeholder) as word
    from {{ ref('placeholder_words') }} as placeholder_words

    union distinct

    select '' as word

    union distinct

    -- dbt seeds read this word as null, so it cannot be in the CSV file.
    select 'null' as word
),

placeholder_list as (
    select
        {{ list_of_texts('placeholders.word') }} as placeholders,
        {{ text_list('placeholders.word', 'chr(31)', byte_order('placeholders.word')) }}
            as word_list
    from placeholders
),

automated_user_agents as (
    select
        {{ text_list(
            'lower(agents.user_agent_pattern)', 'chr(31)',
            byte_order('agents.user_agent_pattern')
        ) }} as pattern_list
    from {{ ref('automated_user_agents') }} as agents
)

select
    placeholder_list.placeholders,
    {{ hash_key([
        "'ids, addresses and numbers as people write them'",
        "'" ~ reporting_timezone() ~ "'",
        'placeholder_list.word_list',
        'automated_user_agents.pattern_list',
    ]) }} as reading_rules_key
from placeholder_list
cross join automated_user_agents
