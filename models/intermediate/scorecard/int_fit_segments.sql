-- How well the fit to the earlier observations predicts the later ones of each country, industry,
-- lead source and company size.
with later as (
    select
        later_probabilities.scoring_model,
        later_probabilities.observation_id,
        later_probabilities.is_converted,
        later_probabilities.observation_weight,
        later_probabilities.probability,
        observations.as_of,
        observations.lead_id
    from {{ ref('int_later_probabilities') }} as later_probabilities
    inner join {{ ref('int_fit_observations') }} as observations
        on
            later_probabilities.scoring_model = observations.scoring_model
            and later_probabilities.observation_id = observations.observation_id
),

profiles as (
    select
        later.*,
        lead_profiles.country,
        lead_profiles.industry,
        lead_profiles.lead_source,
        lead_profiles.employee_count
    from later
    inner join {{ ref('int_lead_profiles') }} as lead_profiles
        on
            later.as_of = lead_profiles.as_of
            and later.lead_id = lead_profiles.lead_id
),

segments as (
    {%- for segment in segment_attributes() %}
    select
        profiles.scoring_model,
        profiles.lead_id,
        profiles.is_converted,
        profiles.observation_weight,
        profiles.probability,
        '{{ segment }}' as segment,
        {{ segment_value(segment, 'profiles') }} as segment_value
    from profiles
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
),

ranked as (
    select
        segments.*,
        lower(segments.segment_value) as segment_key,
        rank() over (
            partition by
                segments.scoring_model, segments.segment, lower(segments.segment_value)
            order by segments.probability
        ) as rank_from_below,
        count(*) over (
            partition by
                segments.scoring_model, segments.segment, lower(segments.segment_value),
                segments.probability
        ) as equals
    from segments
    where segments.segment_value is not null
),

sums as (
    select
        ranked.scoring_model,
        ranked.segment,
        ranked.segment_key,
        {{ first_text('ranked.segment_value') }} as segment_value,
        count(*) as observations,
        sum(ranked.is_converted) as conversions,
        count(distinct case when ranked.is_converted = 1 then ranked.lead_id end)
            as converted_leads,
        count(distinct case when ranked.is_converted = 0 then ranked.lead_id end) as other_leads,
        sum(ranked.observation_weight * ranked.is_converted) / sum(ranked.observation_weight)
            as conversion_rate,
        sum(ranked.observation_weight * ranked.probability) / sum(ranked.observation_weight)
            as expected_rate,
        sum(
            ranked.is_converted
            * (ranked.rank_from_below + (ranked.equals - 1) / cast(2 as {{ type_double() }}))
        ) as rank_sum
    from ranked
    group by ranked.scoring_model, ranked.segment, ranked.segment_key
),

-- Equal probabilities share the mean of their ranks (Mann-Whitney).
measured as (
    select
        sums.*,
        (sums.rank_sum - sums.conversions * (sums.conversions + 1) / 2)
        / nullif(sums.conversions * (sums.observations - sums.conversions), 0) as auc
    from sums
    where sums.observations >= {{ fewest_leads() }}
)

select
    measured.scoring_model,
    measured.segment,
    measured.segment_value,
    cast(measured.observations as bigint) as observations,
    cast(measured.conversions as bigint) as conversions,
    measured.conversion_rate,
    measured.expected_rate,
    measured.auc,
    case
        when measured.auc is not null
            then {{ error_of_auc(
                'measured.auc', 'measured.converted_leads', 'measured.other_leads'
            ) }}
    end as auc_error
from measured
