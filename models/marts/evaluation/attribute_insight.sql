-- How each value of each attribute relates to conversions, what a criterion for it would be worth,
-- and which attributes may be known only because of the outcome.
with suspected as (
    select * from {{ ref('int_attribute_estimates') }}
),

scales as (
    select
        criterion_insight.scoring_model,
        max(criterion_insight.points_per_log_odds) as points_per_log_odds
    from {{ ref('criterion_insight') }} as criterion_insight
    where criterion_insight.dimension = 'fit'
    group by criterion_insight.scoring_model
),

compared as (
    select
        suspected.*,
        count(*) over (partition by suspected.scoring_model, suspected.attribute) as all_values,
        sum(suspected.leads) over (partition by suspected.scoring_model, suspected.attribute)
            as leads_of_values,
        max(suspected.log_odds) over (partition by suspected.scoring_model, suspected.attribute)
            as greatest_log_odds
    from suspected
),

-- Of two values that share all leads, one says what the other does: a criterion for it is enough.
classified as (
    select
        compared.*,
        case
            {{ suggestion_branches('compared', "compared.all_values = 2"
                ~ " and compared.leads_of_values = compared.all_leads"
                ~ " and compared.log_odds < compared.greatest_log_odds") }}
        end as suggestion
    from compared
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
        when classified.suggestion in ('suspected_leakage', 'same_evidence')
            then cast(0 as decimal(28, 9))
    end as suggested_points,
    cast(classified.suggestion as {{ dbt.type_string() }}) as suggestion
from classified
left join scales on classified.scoring_model = scales.scoring_model
