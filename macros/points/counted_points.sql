{#
    Points of rules count, rate, decline and inactive, by as_of, lead_id, scoring_model and
    criterion. activity_days, scored_leads: relations like the models of those names; clock: the
    column of scored_leads with the day from which days without activity are counted.
#}
{% macro counted_points(activity_days, scored_leads, clock='as_of') -%}
with activity_days as (
    select * from {{ activity_days }}
),

scored_leads as (
    select * from {{ scored_leads }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
    where rule not in ('each', 'amount')
),

limited_days as (
    select
        activity_days.as_of,
        activity_days.lead_id,
        engagement_criteria.scoring_model,
        engagement_criteria.criterion,
        engagement_criteria.rule,
        engagement_criteria.window_days,
        activity_days.age_days,
        activity_days.occurred_on,
        activity_days.occurrences,
        least(
            activity_days.occurrences,
            coalesce(engagement_criteria.daily_limit, activity_days.occurrences)
        ) as limited_occurrences
    from activity_days
    inner join engagement_criteria on activity_days.activity = engagement_criteria.activity
),

counts as (
    select
        limited_days.as_of,
        limited_days.lead_id,
        limited_days.scoring_model,
        limited_days.criterion,
        cast(sum(
            case
                when limited_days.age_days < limited_days.window_days then limited_days.occurrences
                when limited_days.window_days is null then limited_days.occurrences
                when limited_days.rule = 'inactive' then limited_days.occurrences
                else 0
            end
        ) as bigint) as occurrences,
        sum(
            case
                when limited_days.age_days >= limited_days.window_days then 0
                else limited_days.limited_occurrences
            end
        ) as limited_occurrences,
        sum(
            case
                when
                    limited_days.age_days >= limited_days.window_days
                    and limited_days.age_days < 2 * limited_days.window_days
                    then limited_days.limited_occurrences
                else 0
            end
        ) as earlier_occurrences,
        max(
            case
                when
                    limited_days.age_days >= limited_days.window_days
                    and limited_days.rule <> 'inactive'
                    then null
                else limited_days.occurred_on
            end
        ) as last_occurred_on
    from limited_days
    group by
        limited_days.as_of,
        limited_days.lead_id,
        limited_days.scoring_model,
        limited_days.criterion
),

rate_bases as (
    select
        activity_days.as_of,
        activity_days.lead_id,
        engagement_criteria.scoring_model,
        engagement_criteria.criterion,
        sum(activity_days.occurrences) as base_occurrences
    from activity_days
    inner join engagement_criteria on activity_days.activity = engagement_criteria.rate_per
    where
        engagement_criteria.window_days is null
        or activity_days.age_days < engagement_criteria.window_days
    group by
        activity_days.as_of,
        activity_days.lead_id,
        engagement_criteria.scoring_model,
        engagement_criteria.criterion
),

compared as (
    select
        scored_leads.as_of,
        {%- if clock != 'as_of' %}
        scored_leads.{{ clock }},
        {%- endif %}
        scored_leads.lead_id,
        engagement_criteria.scoring_model,
        engagement_criteria.criterion,
        engagement_criteria.points,
        counts.last_occurred_on,
        scored_leads.created_on,
        engagement_criteria.rule,
        engagement_criteria.min_count,
        engagement_criteria.max_count,
        engagement_criteria.window_days,
        cast(engagement_criteria.min_rate as decimal(18, 9)) as min_rate,
        cast(coalesce(counts.limited_occurrences, 0) as decimal(18, 0)) as limited_occurrences,
        cast(coalesce(counts.earlier_occurrences, 0) as decimal(18, 0)) as earlier_occurrences,
        cast(coalesce(rate_bases.base_occurrences, 0) as decimal(18, 0)) as base_occurrences,
        coalesce(counts.occurrences, 0) as occurrences
    from scored_leads
    inner join engagement_criteria
        on scored_leads.scoring_model = engagement_criteria.scoring_model
    left join counts
        on
            scored_leads.as_of = counts.as_of
            and scored_leads.lead_id = counts.lead_id
            and engagement_criteria.scoring_model = counts.scoring_model
            and engagement_criteria.criterion = counts.criterion
    left join rate_bases
        on
            scored_leads.as_of = rate_bases.as_of
            and scored_leads.lead_id = rate_bases.lead_id
            and engagement_criteria.scoring_model = rate_bases.scoring_model
            and engagement_criteria.criterion = rate_bases.criterion
),

judged as (
    select
        compared.*,
        case compared.rule
            when 'count'
                then
                    compared.limited_occurrences >= coalesce(compared.min_count, 0)
                    and compared.limited_occurrences
                    <= coalesce(compared.max_count, compared.limited_occurrences)
            when 'rate'
                then
                    compared.base_occurrences > 0
                    and compared.base_occurrences >= coalesce(compared.min_count, 0)
                    and compared.limited_occurrences
                    >= compared.min_rate * compared.base_occurrences -- decimals, hence exact
            when 'decline'
                then
                    compared.earlier_occurrences > 0
                    and compared.earlier_occurrences >= coalesce(compared.min_count, 0)
                    and compared.limited_occurrences
                    <= (1 - compared.min_rate) * compared.earlier_occurrences
            when 'inactive'
                then
                    {{ days_between(
                        'coalesce(compared.last_occurred_on, compared.created_on)',
                        'compared.' ~ clock
                    ) }} >= compared.window_days
        end as is_met
    from compared
)

select
    judged.as_of,
    judged.lead_id,
    judged.scoring_model,
    judged.criterion,
    judged.occurrences,
    judged.last_occurred_on,
    cast(judged.points as {{ type_double() }}) as raw_points,
    cast(judged.points as {{ type_double() }}) as points
from judged
where judged.is_met
{%- endmacro %}
