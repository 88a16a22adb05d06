-- All configuration errors, one sentence each.
with mistakes as (
    {% for model in [
        'cell_errors', 'scoring_model_errors', 'activity_errors', 'fit_criterion_errors',
        'engagement_criterion_errors', 'score_gate_errors', 'tier_errors', 'experiment_errors',
        'calendar_errors',
    ] %}
    select * from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

located_mistakes as (
    select
        mistakes.row_name,
        mistakes.mistake,
        'seeds/' || mistakes.file || '.csv' as file
    from mistakes
)

select distinct
    located_mistakes.file,
    located_mistakes.row_name,
    located_mistakes.file || ', row ' || located_mistakes.row_name || ': '
    || located_mistakes.mistake || '.' as sentence
from located_mistakes
