-- How meeting each criterion relates to conversions, and the points that follow from it.
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
        {{ looks_per_lead('holdout_leads') }}
    from {{ ref('int_holdout_leads') }} as holdout_leads
    where not holdout_leads.is_censored
    group by holdout_leads.evaluated_on, holdout_leads.scoring_model
),

leaking_attributes as (
    select distinct
        holdout_attributes.scoring_model,
        holdout_attributes.attribute,
        {{ learnt_leakage('holdout_attributes') }} as leakage
    from {{ ref('int_holdout_attributes') }} as holdout_attributes
),

closest as (
    select
        criterion_overlap.scoring_model,
        criterion_overlap.criterion,
        criterion_overlap.other_criterion,
        criterion_overlap.phi,
        row_number() over (
            partition by criterion_overlap.scoring_model, criterion_overlap.criterion
            order by
                abs(criterion_overlap.phi) desc,
                {{ byte_order('criterion_overlap.other_criterion') }} asc
        ) as phi_rank
    from {{ ref('criterion_overlap') }} as criterion_overlap
    where criterion_overlap.phi is not null
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
),

counted as (
    select
        criteria.*,
        totals.evaluated_on,
        totals.all_leads,
        totals.all_conversions,
        totals.looks_per_converted_lead,
        totals.looks_per_other_lead,
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
),

{{ log_odds('counted') }},

suspected as (
    select
        judged.*,
        case
            when
                judged.leads >= {{ fewest_leads() }}
                and ({{ is_near_certain() }})
                then 'near_certain'
            else judged.leakage
        end as suspected_leakage
    from judged
),

classified as (
    select
        suspected.*,
        case
            when suspected.disqualifies then 'disqualifies'
            {{ suggestion_branches('suspected') }}
        end as suggestion
    from suspected
),

-- The suggested points give an average lead that converts as many positive points as the current
-- ones do, or half of the target if the current ones give none.
scaled as (
    select
        classified.*,
        coalesce(
            nullif(
                sum(cast(classified.converted_points as {{ type_double() }})) over (
                    partition by classified.scoring_model, classified.dimension
                ) / nullif(classified.all_conversions, 0),
                0
            ),
            0.5 * cast(classified.target_points as {{ type_double() }})
        ) / nullif(
            sum(
                case
                    when classified.suggestion = 'measured' and classified.shrunk_log_odds > 0
                        then classified.shrunk_log_odds * classified.conversions
                    else 0
                end
            ) over (partition by classified.scoring_model, classified.dimension)
            / nullif(cast(classified.all_conversions as {{ type_double() }}), 0),
            0
        ) as measured_scale
    from classified
),

-- What a lead gets from a criterion differs from its points, because occurrences add up and decay.
suggested as (
    select
        scaled.*,
        coalesce(scaled.measured_scale, 0.1 * cast(scaled.target_points as {{ type_double() }}))
            as points_per_log_odds,
        least(greatest(coalesce(
            cast(scaled.points as {{ type_double() }}) / nullif(scaled.average_points, 0), 1
        ), 0.2), 5) as points_per_average_point
    from scaled
),

rounded as (
    select
        suggested.*,
        case
            when suggested.suggestion in ('disqualifies', 'too_few_leads') then suggested.points
            when suggested.suggestion in ('suspected_leakage', 'no_evidence') then 0
            else cast(round({{ nine_decimals(
                'suggested.points_per_log_odds * suggested.shrunk_log_odds'
                ~ ' * case when suggested.points = 0 then 1 else suggested.points_per_average_point end'
            ) }}, 1) as decimal(28, 9))
        end as unlimited_points
    from suggested
)

select
    cast(rounded.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(rounded.criterion as {{ dbt.type_string() }}) as criterion,
    rounded.evaluated_on,
    cast(rounded.dimension as {{ dbt.type_string() }}) as dimension,
    cast(rounded.category as {{ dbt.type_string() }}) as category,
    cast(rounded.leads as bigint) as leads,
    {{ share_of('rounded.leads', 'rounded.all_leads') }} as support,
    cast(rounded.conversions as bigint) as conversions,
    {{ conversion_rate_columns('rounded') }},
    {{ share_of('rounded.all_conversions', 'rounded.all_leads') }} as overall_conversion_rate,
    {{ lift_of(
        'rounded.conversions', 'rounded.leads', 'rounded.all_conversions', 'rounded.all_leads'
    ) }} as lift,
    rounded.log_odds,
    rounded.log_odds_low,
    rounded.log_odds_high,
    cast(closest.other_criterion as {{ dbt.type_string() }}) as closest_criterion,
    closest.phi as closest_phi,
    cast(rounded.suspected_leakage as {{ dbt.type_string() }}) as suspected_leakage,
    cast(rounded.points as decimal(28, 9)) as points,
    rounded.average_points,
    cast(
        case
            when abs(rounded.unlimited_points) > rounded.most_points
                then sign(rounded.unlimited_points) * rounded.most_points
            else rounded.unlimited_points
        end as decimal(28, 9)
    ) as suggested_points,
    cast(rounded.suggestion as {{ dbt.type_string() }}) as suggestion,
    rounded.points_per_log_odds
from rounded
left join closest
    on
        rounded.scoring_model = closest.scoring_model
        and rounded.criterion = closest.criterion
        and closest.phi_rank = 1
