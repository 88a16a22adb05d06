"""The example examples/daily_pipeline: a day as Dagster runs it, good and bad."""

import importlib.util
import os
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest

from tests.project import Project

dg = pytest.importorskip("dagster", reason="dagster is not installed here; make pipeline adds it")
pytest.importorskip("dagster_dbt", reason="dagster-dbt is not installed here; make pipeline adds it")

# Dagster warns of its own parts.
pytestmark = pytest.mark.filterwarnings("ignore")

DAY = date.today() - timedelta(days=2)
HOLD_THE_FILE = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


class Pipeline:
    """The definitions of a copy of the project, and what its last run told.

    folder: where to copy the project; must not exist yet.
    environment: a pytest.MonkeyPatch, for the environment variables that the pipeline reads.
    files: dict of path in the project -> text, of files to add to the copy.
    """

    def __init__(self, folder, environment, files=None):
        self.project = Project(folder)
        for path, text in (files or {}).items():
            (self.project.folder / path).write_text(text, encoding="utf-8")
        self.project.has_logs = True  # the pipeline reads the parsed project
        self.project.dbt("parse")
        environment.setenv("DAGSTER_HOME", str(folder.parent / "dagster_home"))
        environment.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")
        environment.setenv("LEAD_SCORING_DUCKDB_PATH", str(self.project.database))
        environment.setenv("LEAD_SCORING_RETRY_SECONDS", "0.1")
        environment.setenv("PATH", os.pathsep.join(
            [str(Path(sys.executable).parent), os.environ["PATH"]]))
        file = self.project.folder / "examples" / "daily_pipeline" / "definitions.py"
        spec = importlib.util.spec_from_file_location("daily_pipeline", file)
        self.module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        self.result = None

    def deliver(self, *statements):
        """Load the demo, make it the user's own raw tables, then run SQL statements on it."""
        self.project.dbt("source", "freshness")
        with duckdb.connect(str(self.project.database)) as connection:
            for statement in ("drop table raw_crm.demo_deliveries", *statements):
                connection.execute(statement)

    def run(self, day):
        """Run the job for a day in this process; returns whether it succeeded."""
        with dg.DagsterInstance.ephemeral() as instance:
            self.result = self.module.defs.resolve_job_def("daily_lead_scoring").execute_in_process(
                partition_key=str(day), instance=instance, raise_on_error=False)
        return self.result.success

    def steps(self, kind):
        """The steps that had an event of a kind, such as STEP_FAILURE, in order."""
        return [event.step_key for event in self.result.all_events
                if event.event_type_value == kind]

    def checks(self):
        """The evaluated asset checks in order."""
        return [event.event_specific_data for event in self.result.all_events
                if event.event_type_value == "ASSET_CHECK_EVALUATION"]

    def failure(self, step):
        """What a failed step said."""
        return self.result.failure_data_for_node(step).error.message


@pytest.fixture(scope="module")
def environment():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def shared(tmp_path_factory, environment):
    """The pipeline on a copy that tests share."""
    return Pipeline(tmp_path_factory.mktemp("pipeline") / "project", environment)


@pytest.fixture(scope="module")
def good_day(shared):
    """A run on raw tables of which one is absent, with a file that is locked at first."""
    shared.deliver("drop table raw_activity.social_events")
    close = shared.module.close
    with subprocess.Popen([sys.executable, "-c", HOLD_THE_FILE, str(shared.project.database)],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"

        def release_after_a_failure(run):
            try:
                close(run)
            except dg.Failure:
                holder.kill()
                holder.wait()
                raise

        shared.module.close = release_after_a_failure
        try:
            succeeded = shared.run(DAY)
        finally:
            shared.module.close = close
            holder.kill()
    assert succeeded
    return shared


def test_a_run_is_due_each_day_at_five(shared):
    schedule = shared.module.defs.get_repository_def().schedule_defs[0]
    due_at = datetime(2026, 11, 25, 5, tzinfo=timezone.utc)
    with dg.build_schedule_context(scheduled_execution_time=due_at) as context:
        runs = schedule.evaluate_tick(context).run_requests
    assert schedule.cron_schedule == "0 5 * * *"
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
    assert [run.partition_key for run in runs] == ["2026-11-25"]


@pytest.mark.slow
def test_an_attempt_on_a_locked_file_is_made_again(good_day):
    assert good_day.steps("STEP_UP_FOR_RETRY") == ["raw_tables_are_fresh"]
    assert good_day.steps("STEP_SUCCESS") == [
        "raw_tables_are_fresh", "scores", "morning_report", "readers_copy"]


@pytest.mark.slow
def test_the_scores_are_those_of_the_day_of_the_run(good_day):
    days = good_day.project.query("select distinct as_of from marts.lead_scores")
    assert days == [{"as_of": DAY}]


@pytest.mark.slow
def test_each_table_is_checked_before_and_each_dbt_test_is_a_check(good_day):
    checks = good_day.checks()
    fresh = {check.asset_key.path[-1] for check in checks[:8] if check.check_name == "fresh"}
    assert fresh == {"contacts", "companies", "deals", "sales_activities", "web_events",
                     "email_events", "social_events", "product_events"}
    names = {check.check_name for check in checks[8:]}
    assert {"raw_rows_close", "not_null_int_publication_as_of"} <= names
    assert all(check.passed for check in checks)


@pytest.mark.slow
def test_the_report_tells_what_is_in_the_marts(good_day):
    [report] = [event.event_specific_data.materialization for event in good_day.result.all_events
                if event.event_type_value == "ASSET_MATERIALIZATION"
                and event.step_key == "morning_report"]
    told = {name: value.value for name, value in report.metadata.items()}
    [scored] = good_day.project.query(
        "select count(distinct lead_id) as leads, count(distinct lead_id)"
        " filter (qualification in ('mql', 'sql')) as qualified from marts.lead_scores")
    [rejected] = good_day.project.query("select sum(row_count) as n from marts.rejected_rows")
    assert (told["leads_scored"], told["qualified_leads"]) == (scored["leads"], scored["qualified"])
    assert told["leads_scored"] > 1000
    assert told["rejected_rows"] == rejected["n"] > 0
    [nameless] = good_day.project.query(
        "select sum(row_count) as n from marts.rejected_rows"
        " where source_table = 'web_events' and reason = 'event_id is missing'")
    assert nameless["n"] > 1
    assert f"| web_events: event_id is missing | {nameless['n']} |" in told["rejection_reason"]


@pytest.mark.slow
def test_the_readers_copy_is_of_the_day_and_has_the_scoring_studio(good_day):
    copy = good_day.project.database.with_name("lead_scoring_marts.duckdb")
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert connection.execute("select as_of from marts.readers_copy").fetchall() == [(DAY,)]
        [scored] = connection.execute("select count(*) from marts.lead_scores").fetchall()
        [compiled] = connection.execute("select count(*) from scoring.studio_sql where sql <> ''").fetchall()
    [there] = good_day.project.query("select count(*) as n from marts.lead_scores")
    assert scored == (there["n"],) and compiled[0] > 10


@pytest.mark.slow
def test_a_good_run_leaves_no_folder_in_target(good_day):
    left = {path.name for path in (good_day.project.folder / "target").iterdir() if path.is_dir()}
    assert len(left - {"compiled", "run"}) == 1  # of the attempt on the locked file


def test_a_mistake_in_the_configuration_stops_the_run_first(shared):
    path = shared.project.folder / "seeds" / "scoring" / "grade_bands.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert not shared.run(DAY)
    shared.project.restore()
    assert "grade_bands.csv has semicolons" in shared.failure("raw_tables_are_fresh")
    assert shared.steps("STEP_START") == ["raw_tables_are_fresh"]
    assert shared.steps("STEP_UP_FOR_RETRY") == []


def test_a_stale_raw_table_stops_the_run_before_it_scores(shared):
    shared.project.forget()
    shared.deliver("delete from raw_activity.web_events where"
                   " try_cast(loaded_at as timestamp) > current_date - 5")
    assert not shared.run(DAY)
    said = shared.failure("raw_tables_are_fresh")
    assert "Nothing was scored, because raw tables are stale:\nraw_activity/web_events: " in said
    assert shared.steps("STEP_UP_FOR_RETRY") == []
    assert "scores" not in shared.steps("STEP_START")
    assert [str(check.asset_key.path[-1]) for check in shared.checks() if not check.passed] == [
        "web_events"]
    assert shared.project.query(
        "select * from information_schema.tables where table_name = 'lead_scores'") == []


@pytest.mark.slow
def test_a_failed_dbt_test_ends_the_run_and_is_not_tried_again(tmp_path, monkeypatch):
    failing = {"tests/dbt/nothing_is_placeholder.sql": "select * from {{ ref('placeholder_words') }}"}
    pipeline = Pipeline(tmp_path / "project", monkeypatch, failing)
    assert not pipeline.run(DAY)
    assert pipeline.steps("STEP_UP_FOR_RETRY") == []
    assert pipeline.steps("STEP_FAILURE") == ["scores"]
    assert "Failure in test nothing_is_placeholder" in pipeline.failure("scores")
    assert {check.check_name for check in pipeline.checks() if not check.passed} == {
        "nothing_is_placeholder"}
    assert pipeline.project.query(
        "select * from information_schema.tables where table_name = 'lead_scores'") == []
