{{ config(materialized='ephemeral') }}

-- What each bin of the weights in force says, in words, and the fact that it is about. The weight
-- of a pair counts half for each of its facts.
with scoring_dates as (
    select scoring_dates.as_of
    from {{ ref('int_scoring_dates') }} as scoring_dates
    where scoring_dates.is_run_day
),

weights as (
    select weights_in_force.*
    from {{ ref('int_weights_in_force') }} as weights_in_force
    inner join scoring_dates on weights_in_force.as_of = scoring_dates.as_of
    where weights_in_force.feature <> '(intercept)'
),

single_bins as (
    select
        weights.*,
        {{ fact_of('weights.feature') }} as fact
    from weights
    where weights.first_feature is null
)

select
    single_bins.scoring_model,
    single_bins.feature,
    single_bins.bin,
    single_bins.fact,
    {{ reason_in_words('single_bins') }} as reason,
    cast(1 as decimal(2, 1)) as weight_share
from single_bins

union all

select
    weights.scoring_model,
    weights.feature,
    weights.bin,
    {{ fact_of('weights.first_feature') }} as fact,
    cast(null as {{ dbt.type_string() }}) as reason,
    cast(0.5 as decimal(2, 1)) as weight_share
from weights
where weights.first_feature is not null

union all

select
    weights.scoring_model,
    weights.feature,
    weights.bin,
    {{ fact_of('weights.second_feature') }} as fact,
    cast(null as {{ dbt.type_string() }}) as reason,
    cast(0.5 as decimal(2, 1)) as weight_share
from weights
where weights.first_feature is not null
