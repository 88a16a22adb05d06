{{ config(materialized='ephemeral') }}

-- Scoring models whose targets, weights, gates, grade bands or tiers have been edited since the
-- last published day.
with compared_days as (
    select
        scenarios.clock_on as from_day,
        scenarios.as_of as to_day
    from {{ ref('int_scenarios') }} as scenarios
    where scenarios.step = 'merged'
),

published_criteria as (
    select * from {{ ref('int_published_criteria') }}
    where criterion = ''
)

select todays_rules.scoring_model
from compared_days
inner join published_criteria as todays_rules on compared_days.to_day = todays_rules.as_of
inner join published_criteria as earlier_rules
    on
        compared_days.from_day = earlier_rules.as_of
        and todays_rules.scoring_model = earlier_rules.scoring_model
where todays_rules.definition_key <> earlier_rules.definition_key
