{{ config(
    pre_hook="{{ forget_last_evaluation(this) }}",
    **kept_until_next_evaluation()
) }}

-- How many of the leads of the last evaluation whose outcome is known met each pair of criteria, a
-- criterion with itself among them, and how many of these converted.
with observations as (
    select * from {{ ref('observations') }}
    where not is_censored
),

met as (
    select
        observations.evaluated_on,
        observations.scoring_model,
        observations.as_of,
        observations.lead_id,
        observations.is_converted,
        day_ledger.criterion,
        day_ledger.points
    from observations
    inner join {{ ref('day_ledger') }} as day_ledger
        on
            observations.scoring_model = day_ledger.scoring_model
            and observations.as_of = day_ledger.as_of
            and observations.lead_id = day_ledger.lead_id
    where day_ledger.is_met
)

select
    met.evaluated_on,
    met.scoring_model,
    met.criterion,
    other_met.criterion as other_criterion,
    cast(count(*) as bigint) as leads,
    cast(sum(case when met.is_converted then 1 else 0 end) as bigint) as conversions,
    cast(sum(met.points) as decimal(38, 9)) as points,
    cast(
        sum(case when met.is_converted and met.points > 0 then met.points else 0 end)
        as decimal(38, 9)
    ) as converted_points
from met
inner join met as other_met
    on
        met.scoring_model = other_met.scoring_model
        and met.as_of = other_met.as_of
        and met.lead_id = other_met.lead_id
group by met.evaluated_on, met.scoring_model, met.criterion, other_met.criterion
