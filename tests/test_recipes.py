"""The recipes of docs/recipes.md, run as written, in a copy of the project."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.project import ROOT, BuildFailed
from tests.scoring_files import contact, event

RECIPES = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")


def recipe(title, language):
    """The first code block in a language under a heading of the recipes."""
    section = RECIPES.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    return re.search(rf"```{language}\n(.*?)```", section, re.S).group(1)


def append(project, file, line):
    """Add a line to a file of the project."""
    path = project.folder / file
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + line.strip() + "\n",
                    encoding="utf-8")
    project.manifests = {}


def replace(project, file, old, new):
    """Replace a text that occurs once in a file of the project."""
    path = project.folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} should be in {file} once"
    path.write_text(text.replace(old, new), encoding="utf-8")
    project.manifests = {}


def ledger(project, criterion):
    """What a criterion gave: list of (lead_id, points, occurrences)."""
    rows = project.query(
        "select lead_id, points, occurrences from marts.lead_score_ledger"
        f" where criterion = '{criterion}'")
    return [(row["lead_id"], float(row["points"]), row["occurrences"]) for row in rows]


def engagement_row(name, activity, points, **cells):
    """A line of engagement_criteria.csv of the shipped model."""
    columns = ["criterion", "scoring_model", "category", "activity", "rule", "per", "min_count",
               "max_count", "min_rate", "window_days", "daily_limit", "points", "decay",
               "decay_days", "decay_rate", "max_points", "description"]
    row = {"criterion": name, "scoring_model": "acquisition", "category": "recipes",
           "activity": activity, "rule": "each", "points": str(points), **cells}
    return ",".join(row.get(column, "") for column in columns)


@pytest.mark.slow
def test_the_recipes(own_project):
    project = own_project
    project.fill({
        "contacts": [contact("c1", company_id="k1", lead_rating="A")],
        "companies": [{"company_id": "k1", "updated_at": "2026-01-01",
                       "technologies": "Oracle; SAP"}],
        "deals": [{"deal_id": "d1", "contact_id": "c1", "created_at": "2026-03-05",
                   "updated_at": "2026-03-05"}],
        "web_events": [
            event(1, "2026-03-01", page_path="/tools/ROI-calculator?x=1"),
            event(2, "2026-03-02", page_path="/tools/roi"),
            event(3, "2026-03-03", page_path="/pricing"),
            event(4, "2026-03-10", "demo_requested"),
            event(5, "2026-03-20", page_path="/pricing")]})
    project.build_scores("2026-03-31")

    append(project, "seeds/scoring/fit_criteria.csv", recipe("Add a criterion", "csv"))
    append(project, "seeds/scoring/activities.csv",
           recipe("Add an activity that a pattern can match", "csv"))
    append(project, "seeds/scoring/engagement_criteria.csv",
           engagement_row("used_roi_calculator", "roi_calculator_used", 3))
    project.build_scores("2026-03-31")
    assert ledger(project, "works_with_sap") == [("c1", 6, None)]
    assert ledger(project, "used_roi_calculator") == [("c1", 6, 2)]  # its whole history

    sql = recipe("Add an activity in SQL", "sql")
    path = re.match(r"-- (\S+)\n", sql).group(1)
    (project.folder / path).write_text(sql, encoding="utf-8")
    line = recipe("Add an activity in SQL", "yaml").split("\n")[1]
    replace(project, "dbt_project.yml", "  sql_activities:\n", f"  sql_activities:\n{line}\n")
    append(project, "seeds/scoring/engagement_criteria.csv",
           engagement_row("prices_and_demo", "prices_and_demo", 7))
    for as_of, right in (("2026-03-31", [("c1", 7, 1)]), ("2026-03-09", []),
                         ("2026-03-10", [("c1", 7, 1)])):
        project.build_scores(as_of)
        assert ledger(project, "prices_and_demo") == right, as_of

    replace(project, "dbt_project.yml", "  custom_attributes: []",
            recipe("Add an attribute", "yaml").rstrip("\n"))
    for line in ("rated_a,acquisition,recipes,lead_rating,equals,a,,,,4,Rated A",
                 "deal_open,acquisition,recipes,open_deal_count,at_least,,1,,,5,A deal is open"):
        append(project, "seeds/scoring/fit_criteria.csv", line)
    project.build_scores("2026-03-31")
    assert ledger(project, "rated_a") == [("c1", 4, None)]
    assert ledger(project, "deal_open") == [("c1", 5, None)]
    project.build_scores("2026-03-04")
    assert ledger(project, "deal_open") == []

    said = re.search("--vars '(.*)'", recipe("Score many past days at once", "bash")).group(1)
    days = yaml.safe_load(said)["scored_days"]
    project.build_scores("2026-03-04", scored_days=[str(day) for day in days])
    held = project.query("select as_of, points from marts.lead_score_ledger_by_day"
                         " where criterion = 'prices_and_demo' order by as_of")
    assert [(row["as_of"], float(row["points"])) for row in held] == [(day, 7) for day in days]
    assert ledger(project, "prices_and_demo") == []  # of the run's own day


@pytest.mark.slow
def test_an_ephemeral_activity_has_the_columns_that_its_yaml_declares(own_project):
    """Nothing can be looked up in the database, so an undeclared undone_on would be left out."""
    project = own_project
    folder = project.folder / "models" / "intermediate" / "lead_activity" / "sql_activities"
    (folder / "activity__undone_visit.sql").write_text(
        "{{ config(materialized='ephemeral') }}\n\n"
        "select distinct lead_key, occurred_on, 1 as occurrences, cast('2026-02-01' as date) as undone_on\n"
        "from {{ ref('int_lead_activity_daily') }}\nwhere activity_number <> 0\n", encoding="utf-8")
    replace(project, "dbt_project.yml", "  sql_activities:\n", "  sql_activities:\n    undone_visit: neutral\n")
    append(project, "seeds/scoring/engagement_criteria.csv", engagement_row("undone", "undone_visit", 5))
    project.fill({"contacts": [contact("c1")], "web_events": [
        event(1, "2026-01-05", "page_viewed"), event(2, "2026-02-05", "page_viewed")]})
    with pytest.raises(BuildFailed) as failed:
        project.build_scores("2026-03-01")
    assert "no YAML file declares its columns" in str(failed.value)

    columns = ["lead_key", "occurred_on", "occurrences", "undone_on"]
    (folder / "undone_visit.yml").write_text(yaml.safe_dump({"models": [{
        "name": "activity__undone_visit", "columns": [{"name": column} for column in columns],
    }]}), encoding="utf-8")
    project.manifests = {}
    for as_of, right in (("2026-01-31", [("c1", 5, 1)]), ("2026-03-01", [])):
        project.build_scores(as_of)
        assert ledger(project, "undone") == right, as_of


@pytest.mark.slow
def test_a_first_run_on_two_tables(own_project):
    """The script and the commands of docs/running.md, with the environment that runs the tests."""
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    script, commands = (re.search(rf"```{language}\n(.*?)```", page, re.S).group(1)
                        for language in ("python", "bash"))
    subprocess.run([sys.executable, "-c", script], cwd=own_project.folder, check=True)
    done = subprocess.run(
        commands.replace(".venv/bin", str(Path(sys.executable).parent)), shell=True, text=True,
        cwd=own_project.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout
    assert "Requested a demo" in done.stdout.split("top_reasons")[1]
