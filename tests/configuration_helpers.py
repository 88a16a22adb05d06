"""Small configurations for tests, and a copy of the project that checks them quickly."""

import csv
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from dbt.cli.main import dbtRunner

from tests.project import Project, close_database, forget_compiled

COLUMNS = {
    "scoring_models": (
        "scoring_model label population fit_target engagement_target fit_weight"
        " engagement_weight mql_score sql_score"
    ),
    "activities": (
        "activity source event_name page_path content_id form_id utm_source utm_medium"
        " utm_campaign campaign_id network link_url feature product direction outcome"
        " min_percent_complete quantity intent stage channel"
    ),
    "fit_criteria": (
        "criterion scoring_model category attribute operator value min_value max_value"
        " within_days points description"
    ),
    "engagement_criteria": (
        "criterion scoring_model category activity rule per min_count max_count min_rate"
        " window_days daily_limit points decay decay_days decay_rate max_points description"
    ),
    "category_limits": "scoring_model dimension category min_points max_points",
    "score_gates": "gate scoring_model criterion when max_score disqualifies description",
    "grade_bands": "scoring_model dimension grade min_score",
    "tiers": (
        "scoring_model rank tier min_score keep_score fit_grades engagement_grades"
        " response_minutes response_unit action"
    ),
}

FILES = list(COLUMNS)


def small_configuration():
    """A valid configuration that uses every operator, rule and decay once or more."""
    return {
        "scoring_models": [
            dict(
                scoring_model="new", population="open_leads; partners", fit_target="50",
                engagement_target="60", fit_weight="0.4", engagement_weight="0.6",
                mql_score="50", sql_score="75",
            ),
            dict(
                scoring_model="use", population="customers", engagement_target="20",
                fit_weight="0", engagement_weight="1",
            ),
        ],
        "activities": [
            dict(activity="view", source="web", event_name="page_viewed", intent="positive"),
            dict(activity="stay", source="web", page_path="/a_b/%", quantity="duration_seconds"),
            dict(activity="video", source="web", min_percent_complete="95", stage="decision"),
            dict(activity="open", source="email", event_name="opened", campaign_id="news-%"),
            dict(activity="any_click", source="email", event_name="%click%", link_url="%/x"),
            dict(activity="reply", source="social", event_name="replied", network="linkedin"),
            dict(activity="feature", source="product", feature="export", quantity="quantity"),
            dict(activity="meeting", source="sales", event_name="meeting", outcome="held"),
        ],
        "fit_criteria": [
            dict(c, scoring_model="new", category="fit", points=c.get("points", "5"))
            for c in [
                dict(criterion="boss", attribute="seniority", operator="in", value="c_level; VP"),
                dict(criterion="it", attribute="job_function", operator="equals", value="it"),
                dict(criterion="no_mail", attribute="email", operator="is_missing"),
                dict(criterion="free_mail", attribute="is_free_email", operator="is_true"),
                dict(criterion="budget", attribute="budget_confirmed", operator="is_false",
                     points="-3"),
                dict(criterion="phone", attribute="industry", operator="is_known", points="0"),
                dict(criterion="home", attribute="country", operator="in", value="DE;Spain"),
                dict(criterion="abroad", attribute="company_country", operator="not_in",
                     value="de;es"),
                dict(criterion="plc", attribute="technologies", operator="contains", value="PLC"),
                dict(criterion="sap", attribute="technologies", operator="has", value="SAP"),
                dict(criterion="small", attribute="employee_count", operator="at_most",
                     max_value="9"),
                dict(criterion="mid", attribute="employee_count", operator="between",
                     min_value="10", max_value="99"),
                dict(criterion="large", attribute="employee_count", operator="at_least",
                     min_value="1e3"),
                dict(criterion="renewal", attribute="contract_renewal_on", operator="due_within",
                     within_days="90"),
            ]
        ],
        "engagement_criteria": [
            dict(c, scoring_model=c.get("scoring_model", "new"), points=c.get("points", "5"))
            for c in [
                dict(criterion="views", category="web", activity="view", rule="each",
                     daily_limit="3", decay="half_life", decay_days="30", max_points="20"),
                dict(criterion="minutes", category="web", activity="stay", rule="amount",
                     per="60", decay="linear", decay_days="90"),
                dict(criterion="returns", category="web", activity="view", rule="count",
                     min_count="3", max_count="9", window_days="30", daily_limit="1"),
                dict(criterion="opens", category="mail", activity="open", rule="rate",
                     per="any_click", min_rate="0.5", min_count="4"),
                dict(criterion="quiet", activity="any", rule="inactive", window_days="30",
                     points="-10"),
                dict(criterion="fewer", activity="view", rule="decline", min_rate="0.5",
                     window_days="30"),
                dict(criterion="met", category="sales", activity="meeting", rule="each",
                     decay="step", decay_days="30", decay_rate="0.5"),
                dict(criterion="replies", category="mail", activity="reply", rule="each",
                     decay="compound", decay_days="30", decay_rate=".3"),
                dict(criterion="watched", category="web", activity="video", rule="each",
                     decay="expire", decay_days="30"),
                dict(criterion="views", scoring_model="use", activity="feature", rule="each"),
            ]
        ],
        "category_limits": [
            dict(scoring_model="new", dimension="fit", category="fit", min_points="-5",
                 max_points="40"),
            dict(scoring_model="new", dimension="engagement", category="web", max_points="30"),
        ],
        "score_gates": [
            dict(gate="too_small", scoring_model="new", criterion="small", when="met",
                 max_score="49"),
            dict(gate="silent", scoring_model="new", criterion="views", when="not_met",
                 disqualifies="true"),
        ],
        "grade_bands": [
            dict(scoring_model="new", dimension=dimension, grade=grade, min_score=score)
            for dimension, grade, score in [
                ("fit", "A", "60"), ("fit", "B", "30"), ("fit", "C", ""),
                ("engagement", "1", "60"), ("engagement", "2", "30"), ("engagement", "3", "0"),
            ]
        ],
        "tiers": [
            dict(scoring_model="new", rank="1", tier="hot", min_score="75", keep_score="70",
                 fit_grades="A;B", engagement_grades="1", response_minutes="15"),
            dict(scoring_model="new", rank="2", tier="warm", min_score="50", fit_grades="a;b;c"),
            dict(scoring_model="new", rank="3", tier="cold"),
        ],
    }


# Something to score, if only the configuration let it.
ONE_CONTACT = {"contacts": [dict(contact_id="1", created_at="2026-01-01", updated_at="2026-01-01")]}


# How a configuration is edited. Rows are found by the column that names them.

NAMES = {
    "scoring_models": "scoring_model", "activities": "activity", "fit_criteria": "criterion",
    "engagement_criteria": "criterion", "category_limits": "category", "score_gates": "gate",
    "grade_bands": "grade", "tiers": "tier",
}


def change(row, **cells):
    """Write other cells into the named row."""

    def edit(file, rows):
        found = [r for r in rows if r.get(NAMES[file]) == row]
        assert found, f"{file} has no row {row}"
        found[0].update(cells)

    return edit


def add(**cells):
    """Add a row; cells that are not named stay empty."""
    return lambda file, rows: rows.append(cells)


def copy_row(row, **cells):
    """Add a row like the named one but for some cells."""

    def edit(file, rows):
        found = [r for r in rows if r.get(NAMES[file]) == row]
        rows.append({**found[0], **cells})

    return edit


def remove(*names):
    """Take rows out: the named ones, or all."""

    def edit(file, rows):
        rows[:] = [r for r in rows if names and r.get(NAMES[file]) not in names]

    return edit


def write_file(folder, file, rows, columns=None):
    with open(Path(folder) / f"{file}.csv", "w", newline="", encoding="utf-8") as target:
        writer = csv.DictWriter(target, columns or COLUMNS[file].split(), restval="")
        writer.writeheader()
        writer.writerows(rows)


def write_configuration(folder, configuration):
    for file, rows in configuration.items():
        write_file(folder, file, rows)


@dataclass
class Outcome:
    """What a run said and did."""

    success: bool
    message: str
    status: dict
    tables: set

    @property
    def sentences(self):
        """The sentences of the error, one per mistake."""
        return re.findall(r"- (seeds/scoring/.*)", self.message)


class Checker:
    """A copy of the project, parsed once, that checks configuration after configuration."""

    def __init__(self, folder):
        """Parse, and load the small configuration into the database that every case starts from."""
        project = Project(folder)
        self.folder = project.folder
        self.seeds = self.folder / "seeds" / "scoring"
        self.manifest = None
        self.cases = 0
        self.base = project.database = self._new_database()
        project.fill(ONE_CONTACT)
        write_configuration(self.seeds, small_configuration())
        with self._database(self.base):
            self.manifest = self._dbt("parse").result
            self._dbt("seed")
            self.outcome_of_base = self._run("path:models/0_configuration")
        self.compiled = {
            node.name: node.compiled_code for node in self.manifest.nodes.values()
            if node.name in ("activity_names", "configuration_cells", "configuration_errors")
        }
        self.connection = None

    def check(self, selection=(), **edits):
        """Run with some files of the small configuration edited, in a database of its own.

        A file whose edit is None is loaded as the test left it.
        """
        path = self._new_database()
        shutil.copy(self.base, path)
        for file, edit in edits.items():
            if edit is not None:
                rows = small_configuration()[file]
                columns = edit(file, rows)
                write_file(self.seeds, file, rows, columns)
        try:
            with self._database(path):
                loaded = self._dbt("seed", "--select", *edits)
                assert loaded.success, [run.message for run in loaded.result]
                return self._run(*selection or [
                    "activity_names", "configuration_cells", "configuration_errors",
                    "configuration_check", "config_scoring_models", "config_fit_criteria", "lead_scores",
                ])
        finally:
            write_configuration(self.seeds, small_configuration())

    def sentences(self, everywhere=True, **edits):
        """What configuration_errors says of edited files, without a run of dbt: fast.

        everywhere: what it says of other files, too.
        """
        if self.connection is None:
            path = self._new_database()
            shutil.copy(self.base, path)
            self.connection = duckdb.connect(str(path))
        self.connection.begin()
        try:
            for file, edit in edits.items():
                rows = small_configuration()[file]
                assert edit(file, rows) is None, "other columns need a run"
                self._replace(file, rows)
            for table in ("activity_names", "configuration_cells"):
                self.connection.execute(
                    f"create or replace table scoring.{table} as {self.compiled[table]}")
            found = self.connection.execute(
                f"select file, sentence from ({self.compiled['configuration_errors']})").fetchall()
        finally:
            self.connection.rollback()
        edited = {f"seeds/scoring/{file}.csv" for file in edits}
        return sorted(sentence for file, sentence in found if everywhere or file in edited)

    def _replace(self, file, rows):
        columns = COLUMNS[file].split()
        self.connection.execute(f"delete from scoring.{file}")
        if rows:
            names = ", ".join(f'"{column}"' for column in columns)
            self.connection.executemany(
                f"insert into scoring.{file} ({names}) values ({', '.join('?' * len(columns))})",
                [[row.get(column) or None for column in columns] for row in rows],
            )

    def _new_database(self):
        """A path of its own; the file is always called the same, as the manifest knows the name."""
        path = self.folder / "databases" / str(self.cases) / "check.duckdb"
        path.parent.mkdir(parents=True)
        self.cases += 1
        return path

    @contextmanager
    def _database(self, path):
        before = os.environ.get("LEAD_SCORING_DUCKDB_PATH")
        os.environ["LEAD_SCORING_DUCKDB_PATH"] = str(path)
        self.database = path
        try:
            yield
        finally:
            close_database()
            os.environ.pop("LEAD_SCORING_DUCKDB_PATH")
            if before is not None:
                os.environ["LEAD_SCORING_DUCKDB_PATH"] = before

    def _run(self, *selection):
        result = self._dbt("run", "--select", *selection)
        runs = list(result.result or [])
        messages = [run.message or "" for run in runs if str(run.status) == "error"]
        if result.exception:
            messages.append(str(result.exception))
        with duckdb.connect(str(self.database)) as connection:
            tables = {
                f"{schema}.{table}" for schema, table in connection.execute(
                    "select table_schema, table_name from information_schema.tables"
                ).fetchall()
            }
        return Outcome(
            success=result.success,
            message="\n".join(messages),
            status={run.node.name: str(run.status) for run in runs},
            tables=tables,
        )

    def _dbt(self, command, *arguments):
        if self.manifest is not None:
            forget_compiled(self.manifest)
        return dbtRunner(manifest=self.manifest).invoke([
            "--quiet", "--no-use-colors", "--no-write-json", "--log-level-file", "none",
            command, "--project-dir", str(self.folder), "--profiles-dir", str(self.folder),
            "--target-path", str(self.folder / "target"),
            "--vars", "{demo_data: false}", *arguments,
        ])
