-- Ranges of each numeric feature. A value that fills a range of its own, such as 0, is one; the
-- others are divided into ranges with about the same number of observations each.
{% set least = scorecard_needs().bin_observations %}
with observations as (
    select * from {{ ref('int_fit_observations') }}
),

fits as (
    select
        observations.scoring_model,
        -- The more conversions, the finer the ranges.
        {{ ranges_by_conversions('observations') }} as most_ranges
    from observations
    group by observations.scoring_model
),

numbers as (
    select
        fit_values.scoring_model,
        fit_values.feature,
        fit_values.number_value,
        count(*) as support,
        min(
            least(
                fits.most_ranges,
                floor(fit_values.known / cast({{ least }} as {{ type_double() }}))
            )
        ) as most_ranges,
        min(fit_values.known) as known
    from {{ ref('int_fit_values') }} as fit_values
    inner join fits on fit_values.scoring_model = fits.scoring_model
    where
        fit_values.is_number
        and fit_values.number_value is not null
        and fit_values.known >= {{ least }}
    group by fit_values.scoring_model, fit_values.feature, fit_values.number_value
),

other_numbers as (
    select
        numbers.*,
        numbers.support * numbers.most_ranges >= numbers.known as is_range,
        case
            when numbers.support * numbers.most_ranges < numbers.known then numbers.support
            else 0
        end as other_support
    from numbers
),

counted as (
    select
        other_numbers.*,
        sum(other_numbers.other_support) over (
            partition by other_numbers.scoring_model, other_numbers.feature
            order by other_numbers.number_value
            rows between unbounded preceding and current row
        ) - other_numbers.other_support as support_below,
        sum(other_numbers.other_support) over (
            partition by other_numbers.scoring_model, other_numbers.feature
        ) as support_of_others
    from other_numbers
),

parts as (
    select
        counted.*,
        case
            when counted.is_range then -1
            else
                floor(
                    counted.support_below * least(
                        counted.most_ranges,
                        greatest(floor(counted.support_of_others / {{ least }}.0), 1)
                    ) / counted.support_of_others
                )
        end as part
    from counted
),

numbered as (
    select
        parts.*,
        case
            when
                parts.is_range
                or parts.part <> coalesce(
                    lag(parts.part) over (
                        partition by parts.scoring_model, parts.feature
                        order by parts.number_value
                    ),
                    -1
                )
                then 1
            else 0
        end as is_start
    from parts
),

pieces as (
    select
        numbered.*,
        sum(numbered.is_start) over (
            partition by numbered.scoring_model, numbered.feature
            order by numbered.number_value
            rows between unbounded preceding and current row
        ) as piece
    from numbered
),

bounds as (
    select
        pieces.scoring_model,
        pieces.feature,
        min(pieces.number_value) as lower_bound,
        sum(pieces.support) as support
    from pieces
    group by pieces.scoring_model, pieces.feature, pieces.piece
),

cumulated as (
    select
        bounds.*,
        sum(bounds.support) over (
            partition by bounds.scoring_model, bounds.feature
            order by bounds.lower_bound
            rows between unbounded preceding and current row
        ) - bounds.support as support_below
    from bounds
),

-- What is too small joins the range below it.
lower_bounds as (
    select
        cumulated.scoring_model,
        cumulated.feature,
        cumulated.lower_bound,
        cumulated.support_below
    from cumulated
    where
        cumulated.support_below = 0
        or (cumulated.support >= {{ least }} and cumulated.support_below >= {{ least }})
)

-- The first range has no lower bound and the last one no upper bound.
select
    lower_bounds.scoring_model,
    lower_bounds.feature,
    case when lower_bounds.support_below > 0 then lower_bounds.lower_bound end as lower_bound,
    lead(lower_bounds.lower_bound) over (
        partition by lower_bounds.scoring_model, lower_bounds.feature
        order by lower_bounds.lower_bound
    ) as upper_bound
from lower_bounds
