-- depends_on: {{ ref('configuration_check') }}
-- Names of scoring models and tiers are spelled as in their files.
with tiers as (
    select * from {{ ref('config_tiers') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
),

experiments as (
    select
        {{ cell('experiment') }} as experiment,
        {{ cell_word('kind') }} as kind,
        {{ cell_word('scoring_model') }} as scoring_model_word,
        {{ cell_word('tier') }} as tier_word,
        {{ cell_word('challenger') }} as challenger_word,
        {{ cell_number('share') }} as share,
        {{ cell_date(cell('starts_on')) }} as starts_on,
        {{ cell_date(cell('ends_on')) }} as ends_on,
        {{ cell_number('smallest_effect') }} as smallest_effect,
        coalesce({{ cell_number('power') }}, 0.8) as power,
        {{ cell_number('expected_rate') }} as expected_rate
    from {{ ref('experiments') }}
)

select
    experiments.experiment,
    experiments.kind,
    tiers.scoring_model,
    tiers.tier,
    challengers.challenger,
    cast(experiments.share as {{ type_double() }}) as share,
    experiments.starts_on,
    experiments.ends_on,
    cast(experiments.smallest_effect as {{ type_double() }}) as smallest_effect,
    cast(experiments.power as {{ type_double() }}) as power,
    cast(experiments.expected_rate as {{ type_double() }}) as expected_rate,
    case
        when experiments.kind = 'handoff' then 'handed_off'
        else 'challenger'
    end as treated_arm,
    case
        when experiments.kind = 'handoff' then 'held_back'
        else 'live'
    end as baseline_arm,
    -- The arm to which the share belongs.
    case
        when experiments.kind = 'handoff' then 'held_back'
        else 'challenger'
    end as drawn_arm
from experiments
inner join tiers
    on
        experiments.scoring_model_word = lower(tiers.scoring_model)
        and experiments.tier_word = lower(tiers.tier)
left join challengers
    on
        experiments.challenger_word = lower(challengers.challenger)
        and tiers.scoring_model = challengers.scoring_model
