-- Bins of each feature: ranges of a number with about the same number of observations each, or each
-- value shared by enough observations. Bin 0 of each fit is the intercept.
{% set least = scorecard_needs().bin_observations %}
{% set most_ranges = 10 %}
with observations as (
    select fit_observations.*
    from {{ ref('int_fit_observations') }} as fit_observations
    where fit_observations.is_training
),

fits as (
    select
        observations.fit_id,
        observations.scoring_model,
        observations.part,
        count(*) as observations,
        sum(observations.is_converted) as conversions
    from observations
    group by observations.fit_id, observations.scoring_model, observations.part
),

known_values as (
    select
        observations.fit_id,
        observations.is_converted,
        training_features.feature,
        training_features.value,
        training_features.number_value
    from {{ ref('int_training_features') }} as training_features
    inner join observations
        on
            training_features.as_of = observations.as_of
            and training_features.lead_id = observations.lead_id
),

-- Text counts as numeric if nearly all of it reads as numbers and it is more than a handful of
-- codes.
features as (
    select
        known_values.fit_id,
        known_values.feature,
        count(*) as observations,
        min(known_values.value) is null
        or (
            count(known_values.number_value) >= 0.95 * count(*)
            and count(distinct known_values.number_value) > {{ most_ranges }}
        ) as is_number
    from known_values
    group by known_values.fit_id, known_values.feature
),

numbers as (
    select
        known_values.fit_id,
        known_values.feature,
        known_values.number_value,
        known_values.is_converted,
        rank() over (
            partition by known_values.fit_id, known_values.feature
            order by known_values.number_value
        ) as value_rank,
        count(*) over (partition by known_values.fit_id, known_values.feature) as known
    from known_values
    inner join features
        on
            known_values.fit_id = features.fit_id
            and known_values.feature = features.feature
    where
        features.is_number
        and known_values.number_value is not null
),

-- Equal parts of the ordered values. Equal values are in one part, and the value after one that
-- fills whole parts, such as 0, begins a new part.
numbers_in_parts as (
    select
        numbers.*,
        floor(
            (numbers.value_rank - 1) * least(
                {{ most_ranges }},
                floor(numbers.known / cast({{ least }} as {{ type_double() }}))
            ) / numbers.known
        ) as range_number
    from numbers
    where numbers.known >= {{ least }}
),

lower_bounds as (
    select distinct
        first_values.fit_id,
        first_values.feature,
        first_values.lower_bound
    from (
        select
            numbers_in_parts.fit_id,
            numbers_in_parts.feature,
            min(numbers_in_parts.number_value) as lower_bound
        from numbers_in_parts
        group by
            numbers_in_parts.fit_id,
            numbers_in_parts.feature,
            numbers_in_parts.range_number
    ) as first_values
),

-- The first range has no lower bound and the last one no upper bound.
ranges as (
    select
        lower_bounds.fit_id,
        lower_bounds.feature,
        case
            when
                row_number() over (
                    partition by lower_bounds.fit_id, lower_bounds.feature
                    order by lower_bounds.lower_bound
                ) > 1
                then lower_bounds.lower_bound
        end as lower_bound,
        lead(lower_bounds.lower_bound) over (
            partition by lower_bounds.fit_id, lower_bounds.feature
            order by lower_bounds.lower_bound
        ) as upper_bound
    from lower_bounds
),

bins as (
    select
        ranges.fit_id,
        ranges.feature,
        cast(null as {{ dbt.type_string() }}) as value,
        ranges.lower_bound,
        ranges.upper_bound,
        count(*) as support,
        sum(numbers.is_converted) as conversions
    from ranges
    inner join numbers
        on
            ranges.fit_id = numbers.fit_id
            and ranges.feature = numbers.feature
            and (ranges.lower_bound is null or ranges.lower_bound <= numbers.number_value)
            and (ranges.upper_bound is null or ranges.upper_bound > numbers.number_value)
    group by ranges.fit_id, ranges.feature, ranges.lower_bound, ranges.upper_bound

    union all

    select
        known_values.fit_id,
        known_values.feature,
        known_values.value,
        cast(null as decimal(38, 9)) as lower_bound,
        cast(null as decimal(38, 9)) as upper_bound,
        count(*) as support,
        sum(known_values.is_converted) as conversions
    from known_values
    inner join features
        on
            known_values.fit_id = features.fit_id
            and known_values.feature = features.feature
    where not features.is_number
    group by known_values.fit_id, known_values.feature, known_values.value
),

-- A bin that contains all observations carries no information.
used_bins as (
    select
        bins.*,
        fits.scoring_model,
        fits.part,
        fits.observations
    from bins
    inner join fits on bins.fit_id = fits.fit_id
    where
        bins.support >= {{ least }}
        and bins.support < fits.observations
)

select
    used_bins.fit_id,
    used_bins.scoring_model,
    used_bins.part,
    row_number() over (
        partition by used_bins.fit_id
        order by
            {{ byte_order('used_bins.feature') }},
            used_bins.lower_bound,
            used_bins.upper_bound,
            {{ byte_order('used_bins.value') }}
    ) as bin_id,
    used_bins.feature,
    used_bins.value,
    used_bins.lower_bound,
    used_bins.upper_bound,
    case
        when used_bins.value is not null then used_bins.value
        when used_bins.lower_bound is null and used_bins.upper_bound is null then 'known'
        when used_bins.lower_bound is null
            then concat('below ', {{ number_as_text('used_bins.upper_bound') }})
        when used_bins.upper_bound is null
            then concat('from ', {{ number_as_text('used_bins.lower_bound') }})
        else
            concat(
                'from ', {{ number_as_text('used_bins.lower_bound') }},
                ' to below ', {{ number_as_text('used_bins.upper_bound') }}
            )
    end as bin,
    used_bins.support,
    used_bins.conversions,
    used_bins.observations
from used_bins

union all

select
    fits.fit_id,
    fits.scoring_model,
    fits.part,
    0 as bin_id,
    '(intercept)' as feature,
    cast(null as {{ dbt.type_string() }}) as value,
    cast(null as decimal(38, 9)) as lower_bound,
    cast(null as decimal(38, 9)) as upper_bound,
    'every lead' as bin,
    fits.observations as support,
    fits.conversions,
    fits.observations
from fits
