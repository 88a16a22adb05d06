-- Configuration errors in seeds/scoring/engagement_criteria.csv.
{{ config(materialized='ephemeral') }}
{% set checks = [
    empty_cell('engagement_criteria', 'criterion', 'write a name for the criterion'),
    empty_cell(
        'engagement_criteria', 'scoring_model', 'write the scoring model that it belongs to'
    ),
    unknown_scoring_model('engagement_criteria'),
    repeated_key('engagement_criteria', 'engagement_criteria'),
    [
        "exists (select 1 from fit_criteria"
        ~ " where fit_criteria.criterion_word = engagement_criteria.criterion_word"
        ~ " and fit_criteria.scoring_model_word = engagement_criteria.scoring_model_word)",
        'seeds/scoring/fit_criteria.csv has a criterion of this name too; rename one of them',
    ],
    [
        "engagement_criteria.criterion_word like 'limit:%'",
        'names that start with limit: stand for category limits; choose another name',
    ],
    empty_cell('engagement_criteria', 'activity', 'write an activity of activities.csv'),
    [
        "engagement_criteria.activity_word <> 'any' and not exists (select 1 from activity_names"
        ~ " where lower(activity_names.activity) = engagement_criteria.activity_word)",
        'activity "[activity]" is not known; write one of seeds/scoring/activities.csv '
        ~ 'or add a row for it there',
    ],
    [
        "engagement_criteria.activity_word = 'any' and engagement_criteria.rule_word <> 'inactive'",
        'activity any works only with rule inactive; write one activity, or rule inactive',
    ],
    empty_cell(
        'engagement_criteria', 'rule', 'write one of ' ~ configuration_words('rule') | join(', ')
    ),
    unknown_word('engagement_criteria', 'rule', configuration_words('rule')),
    empty_cell('engagement_criteria', 'points', 'write how many points it adds or subtracts'),
    [
        "engagement_criteria.rule_word = 'count' and engagement_criteria.min_count_text is null"
        ~ " and engagement_criteria.max_count_text is null",
        'min_count and max_count are empty; write one of them, or both, for rule count',
    ],
    [
        "engagement_criteria.rule_word = 'rate' and engagement_criteria.per_text is null",
        'per is empty; write the activity that rule rate divides by',
    ],
    [
        "engagement_criteria.rule_word = 'rate' and not exists (select 1 from activity_names"
        ~ " where lower(activity_names.activity) = engagement_criteria.per_word)"
        ~ " and engagement_criteria.per_text is not null",
        'per "[per]" is not a known activity; write one of seeds/scoring/activities.csv '
        ~ 'or add a row for it there',
    ],
    [
        "engagement_criteria.rule_word in ('rate', 'decline')"
        ~ " and engagement_criteria.min_rate_text is null",
        'min_rate is empty; write the share that rule [rule] requires, such as 0.5',
    ],
    [
        "engagement_criteria.rule_word = 'decline' and engagement_criteria.min_rate_number > 1",
        'min_rate [min_rate] is above 1, but nothing can fall by more than 100 %; '
        ~ 'write a number from 0 to 1',
    ],
    [
        "engagement_criteria.rule_word in ('inactive', 'decline')"
        ~ " and engagement_criteria.window_days_text is null",
        'window_days is empty; write the number of days that rule [rule] covers',
    ],
    [
        "engagement_criteria.rule_word = 'amount' and engagement_criteria.per_text is not null"
        ~ " and coalesce(" ~ try_number('engagement_criteria.per_text') ~ ", 0) <= 0",
        'per "[per]" is not a number above 0; write how much of the quantity earns the points, '
        ~ 'or empty the cell for 1',
    ],
    [
        "engagement_criteria.rule_word = 'amount' and ("
        ~ try_number('engagement_criteria.per_text') ~ " between 0.000000001 and 0.000000999"
        ~ " or " ~ try_number('engagement_criteria.per_text') ~ " > 1000000000000000)",
        'per [per] is too small or too large; '
        ~ 'write a number from 0.000001 to 1000000000000000',
    ],
    [
        "engagement_criteria.rule_word = 'amount' and exists (select 1 from activity_names"
        ~ " where lower(activity_names.activity) = engagement_criteria.activity_word)"
        ~ " and not exists (select 1 from activities"
        ~ " where activities.activity_word = engagement_criteria.activity_word"
        ~ " and activities.quantity_text is not null)",
        'activity [activity] has no quantity that rule amount could sum; fill its cell quantity '
        ~ 'in seeds/scoring/activities.csv, or use rule each',
    ],
    crossed_bounds('engagement_criteria', 'min_count', 'max_count'),
    [
        "engagement_criteria.rule_word in ('count', 'decline')"
        ~ " and engagement_criteria.min_count_number"
        ~ " > engagement_criteria.daily_limit_number * engagement_criteria.window_days_number"
        ~ " and engagement_criteria.daily_limit_number > 0"
        ~ " and engagement_criteria.window_days_number > 0",
        'min_count [min_count] is more than daily_limit [daily_limit] lets through in '
        ~ 'window_days [window_days], so nobody can meet it; lower min_count',
    ],
    unknown_word('engagement_criteria', 'decay', configuration_words('decay')),
    [
        "engagement_criteria.decay_word in ('half_life', 'linear', 'step', 'compound', 'expire')"
        ~ " and engagement_criteria.decay_days_text is null",
        'decay_days is empty; write the days of decay [decay]',
    ],
    [
        "engagement_criteria.decay_word in ('step', 'compound')"
        ~ " and engagement_criteria.decay_rate_text is null",
        'decay_rate is empty; write the share that decay [decay] subtracts each time, such as 0.5',
    ],
] + unreadable_numbers('engagement_criteria', 'engagement_criteria')
    + broken_wholes(
        'engagement_criteria', ['min_count', 'max_count', 'window_days', 'daily_limit']
    )
    + not_positive('engagement_criteria', ['window_days', 'daily_limit', 'decay_days'])
    + negative('engagement_criteria', ['min_count', 'max_count', 'min_rate', 'max_points'])
    + out_of_range('engagement_criteria', ['decay_rate'], 1)
%}
with scoring_models as (
    {{ configuration_rows('scoring_models') }}
),

activities as (
    {{ configuration_rows('activities') }}
),

activity_names as (
    select * from {{ ref('activity_names') }}
),

fit_criteria as (
    {{ configuration_rows('fit_criteria') }}
),

engagement_criteria as (
    {{ configuration_rows('engagement_criteria') }}
)

{{ mistakes('engagement_criteria', {'engagement_criteria': checks}) }}
