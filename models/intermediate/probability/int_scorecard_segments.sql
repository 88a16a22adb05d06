{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    meta={'is_written_elsewhere': true},
    on_schema_change='append_new_columns'
) }}

-- How well each version performed for each segment of the later observations. This model creates
-- the table; the hooks of int_fitted_weights, the last model of training, fill it.
select
    cast(null as bigint) as version,
    cast(null as {{ dbt.type_string() }}) as scoring_model,
    cast(null as {{ dbt.type_string() }}) as segment,
    cast(null as {{ dbt.type_string() }}) as segment_value,
    cast(null as bigint) as observations,
    cast(null as bigint) as conversions,
    cast(null as {{ type_double() }}) as conversion_rate,
    cast(null as {{ type_double() }}) as expected_rate,
    cast(null as {{ type_double() }}) as auc,
    cast(null as {{ type_double() }}) as auc_error
from (select 1 as one_row) as no_version
where false
