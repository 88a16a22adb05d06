{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    meta={'is_written_elsewhere': true},
    on_schema_change='append_new_columns'
) }}

-- What was fitted, when, and how well it performs. This model creates the table; the hooks of
-- int_fitted_weights, the last model of training, fill it once the weights are stored.
select
    cast(null as bigint) as version,
    cast(null as {{ dbt.type_string() }}) as scoring_model,
    cast(null as {{ dbt.type_string() }}) as method,
    cast(null as date) as fitted_on,
    cast(null as timestamp) as fitted_at,
    cast(null as {{ dbt.type_string() }}) as status,
    cast(null as {{ dbt.type_string() }}) as status_because,
    cast(null as bigint) as observations,
    cast(null as bigint) as conversions,
    cast(null as bigint) as non_conversions,
    cast(null as {{ type_double() }}) as largest_change,
    cast(null as {{ type_double() }}) as slope,
    cast(null as {{ type_double() }}) as intercept,
    cast(null as {{ type_double() }}) as auc,
    cast(null as {{ type_double() }}) as brier_score,
    cast(null as {{ type_double() }}) as log_loss,
    cast(null as {{ type_double() }}) as calibration_error,
    cast(null as {{ type_double() }}) as top_decile_lift,
    cast(null as {{ type_double() }}) as score_auc,
    cast(null as {{ type_double() }}) as constant_log_loss,
    cast(null as {{ type_double() }}) as log_loss_error,
    cast(null as {{ type_double() }}) as auc_error,
    cast(null as {{ type_double() }}) as penalty,
    cast(null as {{ type_double() }}) as later_conversion_rate,
    cast(null as {{ type_double() }}) as later_expected_rate,
    cast(null as {{ dbt.type_string() }}) as suspected_leaks,
    cast(null as date) as first_observed_on,
    cast(null as date) as last_observed_on,
    cast(null as date) as measured_from,
    cast(null as bigint) as later_observations,
    cast(null as bigint) as later_conversions,
    cast(null as integer) as horizon_days
from (select 1 as one_row) as no_version
where false
