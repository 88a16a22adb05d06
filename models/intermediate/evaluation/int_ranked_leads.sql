{{ config(materialized='view') }}

-- Evaluated leads with a known outcome, by method: the value that ranks them and the conversion
-- probability that the method gave. The probability of method score is the conversion rate of the
-- score band on earlier days, shrunk towards the overall rate as if ten more leads had converted at
-- that rate.
with evaluated_leads as (
    select * from {{ ref('int_holdout_leads') }}
    where not is_censored
),

earlier_bands as (
    select
        evaluated_leads.scoring_model,
        evaluated_leads.score_band,
        count(*) as leads,
        sum(case when evaluated_leads.is_converted then 1 else 0 end) as conversions
    from evaluated_leads
    where not evaluated_leads.is_later
    group by evaluated_leads.scoring_model, evaluated_leads.score_band
),

earlier_rates as (
    select
        earlier_bands.scoring_model,
        (sum(earlier_bands.conversions) + 0.5)
        / (cast(sum(earlier_bands.leads) as {{ type_double() }}) + 1) as conversion_rate
    from earlier_bands
    group by earlier_bands.scoring_model
)

select
    evaluated_leads.evaluated_on,
    evaluated_leads.scoring_model,
    'score' as method,
    evaluated_leads.as_of,
    evaluated_leads.lead_id,
    evaluated_leads.is_converted,
    cast(evaluated_leads.score as {{ type_double() }}) as ranking,
    case
        when evaluated_leads.is_later
            then
                (coalesce(earlier_bands.conversions, 0) + 10 * earlier_rates.conversion_rate)
                / (coalesce(earlier_bands.leads, 0) + 10)
    end as probability
from evaluated_leads
left join earlier_bands
    on
        evaluated_leads.scoring_model = earlier_bands.scoring_model
        and evaluated_leads.score_band = earlier_bands.score_band
left join earlier_rates on evaluated_leads.scoring_model = earlier_rates.scoring_model

union all

select
    evaluated_leads.evaluated_on,
    evaluated_leads.scoring_model,
    evaluated_probabilities.method,
    evaluated_leads.as_of,
    evaluated_leads.lead_id,
    evaluated_leads.is_converted,
    evaluated_probabilities.probability as ranking,
    evaluated_probabilities.probability
from evaluated_leads
inner join {{ ref('int_holdout_probabilities') }} as evaluated_probabilities
    on
        evaluated_leads.scoring_model = evaluated_probabilities.scoring_model
        and evaluated_leads.as_of = evaluated_probabilities.as_of
        and evaluated_leads.lead_id = evaluated_probabilities.lead_id
