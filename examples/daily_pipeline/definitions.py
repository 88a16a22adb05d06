"""The project as a daily Dagster job: check that the raw tables are fresh, build and test, report,
copy the marts for readers.

A run is for one day, its partition. That day is the var `as_of`, so that a run of a past day
scores that day. README.md in this folder says how to start it.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliInvocation, DbtCliResource, DbtProject, dbt_assets, get_asset_key_for_model

PROJECT = DbtProject(Path(__file__).resolve().parents[2])
PROJECT.prepare_if_dev()
CHECK_CONFIG = PROJECT.project_dir / "scripts" / "check_config.py"
READERS_COPY = PROJECT.project_dir / "scripts" / "readers_copy.py"
MANIFEST = json.loads(PROJECT.manifest_path.read_text(encoding="utf-8"))
FRESH = {
    node["unique_id"]: dg.AssetCheckSpec(
        "fresh", asset=[node["source_name"], node["name"]], blocking=True,
        description="dbt source freshness; a table that is absent or empty counts as fresh",
    )
    for node in MANIFEST["sources"].values() if node["freshness"]
}
DAYS = dg.DailyPartitionsDefinition(start_date="2026-01-01", end_offset=1)  # from then to today
RETRIES = dg.RetryPolicy(
    max_retries=3, delay=float(os.environ.get("LEAD_SCORING_RETRY_SECONDS", "60")),
    backoff=dg.Backoff.EXPONENTIAL,
)
# Messages of dbt after which a retry would fail again: a failed test, a mistake in the files.
LASTING_FAILURES = ("Failure in test", "Compilation Error")
REPORT = """
select 'leads' as what, count(distinct lead_id) as how_many from {{ ref('lead_scores') }}
union all
select 'qualified' as what, count(distinct lead_id) as how_many from {{ ref('lead_scores') }}
where qualification in ('mql', 'sql')
union all
select concat(source_table, ': ', reason) as what, sum(row_count) as how_many
from {{ ref('rejected_rows') }} group by source_table, reason
"""


def close(run: DbtCliInvocation) -> None:
    """Take a finished dbt command; delete its target folder, or raise dg.Failure if it failed."""
    error = run.get_error()
    if error:
        lasts = any(words in str(error) for words in LASTING_FAILURES)
        raise dg.Failure(str(error), allow_retries=not lasts)
    shutil.rmtree(run.target_path, ignore_errors=True)


def check_configuration() -> None:
    """Raise dg.Failure if a configuration file has a mistake that can be seen without dbt."""
    said = subprocess.run([sys.executable, CHECK_CONFIG], capture_output=True, text=True)
    if said.returncode:
        raise dg.Failure(
            "Nothing was scored, because the configuration has mistakes:\n"
            + said.stdout + said.stderr, allow_retries=False)


@dg.multi_asset_check(specs=list(FRESH.values()))
def raw_tables_are_fresh(dbt: DbtCliResource) -> Iterator[dg.AssetCheckResult]:
    """Take dbt; return a check of each raw table; raise dg.Failure if one is stale.

    The configuration files come first, because checking them needs no database.
    """
    check_configuration()
    run = dbt.cli(["source", "freshness"], raise_on_error=False).wait()
    found = run.target_path / "sources.json"
    results = json.loads(found.read_text(encoding="utf-8"))["results"] if found.exists() else []
    if not results or any(result["status"] == "runtime error" for result in results):
        close(run)  # dbt could not look
    stale = []
    for result in results:
        check = FRESH[result["unique_id"]]
        limit = result["criteria"]["error_after"]
        latest = result["max_loaded_at"]
        said = (
            f"{check.asset_key.to_user_string()}: "
            + ("no row has a readable time" if latest.startswith("0001") else
               f"the latest row is of {latest[:16]} UTC, "
               f"{result['max_loaded_at_time_ago_in_s'] / 86400:.1f} days ago")
            + f"; stale after {limit['count']} {limit['period']}(s)"
        )
        is_stale = result["status"] == "error"
        stale += [said] if is_stale else []
        yield dg.AssetCheckResult(
            asset_key=check.asset_key, check_name=check.name, description=said,
            passed=result["status"] == "pass",
            severity=dg.AssetCheckSeverity.ERROR if is_stale else dg.AssetCheckSeverity.WARN,
        )
    if stale:
        raise dg.Failure(
            "Nothing was scored, because raw tables are stale:\n" + "\n".join(stale)
            + "\nFix the loader and run this day again.", allow_retries=False,
        )
    close(run)


# Unit tests check the code, not the day's data: make test has run them. Saved queries are
# MetricFlow's, days its time spine.
@dbt_assets(
    manifest=MANIFEST, project=PROJECT, exclude="resource_type:unit_test resource_type:saved_query days",
    partitions_def=DAYS, backfill_policy=dg.BackfillPolicy.multi_run(),  # a run per day
)
def scores(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
    """Take the day and dbt; return each model built and test run; raise dg.Failure if one failed."""
    day = json.dumps({"as_of": context.partition_key})
    run = dbt.cli(["build", "--vars", day], context=context, raise_on_error=False)
    yield from run.stream()
    close(run)


@dg.asset(
    deps=[get_asset_key_for_model([scores], name) for name in ("lead_scores", "rejected_rows")],
    partitions_def=DAYS, backfill_policy=dg.BackfillPolicy.multi_run(),
)
def morning_report(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> dg.MaterializeResult:
    """Take dbt; return how many leads are scored and raw rows rejected; raise dg.Failure if it fails."""
    run = dbt.cli(["show", "--inline", REPORT, "--output", "json", "--limit", "1000"],
                  raise_on_error=False)
    shown = [event.raw_event["data"]["preview"] for event in run.stream_raw_events()
             if event.raw_event["info"]["name"] == "ShowNode"]
    close(run)
    counts = {row["what"]: int(row["how_many"]) for row in json.loads(shown[0])}
    leads, qualified = counts.pop("leads"), counts.pop("qualified")
    context.log.info(f"As of {context.partition_key}: {leads} leads scored, {qualified} of them "
                     f"qualified; {sum(counts.values())} raw rows rejected.")
    reasons = "".join(f"\n| {what} | {number} |" for what, number in sorted(counts.items()))
    return dg.MaterializeResult(metadata={
        "leads_scored": leads, "qualified_leads": qualified, "rejected_rows": sum(counts.values()),
        "rejection_reason": dg.MetadataValue.md(f"| Raw table: reason | Rows |\n|---|---|{reasons}"),
    })


@dg.asset(
    deps=[get_asset_key_for_model([scores], "lead_scores"), morning_report],
    partitions_def=DAYS, backfill_policy=dg.BackfillPolicy.multi_run(),
)
def readers_copy(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> None:
    """Take dbt; copy the marts to a file that dashboards and BI tools read; raise dg.Failure if it fails.

    It follows scores, so it copies only the results of a successful run. dbt compiles the SQL for
    the scoring studio.
    """
    day = json.dumps({"as_of": context.partition_key})
    run = dbt.cli(["compile", "--select", "+lead_scores +lead_score_ledger", "--vars", day],
                  raise_on_error=False).wait()
    copied = subprocess.run(
        [sys.executable, READERS_COPY, "--target-path", str(run.target_path), "--invocation-id",
         context.run_id],
        cwd=PROJECT.project_dir, capture_output=True, text=True)
    close(run)
    if copied.returncode:
        raise dg.Failure(copied.stderr.strip())
    context.log.info(copied.stdout.strip())


daily_lead_scoring = dg.define_asset_job(
    "daily_lead_scoring",
    selection=dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks(),
    op_retry_policy=RETRIES, executor_def=dg.in_process_executor,  # the steps are a chain
)
defs = dg.Definitions(
    assets=[scores, morning_report, readers_copy],
    asset_checks=[raw_tables_are_fresh],
    jobs=[daily_lead_scoring],
    schedules=[dg.build_schedule_from_partitioned_job(
        daily_lead_scoring, hour_of_day=5, default_status=dg.DefaultScheduleStatus.RUNNING,
    )],
    resources={"dbt": DbtCliResource(PROJECT)},
)
