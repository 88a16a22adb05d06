-- The line of each numeric feature that varies: where it starts and ends, and how its values lie in
-- between.
with numbers as (
    select fit_values.*
    from {{ ref('int_fit_values') }} as fit_values
    where
        fit_values.is_number
        and fit_values.number_value is not null
),

hundredths as (
    select
        numbers.scoring_model,
        numbers.feature,
        cast(min(numbers.number_value) as decimal(28, 9)) as least_value,
        cast(
            max(
                case
                    when numbers.value_rank <= 1 + 0.01 * numbers.known then numbers.number_value
                end
            ) as decimal(28, 9)
        ) as first_value,
        cast(
            max(
                case
                    when numbers.value_rank <= 1 + 0.99 * numbers.known then numbers.number_value
                end
            ) as decimal(28, 9)
        ) as last_value,
        cast(max(numbers.number_value) as decimal(28, 9)) as greatest_value
    from numbers
    group by numbers.scoring_model, numbers.feature
),

-- A line goes on beyond the first and the last hundredth of the values, but no further than these
-- are apart, so that a value far away from all others does not turn it.
line_ends as (
    select
        hundredths.scoring_model,
        hundredths.feature,
        cast(
            greatest(
                hundredths.least_value,
                hundredths.first_value - (hundredths.last_value - hundredths.first_value)
            ) as decimal(38, 9)
        ) as line_start,
        cast(
            least(
                hundredths.greatest_value,
                hundredths.last_value + (hundredths.last_value - hundredths.first_value)
            ) as decimal(38, 9)
        ) as line_end
    from hundredths
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

feature_lines as (
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
)

select feature_lines.* from feature_lines
