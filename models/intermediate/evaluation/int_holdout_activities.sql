{{ config(
    pre_hook="{{ delete_last_evaluation(this) }}",
    **kept_until_next_evaluation()
) }}

-- How many of the sampled leads of the last evaluation did each activity within the horizon before
-- they converted, and how many of the others did it within theirs.
with evaluation_plan as (
    select * from {{ ref('int_evaluation_plan') }}
    where is_due
),

holdout_leads as (
    select holdout_leads.*
    from {{ ref('int_holdout_leads') }} as holdout_leads
    inner join evaluation_plan on holdout_leads.evaluated_on = evaluation_plan.evaluated_on
    where
        not holdout_leads.is_censored
        and holdout_leads.is_sampled
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
    where is_run_day
),

contact_merges as (
    select contact_merges.*
    from {{ ref('int_contact_merges') }} as contact_merges
    inner join scoring_dates on contact_merges.as_of = scoring_dates.as_of
),

activity_days as (
    select activity_days.*
    from {{ ref('int_activity_days') }} as activity_days
    inner join scoring_dates on activity_days.as_of = scoring_dates.as_of
),

-- The horizon ends on the day of the conversion or, without one, on the last day of the horizon.
horizons as (
    select
        holdout_leads.evaluated_on,
        holdout_leads.scoring_model,
        holdout_leads.as_of,
        holdout_leads.lead_id,
        holdout_leads.is_converted,
        contact_merges.survivor_contact_id,
        coalesce(
            holdout_leads.converted_on,
            {{ days_after(days_of_var('conversion_horizon_days'), 'holdout_leads.as_of') }}
        ) as ends_on
    from holdout_leads
    inner join contact_merges on holdout_leads.lead_id = contact_merges.contact_id
),

-- Leads of one company that convert together count separately.
acts as (
    select
        horizons.evaluated_on,
        horizons.scoring_model,
        horizons.as_of,
        horizons.lead_id,
        horizons.is_converted,
        activity_days.activity,
        sum(activity_days.occurrences) as occurrences,
        min({{ days_between('activity_days.occurred_on', 'horizons.ends_on') }}) as days_since_last,
        max({{ days_between('activity_days.occurred_on', 'horizons.ends_on') }}) as days_since_first
    from horizons
    inner join activity_days
        on
            horizons.survivor_contact_id = activity_days.lead_id
            and horizons.ends_on >= activity_days.occurred_on
    where
        {{ days_between('activity_days.occurred_on', 'horizons.ends_on') }}
        < {{ days_of_var('conversion_horizon_days') }}
    group by
        horizons.evaluated_on,
        horizons.scoring_model,
        horizons.as_of,
        horizons.lead_id,
        horizons.is_converted,
        activity_days.activity
)

select
    acts.evaluated_on,
    acts.scoring_model,
    acts.activity,
    cast(sum(case when acts.is_converted then 1 else 0 end) as bigint) as conversions,
    cast(sum(case when not acts.is_converted then 1 else 0 end) as bigint) as other_leads,
    {%- for days in [7, 30] %}
    cast(
        sum(case when acts.is_converted and acts.days_since_last < {{ days }} then 1 else 0 end)
        as bigint
    ) as conversions_within_{{ days }}_days,
    {%- endfor %}
    cast(sum(case when acts.is_converted then acts.occurrences else 0 end) as bigint)
        as occurrences,
    avg(case when acts.is_converted then cast(acts.days_since_first as {{ type_double() }}) end)
        as days_from_first,
    avg(case when acts.is_converted then cast(acts.days_since_last as {{ type_double() }}) end)
        as days_from_last
from acts
group by acts.evaluated_on, acts.scoring_model, acts.activity
