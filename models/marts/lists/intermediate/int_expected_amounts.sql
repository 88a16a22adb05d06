-- Expected amount of a deal in each scoring model and segment, and its 95 % interval. The mean of
-- the logarithms of a segment's amounts is drawn towards the mean of all segments, the more the
-- fewer deals it has (Buehlmann and Straub 1970).
{% set z = z_of_interval() %}
with ranked as (
    select
        deal_amounts.scoring_model,
        deal_amounts.segment,
        ln(cast(deal_amounts.amount as {{ type_double() }})) as log_amount,
        row_number() over (
            partition by deal_amounts.scoring_model
            order by deal_amounts.amount asc, {{ byte_order('deal_amounts.deal_id') }} asc
        ) as amount_rank,
        count(*) over (partition by deal_amounts.scoring_model) as deals
    from {{ ref('int_deal_amounts') }} as deal_amounts
),

-- The amount that at least so many percent of the deals do not exceed, and the one that they reach.
percentiles as (
    select
        {%- for percent in [75, 95] %}
        min(
            case
                when 100 * ranked.amount_rank >= {{ percent }} * ranked.deals
                    then ranked.log_amount
            end
        ) as high_{{ percent }},
        max(
            case
                when 100 * (ranked.deals + 1 - ranked.amount_rank) >= {{ percent }} * ranked.deals
                    then ranked.log_amount
            end
        ) as low_{{ percent }},
        {%- endfor %}
        ranked.scoring_model
    from ranked
    where ranked.deals >= {{ fewest_deals() }}
    group by ranked.scoring_model
),

-- Beyond these, an amount is an outlier, such as a typing error: Tukey's fences (1977), but
-- at most one amount in twenty at either end.
fences as (
    select
        percentiles.scoring_model,
        least(
            percentiles.low_95,
            percentiles.low_75 - 1.5 * (percentiles.high_75 - percentiles.low_75)
        ) as lowest,
        greatest(
            percentiles.high_95,
            percentiles.high_75 + 1.5 * (percentiles.high_75 - percentiles.low_75)
        ) as highest
    from percentiles
),

held as (
    select
        ranked.scoring_model,
        ranked.segment,
        least(greatest(ranked.log_amount, fences.lowest), fences.highest) as log_amount
    from ranked
    inner join fences on ranked.scoring_model = fences.scoring_model
),

segments as (
    select
        held.scoring_model,
        held.segment,
        cast(count(*) as {{ type_double() }}) as deals,
        avg(held.log_amount) as mean_log,
        sum(exp(held.log_amount)) as amount
    from held
    group by held.scoring_model, held.segment
),

all_deals as (
    select
        held.scoring_model,
        cast(count(*) as {{ type_double() }}) as deals,
        avg(held.log_amount) as mean_log
    from held
    group by held.scoring_model
),

within_segments as (
    select
        held.scoring_model,
        sum(power(held.log_amount - segments.mean_log, 2)) as squares
    from held
    inner join segments
        on
            held.scoring_model = segments.scoring_model
            and held.segment = segments.segment
    group by held.scoring_model
),

between_segments as (
    select
        segments.scoring_model,
        cast(count(*) as {{ type_double() }}) as segments,
        sum(segments.deals * power(segments.mean_log - all_deals.mean_log, 2)) as squares,
        min(all_deals.deals) - sum(power(segments.deals, 2)) / min(all_deals.deals)
            as effective_deals
    from segments
    inner join all_deals on segments.scoring_model = all_deals.scoring_model
    group by segments.scoring_model
),

-- Where every deal has a segment of its own, they say nothing about each other.
deal_variances as (
    select
        between_segments.*,
        all_deals.deals,
        all_deals.mean_log,
        greatest(all_deals.deals - between_segments.segments, 1) as free_deals,
        case
            when all_deals.deals > between_segments.segments
                then within_segments.squares / (all_deals.deals - between_segments.segments)
            else between_segments.squares / (all_deals.deals - 1)
        end as deal_variance
    from between_segments
    inner join all_deals on between_segments.scoring_model = all_deals.scoring_model
    inner join within_segments on between_segments.scoring_model = within_segments.scoring_model
),

-- The interval takes the variance between segments to be at least its own standard error, because
-- few segments cannot tell a small variance from none.
variances as (
    select
        deal_variances.*,
        case
            when deal_variances.segments > 1
                then greatest(
                    deal_variances.squares
                    - (deal_variances.segments - 1) * deal_variances.deal_variance, 0
                ) / deal_variances.effective_deals
            else 0
        end as segment_variance,
        case
            when deal_variances.segments > 1
                then
                    sqrt(2 * (deal_variances.segments - 1)) * deal_variances.deal_variance
                    / deal_variances.effective_deals
            else 0
        end as segment_variance_error
    from deal_variances
),

-- The row of the empty segment is for leads in segments without deals.
all_segments as (
    select
        segments.scoring_model,
        segments.segment,
        segments.deals,
        segments.mean_log,
        segments.amount
    from segments

    union all

    select
        all_deals.scoring_model,
        cast('' as {{ dbt.type_string() }}) as segment,
        0 as deals,
        0 as mean_log,
        0 as amount
    from all_deals
),

weighted as (
    select
        all_segments.*,
        variances.deals as model_deals,
        variances.mean_log as model_mean_log,
        variances.free_deals,
        variances.deal_variance,
        greatest(variances.segment_variance, variances.segment_variance_error) as segment_variance,
        case
            when variances.segment_variance > 0 and all_segments.deals > 0
                then
                    all_segments.deals * variances.segment_variance
                    / (all_segments.deals * variances.segment_variance + variances.deal_variance)
            else 0
        end as own_weight
    from all_segments
    inner join variances on all_segments.scoring_model = variances.scoring_model
),

centred as (
    select
        weighted.*,
        coalesce(
            sum(weighted.own_weight * weighted.mean_log) over (partition by weighted.scoring_model)
            / nullif(sum(weighted.own_weight) over (partition by weighted.scoring_model), 0),
            weighted.model_mean_log
        ) as centre
    from weighted
),

drawn as (
    select
        centred.*,
        centred.own_weight * centred.mean_log + (1 - centred.own_weight) * centred.centre
            as expected_log,
        sqrt(
            power(1 - centred.own_weight, 2)
            * (centred.segment_variance + centred.deal_variance / centred.model_deals)
            + power(centred.own_weight, 2) * centred.deal_variance / greatest(centred.deals, 1)
            + power(centred.deal_variance, 2) / (2 * centred.free_deals)
        ) as error
    from centred
),

-- The mean of amounts is above the exponential of the mean of their logarithms. The scale lets the
-- expected amounts of the deals add up to what they brought.
scaled as (
    select
        drawn.*,
        sum(drawn.amount) over (partition by drawn.scoring_model)
        / sum(drawn.deals * exp(drawn.expected_log)) over (partition by drawn.scoring_model)
            as scale
    from drawn
)

select
    scaled.scoring_model,
    scaled.segment,
    cast(scaled.deals as bigint) as segment_deals,
    cast(scaled.model_deals as bigint) as model_deals,
    scaled.own_weight,
    {{ money('scaled.scale * exp(scaled.expected_log)') }} as expected_amount,
    {{ money('scaled.scale * exp(scaled.expected_log - ' ~ z ~ ' * scaled.error)') }}
        as expected_amount_low,
    {{ money('scaled.scale * exp(scaled.expected_log + ' ~ z ~ ' * scaled.error)') }}
        as expected_amount_high
from scaled
