-- What sales would have received with each whole score as the MQL threshold.
with holdout_leads as (
    select * from {{ ref('int_holdout_leads') }}
    where not is_censored
),

weeks as (
    select * from {{ ref('int_holdout_weeks') }}
    where criterion = '' and week_end_on is not null
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

digits as (
    {%- for digit in range(10) %}
    select {{ digit }} as digit
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

thresholds as (
    select 10 * tens.digit + digits.digit as threshold
    from digits
    cross join digits as tens

    union all

    select 100 as threshold
),

by_score as (
    select
        holdout_leads.evaluated_on,
        holdout_leads.scoring_model,
        floor(holdout_leads.score) as whole_score,
        count(*) as leads,
        sum(case when holdout_leads.is_converted then 1 else 0 end) as conversions,
        sum(holdout_leads.revenue) as revenue
    from holdout_leads
    group by
        holdout_leads.evaluated_on,
        holdout_leads.scoring_model,
        floor(holdout_leads.score)
),

totals as (
    select
        by_score.evaluated_on,
        by_score.scoring_model,
        sum(by_score.leads) as all_leads,
        sum(by_score.conversions) as all_conversions,
        sum(by_score.revenue) as all_revenue
    from by_score
    group by by_score.evaluated_on, by_score.scoring_model
),

reached as (
    select
        totals.evaluated_on,
        totals.scoring_model,
        totals.all_leads,
        totals.all_conversions,
        totals.all_revenue,
        thresholds.threshold,
        coalesce(sum(by_score.leads), 0) as leads,
        coalesce(sum(by_score.conversions), 0) as conversions,
        coalesce(sum(by_score.revenue), 0) as revenue
    from totals
    cross join thresholds
    left join by_score
        on
            totals.scoring_model = by_score.scoring_model
            and thresholds.threshold <= by_score.whole_score
    group by
        totals.evaluated_on,
        totals.scoring_model,
        totals.all_leads,
        totals.all_conversions,
        totals.all_revenue,
        thresholds.threshold
),

-- The first week end only shows which leads were there before.
new_leads as (
    select
        dated_weeks.scoring_model,
        dated_weeks.whole_score,
        sum(dated_weeks.leads - dated_weeks.lasting_leads) as leads,
        max(dated_weeks.weeks) as weeks
    from (
        select
            weeks.*,
            min(weeks.week_end_on) over (partition by weeks.scoring_model) as first_week_end_on,
            {{ days_between(
                'min(weeks.week_end_on) over (partition by weeks.scoring_model)',
                'max(weeks.week_end_on) over (partition by weeks.scoring_model)'
            ) }} / 7 as weeks
        from weeks
    ) as dated_weeks
    where dated_weeks.week_end_on > dated_weeks.first_week_end_on
    group by dated_weeks.scoring_model, dated_weeks.whole_score
),

volumes as (
    select
        new_leads.scoring_model,
        thresholds.threshold,
        sum(case when new_leads.whole_score >= thresholds.threshold then new_leads.leads else 0 end)
        / cast(max(new_leads.weeks) as {{ type_double() }}) as new_leads_per_week
    from new_leads
    cross join thresholds
    group by new_leads.scoring_model, thresholds.threshold
),

rated as (
    select
        reached.*,
        volumes.new_leads_per_week,
        {{ share_of('reached.conversions', 'reached.leads') }} as conversion_precision,
        {{ share_of('reached.conversions', 'reached.all_conversions') }} as recall
    from reached
    left join volumes
        on
            reached.scoring_model = volumes.scoring_model
            and reached.threshold = volumes.threshold
),

recommended as (
    select
        rated.*,
        max(
            case
                when rated.recall >= {{ number_var('wanted_recall') }} then rated.threshold
            end
        ) over (partition by rated.scoring_model) as threshold_for_recall,
        {%- if filled_var('weekly_capacity') is none %}
        cast(null as integer) as threshold_for_capacity
        {%- else %}
        min(
            case
                when rated.new_leads_per_week <= {{ number_var('weekly_capacity') }}
                    then rated.threshold
            end
        ) over (partition by rated.scoring_model) as threshold_for_capacity
        {%- endif %}
    from rated
)

select
    cast(recommended.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(recommended.threshold as integer) as threshold,
    recommended.evaluated_on,
    cast(recommended.leads as bigint) as leads,
    {{ share_of('recommended.leads', 'recommended.all_leads') }} as lead_share,
    recommended.new_leads_per_week,
    {% if filled_var('weekly_capacity') is none -%}
    cast(null as {{ type_double() }}) as capacity_used,
    {%- else -%}
    {{ share_of('recommended.new_leads_per_week', number_var('weekly_capacity')) }}
        as capacity_used,
    {%- endif %}
    cast(recommended.conversions as bigint) as conversions,
    recommended.conversion_precision,
    {{ wilson_low('recommended.conversions', 'recommended.leads') }} as conversion_precision_low,
    {{ wilson_high('recommended.conversions', 'recommended.leads') }} as conversion_precision_high,
    recommended.recall,
    {{ wilson_low('recommended.conversions', 'recommended.all_conversions') }} as recall_low,
    {{ wilson_high('recommended.conversions', 'recommended.all_conversions') }} as recall_high,
    cast(recommended.revenue as decimal(28, 9)) as revenue,
    {{ share_of('recommended.revenue', 'recommended.all_revenue') }} as revenue_share,
    coalesce(
        recommended.threshold = ceil(scoring_models.mql_score), false
    ) as is_mql_score,
    coalesce(recommended.threshold = recommended.threshold_for_recall, false)
        as is_recommended_for_recall,
    coalesce(recommended.threshold = recommended.threshold_for_capacity, false)
        as is_recommended_for_capacity
from recommended
left join scoring_models on recommended.scoring_model = scoring_models.scoring_model
