-- Configuration errors in seeds/scoring/grade_bands.csv.
{{ config(materialized='ephemeral') }}
{% set checks = [
    empty_cell('grade_bands', 'scoring_model', 'write the scoring model that it belongs to'),
    unknown_scoring_model('grade_bands'),
    empty_cell('grade_bands', 'dimension', 'write fit or engagement'),
    unknown_word('grade_bands', 'dimension', configuration_words('dimension')),
    empty_cell('grade_bands', 'grade', 'write A to E for fit or 1 to 5 for engagement'),
    repeated_key('grade_bands', 'grade_bands'),
] + unreadable_numbers('grade_bands', 'grade_bands')
    + out_of_range('grade_bands', ['min_score'], 100)
%}
{% for dimension in configuration_words('dimension') %}
{% set grades = configuration_words(dimension ~ '_grades') %}
{% do checks.append([
    "grade_bands.dimension_word = '" ~ dimension ~ "'"
    ~ " and grade_bands.grade_word not in (" ~ as_literals(grades) | lower ~ ")",
    'grade "[grade]" is not known; write one of ' ~ grades | join(', '),
]) %}
{% endfor %}
{% set equal_checks = [
    [
        "true",
        'grade [other_grade] has the same min_score; change one of them',
    ],
] %}
with scoring_models as (
    {{ configuration_rows('scoring_models') }}
),

band_rows as (
    {{ configuration_rows('grade_bands') }}
),

grade_bands as (
    select
        band_rows.*,
        -- An empty cell counts as 0. A value that is not a number is reported separately.
        case
            when band_rows.min_score_text is null then 0
            else band_rows.min_score_number
        end as least_score
    from band_rows
),

-- Grades of one dimension that share a min_score.
equal_bands as (
    select
        grade_bands.row_name,
        other_bands.grade_text as other_grade_text
    from grade_bands
    inner join grade_bands as other_bands
        on
            grade_bands.scoring_model_word = other_bands.scoring_model_word
            and grade_bands.dimension_word = other_bands.dimension_word
            and grade_bands.least_score = other_bands.least_score
            and grade_bands.grade_word > other_bands.grade_word
)

{{ mistakes('grade_bands', {'grade_bands': checks, 'equal_bands': equal_checks}) }}
