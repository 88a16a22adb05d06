-- How each value of each attribute relates to conversions, and which attributes may be known only
-- because of the outcome.
with holdout_attributes as (
    select * from {{ ref('int_holdout_attributes') }}
),

totals as (
    select
        holdout_leads.scoring_model,
        count(*) as all_leads,
        sum(case when holdout_leads.is_converted then 1 else 0 end) as all_conversions,
        {{ observations_per_lead('holdout_leads') }}
    from {{ ref('int_holdout_leads') }} as holdout_leads
    where
        not holdout_leads.is_censored
        and coalesce(holdout_leads.is_sampled, true)
    group by holdout_leads.scoring_model
),

counted as (
    select
        holdout_attributes.*,
        totals.all_leads,
        totals.all_conversions,
        totals.observations_per_converted_lead,
        totals.observations_per_other_lead,
        {{ leakage_by_date('holdout_attributes') }} as leakage_by_date,
        count(*) over (partition by holdout_attributes.scoring_model) as comparisons
    from holdout_attributes
    inner join totals on holdout_attributes.scoring_model = totals.scoring_model
),

estimates as (
    select
        counted.*,
        {{ log_odds('counted') }} as log_odds,
        {{ squared_error_of_log_odds('counted') }} as squared_error,
        {{ z_of_comparisons('counted.comparisons') }} as z
    from counted
),

near_certain as (
    select
        estimates.*,
        {{ shrunk_log_odds('estimates') }} as shrunk_log_odds,
        estimates.leads >= {{ fewest_leads() }} and ({{ is_near_certain('estimates') }})
            as is_near_certain
    from estimates
),

suspected as (
    select
        near_certain.*,
        coalesce(
            near_certain.leakage_by_date,
            max(case when near_certain.is_near_certain then 'near_certain' end) over (
                partition by near_certain.scoring_model, near_certain.attribute
            )
        ) as suspected_leakage
    from near_certain
)

select suspected.* from suspected
