-- The bins of each observation, including pairs of bins.
with binned as (
    select * from {{ ref('int_fit_rows') }}
),

pairs as (
    select * from {{ ref('int_fit_pairs') }}
)

select
    binned.fit_id,
    binned.observation_id,
    binned.bin_id,
    binned.is_converted,
    binned.is_training
from binned

union all

select
    first_rows.fit_id,
    first_rows.observation_id,
    pairs.bin_id,
    first_rows.is_converted,
    first_rows.is_training
from pairs
inner join binned as first_rows
    on
        pairs.fit_id = first_rows.fit_id
        and pairs.first_bin_id = first_rows.bin_id
inner join binned as second_rows
    on
        pairs.fit_id = second_rows.fit_id
        and pairs.second_bin_id = second_rows.bin_id
        and first_rows.observation_id = second_rows.observation_id
