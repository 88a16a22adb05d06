-- Warns about criteria of one scoring model with the same condition. Matters because their points
-- add up, and one of them is usually left over from an edit. When it warns, delete one of them or
-- change its condition; make check-config names their lines.
{{ config(group='scoring', severity='warn') }}

with fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

fit_words as (
    select
        fit_criteria.criterion_number,
        lower({{ trim_text('list_words.word') }}) as word
    from fit_criteria
    {{ cross_join_words('fit_criteria.value') }}
),

fit_values as (
    select
        fit_words.criterion_number,
        {{ text_list('fit_words.word', "';'", byte_order('fit_words.word')) }} as word_list
    from fit_words
    group by fit_words.criterion_number
),

twins as (
    select
        fit_criteria.scoring_model,
        min(fit_criteria.criterion) as criterion,
        max(fit_criteria.criterion) as twin
    from fit_criteria
    left join fit_values on fit_criteria.criterion_number = fit_values.criterion_number
    group by
        fit_criteria.scoring_model,
        fit_criteria.attribute,
        replace(fit_criteria.operator, 'contains', 'has'),
        fit_values.word_list,
        fit_criteria.min_value,
        fit_criteria.max_value,
        fit_criteria.within_days

    union all

    select
        engagement_criteria.scoring_model,
        min(engagement_criteria.criterion) as criterion,
        max(engagement_criteria.criterion) as twin
    from engagement_criteria
    group by
        engagement_criteria.scoring_model,
        engagement_criteria.activity,
        engagement_criteria.rule,
        engagement_criteria.amount_per,
        engagement_criteria.rate_per,
        engagement_criteria.window_days,
        engagement_criteria.min_count,
        engagement_criteria.max_count,
        engagement_criteria.min_rate
)

select
    twins.scoring_model,
    twins.criterion,
    twins.twin
from twins
where twins.criterion <> twins.twin
