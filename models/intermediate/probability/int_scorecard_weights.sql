{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    meta={'is_written_elsewhere': true},
    on_schema_change='append_new_columns'
) }}

-- Calibrated weights of each version. This model creates the table; the hooks of
-- int_fitted_weights, the last model of training, fill it.
select
    cast(null as bigint) as version,
    cast(null as {{ dbt.type_string() }}) as scoring_model,
    cast(null as {{ dbt.type_string() }}) as method,
    cast(null as {{ dbt.type_string() }}) as feature,
    cast(null as {{ dbt.type_string() }}) as bin,
    cast(null as {{ dbt.type_string() }}) as value,
    cast(null as decimal(38, 9)) as lower_bound,
    cast(null as decimal(38, 9)) as upper_bound,
    cast(null as {{ dbt.type_string() }}) as first_feature,
    cast(null as {{ dbt.type_string() }}) as first_bin,
    cast(null as {{ dbt.type_string() }}) as second_feature,
    cast(null as {{ dbt.type_string() }}) as second_bin,
    cast(null as decimal(38, 9)) as weight,
    cast(null as decimal(38, 9)) as lower_end,
    cast(null as decimal(38, 9)) as upper_end,
    cast(null as decimal(38, 9)) as upper_weight,
    cast(null as bigint) as support,
    cast(null as bigint) as conversions,
    cast(null as date) as fitted_on,
    cast(null as timestamp) as fitted_at
from (select 1 as one_row) as no_weight
where false
