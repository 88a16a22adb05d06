"""MetricFlow's answers on the readers' copy of the demo company equal SQL on the marts."""

import csv
import os
import shutil
import subprocess

import pytest
import yaml

from tests.project import ROOT

ENVIRONMENT = ROOT / ".venv-metrics" / "bin"
YAML = sorted((ROOT / "models" / "marts" / "metrics").glob("_metrics__*.yml"))
# How metrics are grouped, then the same in SQL: the columns of the groups, then the metrics in order.
GROUPS = {
    "scores": ("lead_score__scoring_model", """
        select
            scoring_model, count(*) as leads, count_if(qualification in ('mql', 'sql')) as mqls,
            count_if(qualification = 'sql') as sqls,
            count_if(is_disqualified) as disqualified_leads,
            count_if(qualification in ('mql', 'sql')) / count(*) as mql_share,
            avg(score) as mean_score, avg(fit_score) as mean_fit_score,
            avg(engagement_score) as mean_engagement_score,
            avg(score_coverage) as mean_score_coverage,
            avg(conversion_probability) as mean_conversion_probability,
            sum(conversion_probability) filter (qualification in ('lead', 'mql', 'sql'))
                as expected_conversions,
            count_if(lead_id in (from marts.leads select lead_id where open_deals > 0))
                as leads_with_open_deal
        from marts.lead_scores
        group by all"""),
    "people": ("lead__country,lead__is_customer", """
        select
            country, is_customer, count(*) as new_leads, sum(open_deals) as open_deals
        from marts.leads
        group by all"""),
    "accounts": ("account_score__scoring_model", """
        select scoring_model, count(*) as accounts, avg(account_score) as mean_account_score
        from marts.account_scores
        group by all"""),
    "alerts": ("metric_time__day,alert__crossing,alert__cause", """
        select crossed_on, crossing, cause, count(*) as alerts
        from marts.score_alerts
        group by all"""),
    "handoffs": ("handoff__tier", """
        select
            tier, count(*) as handoffs, count_if(sla_status = 'met') as handoffs_met,
            count_if(sla_status in ('met', 'breached')) as handoffs_settled,
            count_if(sla_status = 'met') / nullif(count_if(sla_status in ('met', 'breached')), 0)
                as met_share,
            quantile_disc(minutes_to_contact, 0.5) as median_minutes_to_contact,
            quantile_disc(minutes_to_response, 0.5) as median_minutes_to_response,
            quantile_disc(minutes_to_response, 0.9) as p90_minutes_to_response
        from marts.sales_handoffs
        group by all"""),
    "new MQLs": ("metric_time__day,lead_qualification__scoring_model", """
        select
            day, scoring_model, count_if(what = 'new mql') as new_mqls,
            count_if(what = 'new sql') as new_sqls, count_if(what = 'lost mql') as lost_mqls
        from (
            select first_mql_on as day, 'new mql' as what, scoring_model from marts.lead_qualifications
            union all
            select first_sql_on, 'new sql', scoring_model from marts.lead_qualifications
            union all
            select mql_lost_on, 'lost mql', scoring_model from marts.lead_qualifications
        )
        where day is not null
        group by all"""),
    "changes": ("metric_time__day,lead_score_change__criterion", """
        select to_date, criterion, sum(points_change) as points_change
        from marts.lead_score_changes
        group by all"""),
    "outlook": ("metric_time__week,outlook__tier", """
        select date_trunc('week', lost_on) as week, tier, count(*) as tier_losses
        from marts.lead_outlook
        where lost_on is not null
        group by all"""),
    "rejected rows": ("rejected_row__source_table,rejected_row__reason", """
        select source_table, reason, sum(row_count) as rejected_rows
        from marts.rejected_rows
        group by all"""),
    "machine filter": ("automated__activity,lead__owner_id", """
        select
            activity, owner_id,
            sum(automated_by_user_agent + automated_by_signs) as automated_occurrences,
            sum(automated_by_signs) as automated_occurrences_by_signs,
            sum(automated_by_user_agent + automated_by_signs + occurrences)
                as occurrences_with_automated,
            sum(automated_by_user_agent + automated_by_signs)
                / sum(automated_by_user_agent + automated_by_signs + occurrences) as automated_share
        from marts.lead_automated_activity
        left join marts.leads using (lead_id)
        group by all"""),
    "evaluation by tier": ("backtest_band__scoring_model,backtest_band__tier", """
        select
            scoring_model, group_name, leads as evaluated_leads, conversions,
            conversions / nullif(leads, 0) as conversion_rate, revenue
        from marts.backtest_bands
        where grouped_by = 'tier'"""),
    "evaluation by score": ("backtest_funnel_row__score_band", """
        select
            score_band, sum(leads) as score_band_leads,
            sum(opportunities) as score_band_opportunities,
            sum(conversions) as score_band_conversions,
            sum(conversions) / sum(leads) as score_band_conversion_rate
        from marts.backtest_funnel
        group by all"""),
}
# The same for saved queries: name -> SQL.
SAVED_QUERIES = {
    "leads_by_tier": """
        select
            scoring_model, tier, count(*) as leads,
            count_if(qualification in ('mql', 'sql')) as mqls,
            count_if(qualification = 'sql') as sqls, avg(score) as mean_score
        from marts.lead_scores
        group by all""",
    "leads_by_owner": """
        select
            owner_id, count(distinct lead_id) as leads,
            count(distinct lead_id) filter (qualification in ('mql', 'sql')) as mqls,
            count(distinct lead_id) filter (qualification = 'sql') as sqls, avg(score) as mean_score,
            count(distinct lead_id) filter (open_deals > 0) as leads_with_open_deal
        from marts.lead_scores
        join marts.leads using (lead_id)
        group by all""",
    "leads_by_country": """
        select
            scoring_model, country, count(*) as leads,
            count_if(qualification in ('mql', 'sql')) as mqls,
            count_if(qualification in ('mql', 'sql')) / count(*) as mql_share, avg(score) as mean_score
        from marts.lead_scores
        join marts.leads using (lead_id)
        group by all""",
    "pipeline_by_priority": """
        select
            scoring_model, priority, count(*) as leads,
            count_if(open_deals > 0) as leads_with_open_deal,
            avg(conversion_probability) as mean_conversion_probability,
            sum(conversion_probability) filter (qualification in ('lead', 'mql', 'sql'))
                as expected_conversions
        from marts.lead_scores
        join marts.leads using (lead_id)
        group by all""",
    "alerts_by_day": """
        select crossed_on, scoring_model, crossing, count(*) as alerts
        from marts.score_alerts
        group by all""",
    "response_times_by_owner": """
        select
            owner_id, tier, count(*) as handoffs,
            count_if(sla_status = 'met') / nullif(count_if(sla_status in ('met', 'breached')), 0)
                as met_share,
            quantile_disc(minutes_to_contact, 0.5) as median_minutes_to_contact,
            quantile_disc(minutes_to_response, 0.5) as median_minutes_to_response,
            quantile_disc(minutes_to_response, 0.9) as p90_minutes_to_response
        from marts.sales_handoffs
        group by all""",
    "new_mqls_by_week": """
        select
            date_trunc('week', day) as week, scoring_model, count_if(what = 'mql') as new_mqls,
            count_if(what = 'sql') as new_sqls
        from (
            select first_mql_on as day, 'mql' as what, scoring_model from marts.lead_qualifications
            union all
            select first_sql_on, 'sql', scoring_model from marts.lead_qualifications
        )
        where day is not null
        group by all""",
    "changes_by_cause": """
        select to_date, scoring_model, cause, sum(points_change) as points_change
        from marts.lead_score_changes
        group by all""",
    "machine_filter_by_activity": """
        select
            activity, sum(automated_by_user_agent + automated_by_signs) as automated_occurrences,
            sum(automated_by_signs) as automated_occurrences_by_signs,
            sum(automated_by_user_agent + automated_by_signs)
                / sum(automated_by_user_agent + automated_by_signs + occurrences) as automated_share
        from marts.lead_automated_activity
        group by all""",
    "conversion_by_tier": """
        select
            scoring_model, group_name, leads as evaluated_leads, conversions,
            conversions / nullif(leads, 0) as conversion_rate, revenue
        from marts.backtest_bands
        where grouped_by = 'tier'""",
}

pytestmark = pytest.mark.skipif(
    not (ENVIRONMENT / "mf").exists(), reason="MetricFlow is not installed here; make metrics adds it")


class MetricFlow:
    """MetricFlow on the readers' copy of a demo company, in a copy of the project of its own."""

    def __init__(self, folder, demo):
        shutil.copytree(demo.folder, folder, ignore=shutil.ignore_patterns("*.duckdb", "target"))
        self.folder, self.demo = folder, demo
        # No such file: who opened the project's database would make it.
        self.database = folder / "untouched.duckdb"
        self.run("dbt", "parse", "--quiet", "--target", "readers")

    def run(self, program, *arguments):
        """Run mf or dbt of .venv-metrics; returns what it printed."""
        done = subprocess.run(
            [str(ENVIRONMENT / program), *arguments], cwd=self.folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "DBT_TARGET": "readers", "LEAD_SCORING_DUCKDB_PATH": str(self.database),
                 "LEAD_SCORING_MARTS_PATH": str(self.demo.marts)})
        assert done.returncode == 0 and "ERROR" not in done.stdout.replace("ERRORS: 0", ""), done.stdout
        return done.stdout

    def query(self, *arguments):
        """The answer of mf query: list of dict of text; an empty text is null."""
        file = self.folder / "answer.csv"
        self.run("mf", "query", *arguments, "--csv", str(file))
        with file.open(newline="", encoding="utf-8") as answer:
            return list(csv.DictReader(answer))


@pytest.fixture(scope="module")
def metricflow(tmp_path_factory, demo):
    return MetricFlow(tmp_path_factory.mktemp("metricflow") / "project", demo)


def defined(kind):
    """The names in the YAML: of metrics or saved_queries, with their definitions."""
    return {item["name"]: item for file in YAML
            for item in yaml.safe_load(file.read_text(encoding="utf-8")).get(kind, [])}


def cell(value):
    """A value of an answer or of a mart in a form that compares: text, or a number rounded."""
    text = "" if value is None else str(value)
    try:
        return float(f"{float(text):.9g}")
    except ValueError:
        return text.lower().replace("t00:00:00", "").replace(" 00:00:00", "")


def compare(answer, expected, metrics):
    """Whether an answer has the groups and metrics of a query, whose columns are in another order.

    answer: list of dict as from MetricFlow.query; expected: list of dict; metrics: list of names.
    """
    groups = [name for name in expected[0] if name not in metrics]
    asked = [name for name in answer[0] if name not in metrics]
    by_value = {frozenset(str(cell(row[name])) for name in groups):
                {name: cell(row[name]) for name in metrics} for row in expected}
    answered = {frozenset(str(cell(row[name])) for name in asked):
                {name: cell(row[name]) for name in metrics} for row in answer}
    assert len(by_value) == len(expected) and len(answered) == len(answer)
    assert answered == by_value


def metrics_of(sql, demo):
    """The metrics that a query by hand computes, in order: its columns that are metrics."""
    return [name for name in demo.query(sql)[0] if name in defined("metrics")]


@pytest.mark.parametrize("subject", GROUPS)
def test_metrics_equal_sql_on_the_marts(metricflow, demo, subject):
    group_by, sql = GROUPS[subject]
    metrics = metrics_of(sql, demo)
    answer = metricflow.query("--metrics", ",".join(metrics), "--group-by", group_by)
    compare(answer, demo.query(sql), metrics)


@pytest.mark.parametrize("name", SAVED_QUERIES)
def test_saved_queries_equal_sql_on_the_marts(metricflow, demo, name):
    metrics = defined("saved_queries")[name]["query_params"]["metrics"]
    answer = metricflow.query("--saved-query", name)
    compare(answer, demo.query(SAVED_QUERIES[name]), metrics)


def test_each_metric_and_saved_query_is_compared_and_described(demo):
    compared = [name for _, sql in GROUPS.values() for name in metrics_of(sql, demo)]
    assert sorted(compared) == sorted(defined("metrics"))
    assert SAVED_QUERIES.keys() == defined("saved_queries").keys()
    for name, item in {**defined("metrics"), **defined("saved_queries")}.items():
        assert item["label"] and item["description"].endswith("."), name


def test_the_answer_in_the_documentation_is_the_demos(demo):
    page = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    shown = page.split("mql_share\n-----", 1)[1].split("```", 1)[0].splitlines()[1:]
    expected = demo.query(f"select scoring_model, leads, mqls, mql_share from ({GROUPS['scores'][1]}) order by 1")
    assert [[cell(word) for word in line.split()] for line in shown] == [
        [cell(f"{value:.6g}" if isinstance(value, float) else value) for value in row.values()]
        for row in expected]


def test_a_lead_that_several_scoring_models_score_counts_once(metricflow, demo):
    [answer] = metricflow.query("--metrics", "leads,accounts")
    [expected] = demo.query("""
        select
            (select count(distinct lead_id) from marts.lead_scores) as leads,
            (select count(distinct company_id) from marts.account_scores) as accounts,
            (select count(*) from marts.lead_scores) as lead_rows""")
    assert int(answer["leads"]) == expected["leads"] < expected["lead_rows"]
    assert int(answer["accounts"]) == expected["accounts"]


def test_the_definitions_fit_the_readers_copy_and_the_database_is_not_opened(metricflow):
    said = metricflow.run("mf", "validate-configs")
    assert "metrics against data warehouse (ERRORS: 0" in said
    assert not metricflow.database.exists()
