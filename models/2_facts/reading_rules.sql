-- One row: a key that changes when raw rows have to be read again although they did not change.
with placeholders as (
    select * from {{ ref('placeholder_list') }}
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
    {{ hash_key([
        "'" ~ reporting_timezone() ~ "'",
        'placeholders.word_list',
        'automated_user_agents.pattern_list',
    ]) }} as reading_rules_key
from placeholders
cross join automated_user_agents
