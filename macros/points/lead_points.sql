{#
    Summed and scaled points, by as_of, lead_id and scoring_model.
    scored_leads, ledger: relations like the models scored_leads and day_ledger.
#}
{% macro lead_points(scored_leads, ledger) -%}
with scored_leads as (
    select * from {{ scored_leads }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

ledger as (
    select * from {{ ledger }}
),

summed as (
    select
        ledger.as_of,
        ledger.lead_id,
        ledger.scoring_model,
        sum(case when ledger.dimension = 'fit' then ledger.points end) as fit_points,
        sum(case when ledger.dimension = 'engagement' then ledger.points end) as engagement_points
    from ledger
    group by ledger.as_of, ledger.lead_id, ledger.scoring_model
),

scaled as (
    select
        scored_leads.as_of,
        scored_leads.lead_id,
        scored_leads.scoring_model,
        scored_leads.is_customer,
        scoring_models.mql_score,
        scoring_models.sql_score,
        cast(scoring_models.fit_weight as {{ type_double() }}) as fit_weight,
        cast(scoring_models.engagement_weight as {{ type_double() }}) as engagement_weight,
        cast(coalesce(summed.fit_points, 0) as decimal(38, 9)) as fit_points,
        cast(coalesce(summed.engagement_points, 0) as decimal(38, 9)) as engagement_points,
        100 * {{ share_of_target('summed.fit_points', 'scoring_models.fit_target') }}
            as unrounded_fit_score,
        100 * {{ share_of_target('summed.engagement_points', 'scoring_models.engagement_target') }}
            as unrounded_engagement_score
    from scored_leads
    inner join scoring_models on scored_leads.scoring_model = scoring_models.scoring_model
    left join summed
        on
            scored_leads.as_of = summed.as_of
            and scored_leads.lead_id = summed.lead_id
            and scored_leads.scoring_model = summed.scoring_model
)

select
    scaled.*,
    scaled.fit_weight * scaled.unrounded_fit_score
    + scaled.engagement_weight * scaled.unrounded_engagement_score as unrounded_score
from scaled
{%- endmacro %}
