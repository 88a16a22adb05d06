{#
    On run start, after an upgrade. Published history cannot be computed again: rows in private
    tables move into the marts that show them. Private tables that no model builds are dropped,
    because they contain people who may ask to be erased. A killed upgrade continues in the next
    run.
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
        {%- set present = relations_present() if target.type == 'duckdb' -%}
        {%- for name in retired_tables()
            if target.type != 'duckdb' or target.schema ~ '.' ~ name in present -%}
            {%- set retired = private_relation(name) -%}
            {%- do adapter.drop_relation(retired) if retired is not none -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{# On run start, before anything reads them: renames stored tables, so that they keep their rows. #}
{% macro rename_stored_tables() %}
    {%- if execute and flags.WHICH in ['build', 'run'] -%}
        {%- for before, name in renamed_tables().items() -%}
            {%- set stored = private_relation(before) -%}
            {%- if stored is not none and stored.is_table and private_relation(name) is none -%}
                {%- do adapter.rename_relation(
                    stored, stored.incorporate(path={'identifier': name})
                ) -%}
                {#- Renaming starts a transaction that dbt rolls back after a hook without SQL. -#}
                {%- do adapter.commit() -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{# Stored tables to rename: name in the database -> name of the model. #}
{% macro renamed_tables() %}
    {{ return({
        'activity_rows': 'int_activity_log',
        'company_versions': 'stg_crm__company_versions',
        'contact_versions': 'stg_crm__contact_versions',
        'crm_payloads': 'int_crm_payloads',
        'deal_versions': 'stg_crm__deal_versions',
        'erased_keys': 'stg_erasure__erased_keys',
        'erasure_salt': 'stg_erasure__salt',
        'evaluated_activities': 'int_holdout_activities',
        'evaluated_attributes': 'int_holdout_attributes',
        'evaluated_criteria': 'int_holdout_criteria',
        'evaluated_leads': 'int_holdout_leads',
        'evaluated_probabilities': 'int_holdout_probabilities',
        'evaluated_weeks': 'int_holdout_weeks',
        'evaluations': 'int_evaluations',
        'event_kinds': 'dim_event_types',
        'fact_ledger': 'fct_activity_daily',
        'identities': 'dim_identities',
        'job_titles': 'int_job_titles',
        'kept_versions': 'int_scorecard_versions',
        'kept_weights': 'int_scorecard_weights',
        'lead_tier_changes': 'int_lead_tier_changes',
        'publications': 'int_publications',
        'published_definitions': 'int_published_criteria',
        'published_points': 'int_published_points',
    }) }}
{% endmacro %}

{% macro private_relation(name) %}
    {{- return(adapter.get_relation(target.database, target.schema, name)) -}}
{% endmacro %}

{# The mart's own model adds the columns that the private table lacks. #}
{% macro history_as_mart(kept, mart, columns) -%}
{%- set known = columns_in(kept) | map(attribute='name') | map('lower') | list -%}
{%- set columns = columns | selectattr('name', 'in', known) | list -%}
create table {{ mart }} {{ 'using iceberg' if target.type == 'spark' }} as
select
    {%- for column in columns %}
    cast({{ column.name }} as {{ api.Column.translate_type(column.data_type) }})
        as {{ column.name }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ kept }}
{%- endmacro %}

{# Private tables that nothing reads. #}
{% macro retired_tables() %}
    {{ return([
        'account_people', 'account_scoring_mistakes', 'activity__interest_in_unowned_product',
        'activity__one_page_session', 'activity__request_for_unowned_product', 'activity__session',
        'activity_days', 'activity_kinds', 'activity_mistakes',
        'as_of_days', 'attribute__account_user_count', 'attribute__days_since_won_deal',
        'attribute__open_deal_count', 'attribute__owned_product_count', 'attribute_groups',
        'best_criteria', 'bin_weights', 'business_calendar_mistakes', 'business_intervals',
        'calibration', 'category_limit_mistakes', 'challenger_mistakes', 'companies_as_of',
        'compared_activity_days', 'compared_counted_points', 'compared_days',
        'compared_decayed_points', 'compared_leads', 'compared_points', 'compared_standings',
        'config_business_hours', 'config_calendars', 'config_grade_bands', 'config_holidays',
        'config_owner_calendars', 'config_score_gates', 'configuration_mistakes',
        'connected_leads', 'contact_knowledge', 'contact_knowledge_left', 'contact_survivors',
        'contacts_as_of', 'content_touches', 'conversion_probabilities', 'counted_activities',
        'counted_points', 'criterion_definitions', 'criterion_options', 'criterion_points',
        'crm_rows', 'crossing_moments', 'crossings', 'day_ledger', 'day_scores', 'deals_as_of',
        'deals_of_leads', 'decayed_points', 'delivered_activities', 'delivery_times',
        'earlier_conversions', 'email_owners', 'engagement_criterion_mistakes',
        'engagement_points', 'erasures', 'evaluation_plan', 'fit_criterion_mistakes',
        'fit_criterion_values', 'fit_criterion_words', 'fit_points', 'fitted_weights',
        'gated_scores', 'grade_band_mistakes', 'graded_scores', 'hand_kept_scores',
        'handoff_deadlines', 'handoff_moments', 'handoff_responses', 'handoff_times',
        'handoffs', 'identity_people', 'int_business_intervals',
        'int_contact_keys_retained',
        'interest_in_unowned_products', 'kept_activity_rows',
        'kept_contact_versions', 'kept_deal_versions', 'keys_asked_for', 'keys_to_erase',
        'later_margins', 'later_probabilities', 'lead_activity_days', 'lead_attributes',
        'lead_contributions', 'lead_facts', 'lead_identities', 'lead_key_identities',
        'lead_keys', 'lead_payloads', 'lead_points', 'lead_profiles',
        'lead_qualification_changes', 'lead_sessions', 'lead_stage_signs', 'leads',
        'limit_points', 'named_rows_to_erase', 'observations', 'observed_attributes',
        'observed_stages', 'outcome_mistakes', 'outlook_activity_days', 'outlook_aging',
        'outlook_counted_points', 'outlook_criterion_points', 'outlook_days',
        'outlook_decayed_points', 'outlook_engagement_points', 'outlook_leads',
        'outlook_ledger', 'outlook_limit_points', 'outlook_points', 'outlook_scores', 'people',
        'people_keys', 'placeholder_list', 'points_at_steps', 'points_changes',
        'positive_activity', 'probability_features', 'publication_day', 'ranked_leads',
        'raw_batches', 'reading_rules', 'run_day_deals', 'run_day_facts', 'run_day_leads',
        'scenario_leads', 'scenarios', 'score_coverage', 'score_gate_mistakes', 'score_tiers',
        'scorecard_beginning', 'scorecard_bins', 'scorecard_candidates', 'scorecard_first_fit',
        'scorecard_fit', 'scorecard_measures', 'scorecard_observations',
        'scorecard_paired_rows', 'scorecard_pairs', 'scorecard_rows', 'scorecard_sample',
        'scorecard_steps_to_fifty', 'scorecard_steps_to_forty', 'scorecard_steps_to_sixty',
        'scorecard_steps_to_ten', 'scorecard_steps_to_thirty', 'scorecard_steps_to_twenty',
        'scored_leads', 'scoring_criteria', 'scoring_model_mistakes', 'sql_activity_days',
        'sql_attribute_values', 'stg_companies', 'stg_contacts', 'stg_deals',
        'stg_email_events', 'stg_erasure_requests', 'stg_product_events',
        'stg_sales_activities', 'stg_social_events', 'stg_web_events', 'tier_mistakes',
        'top_reasons', 'training_features', 'trial_leads', 'versions_in_force', 'waiting_dates',
        'weekly_qualified_leads', 'weights_in_force', 'won_deals',
    ] + ([
        'int_content_touches', 'int_crossings', 'int_forecast_points', 'int_points_by_step',
    ] if target.type == 'duckdb' else [])) }}
{% endmacro %}
