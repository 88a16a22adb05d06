-- How far the leads of each score band got within the horizon, and how long each step took.
with holdout_leads as (
    select * from {{ ref('int_holdout_leads') }}
    where not is_censored
),

counted as (
    select
        holdout_leads.evaluated_on,
        holdout_leads.scoring_model,
        holdout_leads.score_band,
        count(*) as leads,
        count(holdout_leads.mql_on) as mqls,
        count(holdout_leads.sql_on) as sqls,
        count(holdout_leads.opportunity_on) as opportunities,
        count(holdout_leads.converted_on) as conversions,
        avg(
            cast(
                {{ days_between('holdout_leads.as_of', 'holdout_leads.mql_on') }}
                as {{ type_double() }}
            )
        ) as days_to_mql,
        avg(
            cast(
                {{ days_between('holdout_leads.mql_on', 'holdout_leads.sql_on') }}
                as {{ type_double() }}
            )
        ) as days_to_sql,
        avg(
            cast(
                {{ days_between('holdout_leads.sql_on', 'holdout_leads.opportunity_on') }}
                as {{ type_double() }}
            )
        ) as days_to_opportunity,
        avg(
            cast(
                {{ days_between('holdout_leads.opportunity_on', 'holdout_leads.converted_on') }}
                as {{ type_double() }}
            )
        ) as days_to_conversion
    from holdout_leads
    group by
        holdout_leads.evaluated_on, holdout_leads.scoring_model, holdout_leads.score_band
)

select
    cast(counted.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(counted.score_band as integer) as score_band,
    counted.evaluated_on,
    cast(counted.leads as bigint) as leads,
    cast(counted.mqls as bigint) as mqls,
    cast(counted.sqls as bigint) as sqls,
    cast(counted.opportunities as bigint) as opportunities,
    cast(counted.conversions as bigint) as conversions,
    cast(counted.leads - counted.opportunities as bigint) as never_opportunities,
    {{ share_of('counted.mqls', 'counted.leads') }} as mql_share,
    {{ share_of('counted.sqls', 'counted.mqls') }} as sql_share,
    {{ share_of('counted.opportunities', 'counted.sqls') }} as opportunity_share,
    {{ share_of('counted.conversions', 'counted.opportunities') }} as conversion_share,
    counted.days_to_mql,
    counted.days_to_sql,
    counted.days_to_opportunity,
    counted.days_to_conversion
from counted
