-- Bins of each feature: ranges of a number, or each value shared by enough observations and all
-- rarer values together. A feature with ranges also has a line, so that a linear relation needs no
-- steps. Bin 0 of each scoring model is the intercept.
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
        / sum(observations.observation_weight) as conversion_rate
    from observations
    group by observations.scoring_model
),

fit_values as (
    select * from {{ ref('int_fit_values') }}
),

numbers as (
    select fit_values.*
    from fit_values
    where fit_values.is_number and fit_values.number_value is not null
),

texts as (
    select
        fit_values.*,
        count(*) over (
            partition by fit_values.scoring_model, fit_values.feature, fit_values.value
        ) < {{ least }} as is_rare
    from fit_values
    where not fit_values.is_number
),

lines as (
    select * from {{ ref('int_fit_lines') }}
),

value_penalties as (
    select * from {{ ref('int_fit_value_penalties') }}
),

ranges as (
    select * from {{ ref('int_fit_ranges') }}
),

bins as (
    select
        ranges.scoring_model,
        ranges.feature,
        true as is_number,
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
        texts.scoring_model,
        texts.feature,
        false as is_number,
        case when not texts.is_rare then texts.value end as value,
        cast(null as decimal(38, 9)) as lower_bound,
        cast(null as decimal(38, 9)) as upper_bound,
        count(*) as support,
        sum(texts.is_converted) as conversions,
        sum(texts.observation_weight) as weight_sum
    from texts
    group by
        texts.scoring_model,
        texts.feature,
        case when not texts.is_rare then texts.value end
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
        sum(bins.weight_sum) over (partition by bins.scoring_model, bins.feature)
            as weight_of_feature,
        bins.support * {{ needs.most_ranges }} >= fits.observations as is_frequent,
        rank() over (
            partition by bins.scoring_model, bins.feature, bins.value is null
            order by bins.support desc, {{ byte_order('bins.value') }}
        ) as support_rank
    from bins
    inner join fits on bins.scoring_model = fits.scoring_model
    where bins.support >= {{ least }} and bins.support < fits.observations
),

all_bins as (
    select
        used_bins.scoring_model,
        case
            when not used_bins.is_number and used_bins.value is null then 'rare'
            when not used_bins.is_number or used_bins.bins_of_feature = 1 then 'value'
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
            when used_bins.is_number
                then
                    least(
                        {{ needs.groups }},
                        1 + floor(
                            {{ needs.groups }} * used_bins.support_below
                            / used_bins.support_of_feature
                        )
                    )
            when
                used_bins.value is not null
                and (used_bins.support_rank < {{ needs.groups }} or used_bins.is_frequent)
                then least(used_bins.support_rank, {{ needs.value_groups }})
            else {{ needs.value_groups }}
        end as group_number,
        used_bins.support,
        used_bins.conversions,
        used_bins.weight_sum,
        used_bins.weight_sum as square_sum,
        used_bins.weight_of_feature
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
        lines.weight_sum as square_sum,
        lines.weight_sum as weight_of_feature
    from lines
    inner join used_bins
        on
            lines.scoring_model = used_bins.scoring_model
            and lines.feature = used_bins.feature
    where
        used_bins.range_number = 1
        and used_bins.bins_of_feature > 1
        and used_bins.is_number
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
    {{ bin_in_words('all_bins') }} as bin,
    all_bins.support,
    all_bins.conversions,
    all_bins.weight_sum / fits.weight_sum as mean_amount,
    fits.conversion_rate * (1 - fits.conversion_rate) * (
        all_bins.square_sum - all_bins.weight_sum * all_bins.weight_sum / fits.weight_sum
    ) as curvature,
    -- The more lines or features with values there are, the less each is expected to predict.
    {{ feature_penalty('all_bins', 'value_penalties') }} as feature_penalty,
    fits.conversion_rate * (1 - fits.conversion_rate) * (
        all_bins.weight_of_feature
        - all_bins.weight_of_feature * all_bins.weight_of_feature / fits.weight_sum
    ) as feature_curvature
from all_bins
inner join fits on all_bins.scoring_model = fits.scoring_model
left join value_penalties
    on
        all_bins.scoring_model = value_penalties.scoring_model
        and all_bins.feature = value_penalties.feature

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
    cast(null as {{ type_double() }}) as feature_penalty,
    cast(null as {{ type_double() }}) as feature_curvature
from fits
