-- What a deal of each lead is expected to bring, and that times the conversion probability. Only
-- scoring models with enough deals have rows.
with lead_scores as (
    select * from {{ ref('lead_scores') }}
),

lead_segments as (
    select * from {{ ref('int_lead_segments') }}
),

expected_amounts as (
    select * from {{ ref('int_expected_amounts') }}
),

known_segments as (
    select expected_amounts.*
    from expected_amounts
    where expected_amounts.segment <> ''
),

other_segments as (
    select expected_amounts.*
    from expected_amounts
    where expected_amounts.segment = ''
),

final as (
    select
        lead_scores.lead_id,
        lead_scores.scoring_model,
        lead_scores.conversion_probability,
        lead_segments.segment,
        other_segments.model_deals,
        coalesce(known_segments.segment_deals, 0) as segment_deals,
        coalesce(known_segments.expected_amount, other_segments.expected_amount) as expected_amount,
        coalesce(known_segments.expected_amount_low, other_segments.expected_amount_low)
            as expected_amount_low,
        coalesce(known_segments.expected_amount_high, other_segments.expected_amount_high)
            as expected_amount_high,
        cast(
            coalesce(known_segments.expected_amount, other_segments.expected_amount)
            as {{ type_double() }}
        ) as amount_as_double
    from lead_scores
    inner join other_segments on lead_scores.scoring_model = other_segments.scoring_model
    inner join lead_segments on lead_scores.lead_id = lead_segments.lead_id
    left join known_segments
        on
            lead_scores.scoring_model = known_segments.scoring_model
            and lead_segments.segment = known_segments.segment
)

select
    final.lead_id,
    final.scoring_model,
    cast(final.segment as {{ dbt.type_string() }}) as segment,
    cast(final.segment_deals as bigint) as segment_deals,
    cast(final.model_deals as bigint) as model_deals,
    cast(final.expected_amount as decimal(28, 2)) as expected_amount,
    cast(final.expected_amount_low as decimal(28, 2)) as expected_amount_low,
    cast(final.expected_amount_high as decimal(28, 2)) as expected_amount_high,
    final.conversion_probability,
    {{ money('final.conversion_probability * final.amount_as_double') }} as expected_value
from final
