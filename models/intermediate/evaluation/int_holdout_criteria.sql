{{ config(
    pre_hook="{{ delete_last_evaluation(this) }}",
    **kept_until_next_evaluation()
) }}

-- How many leads of the last evaluation with a known outcome met each criterion and, within the
-- sample, each pair of criteria, and how many of these converted.
with evaluation_plan as (
    select * from {{ ref('int_evaluation_plan') }}
    where is_due
),

holdout_leads as (
    select holdout_leads.*
    from {{ ref('int_holdout_leads') }} as holdout_leads
    inner join evaluation_plan on holdout_leads.evaluated_on = evaluation_plan.evaluated_on
    where not holdout_leads.is_censored
),

met as (
    select
        holdout_leads.evaluated_on,
        holdout_leads.scoring_model,
        holdout_leads.as_of,
        holdout_leads.lead_id,
        holdout_leads.is_converted,
        holdout_leads.is_sampled,
        score_components.criterion,
        score_components.points
    from holdout_leads
    inner join {{ ref('int_score_components') }} as score_components
        on
            holdout_leads.scoring_model = score_components.scoring_model
            and holdout_leads.as_of = score_components.as_of
            and holdout_leads.lead_id = score_components.lead_id
    where score_components.is_met
)

select
    met.evaluated_on,
    met.scoring_model,
    met.criterion,
    met.criterion as other_criterion,
    cast(count(*) as bigint) as leads,
    cast(sum(case when met.is_sampled then 1 else 0 end) as bigint) as sampled_leads,
    cast(sum(case when met.is_converted then 1 else 0 end) as bigint) as conversions,
    cast(sum(met.points) as decimal(38, 9)) as points,
    cast(
        sum(case when met.is_converted and met.points > 0 then met.points else 0 end)
        as decimal(38, 9)
    ) as converted_points
from met
group by met.evaluated_on, met.scoring_model, met.criterion

union all

select
    met.evaluated_on,
    met.scoring_model,
    met.criterion,
    other_met.criterion as other_criterion,
    cast(count(*) as bigint) as leads,
    cast(count(*) as bigint) as sampled_leads,
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
where
    met.is_sampled
    and other_met.is_sampled
    and met.criterion <> other_met.criterion
group by met.evaluated_on, met.scoring_model, met.criterion, other_met.criterion
