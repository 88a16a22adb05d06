{#
    After a run that built the marts: what a person wants to know, in plain words. What is printed
    here stays in dbt's log, so it names nobody; scripts/first_to_call.py does.
#}
{% macro print_summary(results) %}
    {%- set built = {} -%}
    {%- set unchanged = [] -%}
    {%- for result in results if result.status == 'success' and result.node.resource_type == 'model' -%}
        {%- do built.update({result.node.name: result.node.relation_name}) -%}
        {%- do unchanged.append(result.node.name) if result.message == 'UNCHANGED' -%}
    {%- endfor -%}
    {%- set needed = ['lead_scores', 'lead_qualifications', 'rejected_rows', 'row_counts'] -%}
    {%- if execute and flags.WHICH in ['build', 'run'] and needed | reject('in', built) | list == [] -%}
        {%- do print('') -%}
        {%- do print_summary_of_scores(built['lead_scores'], built['lead_qualifications']) -%}
        {%- do print_summary_of_raw_rows(built['row_counts'], built['rejected_rows']) -%}
        {%- if 'scorecard_versions' in built -%}
            {%- do print_summary_of_versions(built['scorecard_versions']) -%}
        {%- endif -%}
        {%- if unchanged -%}
            {%- do print("Models: %s built, %s left as they were" | format(
                (built | length) - (unchanged | length), unchanged | length
            )) -%}
        {%- endif -%}
        {%- do print("Look next:
  select * from marts.call_list order by overall_rank limit 20;   -- whom to call first, and why
  select * from marts.lead_scores order by score desc limit 20;   -- who is worth most
  select * from marts.lead_score_ledger where lead_id = '...';    -- why, to the point
  select * from marts.rejected_rows;                              -- what could not be read
  .venv/bin/python scripts/first_to_call.py                       -- the same in words
  docs/recipes.md                                                 -- how to change the rules
") -%}
    {%- endif -%}
{% endmacro %}

{% macro print_summary_of_scores(lead_scores, qualifications) %}
    {%- set tiers = {} -%}
    {%- for row in run_query(summary_of_tiers_query(lead_scores)).rows -%}
        {%- do tiers.setdefault(row[0], []).append("%s %s" | format(row[1], row[2])) -%}
    {%- endfor -%}
    {%- if tiers == {} -%}
        {%- do print("No lead was scored: no known contact is in the population of a scoring model.") -%}
    {%- endif -%}
    {%- for row in run_query(summary_of_models_query(lead_scores, qualifications)).rows -%}
        {%- do print("%s: %s leads scored as of %s" | format(row[0], row[1], row[2])) -%}
        {#- Models of customers have none. -#}
        {%- set qualified = "; %s are MQL or SQL" | format(row[3]) if row[3] else "" -%}
        {#- On a first run all of them are new, which says nothing. -#}
        {%- set qualified = qualified ~ ", %s of them new" | format(row[4]) if 0 < row[4] < row[3]
            else qualified -%}
        {%- do print("  %s%s" | format(tiers[row[0]] | join(", "), qualified)) -%}
    {%- endfor -%}
{% endmacro %}

{% macro print_summary_of_raw_rows(row_counts, rejected_rows) %}
    {%- for row in run_query(summary_of_raw_rows_query(row_counts)).rows -%}
        {%- do print("Raw rows: %s read, %s rejected%s" | format(row[0], row[1], ":" if row[1] else "")) -%}
    {%- endfor -%}
    {%- set most = 8 -%}
    {%- set reasons = run_query(summary_of_rejected_rows_query(rejected_rows)).rows | list -%}
    {%- for row in reasons[:most] -%}
        {%- do print("  %6s of %s: %s" | format(row[2], row[0], row[1])) -%}
    {%- endfor -%}
    {%- if reasons | length > most -%}
        {%- do print("  and for %s more reasons" | format((reasons | length) - most)) -%}
    {%- endif -%}
{% endmacro %}

{# The latest fit of each scoring model; nothing in a run that does not evaluate. #}
{% macro print_summary_of_versions(versions) %}
    {%- set fitted = run_query(summary_of_versions_query(versions)).rows -%}
    {%- if fitted | length > 0 -%}
        {%- do print("Conversion probability:") -%}
    {%- endif -%}
    {%- for row in fitted -%}
        {%- do print("  " ~ row[0] ~ ": " ~ (
            "fitted by " ~ row[1] ~ " to " ~ row[4] ~ " leads, of whom " ~ row[5] ~ " converted"
            if row[2] == 'used' else "not fitted, " ~ row[3]
        ) ~ " (version " ~ row[6] ~ " of " ~ row[7] ~ ")") -%}
    {%- endfor -%}
{% endmacro %}

{% macro summary_of_models_query(lead_scores, qualifications) -%}
select
    lead_scores.scoring_model,
    count(*) as leads,
    max(lead_scores.as_of) as as_of,
    count(case when lead_scores.qualification in ('mql', 'sql') then 1 end) as qualified,
    count(
        case
            when
                lead_scores.qualification in ('mql', 'sql')
                and qualifications.mql_reached_on = lead_scores.as_of
                then 1
        end
    ) as newly_qualified
from {{ lead_scores }} as lead_scores
left join {{ qualifications }} as qualifications
    on
        lead_scores.lead_id = qualifications.lead_id
        and lead_scores.scoring_model = qualifications.scoring_model
group by lead_scores.scoring_model
order by lead_scores.scoring_model
{%- endmacro %}

{% macro summary_of_tiers_query(lead_scores) -%}
select
    lead_scores.scoring_model,
    coalesce(lead_scores.tier, 'without tier') as tier,
    count(*) as leads,
    avg(lead_scores.score) as mean_score
from {{ lead_scores }} as lead_scores
group by lead_scores.scoring_model, lead_scores.tier
order by lead_scores.scoring_model, mean_score desc
{%- endmacro %}

{% macro summary_of_raw_rows_query(row_counts) -%}
select
    cast(sum(row_counts.raw_rows) as {{ dbt.type_bigint() }}) as raw_rows,
    cast(sum(row_counts.rejected_rows) as {{ dbt.type_bigint() }}) as rejected_rows
from {{ row_counts }} as row_counts
{%- endmacro %}

{% macro summary_of_rejected_rows_query(rejected_rows) -%}
select
    rejected.source_table,
    rejected.reason,
    cast(sum(rejected.row_count) as {{ dbt.type_bigint() }}) as row_count
from {{ rejected_rows }} as rejected
group by rejected.source_table, rejected.reason
order by row_count desc, rejected.source_table, rejected.reason
{%- endmacro %}

{% macro summary_of_versions_query(versions) -%}
with latest as (
    select
        versions.scoring_model,
        max(versions.version) as version
    from {{ versions }} as versions
    group by versions.scoring_model
)

select
    versions.scoring_model,
    versions.method,
    versions.status,
    versions.status_because,
    versions.observations,
    versions.conversions,
    versions.version,
    versions.fitted_on
from {{ versions }} as versions
inner join latest
    on
        versions.scoring_model = latest.scoring_model
        and versions.version = latest.version
where
    versions.status = 'used'
    or (versions.status = 'refused' and versions.method = 'scorecard')
order by versions.scoring_model
{%- endmacro %}
