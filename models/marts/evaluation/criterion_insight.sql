-- How meeting each criterion relates to conversions, and the points that follow from it.
with criterion_outcomes as (
    select * from {{ ref('int_criterion_outcomes') }}
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

estimates as (
    select
        criterion_outcomes.*,
        {{ log_odds('criterion_outcomes') }} as log_odds,
        {{ squared_error_of_log_odds('criterion_outcomes') }} as squared_error,
        {{ z_of_comparisons('criterion_outcomes.comparisons') }} as z
    from criterion_outcomes
),

suspected as (
    select
        estimates.*,
        {{ shrunk_log_odds('estimates') }} as shrunk_log_odds,
        case
            when
                estimates.leads >= {{ fewest_leads() }}
                and ({{ is_near_certain('estimates') }})
                then 'near_certain'
            else estimates.leakage
        end as suspected_leakage
    from estimates
),

classified as (
    select
        suspected.*,
        case
            when suspected.disqualifies then 'disqualifies'
            {{ suggestion_branches('suspected') }}
        end as own_suggestion
    from suspected
),

-- Two criteria that the same leads meet, or of which each lead meets one, are one piece of
-- evidence, which counts for that with the greater log-odds.
same_evidence as (
    select
        closest.scoring_model,
        closest.criterion
    from closest
    inner join classified
        on
            closest.scoring_model = classified.scoring_model
            and closest.criterion = classified.criterion
    inner join classified as other_criteria
        on
            closest.scoring_model = other_criteria.scoring_model
            and closest.other_criterion = other_criteria.criterion
    where
        closest.phi_rank = 1
        and abs(closest.phi) >= 0.95
        and classified.own_suggestion = 'measured'
        and other_criteria.own_suggestion = 'measured'
        and classified.dimension = other_criteria.dimension
        and (
            other_criteria.log_odds > classified.log_odds
            or (
                other_criteria.log_odds = classified.log_odds
                and {{ byte_order('other_criteria.criterion') }}
                < {{ byte_order('classified.criterion') }}
            )
        )
),

counted_once as (
    select
        classified.*,
        case
            when same_evidence.criterion is null then classified.own_suggestion
            else 'same_evidence'
        end as suggestion
    from classified
    left join same_evidence
        on
            classified.scoring_model = same_evidence.scoring_model
            and classified.criterion = same_evidence.criterion
),

-- The suggested points give an average lead that converts as many positive points as the current
-- ones do, or half of the target if the current ones give none.
scaled as (
    select
        counted_once.*,
        coalesce(
            nullif(
                sum(cast(counted_once.converted_points as {{ type_double() }})) over (
                    partition by counted_once.scoring_model, counted_once.dimension
                ) / nullif(counted_once.all_conversions, 0),
                0
            ),
            0.5 * cast(counted_once.target_points as {{ type_double() }})
        ) / nullif(
            sum(
                case
                    when counted_once.suggestion = 'measured' and counted_once.shrunk_log_odds > 0
                        then counted_once.shrunk_log_odds * counted_once.conversions
                    else 0
                end
            ) over (partition by counted_once.scoring_model, counted_once.dimension)
            / nullif(cast(counted_once.all_conversions as {{ type_double() }}), 0),
            0
        ) as measured_scale
    from counted_once
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
            when suggested.suggestion in ('suspected_leakage', 'same_evidence') then 0
            when suggested.suggestion = 'no_evidence' then null
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
    rounded.log_odds - rounded.z * sqrt(rounded.squared_error) as log_odds_low,
    rounded.log_odds + rounded.z * sqrt(rounded.squared_error) as log_odds_high,
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
