{#
    After a run that built the marts: what a person wants to know, in plain words. What is printed
    here stays in dbt's log, so it names nobody; scripts/first_to_call.py does.
#}
{% macro print_summary(results) %}
    {%- set built = {} -%}
    {%- for result in results if result.status == 'success' and result.node.resource_type == 'model' -%}
        {%- do built.update({result.node.name: result.node.relation_name}) -%}
    {%- endfor -%}
    {%- set needed = ['lead_scores', 'lead_qualification_changes', 'rejected_rows'] -%}
    {%- if execute and flags.WHICH in ['build', 'run'] and needed | reject('in', built) | list == [] -%}
        {%- do print('') -%}
        {%- do print(summary_of_scores(built['lead_scores'], built['lead_qualification_changes'])) -%}
        {%- do print(summary_of_rejected_rows(built['rejected_rows'])) -%}
        {%- if 'evaluation_plan' in built and 'kept_versions' in built -%}
            {%- do print_summary_of_evaluation(built['evaluation_plan'], built['kept_versions']) -%}
        {%- endif -%}
        {%- do print("Look next:
  select * from marts.lead_scores order by score desc limit 20;   -- who is worth most
  select * from marts.lead_score_ledger where lead_id = '...';    -- why, to the point
  select * from marts.rejected_rows;                              -- what could not be read
  .venv/bin/python scripts/first_to_call.py                       -- whom to call first, and why
  README.md, Recipes                                              -- how to change the rules
") -%}
    {%- endif -%}
{% endmacro %}

{% macro summary_of_scores(lead_scores, qualification_changes) %}
    {%- set lines = [] -%}
    {%- set models = run_query(summary_of_models_query(lead_scores, qualification_changes)).rows -%}
    {%- if models | length == 0 -%}
        {%- do lines.append("No lead was scored: no known contact is in the population of a scoring model.") -%}
    {%- endif -%}
    {%- for row in models -%}
        {#- Models of customers have none. -#}
        {%- set qualified = "; " ~ row[3] ~ " are MQL or SQL, " ~ row[4]
            ~ " of them new since the last published day" if row[3] else "" -%}
        {%- do lines.append(
            "Model " ~ row[0] ~ ": " ~ row[1] ~ " leads scored as of " ~ row[2] ~ qualified ~ "."
        ) -%}
        {%- set tiers = run_query(summary_of_tiers_query(lead_scores, row[0])).rows -%}
        {%- for tier in tiers -%}
            {%- do lines.append("  %-16s %6s leads, mean score %s" | format(tier[0], tier[1], tier[2])) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(lines | join("\n")) }}
{% endmacro %}

{% macro summary_of_rejected_rows(rejected_rows) %}
    {%- set lines = [] -%}
    {%- set reasons = run_query(summary_of_rejected_rows_query(rejected_rows)).rows -%}
    {%- do lines.append("Rejected raw rows:" if reasons | length > 0 else "No raw row was rejected.") -%}
    {%- for row in reasons -%}
        {%- do lines.append("  %6s of %s: %s" | format(row[2], row[0], row[1])) -%}
    {%- endfor -%}
    {{ return(lines | join("\n")) }}
{% endmacro %}

{# What was fitted anew; nothing in a run that does not evaluate. #}
{% macro print_summary_of_evaluation(evaluation_plan, versions) %}
    {%- set fitted = run_query(summary_of_versions_query(evaluation_plan, versions)).rows -%}
    {%- if fitted | length > 0 -%}
        {%- do print("Past scores were evaluated, as " ~ fitted[0][0]
            ~ ". Conversion probability, version " ~ fitted[0][1] ~ ":") -%}
    {%- endif -%}
    {%- for row in fitted -%}
        {%- do print("  " ~ row[2] ~ ": " ~ (
            "fitted anew by " ~ row[3] ~ ", to " ~ row[6] ~ " leads of whom " ~ row[7] ~ " converted"
            if row[4] == 'used' else "not fitted, " ~ row[5]
        ) ~ ".") -%}
    {%- endfor -%}
{% endmacro %}

{% macro summary_of_models_query(lead_scores, qualification_changes) -%}
select
    lead_scores.scoring_model,
    count(*) as leads,
    max(lead_scores.as_of) as as_of,
    count(case when lead_scores.qualification in ('mql', 'sql') then 1 end) as qualified,
    count(
        case
            when
                lead_scores.qualification in ('mql', 'sql')
                and changes.changed_on = lead_scores.as_of
                and coalesce(changes.previous_qualification, 'lead') not in ('mql', 'sql')
                then 1
        end
    ) as newly_qualified
from {{ lead_scores }} as lead_scores
left join {{ qualification_changes }} as changes
    on
        lead_scores.lead_id = changes.lead_id
        and lead_scores.scoring_model = changes.scoring_model
        and lead_scores.as_of = changes.changed_on
group by lead_scores.scoring_model
order by lead_scores.scoring_model
{%- endmacro %}

{% macro summary_of_tiers_query(lead_scores, scoring_model) -%}
select
    coalesce(lead_scores.tier, 'without tier') as tier,
    count(*) as leads,
    round(avg(lead_scores.score), 1) as mean_score
from {{ lead_scores }} as lead_scores
where lead_scores.scoring_model = {{ text_literal(scoring_model) }}
group by lead_scores.tier
order by mean_score desc
{%- endmacro %}

{% macro summary_of_rejected_rows_query(rejected_rows) -%}
select
    rejected.source_table,
    rejected.reason,
    sum(rejected.row_count) as row_count
from {{ rejected_rows }} as rejected
group by rejected.source_table, rejected.reason
order by rejected.source_table, rejected.reason
{%- endmacro %}

{% macro summary_of_versions_query(evaluation_plan, versions) -%}
select
    evaluation_plan.due_because,
    versions.version,
    versions.scoring_model,
    versions.method,
    versions.status,
    versions.status_because,
    versions.observations,
    versions.conversions
from {{ versions }} as versions
inner join {{ evaluation_plan }} as evaluation_plan
    on versions.fitted_on = evaluation_plan.evaluated_on
where
    evaluation_plan.is_due
    and (versions.status = 'used' or (versions.status = 'refused' and versions.method = 'scorecard'))
order by versions.scoring_model
{%- endmacro %}
