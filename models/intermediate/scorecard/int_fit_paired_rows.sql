-- The bins of each observation, including pairs.
with fit_rows as (
    select * from {{ ref('int_fit_rows') }}
),

bins as (
    select * from {{ ref('int_fit_bins') }}
),

pair_bins as (
    select * from {{ ref('int_fit_pairs') }}
),

grouped_rows as (
    select
        fit_rows.scoring_model,
        fit_rows.observation_id,
        bins.feature,
        bins.group_number
    from fit_rows
    inner join bins
        on
            fit_rows.scoring_model = bins.scoring_model
            and fit_rows.bin_id = bins.bin_id
    where bins.group_number is not null
)

select
    fit_rows.scoring_model,
    fit_rows.observation_id,
    fit_rows.bin_id,
    fit_rows.amount
from fit_rows

union all

select
    first_rows.scoring_model,
    first_rows.observation_id,
    pair_bins.bin_id,
    cast(1 as {{ type_double() }}) as amount
from pair_bins
inner join grouped_rows as first_rows
    on
        pair_bins.scoring_model = first_rows.scoring_model
        and pair_bins.first_feature = first_rows.feature
        and pair_bins.first_group = first_rows.group_number
inner join grouped_rows as second_rows
    on
        pair_bins.scoring_model = second_rows.scoring_model
        and pair_bins.second_feature = second_rows.feature
        and pair_bins.second_group = second_rows.group_number
        and first_rows.observation_id = second_rows.observation_id
