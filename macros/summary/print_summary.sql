{#
    Prints a summary after a run that built the marts. It names no lead, because it goes into dbt's
    log; scripts/first_to_call.py does.
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
        {%- do print_warnings_of_raw_rows(built['row_counts'], built.get('unreadable_cells')) -%}
        {%- do print_summary_of_scores(built['lead_scores'], built['lead_qualifications']) -%}
        {%- do print_summary_of_raw_rows(
            built['row_counts'], built['rejected_rows'], built.get('unreadable_cells')
        ) -%}
        {%- if 'scorecard_versions' in built -%}
            {%- do print_summary_of_versions(built['scorecard_versions']) -%}
        {%- endif -%}
        {%- if 'scorecard_versions' in built and 'backtest_summary' in built -%}
            {%- do print_warnings_of_evaluation(built['backtest_summary'], built['scorecard_versions']) -%}
        {%- endif -%}
        {%- if unchanged -%}
            {%- do print("Models: %s built, %s unchanged" | format(
                (built | length) - (unchanged | length), unchanged | length
            )) -%}
        {%- endif -%}
        {%- do print("Look next:
  select * from marts.call_list order by overall_rank limit 20;   -- whom to call first, and why
  select * from marts.lead_scores order by score desc limit 20;   -- the best scores
  select * from marts.lead_score_ledger where lead_id = '...';    -- every point behind a score
  select * from marts.rejected_rows;                              -- what could not be read
  .venv/bin/python scripts/first_to_call.py                       -- the same as text
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
        {#- Scoring models for customers have none. -#}
        {%- set qualified = "; %s are MQL or SQL" | format(row[3]) if row[3] else "" -%}
        {#- In a first run, all of them are new. -#}
        {%- set qualified = qualified ~ ", %s of them new" | format(row[4]) if 0 < row[4] < row[3]
            else qualified -%}
        {%- do print("  %s%s" | format(tiers[row[0]] | join(", "), qualified)) -%}
    {%- endfor -%}
{% endmacro %}

{#
    The worst problems of an export first: tables that are empty or of which nothing belongs to a
    lead, other activity that does not, and unreadable cells.
#}
{% macro print_warnings_of_raw_rows(row_counts, unreadable_cells) %}
    {%- for row in run_query(unused_tables_query(row_counts)).rows -%}
        {%- if row[1] -%}
            {%- do print("Warning: none of the %s rows of %s belongs to a lead; see row_counts"
                | format(row[1], row[0])) -%}
        {%- else -%}
            {%- do print("Warning: %s is empty; the %s rows read earlier still count"
                | format(row[0], row[2])) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for row in run_query(unmatched_rows_query(row_counts)).rows -%}
        {%- do print("Warning: %s of %s identified rows of %s belong to no lead; see unmatched_activity"
            | format(row[1], row[2], row[0])) -%}
    {%- endfor -%}
    {%- set columns = run_query(unreadable_columns_query(unreadable_cells)).rows if unreadable_cells else [] -%}
    {%- for row in columns -%}
        {%- do print("Warning: %s cells of %s.%s cannot be read, such as %s; see unreadable_cells"
            | format(row[2], row[0], row[1], row[3])) -%}
    {%- endfor -%}
{% endmacro %}

{% macro print_summary_of_raw_rows(row_counts, rejected_rows, unreadable_cells) %}
    {%- for row in run_query(summary_of_matches_query(row_counts)).rows if row[0] -%}
        {%- do print("Activity: %s rows of leads, %s of strangers, %s ambiguous, %s anonymous"
            | format(row[0], row[1], row[2], row[3])) -%}
    {%- endfor -%}
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
    {%- if unreadable_cells -%}
        {%- for row in run_query(summary_of_unreadable_cells_query(unreadable_cells)).rows if row[0] -%}
            {%- do print("Cells that cannot be read: %s in %s columns; see unreadable_cells"
                | format(row[0], row[1])) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{# The latest fit of each scoring model. #}
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

{# Scores and probabilities that, by the last evaluation, should not be used for ranking. #}
{% macro print_warnings_of_evaluation(summary, versions) %}
    {%- for row in run_query(weak_rankings_query(summary, versions)).rows -%}
        {%- if row[1] == 'score' -%}
            {%- do print("Warning: the score of %s ranks no better than chance: AUC %.2f, from %.2f to %.2f; see backtest_summary"
                | format(row[0], row[2], row[3], row[4])) -%}
        {%- else -%}
            {%- do print("Warning: the conversion probability of %s ranks worse than its score: AUC %.2f, not %.2f; see backtest_summary"
                | format(row[0], row[2], row[5])) -%}
        {%- endif -%}
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

{# Of erasure requests, none is a lead's. #}
{% macro unused_tables_query(row_counts) -%}
select
    row_counts.source_table,
    row_counts.raw_rows,
    row_counts.used_rows
from {{ row_counts }} as row_counts
where
    (row_counts.raw_rows = 0 and row_counts.used_rows > 0)
    or (row_counts.raw_rows > 0 and row_counts.lead_rows = 0)
order by row_counts.source_table
{%- endmacro %}

{% macro unmatched_rows_query(row_counts) -%}
select
    row_counts.source_table,
    row_counts.stranger_rows,
    row_counts.stranger_rows + row_counts.lead_rows as named_rows
from {{ row_counts }} as row_counts
where
    row_counts.lead_rows > 0
    and row_counts.stranger_rows
    > {{ var('unmatched_share_to_warn') }} * (row_counts.stranger_rows + row_counts.lead_rows)
order by row_counts.source_table
{%- endmacro %}

{% macro unreadable_columns_query(unreadable_cells) -%}
select
    cells.source_table,
    cells.column_name,
    cells.cell_count,
    cells.example_pattern
from {{ unreadable_cells }} as cells
where cells.share_of_rows > {{ var('unreadable_share_to_warn') }}
order by cells.source_table, cells.column_name
{%- endmacro %}

{% macro summary_of_unreadable_cells_query(unreadable_cells) -%}
select
    cast(sum(cells.cell_count) as {{ dbt.type_bigint() }}) as cell_count,
    count(*) as column_count
from {{ unreadable_cells }} as cells
{%- endmacro %}

{% macro summary_of_matches_query(row_counts) -%}
select
    cast(sum(row_counts.lead_rows) as {{ dbt.type_bigint() }}) as lead_rows,
    cast(sum(row_counts.stranger_rows) as {{ dbt.type_bigint() }}) as stranger_rows,
    cast(sum(row_counts.ambiguous_rows) as {{ dbt.type_bigint() }}) as ambiguous_rows,
    cast(sum(row_counts.anonymous_rows) as {{ dbt.type_bigint() }}) as anonymous_rows
from {{ row_counts }} as row_counts
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
    or (
        versions.status = 'refused'
        and versions.method = 'scorecard'
        and not exists (
            select 1
            from {{ versions }} as used_versions
            where
                used_versions.scoring_model = versions.scoring_model
                and used_versions.version = versions.version
                and used_versions.status = 'used'
        )
    )
order by versions.scoring_model
{%- endmacro %}

{# Scores whose AUC interval includes chance, and probabilities in use with a lower AUC than the score. #}
{% macro weak_rankings_query(summary, versions) -%}
select
    rankings.scoring_model,
    rankings.method,
    rankings.auc,
    rankings.auc_low,
    rankings.auc_high,
    scores.auc as score_auc
from {{ summary }} as rankings
inner join {{ summary }} as scores
    on
        rankings.scoring_model = scores.scoring_model
        and scores.method = 'score'
left join ({{ summary_of_versions_query(versions) }}) as fitted
    on
        rankings.scoring_model = fitted.scoring_model
        and rankings.method = fitted.method
        and fitted.status = 'used'
where
    (rankings.method = 'score' and rankings.auc_low <= 0.5)
    or (fitted.method is not null and rankings.auc < scores.auc)
order by rankings.scoring_model, rankings.method desc
{%- endmacro %}
