-- How each value of each attribute relates to conversions, what a criterion for it would be worth,
-- and which attributes may be known only because of the outcome.
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

scales as (
    select
        criterion_insight.scoring_model,
        max(criterion_insight.points_per_log_odds) as points_per_log_odds
    from {{ ref('criterion_insight') }} as criterion_insight
    where criterion_insight.dimension = 'fit'
    group by criterion_insight.scoring_model
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
),

classified as (
    select
        suspected.*,
        case
            {{ suggestion_branches('suspected') }}
        end as suggestion
    from suspected
)

select
    cast(classified.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(classified.attribute as {{ dbt.type_string() }}) as attribute,
    cast(classified.value_kind as {{ dbt.type_string() }}) as value_kind,
    cast(
        case
            when classified.value_kind = 'range'
                then concat(
                    {{ number_as_text('classified.least_number') }},
                    ' to ',
                    {{ number_as_text('classified.greatest_number') }}
                )
            else coalesce(classified.word, '')
        end as {{ dbt.type_string() }}
    ) as attribute_value,
    classified.evaluated_on,
    cast(classified.leads as bigint) as leads,
    {{ share_of('classified.leads', 'classified.all_leads') }} as support,
    cast(classified.conversions as bigint) as conversions,
    {{ conversion_rate_columns('classified') }},
    {{ share_of('classified.all_conversions', 'classified.all_leads') }} as overall_conversion_rate,
    {{ lift_of(
        'classified.conversions', 'classified.leads',
        'classified.all_conversions', 'classified.all_leads'
    ) }} as lift,
    classified.log_odds,
    classified.log_odds - classified.z * sqrt(classified.squared_error) as log_odds_low,
    classified.log_odds + classified.z * sqrt(classified.squared_error) as log_odds_high,
    cast(classified.suspected_leakage as {{ dbt.type_string() }}) as suspected_leakage,
    {{ share_of('classified.learnt_later_leads', 'classified.learnt_leads') }}
        as learnt_after_outcome_share,
    cast(classified.points as {{ type_double() }}) / classified.leads as average_points,
    case
        when classified.suggestion = 'measured'
            then cast(
                round({{ nine_decimals(
                    'scales.points_per_log_odds * classified.shrunk_log_odds'
                ) }}, 1) as decimal(28, 9)
            )
        when classified.suggestion in ('suspected_leakage', 'no_evidence')
            then cast(0 as decimal(28, 9))
    end as suggested_points,
    cast(classified.suggestion as {{ dbt.type_string() }}) as suggestion
from classified
left join scales on classified.scoring_model = scales.scoring_model
