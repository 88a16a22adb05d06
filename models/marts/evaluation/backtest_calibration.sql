-- Whether as many leads converted as their probabilities predicted, by tenths of the leads.
with ranked_leads as (
    select * from {{ ref('int_ranked_leads') }}
    where probability is not null
),

-- Equal probabilities share a decile, so there may be fewer than ten.
deciles as (
    select
        ranked_leads.*,
        1 + floor(
            10.0 * (
                rank() over (
                    partition by ranked_leads.scoring_model, ranked_leads.method
                    order by ranked_leads.probability
                ) - 1
            ) / count(*) over (partition by ranked_leads.scoring_model, ranked_leads.method)
        ) as decile
    from ranked_leads
),

counted as (
    select
        deciles.evaluated_on,
        deciles.scoring_model,
        deciles.method,
        deciles.decile,
        count(*) as leads,
        sum(case when deciles.is_converted then 1 else 0 end) as conversions,
        avg(deciles.probability) as average_probability
    from deciles
    group by deciles.evaluated_on, deciles.scoring_model, deciles.method, deciles.decile
)

select
    cast(counted.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(counted.method as {{ dbt.type_string() }}) as method,
    cast(counted.decile as integer) as decile,
    counted.evaluated_on,
    cast(counted.leads as bigint) as leads,
    counted.average_probability,
    cast(counted.conversions as bigint) as conversions,
    {{ conversion_rate_columns('counted') }},
    (
        counted.average_probability >= {{ wilson_low('counted.conversions', 'counted.leads') }}
        and counted.average_probability <= {{ wilson_high('counted.conversions', 'counted.leads') }}
    ) as is_calibrated
from counted
