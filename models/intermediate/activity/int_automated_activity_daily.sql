-- Occurrences of each fact that are automated by enough signs, and when the others occurred.
with signs as (
    select * from {{ ref('int_automated_signs') }}
    where event_id <> ''
)

select
    signs.identity_key,
    signs.event_type_key,
    signs.occurred_on,
    cast(sum(
        case when signs.sign_count >= {{ var('automated_signs') }} then 1 else 0 end
    ) as bigint) as automated_occurrences,
    min(case when signs.sign_count < {{ var('automated_signs') }} then signs.occurred_at end)
        as first_occurred_at,
    max(case when signs.sign_count < {{ var('automated_signs') }} then signs.occurred_at end)
        as last_occurred_at
from signs
group by signs.identity_key, signs.event_type_key, signs.occurred_on
having max(signs.sign_count) >= {{ var('automated_signs') }}
