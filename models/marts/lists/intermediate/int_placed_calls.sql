{{ config(materialized='ephemeral') }}

-- The place of each lead on the call list. Leads that are called in a challenger's order keep the
-- places that they have together; the challenger's score decides which of them gets which place.
with ordered_calls as (
    select * from {{ ref('int_ordered_calls') }}
),

places as (
    select
        ordered_calls.*,
        row_number() over (
            partition by
                ordered_calls.experiment, ordered_calls.is_due, ordered_calls.comes_last
            order by ordered_calls.usual_rank
        ) as place,
        row_number() over (
            partition by
                ordered_calls.experiment, ordered_calls.is_due, ordered_calls.comes_last
            order by coalesce(ordered_calls.challenger_score, -1) desc, ordered_calls.usual_rank asc
        ) as challenger_place
    from ordered_calls
)

select
    places.lead_id,
    places.owner_id,
    places.company_id,
    places.expected_value,
    places.model_position,
    places.model_leads,
    places.company_position,
    places.is_touched,
    coalesce(places_of_challenger.usual_rank, places.usual_rank) as overall_rank
from places
left join places as places_of_challenger
    on
        places.experiment = places_of_challenger.experiment
        and places.is_due = places_of_challenger.is_due
        and places.comes_last = places_of_challenger.comes_last
        and places.challenger_place = places_of_challenger.place
