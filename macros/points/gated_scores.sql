{#
    Rounded scores after the gates, by as_of, lead_id and scoring_model.
    lead_points, ledger: relations like the models lead_points and day_ledger.
#}
{% macro gated_scores(lead_points, ledger) -%}
with lead_points as (
    select * from {{ lead_points }}
),

score_gates as (
    select * from {{ ref('config_score_gates') }}
),

ledger as (
    select * from {{ ledger }}
),

closed_gates as (
    select
        lead_points.as_of,
        lead_points.lead_id,
        lead_points.scoring_model,
        score_gates.gate,
        score_gates.max_score,
        score_gates.disqualifies
    from lead_points
    inner join score_gates on lead_points.scoring_model = score_gates.scoring_model
    left join ledger
        on
            lead_points.as_of = ledger.as_of
            and lead_points.lead_id = ledger.lead_id
            and lead_points.scoring_model = ledger.scoring_model
            and ledger.is_met
            and score_gates.criterion_word = lower(ledger.criterion)
    where (ledger.lead_id is not null) = (score_gates.applies_when = 'met')
),

gates as (
    select
        closed_gates.as_of,
        closed_gates.lead_id,
        closed_gates.scoring_model,
        min(closed_gates.max_score) as max_score,
        {{ first_text('case when closed_gates.disqualifies then closed_gates.gate end') }}
            as disqualified_by
    from closed_gates
    group by closed_gates.as_of, closed_gates.lead_id, closed_gates.scoring_model
),

held_scores as (
    select
        lead_points.*,
        gates.disqualified_by,
        case
            when gates.disqualified_by is not null then 0
            else least(
                lead_points.unrounded_score,
                coalesce(cast(gates.max_score as {{ type_double() }}), lead_points.unrounded_score)
            )
        end as held_score
    from lead_points
    left join gates
        on
            lead_points.as_of = gates.as_of
            and lead_points.lead_id = gates.lead_id
            and lead_points.scoring_model = gates.scoring_model
)

select
    held_scores.as_of,
    held_scores.lead_id,
    held_scores.scoring_model,
    held_scores.is_customer,
    held_scores.mql_score,
    held_scores.sql_score,
    held_scores.fit_points,
    held_scores.engagement_points,
    {{ rounded_score('held_scores.unrounded_fit_score') }} as fit_score,
    {{ rounded_score('held_scores.unrounded_engagement_score') }} as engagement_score,
    {{ rounded_score('held_scores.held_score') }} as score,
    held_scores.disqualified_by is not null as is_disqualified,
    held_scores.disqualified_by
from held_scores
{%- endmacro %}
