-- Configuration errors in seeds/scoring/category_limits.csv.
{{ config(materialized='ephemeral') }}
{% set checks = [
    empty_cell('category_limits', 'scoring_model', 'write the scoring model that it belongs to'),
    unknown_scoring_model('category_limits'),
    empty_cell('category_limits', 'dimension', 'write fit or engagement'),
    unknown_word('category_limits', 'dimension', configuration_words('dimension')),
    empty_cell('category_limits', 'category', 'write a category of the criteria'),
    repeated_key('category_limits', 'category_limits'),
    crossed_bounds('category_limits', 'min_points', 'max_points'),
] + unreadable_numbers('category_limits', 'category_limits') %}
with scoring_models as (
    {{ configuration_rows('scoring_models') }}
),

category_limits as (
    {{ configuration_rows('category_limits') }}
)

{{ mistakes('category_limits', {'category_limits': checks}) }}
