-- Criteria that give a lead different points under a challenger than under the live model; the
-- changes add up to the difference of the points.
with challengers as (
    select * from {{ ref('config_challengers') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

scored_leads as (
    select * from {{ ref('int_scored_leads') }}
),

score_components as{{ computed_each_time() }} (
    select * from {{ ref('int_score_components') }}
),

leads_of_both as (
    select
        live_leads.lead_id,
        live_leads.as_of,
        challengers.challenger,
        challengers.scoring_model
    from challengers
    inner join scored_leads as live_leads
        on challengers.scoring_model = live_leads.scoring_model
    inner join scored_leads as challenging_leads
        on
            challengers.challenger = challenging_leads.scoring_model
            and live_leads.lead_id = challenging_leads.lead_id
            and live_leads.as_of = challenging_leads.as_of
    inner join scoring_dates on live_leads.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

points_of_both as (
    select
        leads_of_both.lead_id,
        leads_of_both.challenger,
        leads_of_both.scoring_model,
        score_components.criterion,
        score_components.dimension,
        cast(null as {{ dbt.type_string() }}) as challenger_dimension,
        score_components.points,
        cast(0 as decimal(38, 9)) as challenger_points
    from leads_of_both
    inner join score_components
        on
            leads_of_both.lead_id = score_components.lead_id
            and leads_of_both.as_of = score_components.as_of
            and leads_of_both.scoring_model = score_components.scoring_model

    union all

    select
        leads_of_both.lead_id,
        leads_of_both.challenger,
        leads_of_both.scoring_model,
        score_components.criterion,
        cast(null as {{ dbt.type_string() }}) as dimension,
        score_components.dimension as challenger_dimension,
        cast(0 as decimal(38, 9)) as points,
        score_components.points as challenger_points
    from leads_of_both
    inner join score_components
        on
            leads_of_both.lead_id = score_components.lead_id
            and leads_of_both.as_of = score_components.as_of
            and leads_of_both.challenger = score_components.scoring_model
),

-- Narrower decimals than elsewhere: Spark drops the ninth decimal of the difference of wider ones.
compared as (
    select
        points_of_both.lead_id,
        points_of_both.challenger,
        points_of_both.scoring_model,
        points_of_both.criterion,
        cast(sum(points_of_both.points) as decimal(28, 9)) as points,
        cast(sum(points_of_both.challenger_points) as decimal(28, 9)) as challenger_points,
        coalesce(max(points_of_both.challenger_dimension), max(points_of_both.dimension))
            as dimension
    from points_of_both
    group by
        points_of_both.lead_id,
        points_of_both.challenger,
        points_of_both.scoring_model,
        points_of_both.criterion
)

select
    cast(compared.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(compared.challenger as {{ dbt.type_string() }}) as challenger,
    cast(compared.criterion as {{ dbt.type_string() }}) as criterion,
    cast(compared.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(compared.dimension as {{ dbt.type_string() }}) as dimension,
    cast(compared.points as decimal(38, 9)) as points,
    cast(compared.challenger_points as decimal(38, 9)) as challenger_points,
    cast(compared.challenger_points - compared.points as decimal(38, 9)) as points_change
from compared
where compared.challenger_points <> compared.points
