{{ config(materialized='ephemeral') }}

-- Points that each criterion can give a lead, and the criteria with which it can be met: criteria
-- of one attribute, or those that count one activity in one window, can be met together if an
-- option has both.
with fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

criterion_words as (
    select * from {{ ref('int_fit_criterion_words') }}
),

engagement_criteria as (
    select
        config_engagement_criteria.*,
        concat(
            config_engagement_criteria.activity,
            ' in ',
            coalesce({{ number_as_text('config_engagement_criteria.window_days') }}, 'all'),
            ' days, ',
            coalesce({{ number_as_text('config_engagement_criteria.daily_limit') }}, 'any'),
            ' a day'
        ) as counted_activity,
        config_engagement_criteria.points * config_engagement_criteria.daily_limit
        * config_engagement_criteria.window_days as window_points
    from {{ ref('config_engagement_criteria') }} as config_engagement_criteria
),

gate_criteria as (
    select distinct
        score_gates.scoring_model,
        score_gates.criterion_word
    from {{ ref('config_score_gates') }} as score_gates
    where score_gates.applies_when = 'met'
),

-- Possible states of an attribute: a listed word, a bound of a number, something else, or missing.
attribute_options as (
    select distinct
        fit_criteria.scoring_model,
        fit_criteria.attribute,
        'word' as option_kind,
        lower(criterion_words.word) as word,
        cast(criterion_words.number_value as decimal(28, 9)) as number_value
    from fit_criteria
    inner join criterion_words
        on
            fit_criteria.scoring_model = criterion_words.scoring_model
            and fit_criteria.criterion = criterion_words.criterion

    union all

    select distinct
        fit_criteria.scoring_model,
        fit_criteria.attribute,
        'word' as option_kind,
        case fit_criteria.operator when 'is_true' then 'true' else 'false' end as word,
        cast(null as decimal(28, 9)) as number_value
    from fit_criteria
    where fit_criteria.operator in ('is_true', 'is_false')

    union all
    {% for bound in ['min_value', 'max_value'] %}
    select distinct
        fit_criteria.scoring_model,
        fit_criteria.attribute,
        'number' as option_kind,
        cast(null as {{ dbt.type_string() }}) as word,
        cast(fit_criteria.{{ bound }} as decimal(28, 9)) as number_value
    from fit_criteria
    where fit_criteria.{{ bound }} is not null

    union all
    {% endfor %}
    select distinct
        fit_criteria.scoring_model,
        fit_criteria.attribute,
        'other' as option_kind,
        cast(null as {{ dbt.type_string() }}) as word,
        cast(null as decimal(28, 9)) as number_value
    from fit_criteria

    union all

    select distinct
        fit_criteria.scoring_model,
        fit_criteria.attribute,
        'missing' as option_kind,
        cast(null as {{ dbt.type_string() }}) as word,
        cast(null as decimal(28, 9)) as number_value
    from fit_criteria
),

fit_options as (
    select
        fit_criteria.scoring_model,
        fit_criteria.criterion,
        'fit' as dimension,
        fit_criteria.category,
        fit_criteria.attribute as option_group,
        concat(
            attribute_options.option_kind,
            ' ',
            coalesce(
                attribute_options.word, {{ number_as_text('attribute_options.number_value') }}, ''
            )
        ) as option_name,
        fit_criteria.points,
        fit_criteria.points as most_points
    from fit_criteria
    inner join attribute_options
        on
            fit_criteria.scoring_model = attribute_options.scoring_model
            and fit_criteria.attribute = attribute_options.attribute
    left join criterion_words
        on
            fit_criteria.scoring_model = criterion_words.scoring_model
            and fit_criteria.criterion = criterion_words.criterion
            and attribute_options.word = lower(criterion_words.word)
    where
        case fit_criteria.operator
            when 'is_missing' then attribute_options.option_kind = 'missing'
            when 'equals' then criterion_words.word is not null
            when 'in' then criterion_words.word is not null
            when 'not_in'
                then
                    attribute_options.option_kind <> 'missing'
                    and criterion_words.word is null
            when 'at_least' then attribute_options.number_value >= fit_criteria.min_value
            when 'at_most' then attribute_options.number_value <= fit_criteria.max_value
            when 'between'
                then
                    attribute_options.number_value >= fit_criteria.min_value
                    and attribute_options.number_value <= fit_criteria.max_value
            when 'is_true' then attribute_options.word = 'true'
            when 'is_false' then attribute_options.word = 'false'
            -- is_known, contains, has and due_within can be met by any known value.
            else attribute_options.option_kind <> 'missing'
        end
),

counts as (
    select distinct
        engagement_criteria.scoring_model,
        engagement_criteria.counted_activity,
        coalesce(engagement_criteria.min_count, 0) as occurrences
    from engagement_criteria
    where engagement_criteria.rule = 'count'
),

engagement_options as (
    select
        engagement_criteria.scoring_model,
        engagement_criteria.criterion,
        'engagement' as dimension,
        engagement_criteria.category,
        engagement_criteria.counted_activity as option_group,
        {{ number_as_text('counts.occurrences') }} as option_name,
        engagement_criteria.points,
        engagement_criteria.points as most_points
    from engagement_criteria
    inner join counts
        on
            engagement_criteria.scoring_model = counts.scoring_model
            and engagement_criteria.counted_activity = counts.counted_activity
    where
        engagement_criteria.rule = 'count'
        and counts.occurrences >= coalesce(engagement_criteria.min_count, 0)
        and counts.occurrences <= coalesce(engagement_criteria.max_count, counts.occurrences)

    union all

    -- Any other criterion can be met together with all others. Each occurrence gives points again,
    -- so they are unlimited without max_points or a daily limit in a window.
    select
        engagement_criteria.scoring_model,
        engagement_criteria.criterion,
        'engagement' as dimension,
        engagement_criteria.category,
        concat('criterion ', engagement_criteria.criterion) as option_group,
        'met' as option_name,
        engagement_criteria.points,
        case
            when engagement_criteria.rule = 'each' and engagement_criteria.points > 0
                -- Of the two limits, either of which may be null.
                then least(
                    coalesce(engagement_criteria.max_points, engagement_criteria.window_points),
                    coalesce(engagement_criteria.window_points, engagement_criteria.max_points)
                )
            when engagement_criteria.rule = 'amount' and engagement_criteria.points > 0
                then engagement_criteria.max_points
            else engagement_criteria.points
        end as most_points
    from engagement_criteria
    where engagement_criteria.rule <> 'count'
),

options as (
    select * from fit_options
    union all
    select * from engagement_options
)

select
    options.scoring_model,
    options.criterion,
    options.dimension,
    options.category,
    options.option_group,
    options.option_name,
    options.points,
    options.most_points,
    gate_criteria.criterion_word is not null as is_closing_gate
from options
left join gate_criteria
    on
        options.scoring_model = gate_criteria.scoring_model
        and lower(options.criterion) = gate_criteria.criterion_word
