-- What to know about each version before anybody relies on its probabilities.
with versions as (
    select * from {{ ref('scorecard_versions') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

segments as (
    select
        scorecard_segments.*,
        concat(
            replace(scorecard_segments.segment, '_', ' '), ' ', scorecard_segments.segment_value
        ) as name
    from {{ ref('scorecard_segments') }} as scorecard_segments
),

segment_lists as (
    select
        segments.version,
        segments.scoring_model,
        count(*) as measured_segments,
        {{ text_list(
            'case when segments.is_ranked_worse then segments.name end', "'; '", 'segments.name'
        ) }} as segments_ranked_worse,
        {{ text_list(
            "case when segments.expectation = 'too_high' then segments.name end", "'; '",
            'segments.name'
        ) }} as segments_expected_too_high,
        {{ text_list(
            "case when segments.expectation = 'too_low' then segments.name end", "'; '",
            'segments.name'
        ) }} as segments_expected_too_low
    from segments
    group by segments.version, segments.scoring_model
),

facts as (
    select
        scorecard_weights.version,
        scorecard_weights.scoring_model,
        {{ fact_of('scorecard_weights.feature') }} as fact,
        max(abs(scorecard_weights.weight)) as largest_weight
    from {{ ref('int_scorecard_weights') }} as scorecard_weights
    where
        scorecard_weights.first_feature is null
        and scorecard_weights.feature <> '(intercept)'
    group by
        scorecard_weights.version,
        scorecard_weights.scoring_model,
        {{ fact_of('scorecard_weights.feature') }}
),

ranked_facts as (
    select
        facts.*,
        row_number() over (
            partition by facts.version, facts.scoring_model
            order by facts.largest_weight desc, {{ byte_order('facts.fact') }} asc
        ) as fact_rank
    from facts
),

fact_lists as (
    select
        ranked_facts.version,
        ranked_facts.scoring_model,
        count(*) as facts,
        {{ text_list(
            'case when ranked_facts.fact_rank <= 10 then ranked_facts.fact end', "'; '",
            'ranked_facts.fact_rank'
        ) }} as strongest_facts
    from ranked_facts
    group by ranked_facts.version, ranked_facts.scoring_model
),

-- 1.96 standard errors of the share of conversions, about which chance may move it.
judged as (
    select
        versions.*,
        {{ z_of_interval() }} * sqrt(
            versions.later_expected_rate * (1 - versions.later_expected_rate)
            / nullif(versions.later_observations, 0)
        ) as chance
    from versions
)

select
    judged.version,
    judged.scoring_model,
    judged.status,
    judged.status_because,
    judged.fitted_on,
    case
        when judged.status = 'used'
            then {{ days_after(var('probability_max_age_days'), 'judged.fitted_on') }}
    end as last_usable_on,
    judged.horizon_days,
    cast(scoring_models.population as {{ dbt.type_string() }}) as population,
    judged.first_observed_on,
    judged.last_observed_on,
    judged.observations,
    judged.conversions,
    cast(fact_lists.facts as integer) as facts,
    cast(nullif(fact_lists.strongest_facts, '') as {{ dbt.type_string() }}) as strongest_facts,
    judged.suspected_leaks,
    judged.measured_from,
    judged.later_observations,
    judged.later_conversions,
    judged.auc,
    judged.auc - {{ z_of_interval() }} * judged.auc_error as auc_low,
    judged.auc + {{ z_of_interval() }} * judged.auc_error as auc_high,
    judged.score_auc,
    judged.log_loss,
    judged.constant_log_loss,
    judged.calibration_error,
    judged.later_conversion_rate,
    judged.later_expected_rate,
    cast(
        case
            when judged.later_conversion_rate is null then null
            when judged.later_conversion_rate < judged.later_expected_rate - judged.chance
                then 'fewer_conversions'
            when judged.later_conversion_rate > judged.later_expected_rate + judged.chance
                then 'more_conversions'
            else 'none'
        end as {{ dbt.type_string() }}
    ) as drift,
    cast(coalesce(segment_lists.measured_segments, 0) as integer) as measured_segments,
    cast(nullif(segment_lists.segments_ranked_worse, '') as {{ dbt.type_string() }})
        as segments_ranked_worse,
    cast(nullif(segment_lists.segments_expected_too_high, '') as {{ dbt.type_string() }})
        as segments_expected_too_high,
    cast(nullif(segment_lists.segments_expected_too_low, '') as {{ dbt.type_string() }})
        as segments_expected_too_low,
    cast(
        'leads outside of the population; days after last_usable_on; decisions about a person; '
        || 'segments that were not measured; what a call changes' as {{ dbt.type_string() }}
    ) as not_for
from judged
left join scoring_models on judged.scoring_model = scoring_models.scoring_model
left join segment_lists
    on
        judged.version = segment_lists.version
        and judged.scoring_model = segment_lists.scoring_model
left join fact_lists
    on
        judged.version = fact_lists.version
        and judged.scoring_model = fact_lists.scoring_model
