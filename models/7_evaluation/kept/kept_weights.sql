{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    pre_hook=["{{ forget_version_of_this_day() }}", "{{ forget_unfinished_versions(this) }}"],
    post_hook="{{ record_version() }}"
) }}

-- Calibrated weights of each version. Those of a day are replaced when it is evaluated again.
with candidates as (
    select scorecard_candidates.*
    from {{ ref('scorecard_candidates') }} as scorecard_candidates
    where scorecard_candidates.status <> 'refused'
),

last_version as (
    select coalesce(max(kept_versions.version), 0) as version
    from {{ ref('kept_versions') }} as kept_versions
),

bins as (
    select scorecard_bins.*
    from {{ ref('scorecard_bins') }} as scorecard_bins
    where scorecard_bins.part = 'all'
),

weights as (
    select * from {{ ref('bin_weights') }}
)

select
    cast(last_version.version + 1 as bigint) as version,
    cast(candidates.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(candidates.method as {{ dbt.type_string() }}) as method,
    cast(bins.feature as {{ dbt.type_string() }}) as feature,
    cast(bins.bin as {{ dbt.type_string() }}) as bin,
    cast(bins.value as {{ dbt.type_string() }}) as value,
    cast(bins.lower_bound as decimal(38, 9)) as lower_bound,
    cast(bins.upper_bound as decimal(38, 9)) as upper_bound,
    {{ nine_decimals(
        'candidates.slope * weights.weight'
        ~ ' + case when bins.bin_id = 0 then candidates.intercept else 0 end'
    ) }} as weight,
    cast(bins.support as bigint) as support,
    cast(bins.conversions as bigint) as conversions,
    candidates.evaluated_on as fitted_on,
    {{ known_until() }} as fitted_at
from candidates
cross join last_version
inner join bins on candidates.scoring_model = bins.scoring_model
inner join weights
    on
        bins.fit_id = weights.fit_id
        and bins.bin_id = weights.bin_id
        and candidates.method = weights.method
