-- Configuration errors in seeds/scoring/tiers.csv.
{{ config(materialized='ephemeral') }}
{% set checks = [
    empty_cell('tiers', 'scoring_model', 'write the scoring model that it belongs to'),
    unknown_scoring_model('tiers'),
    empty_cell('tiers', 'rank', 'write 1 for the tier that is checked first, then 2 and so on'),
    empty_cell('tiers', 'tier', 'write a name for the tier'),
    repeated_key('tiers', 'tiers'),
    [
        "tiers.rank_number is not null and tiers.row_name > tiers.first_of_rank",
        'tier [same_rank_tier] also has rank [rank]; give each tier a different rank',
    ],
    [
        known_scoring_model('tiers') ~ " and tiers.is_last and tiers.unconditional_tiers = 0",
        'this is the last tier of its scoring model and must take all remaining leads; '
        ~ 'empty min_score, fit_grades and engagement_grades, or add a tier of a higher rank',
    ],
    [
        known_scoring_model('tiers') ~ " and not tiers.is_last and not tiers.has_condition"
        ~ " and tiers.min_score_text is null",
        'the tier has no condition and hides those after it; '
        ~ 'fill min_score, fit_grades or engagement_grades, or give it the highest rank',
    ],
    unknown_word('tiers', 'response_unit', configuration_words('response_unit')),
    crossed_bounds('tiers', 'keep_score', 'min_score'),
] + unreadable_numbers('tiers', 'tiers')
    + out_of_range('tiers', ['min_score', 'keep_score'], 100)
    + not_positive('tiers', ['response_minutes'])
%}
{% set grade_checks = [] %}
{% for dimension in configuration_words('dimension') %}
{% set column = dimension ~ '_grades' %}
{% set grades = configuration_words(column) %}
{% do checks.append([
    "tiers." ~ column ~ "_text is not null and not exists (select 1 from tier_grades"
    ~ " where tier_grades.row_name = tiers.row_name"
    ~ " and tier_grades.dimension = '" ~ dimension ~ "')",
    column ~ ' "[' ~ column ~ ']" is not a grade; write one of ' ~ grades | join(', ')
    ~ ', or empty the cell for any',
]) %}
{% do checks.append([
    "exists (select 1 from tier_grades"
    ~ " where tier_grades.row_name = tiers.row_name"
    ~ " and tier_grades.dimension = '" ~ dimension ~ "'"
    ~ " and tier_grades.grade_word in (" ~ as_literals(grades) | lower ~ "))"
    ~ " and exists (select 1 from grade_bands"
    ~ " where grade_bands.scoring_model_word = tiers.scoring_model_word"
    ~ " and grade_bands.dimension_word = '" ~ dimension ~ "')"
    ~ " and not exists (select 1 from tier_grades inner join grade_bands"
    ~ " on tier_grades.dimension = grade_bands.dimension_word"
    ~ " and tier_grades.grade_word = grade_bands.grade_word"
    ~ " where tier_grades.row_name = tiers.row_name"
    ~ " and grade_bands.scoring_model_word = tiers.scoring_model_word"
    ~ " and grade_bands.dimension_word = '" ~ dimension ~ "')",
    column ~ ' "[' ~ column ~ ']" is never given, so nobody can reach the tier; '
    ~ 'write grades that have a row in seeds/scoring/grade_bands.csv',
]) %}
{% do grade_checks.append([
    "tier_grades.dimension = '" ~ dimension ~ "'"
    ~ " and tier_grades.grade_word not in (" ~ as_literals(grades) | lower ~ ")",
    'grade "[grade]" is not known; write ' ~ grades | join(', ') ~ ' in ' ~ column,
]) %}
{% endfor %}
{% set hidden_checks = [
    [
        "true",
        'nobody can reach the tier, because tier [earlier_tier] is checked first and takes all '
        ~ 'leads that it would take; change the conditions or the rank of one of them',
    ],
] %}
with scoring_models as (
    {{ configuration_rows('scoring_models') }}
),

grade_bands as (
    {{ configuration_rows('grade_bands') }}
),

tier_rows as (
    {{ configuration_rows('tiers') }}
),

conditional_tiers as (
    select
        tier_rows.*,
        -- Scores are never below 0, so min_score 0 is no condition.
        (tier_rows.min_score_text is not null and coalesce(tier_rows.min_score_number, 1) <> 0)
        or tier_rows.fit_grades_text is not null
        or tier_rows.engagement_grades_text is not null as has_condition
    from tier_rows
),

tiers as (
    select
        conditional_tiers.*,
        conditional_tiers.rank_number = max(conditional_tiers.rank_number) over (
            partition by conditional_tiers.scoring_model_word
        ) as is_last,
        sum(case when conditional_tiers.has_condition then 0 else 1 end) over (
            partition by conditional_tiers.scoring_model_word
        ) as unconditional_tiers,
        min(conditional_tiers.row_name) over (
            partition by conditional_tiers.scoring_model_word, conditional_tiers.rank_number
        ) as first_of_rank,
        min(conditional_tiers.tier_text) over (
            partition by conditional_tiers.scoring_model_word, conditional_tiers.rank_number
        ) as same_rank_tier_text
    from conditional_tiers
),

grade_words as (
    select
        tiers.row_name,
        'fit' as dimension,
        {{ trim_text('list_words.word') }} as grade_text
    from tiers
    {{ cross_join_words('tiers.fit_grades_text') }}

    union all

    select
        tiers.row_name,
        'engagement' as dimension,
        {{ trim_text('list_words.word') }} as grade_text
    from tiers
    {{ cross_join_words('tiers.engagement_grades_text') }}
),

tier_grades as (
    select
        grade_words.row_name,
        grade_words.dimension,
        grade_words.grade_text,
        lower(grade_words.grade_text) as grade_word
    from grade_words
    where grade_words.grade_text <> ''
),

-- Pairs of tiers of one scoring model where the earlier tier has no higher min_score.
tier_pairs as (
    select
        later_tiers.row_name,
        earlier_tiers.row_name as earlier_row_name,
        earlier_tiers.tier_text as earlier_tier_text,
        earlier_tiers.fit_grades_text as earlier_fit_grades,
        earlier_tiers.engagement_grades_text as earlier_engagement_grades,
        later_tiers.fit_grades_text,
        later_tiers.engagement_grades_text
    from tiers as earlier_tiers
    inner join tiers as later_tiers
        on
            earlier_tiers.scoring_model_word = later_tiers.scoring_model_word
            and earlier_tiers.rank_number < later_tiers.rank_number
            and coalesce(earlier_tiers.min_score_number, 0)
            <= coalesce(later_tiers.min_score_number, 0)
    where
        earlier_tiers.has_condition
        and later_tiers.has_condition
        and (earlier_tiers.min_score_text is null or earlier_tiers.min_score_number is not null)
),

-- Grades that the later tier accepts and the earlier one does not.
spared_grades as (
    select
        tier_pairs.row_name,
        tier_pairs.earlier_row_name
    from tier_pairs
    inner join tier_grades on tier_pairs.row_name = tier_grades.row_name
    left join tier_grades as earlier_grades
        on
            tier_pairs.earlier_row_name = earlier_grades.row_name
            and tier_grades.dimension = earlier_grades.dimension
            and tier_grades.grade_word = earlier_grades.grade_word
    where
        earlier_grades.row_name is null
        and case tier_grades.dimension
            when 'fit' then tier_pairs.earlier_fit_grades
            else tier_pairs.earlier_engagement_grades
        end is not null
),

-- Unreachable tiers: an earlier tier takes every lead that they would accept.
hidden_tiers as (
    select tier_pairs.*
    from tier_pairs
    left join spared_grades
        on
            tier_pairs.row_name = spared_grades.row_name
            and tier_pairs.earlier_row_name = spared_grades.earlier_row_name
    where
        spared_grades.row_name is null
        and (tier_pairs.earlier_fit_grades is null or tier_pairs.fit_grades_text is not null)
        and (
            tier_pairs.earlier_engagement_grades is null
            or tier_pairs.engagement_grades_text is not null
        )
)

{{ mistakes('tiers', {
    'tiers': checks, 'tier_grades': grade_checks, 'hidden_tiers': hidden_checks,
}) }}
