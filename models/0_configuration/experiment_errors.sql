-- Errors in seeds/experiments/experiments.csv that involve several cells, rows or files.
{{ config(materialized='ephemeral') }}
with scoring_models as (
    {{ configuration_rows('scoring/scoring_models', ['scoring_model_word']) }}
),

tiers as (
    {{ configuration_rows('scoring/tiers', [
        'scoring_model_word', 'tier_word', 'response_minutes_text',
    ]) }}
),

challengers as (
    {{ configuration_rows('what_if/challengers', ['challenger_word', 'scoring_model_word']) }}
),

experiment_rows as (
    {{ configuration_rows('experiments/experiments', [
        'experiment_text', 'experiment_word', 'kind_word', 'scoring_model_text',
        'scoring_model_word', 'tier_text', 'tier_word', 'challenger_text', 'challenger_word',
        'starts_on_text', 'ends_on_text',
    ]) }}
),

model_names as (
    select distinct scoring_models.scoring_model_word
    from scoring_models
),

tier_keys as (
    select
        tiers.scoring_model_word,
        tiers.tier_word,
        min(tiers.response_minutes_text) as response_minutes
    from tiers
    group by tiers.scoring_model_word, tiers.tier_word
),

experiments as (
    select
        experiment_rows.*,
        {{ cell_date('experiment_rows.starts_on_text') }} as starts_day,
        {{ cell_date('experiment_rows.ends_on_text') }} as ends_day,
        model_names.scoring_model_word is not null as is_known_model,
        tier_keys.tier_word is not null as is_known_tier,
        tier_keys.response_minutes
    from experiment_rows
    left join model_names
        on experiment_rows.scoring_model_word = model_names.scoring_model_word
    left join tier_keys
        on
            experiment_rows.scoring_model_word = tier_keys.scoring_model_word
            and experiment_rows.tier_word = tier_keys.tier_word
),

mistakes as (
    {% if var('experiments') is not true %}
    select
        experiments.row_name,
        'the var experiments is not true, so the experiment would not run; set it to true in '
        || 'dbt_project.yml, or delete the row' as mistake
    from experiments

    union all
    {% endif %}

    select
        experiments.row_name,
        'scoring_model "' || experiments.scoring_model_text || '" is a challenger and hands nobody '
        || 'off; write the live scoring model that it challenges' as mistake
    from experiments
    inner join challengers on experiments.scoring_model_word = challengers.challenger_word

    union all

    select
        experiments.row_name,
        case
            when experiments.is_known_tier and experiments.response_minutes is null
                then
                    'tier ' || experiments.tier_text || ' has no response_minutes, so nobody is '
                    || 'handed off; write a tier that has them, or add them to '
                    || 'seeds/scoring/tiers.csv'
            when experiments.is_known_model and not experiments.is_known_tier
                then
                    'tier "' || experiments.tier_text || '" is not a tier of '
                    || experiments.scoring_model_text
                    || '; write one that has a row in seeds/scoring/tiers.csv'
        end as mistake
    from experiments

    union all

    select
        experiments.row_name,
        case
            when experiments.kind_word = 'handoff'
                then 'kind handoff has no challenger; empty the cell, or write kind challenger'
            when
                experiments.kind_word = 'challenger'
                and experiments.is_known_model
                and challengers.row_id is null
                then
                    'challenger "' || experiments.challenger_text || '" does not challenge '
                    || experiments.scoring_model_text
                    || '; write one that has such a row in seeds/what_if/challengers.csv'
        end as mistake
    from experiments
    left join challengers
        on
            experiments.challenger_word = challengers.challenger_word
            and experiments.scoring_model_word = challengers.scoring_model_word
    where experiments.challenger_text is not null

    union all

    select
        experiments.row_name,
        'starts_on ' || experiments.starts_on_text || ' is after ends_on '
        || experiments.ends_on_text || '; swap or correct them' as mistake
    from experiments
    where experiments.starts_day > experiments.ends_day

    union all

    -- Of two experiments that overlap, the one that starts later.
    select
        later_ones.row_name,
        'experiment ' || experiments.experiment_text || ' takes leads of '
        || later_ones.scoring_model_text
        || ' on some of the same days; change starts_on or ends_on of one of them' as mistake
    from experiments
    inner join experiments as later_ones
        on
            experiments.scoring_model_word = later_ones.scoring_model_word
            and experiments.experiment_word <> later_ones.experiment_word
            and experiments.starts_day <= later_ones.starts_day
            and experiments.ends_day >= later_ones.starts_day
            and (
                experiments.starts_day < later_ones.starts_day
                or experiments.experiment_word < later_ones.experiment_word
            )
)

select
    'experiments/experiments' as file,
    mistakes.row_name,
    mistakes.mistake
from mistakes
where mistakes.mistake is not null
