{# lead_score_history gets a row when any of these columns changes. #}
{% macro published_score_columns() %}
    {{ return([
        'fit_points', 'engagement_points', 'fit_score', 'engagement_score', 'score', 'fit_grade',
        'engagement_grade', 'grade', 'tier', 'qualification', 'is_mql_reached', 'is_sql_reached',
    ]) }}
{% endmacro %}
