{#
    Before a run: what earlier versions of the project kept in private tables, which marts showed as
    views, becomes the marts' own; and private tables that no model makes any more go, as their
    people may ask to be erased. Killed anywhere in between, the next run goes on with it.
#}
{% macro adopt_history() %}
    {%- if execute and flags.WHICH in ['build', 'run'] -%}
        {%- for node in graph.nodes.values() if node.config.meta.was_kept_in -%}
            {%- set kept = private_relation(node.config.meta.was_kept_in) -%}
            {%- if kept is not none and kept.is_table -%}
                {%- set mart = api.Relation.create(
                    database=node.database, schema=node.schema, identifier=node.alias, type='table'
                ) -%}
                {%- set existing = load_relation(mart) -%}
                {%- if existing is none or existing.is_view -%}
                    {%- do adapter.drop_relation(existing) if existing is not none -%}
                    {%- do run_query(history_as_mart(kept, mart, node.columns.values())) -%}
                    {%- do adapter.cache_added(mart) -%}
                {%- endif -%}
                {%- do adapter.drop_relation(kept) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- for name in retired_tables() -%}
            {%- set retired = private_relation(name) -%}
            {%- do adapter.drop_relation(retired) if retired is not none -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{% macro private_relation(name) %}
    {{- return(adapter.get_relation(target.database, target.schema, name)) -}}
{% endmacro %}

{% macro history_as_mart(kept, mart, columns) -%}
create table {{ mart }} {{ 'using iceberg' if target.type == 'spark' }} as
select
    {%- for column in columns %}
    cast({{ column.name }} as {{ api.Column.translate_type(column.data_type) }})
        as {{ column.name }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ kept }}
{%- endmacro %}

{# Names of earlier versions' private models, of which nothing is needed any more. #}
{% macro retired_tables() %}
    {{ return([
        'account_scoring_mistakes', 'activity__one_page_session', 'activity__session',
        'activity_days', 'activity_mistakes',
        'attribute__account_user_count', 'attribute__days_since_won_deal',
        'attribute__open_deal_count', 'attribute__owned_product_count', 'best_criteria',
        'business_calendar_mistakes', 'category_limit_mistakes', 'challenger_mistakes',
        'compared_activity_days', 'compared_counted_points', 'compared_days',
        'compared_decayed_points', 'compared_leads', 'compared_points', 'compared_standings', 'config_business_hours',
        'config_calendars', 'config_grade_bands', 'config_holidays', 'config_owner_calendars',
        'config_score_gates', 'connected_leads', 'counted_points',
        'criterion_definitions', 'criterion_options', 'criterion_points', 'crm_rows',
        'crossing_moments', 'earlier_conversions', 'handoff_times',
        'points_changes',
        'decayed_points', 'delivered_activities', 'delivery_times',
        'engagement_criterion_mistakes', 'fit_criterion_mistakes', 'grade_band_mistakes',
        'graded_scores', 'handoff_deadlines', 'handoff_moments', 'handoff_responses',
        'identity_people', 'kept_activity_rows', 'kept_deal_versions', 'lead_facts',
        'lead_payloads', 'lead_points', 'lead_qualification_changes', 'lead_stage_signs', 'outcome_mistakes',
        'outlook_activity_days', 'outlook_counted_points', 'outlook_criterion_points',
        'outlook_decayed_points', 'outlook_engagement_points', 'outlook_ledger',
        'outlook_limit_points', 'placeholder_list', 'positive_activity', 'run_day_facts',
        'run_day_leads', 'score_coverage', 'score_gate_mistakes', 'score_tiers',
        'scorecard_beginning', 'scorecard_steps_to_fifty', 'scorecard_steps_to_forty',
        'scorecard_steps_to_sixty', 'scorecard_steps_to_ten', 'scorecard_steps_to_thirty',
        'scorecard_steps_to_twenty', 'scored_leads', 'scoring_model_mistakes', 'stg_companies',
        'stg_deals', 'stg_email_events', 'stg_product_events', 'stg_sales_activities',
        'stg_social_events', 'stg_web_events', 'tier_mistakes', 'trial_leads',
        'versions_in_force', 'waiting_dates', 'weekly_qualified_leads',
    ]) }}
{% endmacro %}
