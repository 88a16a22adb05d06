-- All configuration errors, one sentence each.
with mistakes as (
    {% for model in [
        'scoring_model_errors', 'activity_errors', 'fit_criterion_errors',
        'engagement_criterion_errors', 'category_limit_errors', 'score_gate_errors',
        'grade_band_errors', 'tier_errors', 'account_scoring_errors',
        'challenger_errors', 'business_calendar_errors', 'outcome_errors', 'experiment_errors',
    ] %}
    select * from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select distinct
    mistakes.file,
    mistakes.row_name,
    mistakes.sentence
from mistakes
