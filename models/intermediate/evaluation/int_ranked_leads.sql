{{ config(materialized='view') }}

-- Evaluated leads with a known outcome, by method: the value that ranks them and the conversion
-- probability that the method gave. The probability of method score is the conversion rate of the
-- score band on earlier days, shrunk towards the overall rate as if ten more leads had converted at
-- that rate.
with holdout_leads as (
    select * from {{ ref('int_holdout_leads') }}
    where not is_censored
),

earlier_bands as (
    select
        holdout_leads.scoring_model,
        holdout_leads.score_band,
        count(*) as leads,
        sum(case when holdout_leads.is_converted then 1 else 0 end) as conversions
    from holdout_leads
    where not holdout_leads.is_later
    group by holdout_leads.scoring_model, holdout_leads.score_band
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
    holdout_leads.evaluated_on,
    holdout_leads.scoring_model,
    'score' as method,
    holdout_leads.as_of,
    holdout_leads.lead_id,
    holdout_leads.is_converted,
    cast(holdout_leads.score as {{ type_double() }}) as ranking,
    case
        when holdout_leads.is_later
            then
                (coalesce(earlier_bands.conversions, 0) + 10 * earlier_rates.conversion_rate)
                / (coalesce(earlier_bands.leads, 0) + 10)
    end as probability
from holdout_leads
left join earlier_bands
    on
        holdout_leads.scoring_model = earlier_bands.scoring_model
        and holdout_leads.score_band = earlier_bands.score_band
left join earlier_rates on holdout_leads.scoring_model = earlier_rates.scoring_model

union all

select
    holdout_leads.evaluated_on,
    holdout_leads.scoring_model,
    holdout_probabilities.method,
    holdout_leads.as_of,
    holdout_leads.lead_id,
    holdout_leads.is_converted,
    holdout_probabilities.probability as ranking,
    holdout_probabilities.probability
from holdout_leads
inner join {{ ref('int_holdout_probabilities') }} as holdout_probabilities
    on
        holdout_leads.scoring_model = holdout_probabilities.scoring_model
        and holdout_leads.as_of = holdout_probabilities.as_of
        and holdout_leads.lead_id = holdout_probabilities.lead_id
