-- Explanation of the probabilities in lead_scores: the weights of a lead add up to the log-odds of
-- its conversion.
with lead_contributions as (
    select * from {{ ref('int_lead_contributions') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
)

select
    cast(lead_contributions.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(lead_contributions.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(lead_contributions.feature as {{ dbt.type_string() }}) as feature,
    cast(lead_contributions.bin as {{ dbt.type_string() }}) as bin,
    cast(lead_contributions.weight as decimal(38, 9)) as weight,
    cast(lead_contributions.version as bigint) as version,
    cast(lead_contributions.method as {{ dbt.type_string() }}) as method
from lead_contributions
inner join scoring_dates on lead_contributions.as_of = scoring_dates.as_of
where
    scoring_dates.is_run_day
    and lead_contributions.scoring_model not in (
        select challengers.challenger from challengers
    )
