"""Copy what the dashboard's scoring studio needs from the project's private tables.

The studio scores leads under edited rules with the models' compiled SQL, in the order of the graph.
Tables that do not depend on points, decays or thresholds are copied.
"""

import json
from pathlib import Path
from typing import Any

import duckdb

# WANTED: what the studio computes. GIVEN: tables that it takes from the copy.
WANTED = ("configuration_errors", "config_tiers", "int_scores", "int_score_components")
GIVEN = ("int_scenario_leads", "int_lead_activity_daily", "int_sql_activity_daily", "int_lead_attributes",
         "dim_leads", "int_scoring_dates", "activity_names", "config_activities", "config_challengers")
# The as-of day, and the ends of past weeks if a scoring model has a challenger.
DAYS = "select as_of from \"{source}\".{schema}.int_scoring_dates where is_run_day or is_week_end"
ROWS = {
    "int_scenario_leads": f"where step = 'day' and as_of in ({DAYS})",
    "int_lead_attributes": f"where as_of in ({DAYS})",
    "dim_leads": f"where as_of in ({DAYS})",
    "int_lead_activity_daily": "where lead_key in (select lead_key from scoring.int_scenario_leads)",
    "int_sql_activity_daily": "where lead_key in (select lead_key from scoring.int_scenario_leads)",
}
LEFT_OUT = ("The scoring studio was left out: {folder} has no compiled SQL of {model}; run"
            " .venv/bin/dbt compile, then make readers-copy.")


class NotCompiled(Exception):
    """The target folder has no compiled SQL of a model; the message is its name."""


def studio_plan(target: Path) -> list[dict[str, Any]]:
    """Seeds, given tables and models in the order of the graph: list of dict of name, kind (seed,
    given, model), relation and sql (of models). Raises NotCompiled.

    target: dbt's folder with manifest.json and compiled SQL.
    """
    manifest = target / "manifest.json"
    if not manifest.exists():
        raise NotCompiled("any model")
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    by_name = {node["name"]: node for node in nodes.values() if node["resource_type"] in ("model", "seed")}
    plan: dict[str, dict[str, Any]] = {}

    def add(name: str) -> None:
        node = by_name[name]
        if name in plan or name == "configuration_check":
            return
        kind = "seed" if node["resource_type"] == "seed" else "given" if name in GIVEN else "model"
        if kind == "model":
            for parent in node["depends_on"]["nodes"]:
                if parent in nodes:
                    add(nodes[parent]["name"])
        if node["config"]["materialized"] != "ephemeral":
            sql = compiled(node, target) if kind == "model" else None
            plan[name] = {"name": name, "kind": kind, "relation": node["relation_name"], "sql": sql}

    for name in (*GIVEN, *WANTED):
        add(name)
    return list(plan.values())


def compiled(node: dict[str, Any], target: Path) -> str:
    """The compiled SQL of a node of the manifest. Raises NotCompiled."""
    path = target / "compiled" / node["package_name"] / node["original_file_path"]
    sql: str | None = node.get("compiled_code")
    if not sql and path.exists():
        sql = path.read_text(encoding="utf-8")
    if not sql:
        raise NotCompiled(node["name"])
    return sql


def copy_studio_tables(
    connection: duckdb.DuckDBPyConnection, source: str, schema: str, target: Path, seeds: Path,
) -> str | None:
    """Copy what the studio needs into schema scoring of the copy; return None, or why it was left out.

    connection: to the copy, with the database attached as source; schema: that of the private
    tables there; target: dbt's folder; seeds: the folder of the configuration files.
    """
    try:
        plan = studio_plan(target)
    except NotCompiled as error:
        return LEFT_OUT.format(folder=target, model=error)
    connection.execute("create schema scoring")
    for table in plan:
        if table["kind"] != "model":
            rows = ROWS.get(table["name"], "").format(source=source, schema=schema)
            connection.execute(f"create table scoring.\"{table['name']}\" as"
                               f" select * from \"{source}\".{schema}.\"{table['name']}\" {rows}")
    connection.execute("create table scoring.studio_sql"
                       " (step integer, name varchar, kind varchar, relation varchar, sql varchar)")
    connection.executemany(
        "insert into scoring.studio_sql values (?, ?, ?, ?, ?)",
        [[step, table["name"], table["kind"], table["relation"], table["sql"]]
         for step, table in enumerate(plan)])
    connection.execute("create table scoring.studio_files (file varchar, content varchar)")
    connection.executemany(
        "insert into scoring.studio_files values (?, ?)",
        [[path.stem, path.read_bytes().decode("utf-8")]
         for path in sorted((seeds / "scoring").glob("*.csv"))])
    return None
