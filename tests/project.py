"""A copy of the project that tests fill, build in process and query."""

import csv
import gc
import json
import os
import shutil
from functools import lru_cache
from pathlib import Path

import dbt.compilation
import duckdb
import jinja2
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.artifacts.resources.v1.components import InjectedCTE
from dbt.cli.main import dbtRunner

from tests.profiles import uncommented

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".dagster", "target", "logs", "*.duckdb", "*.duckdb.wal",
    "__pycache__", "__marimo__", ".pytest_cache", ".hypothesis", "profiles.yml", "build",
)
CRM_TABLES = ("contacts", "companies", "deals", "deal_contacts", "contact_companies",
              "sales_activities", "erasure_requests")
ACTIVITY_TABLES = ("web_events", "email_events", "social_events", "product_events")

# What tests build: the scores, those and what is published, all but evaluations.
SELECTORS = ("scores", "published", "without_evaluations", "training", "hot")
SAME_CONFIGURATION = "_on_the_same_configuration"
SELECTOR_ON_THE_SAME_CONFIGURATION = """
  - name: {name}{suffix}
    definition:
      union:
        - {{method: selector, value: {name}}}
        - exclude:
            - {{method: path, value: seeds}}
            - {{method: path, value: models/0_configuration}}
"""


def compile_once():
    """Let the runs of this process share what depends on text alone, a fifth of their time: Jinja's
    code of a template, and the places of a query where ephemeral models go.
    """
    compiled = lru_cache(maxsize=None)(jinja2.Environment.compile)
    inject = dbt.compilation.inject_ctes_into_sql
    in_classes, place = {}, "\0"

    @lru_cache(maxsize=5000)
    def with_place(sql):
        return inject(sql, [InjectedCTE(id="", sql=place)])

    def inject_once(sql, ctes):
        if not ctes:
            return sql
        return with_place(sql).replace(place, ", ".join(cte.sql for cte in ctes), 1)

    def compile_template(environment, source, *arguments, **options):
        # Environments of one class differ only in what undefined names are reported to belong to.
        first = in_classes.setdefault(type(environment), environment)
        return compiled(first, source, *arguments, **options)

    jinja2.Environment.compile = compile_template
    dbt.compilation.inject_ctes_into_sql = inject_once


compile_once()


class BuildFailed(AssertionError):
    """A dbt command that failed, with what it said."""


class Project:
    """A copy of the project in a folder of its own, with a DuckDB file of its own.

    folder: where to copy it; must not exist yet. It is parsed once for runs that may evaluate past
    scores and once for others, as these need fewer models, and likewise for experiments: empty
    `manifests` after a change of its SQL or YAML files. Its runs write logs and files about the
    run, which take a fifth of their time, only if `has_logs`.
    """

    target = "duckdb"

    def __init__(self, folder):
        self.folder = Path(folder)
        shutil.copytree(ROOT, self.folder, ignore=LEFT_OUT)
        example = (self.folder / "profiles.example.yml").read_text(encoding="utf-8")
        (self.folder / "profiles.yml").write_text(
            example if self.target == "duckdb" else uncommented(example, [self.target]),
            encoding="utf-8")
        with (self.folder / "selectors.yml").open("a", encoding="utf-8") as file:
            for name in SELECTORS:
                file.write(SELECTOR_ON_THE_SAME_CONFIGURATION.format(
                    name=name, suffix=SAME_CONFIGURATION))
        self.database = self.folder / "test.duckdb"
        self.manifests = {}
        self.checked = None  # selector, seeds and settings of the last run, if only days may differ
        self.has_logs = False

    def forget(self):
        """Delete the database, so that seeds are loaded again."""
        self.checked = None
        for path in self.folder.glob("test.duckdb*"):
            path.unlink()

    def restore(self):
        """Put the shipped configuration back."""
        shutil.copytree(ROOT / "seeds", self.folder / "seeds", dirs_exist_ok=True)

    def dbt(self, *arguments, variables=None):
        """Run a dbt command in process; returns its result, raises BuildFailed with its errors."""
        command = [*arguments, "--project-dir", str(self.folder), "--profiles-dir",
                   str(self.folder), "--target-path", str(self.folder / "target"),
                   "--log-path", str(self.folder / "logs"), "--target", self.target, "--quiet"]
        if not self.has_logs:
            command += ["--log-level", "none", "--log-level-file", "none", "--no-write-json"]
        if variables is not None:
            command += ["--vars", json.dumps(variables, default=str)]
        self.checked = None
        before = dict(os.environ)
        os.environ.update(self.environment())
        try:
            # The vars that enable models.
            enabled = ((variables or {}).get("evaluate") is not False,
                       (variables or {}).get("experiments") is True)
            if enabled not in self.manifests:
                parsed = dbtRunner().invoke(["parse", *command[len(arguments):]])
                if not parsed.success:
                    raise BuildFailed(failures_of(parsed))
                self.manifests[enabled] = parsed.result
                gc.freeze()  # the collector would go through the parsed project again and again
            manifest = self.manifests[enabled]
            if arguments[0] == "parse":
                return manifest
            forget_compiled(manifest)
            outcome = dbtRunner(manifest=manifest).invoke(command)
        finally:
            self.close()
            os.environ.clear()
            os.environ.update(before)
        if not outcome.success:
            raise BuildFailed(failures_of(outcome))
        return outcome.result

    def environment(self):
        """The environment variables that the profile reads: dict of str."""
        return {"LEAD_SCORING_DUCKDB_PATH": str(self.database)}

    @staticmethod
    def close():
        """Close what dbt leaves open in its process."""
        close_database()

    def build(self, as_of=None, *arguments, **variables):
        """Build everything but the tests on raw tables that are already there."""
        given = self.variables(as_of, variables)
        is_chosen = {"--select", "--exclude", "--selector"} & {*arguments}
        if given["evaluate"] is False and not is_chosen:
            return self.build_some("without_evaluations", as_of, *arguments, **variables)
        return self.dbt("build", "--exclude-resource-type", "test", "unit_test", *arguments,
                        variables=given)

    def build_scores(self, as_of=None, *arguments, **variables):
        """Build the scores alone, which takes half as long: nothing is published."""
        return self.build_some("scores", as_of, *arguments, **variables)

    def publish(self, as_of=None, *arguments, **variables):
        """Build the scores and what runs publish of them."""
        return self.build_some("published", as_of, *arguments, **variables)

    def build_some(self, selector, as_of, *arguments, **variables):
        """Build what a selector names; a configuration that the last run checked is left alone."""
        given = self.variables(as_of, variables)
        checked = (
            selector,
            {str(path): path.read_bytes() for path in self.folder.glob("seeds/*/*.csv")},
            {name: given[name] for name in given if name not in ("as_of", "scored_days")},
        )
        is_checked = checked == self.checked and "--full-refresh" not in arguments
        result = self.dbt("build", "--exclude-resource-type", "test", "unit_test", "--selector",
                          f"{selector}{SAME_CONFIGURATION if is_checked else ''}", *arguments,
                          variables=given)
        self.checked = checked
        return result

    def build_and_test(self, as_of=None, *arguments, **variables):
        """Build as build does and run dbt's data tests, too."""
        return self.dbt("build", "--exclude-resource-type", "unit_test", "--selector",
                        "without_evaluations", *arguments,
                        variables=self.variables(as_of, variables))

    @staticmethod
    def variables(as_of, variables):
        # Evaluations take several times as long: tests of them ask for them.
        # They fill tables anew with as few rows as they like.
        given = {"demo_data": False, "evaluate": False, "allowed_shrinkage": 1, **variables}
        if as_of is not None:
            given["as_of"] = str(as_of)
        return given

    def configure(self, configuration):
        """Write files of seeds/scoring: dict file name without .csv -> list of dict of str."""
        for name, rows in configuration.items():
            path = self.folder / "seeds" / "scoring" / f"{name}.csv"
            with path.open(newline="", encoding="utf-8") as file:
                header = next(csv.reader(file))
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, header)
                writer.writeheader()
                writer.writerows(rows)

    def fill(self, raw_tables, columns=None):
        """Make the raw tables anew: dict bare table name -> list of dict rows.

        Columns are those of the rows; a table without rows gets those of `columns`, a dict of
        lists, or no table at all.
        """
        with duckdb.connect(str(self.database)) as connection:
            connection.execute("begin")
            connection.execute("create schema if not exists raw_crm")
            connection.execute("create schema if not exists raw_activity")
            for schema, table, names, rows in tables_to_fill(raw_tables, columns):
                name = f"{schema}.{table}"
                connection.execute(f"drop table if exists {name}")
                if names:
                    connection.execute(
                        f"create table {name} ("
                        + ", ".join(f'"{column}" {type_of(column, rows)}' for column in names)
                        + ")")
                if rows:
                    connection.executemany(
                        f"insert into {name} values ({', '.join('?' for _ in names)})",
                        [[row.get(column) for column in names] for row in rows])
            connection.execute("commit")

    def version(self):
        """The engine and its version, as text."""
        return f"DuckDB {duckdb.__version__}"

    def query(self, sql):
        """Rows of a query as a list of dict."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row)) for row in cursor.fetchall()]

    def show(self, sql):
        """Rows of a query over models, ephemeral ones, too, as a list of dict."""
        table = self.dbt("show", "--inline", sql, "--limit", "-1",
                         variables=self.variables(None, {})).results[0].agate_table
        return [dict(row) for row in table.rows]


def forget_compiled(manifest):
    """Let a parsed project be compiled anew: dbt keeps what it put into queries of ephemeral models."""
    for node in manifest.nodes.values():
        if getattr(node, "compiled", False):
            node.compiled = node.extra_ctes_injected = False
            node.extra_ctes = []


def close_database():
    """Close the DuckDB file that dbt leaves open in its process."""
    environment = DuckDBConnectionManager._ENV
    if environment is not None:
        environment.close()
    DuckDBConnectionManager.close_all_connections()


def schema_of(table):
    """The raw schema of a raw table, by its bare name."""
    return "raw_crm" if table in CRM_TABLES else "raw_activity"


def tables_to_fill(raw_tables, columns):
    """Every raw table, for what Project.fill takes: (schema, table, column names, rows)."""
    for table in (*CRM_TABLES, *ACTIVITY_TABLES):
        rows = raw_tables.get(table) or []
        names = list(dict.fromkeys(name for row in rows for name in row))
        yield schema_of(table), table, names or (columns or {}).get(table) or [], rows


def type_of(column, rows):
    """The DuckDB type that holds the Python values of a column of rows."""
    kinds = {type(row.get(column)).__name__ for row in rows} - {"NoneType"}
    return {
        frozenset({"int"}): "bigint", frozenset({"float"}): "double",
        frozenset({"int", "float"}): "double", frozenset({"bool"}): "boolean",
        frozenset({"date"}): "date", frozenset({"datetime"}): "timestamp",
    }.get(frozenset(kinds), "varchar")


def failures_of(outcome):
    """What a failed dbt command said, as text."""
    said = [str(outcome.exception)] if outcome.exception else []
    for result in getattr(outcome.result, "results", None) or []:
        if str(result.status) in ("error", "fail"):
            said.append(f"{result.node.name}: {result.message}")
    return "\n".join(said)
