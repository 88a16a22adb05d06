-- Errors that involve several cells or rows of grade_bands.csv and tiers.csv.
{{ config(materialized='ephemeral') }}
with scoring_models as (
    {{ configuration_rows('scoring/scoring_models', ['scoring_model_word']) }}
),

-- The grades of each dimension, by the column of tiers.csv that asks for them.
grade_rules as (
    select
        rules.column_name,
        rules.words
    from {{ ref('configuration_columns') }} as rules
    where rules.kind = 'grades'
),

grades as (
    select
        grade_rules.column_name,
        lower(list_words.word) as grade
    from grade_rules
    {{ cross_join_words('grade_rules.words') }}
),

band_rows as (
    {{ configuration_rows('scoring/grade_bands', [
        'grade_text', 'grade_word', 'scoring_model_word', 'dimension_word', 'min_score_text',
        'min_score_number',
    ]) }}
),

grade_bands as (
    select
        band_rows.*,
        band_rows.dimension_word || '_grades' as column_name,
        -- An empty cell counts as 0. A value that is not a number is reported separately.
        case
            when band_rows.min_score_text is null then 0
            else band_rows.min_score_number
        end as least_score
    from band_rows
),

tier_rows as (
    {{ configuration_rows('scoring/tiers', [
        'scoring_model_word', 'rank_text', 'rank_number', 'tier_text', 'min_score_text',
        'min_score_number', 'fit_grades_text', 'engagement_grades_text',
    ]) }}
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
        ) as same_rank_tier
    from conditional_tiers
),

-- The last tier takes all remaining leads, the others only some.
misplaced_tiers as (
    select distinct
        tiers.row_name,
        tiers.is_last
    from tiers
    inner join scoring_models on tiers.scoring_model_word = scoring_models.scoring_model_word
    where
        (tiers.is_last and tiers.unconditional_tiers = 0)
        or (not tiers.is_last and not tiers.has_condition and tiers.min_score_text is null)
),

grade_cells as (
    select cells.*
    from {{ ref('configuration_cells') }} as cells
    inner join grade_rules on cells.column_name = grade_rules.column_name
    where cells.file = 'scoring/tiers'
),

asked_grades as (
    select
        grade_cells.row_id,
        grade_cells.row_name,
        grade_cells.column_name,
        grade_cells.text,
        lower({{ trim_text('list_words.word') }}) as grade
    from grade_cells
    {{ cross_join_words('grade_cells.text') }}
),

-- Lists of known grades, none of which the scoring model gives.
ungiven_grades as (
    select
        asked_grades.row_name,
        asked_grades.column_name,
        asked_grades.text
    from asked_grades
    inner join tiers on asked_grades.row_id = tiers.row_id
    inner join grade_bands
        on
            tiers.scoring_model_word = grade_bands.scoring_model_word
            and asked_grades.column_name = grade_bands.column_name
    left join grades
        on
            asked_grades.column_name = grades.column_name
            and asked_grades.grade = grades.grade
    group by
        asked_grades.row_id, asked_grades.row_name, asked_grades.column_name, asked_grades.text
    having
        count(grades.grade) > 0
        and max(case when asked_grades.grade = grade_bands.grade_word then 1 else 0 end) = 0
),

-- Pairs of tiers of one scoring model where the earlier tier has no higher min_score.
tier_pairs as (
    select
        later_tiers.row_id,
        later_tiers.row_name,
        earlier_tiers.row_id as earlier_row_id,
        earlier_tiers.tier_text as earlier_tier
    from tiers as earlier_tiers
    inner join tiers as later_tiers
        on
            earlier_tiers.scoring_model_word = later_tiers.scoring_model_word
            and earlier_tiers.rank_number < later_tiers.rank_number
            and coalesce(earlier_tiers.min_score_number, 0)
            <= coalesce(later_tiers.min_score_number, 0)
    -- A min_score of 0, which is no condition, hides all tiers but the last, which takes the rest.
    where
        (earlier_tiers.has_condition or earlier_tiers.min_score_text is not null)
        and (
            later_tiers.has_condition
            or (later_tiers.min_score_text is not null and not later_tiers.is_last)
        )
        and (earlier_tiers.min_score_text is null or earlier_tiers.min_score_number is not null)
),

-- Pairs where the later tier accepts a grade, or any, that the earlier one does not.
spared_pairs as (
    select
        tier_pairs.row_id,
        tier_pairs.earlier_row_id
    from tier_pairs
    inner join grade_cells on tier_pairs.earlier_row_id = grade_cells.row_id
    left join asked_grades
        on
            tier_pairs.row_id = asked_grades.row_id
            and grade_cells.column_name = asked_grades.column_name
            and asked_grades.grade <> ''
    left join asked_grades as earlier_grades
        on
            tier_pairs.earlier_row_id = earlier_grades.row_id
            and grade_cells.column_name = earlier_grades.column_name
            and asked_grades.grade = earlier_grades.grade
    where grade_cells.text is not null and earlier_grades.grade is null
)

select
    'scoring/grade_bands' as file,
    grade_bands.row_name,
    'grade "' || grade_bands.grade_text || '" is not known; write one of '
    || replace(grade_rules.words, ';', ', ') as mistake
from grade_bands
inner join grade_rules on grade_bands.column_name = grade_rules.column_name
left join grades
    on
        grade_bands.column_name = grades.column_name
        and grade_bands.grade_word = grades.grade
where grade_bands.grade_text is not null and grades.grade is null

union all

select
    'scoring/grade_bands' as file,
    grade_bands.row_name,
    'grade ' || other_bands.grade_text || ' has the same min_score; change one of them' as mistake
from grade_bands
inner join grade_bands as other_bands
    on
        grade_bands.scoring_model_word = other_bands.scoring_model_word
        and grade_bands.column_name = other_bands.column_name
        and grade_bands.least_score = other_bands.least_score
        and grade_bands.grade_word > other_bands.grade_word

union all

select
    'scoring/tiers' as file,
    tiers.row_name,
    'tier ' || coalesce(tiers.same_rank_tier, '') || ' also has rank ' || tiers.rank_text
    || '; give each tier a different rank' as mistake
from tiers
where tiers.rank_number is not null and tiers.row_name > tiers.first_of_rank

union all

select
    'scoring/tiers' as file,
    misplaced_tiers.row_name,
    case
        when misplaced_tiers.is_last
            then
                'this is the last tier of its scoring model and must take all remaining leads; '
                || 'empty min_score, fit_grades and engagement_grades, or add a tier of a higher '
                || 'rank'
        else
            'the tier has no condition and hides those after it; fill min_score, fit_grades or '
            || 'engagement_grades, or give it the highest rank'
    end as mistake
from misplaced_tiers

union all

select
    'scoring/tiers' as file,
    ungiven_grades.row_name,
    ungiven_grades.column_name || ' "' || ungiven_grades.text || '" is never given, so nobody can '
    || 'reach the tier; write grades that have a row in seeds/scoring/grade_bands.csv' as mistake
from ungiven_grades

union all

select
    'scoring/tiers' as file,
    tier_pairs.row_name,
    'nobody can reach the tier, because tier ' || coalesce(tier_pairs.earlier_tier, '')
    || ' is checked first and takes all leads that it would take; change the conditions or the '
    || 'rank of one of them' as mistake
from tier_pairs
left join spared_pairs
    on
        tier_pairs.row_id = spared_pairs.row_id
        and tier_pairs.earlier_row_id = spared_pairs.earlier_row_id
where spared_pairs.row_id is null
