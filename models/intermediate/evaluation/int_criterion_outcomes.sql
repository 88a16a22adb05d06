-- Leads that met each criterion in the last evaluation, how many of them converted, and what its
-- suggested points depend on.
with fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

category_limits as (
    select * from {{ ref('config_category_limits') }}
),

disqualifying_criteria as (
    select distinct
        score_gates.scoring_model,
        score_gates.criterion_word
    from {{ ref('config_score_gates') }} as score_gates
    where score_gates.disqualifies and score_gates.applies_when = 'met'
),

holdout_criteria as (
    select * from {{ ref('int_holdout_criteria') }}
    where criterion = other_criterion
),

totals as (
    select
        holdout_leads.evaluated_on,
        holdout_leads.scoring_model,
        count(*) as all_leads,
        sum(case when holdout_leads.is_converted then 1 else 0 end) as all_conversions,
        {{ observations_per_lead('holdout_leads') }}
    from {{ ref('int_holdout_leads') }} as holdout_leads
    where not holdout_leads.is_censored
    group by holdout_leads.evaluated_on, holdout_leads.scoring_model
),

leaking_attributes as (
    select distinct
        holdout_attributes.scoring_model,
        holdout_attributes.attribute,
        {{ leakage_by_date('holdout_attributes') }} as leakage
    from {{ ref('int_holdout_attributes') }} as holdout_attributes
),

criteria as (
    select
        fit_criteria.scoring_model,
        fit_criteria.criterion,
        'fit' as dimension,
        fit_criteria.category,
        fit_criteria.attribute,
        fit_criteria.points,
        cast(null as decimal(28, 9)) as max_points
    from fit_criteria

    union all

    select
        engagement_criteria.scoring_model,
        engagement_criteria.criterion,
        'engagement' as dimension,
        engagement_criteria.category,
        cast(null as {{ dbt.type_string() }}) as attribute,
        engagement_criteria.points,
        engagement_criteria.max_points
    from engagement_criteria
)

select
    criteria.*,
    totals.evaluated_on,
    totals.all_leads,
    totals.all_conversions,
    totals.observations_per_converted_lead,
    totals.observations_per_other_lead,
    case criteria.dimension
        when 'fit' then scoring_models.fit_target
        else scoring_models.engagement_target
    end as target_points,
    least(
        coalesce(criteria.max_points, category_limits.max_points),
        coalesce(category_limits.max_points, criteria.max_points)
    ) as most_points,
    leaking_attributes.leakage,
    disqualifying_criteria.criterion_word is not null as disqualifies,
    coalesce(holdout_criteria.leads, 0) as leads,
    coalesce(holdout_criteria.conversions, 0) as conversions,
    holdout_criteria.converted_points,
    cast(holdout_criteria.points as {{ type_double() }}) / holdout_criteria.leads
        as average_points,
    count(*) over (partition by criteria.scoring_model) as comparisons
from criteria
inner join totals on criteria.scoring_model = totals.scoring_model
inner join scoring_models on criteria.scoring_model = scoring_models.scoring_model
left join holdout_criteria
    on
        criteria.scoring_model = holdout_criteria.scoring_model
        and criteria.criterion = holdout_criteria.criterion
left join category_limits
    on
        criteria.scoring_model = category_limits.scoring_model
        and criteria.dimension = category_limits.dimension
        and lower(criteria.category) = lower(category_limits.category)
left join leaking_attributes
    on
        criteria.scoring_model = leaking_attributes.scoring_model
        and criteria.attribute = leaking_attributes.attribute
left join disqualifying_criteria
    on
        criteria.scoring_model = disqualifying_criteria.scoring_model
        and lower(criteria.criterion) = disqualifying_criteria.criterion_word
