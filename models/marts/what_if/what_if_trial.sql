-- How many of the leads on which scoring models are tried would be MQLs and SQLs, for each scoring
-- model and challenger.
with trial_leads as (
    select * from {{ ref('what_if_trial_leads') }}
),

counted as (
    select
        trial_leads.scoring_model,
        trial_leads.audience,
        trial_leads.as_of,
        count(*) as leads,
        count(trial_leads.score) as scored_leads,
        sum(case when trial_leads.is_mql then 1 else 0 end) as mqls,
        sum(case when trial_leads.is_sql then 1 else 0 end) as sqls,
        avg(cast(trial_leads.score as {{ type_double() }})) as average_score
    from trial_leads
    group by trial_leads.scoring_model, trial_leads.audience, trial_leads.as_of
)

select
    cast(counted.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(counted.audience as {{ dbt.type_string() }}) as audience,
    counted.as_of,
    cast(counted.leads as bigint) as leads,
    cast(counted.scored_leads as bigint) as scored_leads,
    cast(counted.mqls as bigint) as mqls,
    {{ share_of('counted.mqls', 'counted.scored_leads') }} as mql_share,
    {{ wilson_low('counted.mqls', 'counted.scored_leads') }} as mql_share_low,
    {{ wilson_high('counted.mqls', 'counted.scored_leads') }} as mql_share_high,
    cast(counted.sqls as bigint) as sqls,
    {{ share_of('counted.sqls', 'counted.scored_leads') }} as sql_share,
    counted.average_score
from counted
