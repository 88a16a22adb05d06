-- Errors that involve several cells of scoring_models.csv, account_scoring.csv or challengers.csv.
{{ config(materialized='ephemeral') }}
with scoring_models as (
    {{ configuration_rows('scoring/scoring_models', [
        'scoring_model_word', 'fit_target_text', 'fit_target_number', 'engagement_target_text',
        'engagement_target_number', 'fit_weight_text', 'fit_weight_number',
        'engagement_weight_text', 'engagement_weight_number',
    ]) }}
),

account_scoring as (
    {{ configuration_rows('accounts/account_scoring', ['score_cap_text', 'score_cap_number']) }}
),

challengers as (
    {{ configuration_rows('what_if/challengers', [
        'challenger_word', 'scoring_model_text', 'scoring_model_word',
    ]) }}
),

-- A target is needed only with a weight.
targets as (
    {% for dimension, a_score in [('fit', 'a fit score'), ('engagement', 'an engagement score')] %}
    select
        scoring_models.row_name,
        '{{ dimension }}' as dimension,
        '{{ a_score }}' as a_score,
        scoring_models.{{ dimension }}_target_text as text,
        scoring_models.{{ dimension }}_target_number as number,
        scoring_models.{{ dimension }}_weight_number as weight
    from scoring_models
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    'scoring/scoring_models' as file,
    '2 (the first below the header)' as row_name,
    'there is no scoring model; write a row for at least one' as mistake
from (select count(*) as row_count from scoring_models) as counts
where counts.row_count = 0

union all

select
    'scoring/scoring_models' as file,
    scoring_models.row_name,
    'fit_weight ' || scoring_models.fit_weight_text || ' and engagement_weight '
    || scoring_models.engagement_weight_text || ' do not add up to 1; change one of them'
        as mistake
from scoring_models
where
    scoring_models.fit_weight_number between 0 and 1
    and scoring_models.engagement_weight_number between 0 and 1
    and scoring_models.fit_weight_number + scoring_models.engagement_weight_number <> 1

union all

select
    'scoring/scoring_models' as file,
    targets.row_name,
    targets.dimension || '_target '
    || case
        when targets.text is null
            then
                'is empty; write the ' || targets.dimension || ' points that give '
                || targets.a_score || ' of 100'
        else targets.text || ' is not above 0; write a number greater than 0'
    end as mistake
from targets
where
    targets.number < 0
    or (targets.weight > 0 and (targets.text is null or targets.number = 0))

union all

select
    'accounts/account_scoring' as file,
    account_scoring.row_name,
    'score_cap ' || account_scoring.score_cap_text
    || ' is above 100, the highest score; write 100 or less' as mistake
from account_scoring
where account_scoring.score_cap_number > 100

union all

select
    'what_if/challengers' as file,
    challengers.row_name,
    'the scoring model challenges itself; write the one that is challenged' as mistake
from challengers
where challengers.challenger_word = challengers.scoring_model_word

union all

select
    'what_if/challengers' as file,
    challengers.row_name,
    'scoring_model "' || challengers.scoring_model_text || '" is a challenger itself; '
    || 'write the live scoring model that both challenge' as mistake
from challengers
inner join challengers as live_models
    on challengers.scoring_model_word = live_models.challenger_word
inner join scoring_models
    on challengers.scoring_model_word = scoring_models.scoring_model_word
where challengers.challenger_word <> challengers.scoring_model_word
