-- Every mistake in the configuration, one sentence each.
with mistakes as (
    {% for model in [
        'scoring_model_mistakes', 'activity_mistakes', 'fit_criterion_mistakes',
        'engagement_criterion_mistakes', 'category_limit_mistakes', 'score_gate_mistakes',
        'grade_band_mistakes', 'tier_mistakes', 'account_scoring_mistakes',
        'challenger_mistakes', 'business_calendar_mistakes', 'outcome_mistakes',
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
