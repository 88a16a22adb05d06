{{ config(materialized='view') }}

-- The pairs as bins of the final fits.
select
    pairs.scoring_model,
    pairs.bin_id,
    'pair' as kind,
    concat(pairs.first_feature, ' and ', pairs.second_feature) as feature,
    cast(null as {{ dbt.type_string() }}) as value,
    cast(null as decimal(38, 9)) as lower_bound,
    cast(null as decimal(38, 9)) as upper_bound,
    cast(null as decimal(38, 9)) as line_start,
    cast(null as decimal(38, 9)) as line_end,
    cast(null as {{ type_double() }}) as mean_distance,
    cast(null as {{ type_double() }}) as spread,
    0 as range_number,
    0 as bins_of_feature,
    cast(null as integer) as group_number,
    'pair' as bin,
    pairs.support,
    pairs.conversions,
    pairs.mean_amount,
    pairs.curvature,
    cast(null as {{ type_double() }}) as feature_penalty,
    cast(null as {{ type_double() }}) as feature_curvature
from {{ ref('int_fit_pairs') }} as pairs
