-- Bins of each feature: ranges of a number with about the same number of observations each, or each
-- value shared by enough observations. A feature with ranges also has a line, so that a straight
-- relation needs no steps. Bin 0 of each scoring model is the intercept.
{% set needs = scorecard_needs() %}
{% set least = needs.bin_observations %}
with observations as (
    select * from {{ ref('int_fit_observations') }}
),

fits as (
    select
        observations.scoring_model,
        count(*) as observations,
        sum(observations.is_converted) as conversions,
        sum(observations.observation_weight) as weight_sum,
        sum(observations.observation_weight * observations.is_converted)
        / sum(observations.observation_weight) as conversion_rate,
        -- The more conversions, the finer the ranges.
        least(
            {{ needs.most_ranges }},
            greatest(
                {{ needs.least_ranges }},
                floor(
                    least(
                        sum(observations.is_converted),
                        count(*) - sum(observations.is_converted)
                    ) / {{ needs.conversions_per_range }}
                )
            )
        ) as most_ranges
    from observations
    group by observations.scoring_model
),

known_values as (
    select
        observations.scoring_model,
        observations.is_converted,
        observations.observation_weight,
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
        known_values.scoring_model,
        known_values.feature,
        min(known_values.value) is null
        or (
            count(known_values.number_value) >= 0.95 * count(*)
            and count(distinct known_values.number_value) > 10
        ) as is_number
    from known_values
    group by known_values.scoring_model, known_values.feature
),

numbers as (
    select
        known_values.scoring_model,
        known_values.feature,
        known_values.number_value,
        known_values.is_converted,
        known_values.observation_weight,
        fits.most_ranges,
        rank() over (
            partition by known_values.scoring_model, known_values.feature
            order by known_values.number_value
        ) as value_rank,
        count(*) over (
            partition by known_values.scoring_model, known_values.feature
        ) as known
    from known_values
    inner join fits on known_values.scoring_model = fits.scoring_model
    inner join features
        on
            known_values.scoring_model = features.scoring_model
            and known_values.feature = features.feature
    where
        features.is_number
        and known_values.number_value is not null
),

-- Equal parts of the ordered values. Equal values are in one part, and the value after one that
-- fills whole parts, such as 0, begins a new part.
lower_bounds as (
    select
        numbers.scoring_model,
        numbers.feature,
        min(numbers.number_value) as lower_bound
    from numbers
    where numbers.known >= {{ least }}
    group by
        numbers.scoring_model,
        numbers.feature,
        floor(
            (numbers.value_rank - 1) * least(
                numbers.most_ranges,
                floor(numbers.known / cast({{ least }} as {{ type_double() }}))
            ) / numbers.known
        )
),

-- The first range has no lower bound and the last one no upper bound.
ranges as (
    select
        lower_bounds.scoring_model,
        lower_bounds.feature,
        case
            when
                row_number() over (
                    partition by lower_bounds.scoring_model, lower_bounds.feature
                    order by lower_bounds.lower_bound
                ) > 1
                then lower_bounds.lower_bound
        end as lower_bound,
        lead(lower_bounds.lower_bound) over (
            partition by lower_bounds.scoring_model, lower_bounds.feature
            order by lower_bounds.lower_bound
        ) as upper_bound
    from lower_bounds
),

bins as (
    select
        ranges.scoring_model,
        ranges.feature,
        cast(null as {{ dbt.type_string() }}) as value,
        ranges.lower_bound,
        ranges.upper_bound,
        count(*) as support,
        sum(numbers.is_converted) as conversions,
        sum(numbers.observation_weight) as weight_sum
    from ranges
    inner join numbers
        on
            ranges.scoring_model = numbers.scoring_model
            and ranges.feature = numbers.feature
            and (ranges.lower_bound is null or ranges.lower_bound <= numbers.number_value)
            and (ranges.upper_bound is null or ranges.upper_bound > numbers.number_value)
    group by ranges.scoring_model, ranges.feature, ranges.lower_bound, ranges.upper_bound

    union all

    select
        known_values.scoring_model,
        known_values.feature,
        known_values.value,
        cast(null as decimal(38, 9)) as lower_bound,
        cast(null as decimal(38, 9)) as upper_bound,
        count(*) as support,
        sum(known_values.is_converted) as conversions,
        sum(known_values.observation_weight) as weight_sum
    from known_values
    inner join features
        on
            known_values.scoring_model = features.scoring_model
            and known_values.feature = features.feature
    where not features.is_number
    group by known_values.scoring_model, known_values.feature, known_values.value
),

-- A bin that contains all observations carries no information.
used_bins as (
    select
        bins.*,
        count(*) over (partition by bins.scoring_model, bins.feature) as bins_of_feature,
        row_number() over (
            partition by bins.scoring_model, bins.feature
            order by
                case when bins.value is null and bins.lower_bound is null then 0 else 1 end,
                bins.lower_bound,
                {{ byte_order('bins.value') }}
        ) as range_number,
        sum(bins.support) over (
            partition by bins.scoring_model, bins.feature
            order by
                case when bins.value is null and bins.lower_bound is null then 0 else 1 end,
                bins.lower_bound,
                {{ byte_order('bins.value') }}
            rows between unbounded preceding and current row
        ) - bins.support / cast(2 as {{ type_double() }}) as support_below,
        sum(bins.support) over (partition by bins.scoring_model, bins.feature)
            as support_of_feature,
        rank() over (
            partition by bins.scoring_model, bins.feature
            order by bins.support desc, {{ byte_order('bins.value') }}
        ) as support_rank
    from bins
    inner join fits on bins.scoring_model = fits.scoring_model
    where
        bins.support >= {{ least }}
        and bins.support < fits.observations
),

-- A line goes on no further than the first and the last hundredth of the values.
line_ends as (
    select
        numbers.scoring_model,
        numbers.feature,
        max(case when numbers.value_rank <= 1 + 0.01 * numbers.known then numbers.number_value end)
            as line_start,
        max(case when numbers.value_rank <= 1 + 0.99 * numbers.known then numbers.number_value end)
            as line_end
    from numbers
    group by numbers.scoring_model, numbers.feature
),

positions as (
    select
        numbers.scoring_model,
        numbers.feature,
        numbers.observation_weight,
        cast(
            least(greatest(numbers.number_value, line_ends.line_start), line_ends.line_end)
            - line_ends.line_start as {{ type_double() }}
        ) as distance
    from numbers
    inner join line_ends
        on
            numbers.scoring_model = line_ends.scoring_model
            and numbers.feature = line_ends.feature
),

distances as (
    select
        positions.scoring_model,
        positions.feature,
        sum(positions.observation_weight) as weight_sum,
        sum(positions.observation_weight * positions.distance)
        / sum(positions.observation_weight) as mean_distance,
        sum(positions.observation_weight * positions.distance * positions.distance)
        / sum(positions.observation_weight) as mean_square
    from positions
    group by positions.scoring_model, positions.feature
),

lines as (
    select
        line_ends.scoring_model,
        line_ends.feature,
        line_ends.line_start,
        line_ends.line_end,
        distances.weight_sum,
        distances.mean_distance,
        sqrt(distances.mean_square - distances.mean_distance * distances.mean_distance)
            as spread
    from line_ends
    inner join distances
        on
            line_ends.scoring_model = distances.scoring_model
            and line_ends.feature = distances.feature
    where distances.mean_square > distances.mean_distance * distances.mean_distance
),

all_bins as (
    select
        used_bins.scoring_model,
        case
            when used_bins.value is not null or used_bins.bins_of_feature = 1 then 'value'
            else 'range'
        end as kind,
        used_bins.feature,
        used_bins.value,
        used_bins.lower_bound,
        used_bins.upper_bound,
        lines.line_start,
        lines.line_end,
        lines.mean_distance,
        lines.spread,
        used_bins.range_number,
        used_bins.bins_of_feature,
        case
            when used_bins.value is not null
                then least(used_bins.support_rank, {{ needs.groups }})
            else
                least(
                    1 + floor(
                        {{ needs.groups }} * used_bins.support_below
                        / used_bins.support_of_feature
                    ),
                    {{ needs.groups }}
                )
        end as group_number,
        used_bins.support,
        used_bins.conversions,
        used_bins.weight_sum,
        used_bins.weight_sum as square_sum
    from used_bins
    left join lines
        on
            used_bins.scoring_model = lines.scoring_model
            and used_bins.feature = lines.feature

    union all

    select
        lines.scoring_model,
        'line' as kind,
        lines.feature,
        cast(null as {{ dbt.type_string() }}) as value,
        cast(null as decimal(38, 9)) as lower_bound,
        cast(null as decimal(38, 9)) as upper_bound,
        lines.line_start,
        lines.line_end,
        lines.mean_distance,
        lines.spread,
        0 as range_number,
        0 as bins_of_feature,
        cast(null as integer) as group_number,
        cast(null as bigint) as support,
        cast(null as {{ type_double() }}) as conversions,
        cast(0 as {{ type_double() }}) as weight_sum,
        lines.weight_sum as square_sum
    from lines
    inner join used_bins
        on
            lines.scoring_model = used_bins.scoring_model
            and lines.feature = used_bins.feature
    where
        used_bins.range_number = 1
        and used_bins.bins_of_feature > 1
        and used_bins.value is null
)

select
    all_bins.scoring_model,
    row_number() over (
        partition by all_bins.scoring_model
        order by
            {{ byte_order('all_bins.feature') }},
            {{ byte_order('all_bins.kind') }},
            all_bins.range_number,
            {{ byte_order('all_bins.value') }}
    ) as bin_id,
    all_bins.kind,
    all_bins.feature,
    all_bins.value,
    all_bins.lower_bound,
    all_bins.upper_bound,
    all_bins.line_start,
    all_bins.line_end,
    all_bins.mean_distance,
    all_bins.spread,
    all_bins.range_number,
    all_bins.bins_of_feature,
    all_bins.group_number,
    case
        when all_bins.kind = 'line' then 'line'
        when all_bins.value is not null then all_bins.value
        when all_bins.lower_bound is null and all_bins.upper_bound is null then 'known'
        when all_bins.lower_bound is null
            then concat('below ', {{ number_as_text('all_bins.upper_bound') }})
        when all_bins.upper_bound is null
            then concat('from ', {{ number_as_text('all_bins.lower_bound') }})
        else
            concat(
                'from ', {{ number_as_text('all_bins.lower_bound') }},
                ' to below ', {{ number_as_text('all_bins.upper_bound') }}
            )
    end as bin,
    all_bins.support,
    all_bins.conversions,
    all_bins.weight_sum / fits.weight_sum as mean_amount,
    fits.conversion_rate * (1 - fits.conversion_rate) * (
        all_bins.square_sum - all_bins.weight_sum * all_bins.weight_sum / fits.weight_sum
    ) as curvature,
    -- The more lines or features with values there are, the less each is expected to say.
    case all_bins.kind
        when 'line'
            then greatest(
                1,
                sum(case when all_bins.kind = 'line' then 1 else 0 end) over (
                    partition by all_bins.scoring_model
                ) / cast({{ needs.features_per_penalty }} as {{ type_double() }})
            )
        when 'value'
            then least({{ needs.most_value_penalty }}, greatest(
                {{ needs.least_value_penalty }},
                sum(
                    case when all_bins.kind = 'value' and all_bins.range_number = 1 then 1 else 0 end
                ) over (partition by all_bins.scoring_model)
                / cast({{ needs.features_per_penalty }} as {{ type_double() }})
            ))
    end as feature_penalty
from all_bins
inner join fits on all_bins.scoring_model = fits.scoring_model

union all

select
    fits.scoring_model,
    0 as bin_id,
    'intercept' as kind,
    '(intercept)' as feature,
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
    'every lead' as bin,
    fits.observations as support,
    fits.conversions,
    cast(0 as {{ type_double() }}) as mean_amount,
    fits.conversion_rate * (1 - fits.conversion_rate) * fits.weight_sum as curvature,
    cast(null as {{ type_double() }}) as feature_penalty
from fits
