-- How often two criteria are met by the same leads of the sample.
with holdout_criteria as (
    select * from {{ ref('int_holdout_criteria') }}
),

totals as (
    select
        holdout_leads.scoring_model,
        count(*) as all_leads
    from {{ ref('int_holdout_leads') }} as holdout_leads
    where
        not holdout_leads.is_censored
        and coalesce(holdout_leads.is_sampled, true)
    group by holdout_leads.scoring_model
),

-- A stored evaluation without a sample counted all leads.
single_criteria as (
    select
        holdout_criteria.evaluated_on,
        holdout_criteria.scoring_model,
        holdout_criteria.criterion,
        coalesce(holdout_criteria.sampled_leads, holdout_criteria.leads) as leads
    from holdout_criteria
    where
        holdout_criteria.criterion = holdout_criteria.other_criterion
        and coalesce(holdout_criteria.sampled_leads, holdout_criteria.leads) > 0
),

pairs as (
    select
        single_criteria.evaluated_on,
        single_criteria.scoring_model,
        single_criteria.criterion,
        other_criteria.criterion as other_criterion,
        single_criteria.leads,
        other_criteria.leads as other_leads,
        cast(single_criteria.leads as {{ type_double() }}) as met_leads,
        cast(other_criteria.leads as {{ type_double() }}) as met_other_leads,
        coalesce(holdout_criteria.leads, 0) as both_leads,
        coalesce(holdout_criteria.conversions, 0) as both_conversions,
        cast(totals.all_leads as {{ type_double() }}) as all_leads
    from single_criteria
    inner join totals on single_criteria.scoring_model = totals.scoring_model
    inner join single_criteria as other_criteria
        on
            single_criteria.scoring_model = other_criteria.scoring_model
            and single_criteria.criterion <> other_criteria.criterion
    left join holdout_criteria
        on
            single_criteria.scoring_model = holdout_criteria.scoring_model
            and single_criteria.criterion = holdout_criteria.criterion
            and other_criteria.criterion = holdout_criteria.other_criterion
)

-- Phi (Yule 1912): the correlation of two yes-or-no variables. Criteria may still count leads who
-- have been erased since, and all leads do not.
select
    cast(pairs.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(pairs.criterion as {{ dbt.type_string() }}) as criterion,
    cast(pairs.other_criterion as {{ dbt.type_string() }}) as other_criterion,
    pairs.evaluated_on,
    cast(pairs.leads as bigint) as leads,
    cast(pairs.other_leads as bigint) as other_leads,
    cast(pairs.both_leads as bigint) as both_leads,
    {{ share_of('pairs.both_leads', 'pairs.leads') }} as both_share,
    {{ share_of('pairs.both_conversions', 'pairs.both_leads') }} as both_conversion_rate,
    (pairs.all_leads * pairs.both_leads - pairs.met_leads * pairs.met_other_leads)
    / nullif(
        sqrt(pairs.met_leads * greatest(pairs.all_leads - pairs.met_leads, 0))
        * sqrt(pairs.met_other_leads * greatest(pairs.all_leads - pairs.met_other_leads, 0)),
        0
    ) as phi
from pairs
