-- Configuration errors in seeds/experiments/experiments.csv.
{{ config(materialized='ephemeral') }}
{% set tiers_file = configuration_path('tiers') %}
{% set challengers_file = configuration_path('challengers') %}
{% set is_on = 'true' if var('experiments') is true else 'false' %}
{% set checks = [
    [
        "not " ~ is_on,
        'the var experiments is not true, so the experiment would not run; set it to true in '
        ~ 'dbt_project.yml, or delete the row',
    ],
    empty_cell('experiments', 'experiment', 'write a name for the experiment'),
    repeated_key('experiments', 'experiments'),
    empty_cell('experiments', 'kind', 'write handoff or challenger'),
    unknown_word('experiments', 'kind', configuration_words('experiment_kind')),
    empty_cell('experiments', 'scoring_model', 'write the scoring model whose leads take part'),
    unknown_scoring_model('experiments'),
    [
        "exists (select 1 from challengers"
        ~ " where challengers.challenger_word = experiments.scoring_model_word)",
        'scoring_model "[scoring_model]" is a challenger and hands nobody off; '
        ~ 'write the live scoring model that it challenges',
    ],
    empty_cell('experiments', 'tier', 'write the tier whose hand-offs are tried'),
    [
        known_scoring_model('experiments') ~ " and experiments.tier_text is not null"
        ~ " and not experiments.is_known_tier",
        'tier "[tier]" is no tier of [scoring_model]; write one that has a row in ' ~ tiers_file,
    ],
    [
        "experiments.is_known_tier and experiments.response_minutes_text is null",
        'tier [tier] has no response_minutes, so nobody is handed off; write a tier that has, or '
        ~ 'fill them in ' ~ tiers_file,
    ],
    [
        "experiments.kind_word = 'challenger' and experiments.challenger_text is null",
        'challenger is empty; write the challenger in whose order the share is called',
    ],
    [
        "experiments.kind_word = 'handoff' and experiments.challenger_text is not null",
        'kind handoff has no challenger; empty the cell, or write kind challenger',
    ],
    [
        "experiments.kind_word = 'challenger' and " ~ known_scoring_model('experiments')
        ~ " and experiments.challenger_text is not null and not exists ("
        ~ "select 1 from challengers"
        ~ " where challengers.challenger_word = experiments.challenger_word"
        ~ " and challengers.scoring_model_word = experiments.scoring_model_word)",
        'challenger "[challenger]" does not challenge [scoring_model]; write one that has such a '
        ~ 'row in ' ~ challengers_file,
    ],
    empty_cell('experiments', 'share', 'write the share that is held back or tried, such as 0.2'),
    no_proper_share('experiments', 'share', '0.2'),
    empty_cell('experiments', 'starts_on', 'write the first day on which leads enter'),
    unreadable_date('experiments', 'starts_on'),
    empty_cell('experiments', 'ends_on', 'write the last day on which leads enter'),
    unreadable_date('experiments', 'ends_on'),
    [
        "experiments.starts_day > experiments.ends_day",
        'starts_on [starts_on] is after ends_on [ends_on]; swap or correct them',
    ],
    empty_cell('experiments', 'smallest_effect',
        'write the smallest difference between the rates that would matter, such as 0.05'),
    no_proper_share('experiments', 'smallest_effect', '0.05'),
    no_proper_share('experiments', 'power', '0.8', '0.5'),
    no_proper_share('experiments', 'expected_rate', '0.1'),
] + unreadable_numbers('experiments', 'experiments') %}
{% set overlap_checks = [
    [
        "true",
        'experiment [other_experiment] takes leads of [scoring_model] on some of the same days; '
        ~ 'change starts_on or ends_on of one of them',
    ],
] %}
with scoring_models as (
    {{ configuration_rows('scoring_models') }}
),

tiers as (
    {{ configuration_rows('tiers') }}
),

challengers as (
    {{ configuration_rows('challengers') }}
),

experiment_rows as (
    {{ configuration_rows('experiments') }}
),

tier_keys as (
    select
        tiers.scoring_model_word,
        tiers.tier_word,
        min(tiers.response_minutes_text) as response_minutes_text
    from tiers
    group by tiers.scoring_model_word, tiers.tier_word
),

experiments as (
    select
        experiment_rows.*,
        {{ cell_date('experiment_rows.starts_on_text') }} as starts_day,
        {{ cell_date('experiment_rows.ends_on_text') }} as ends_day,
        tier_keys.tier_word is not null as is_known_tier,
        tier_keys.response_minutes_text
    from experiment_rows
    left join tier_keys
        on
            experiment_rows.scoring_model_word = tier_keys.scoring_model_word
            and experiment_rows.tier_word = tier_keys.tier_word
),

-- Of two experiments, the one that starts later.
overlapping_experiments as (
    select
        later_ones.row_name,
        later_ones.scoring_model_text,
        experiments.experiment_text as other_experiment_text
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

{{ mistakes('experiments', {'experiments': checks, 'overlapping_experiments': overlap_checks}) }}
