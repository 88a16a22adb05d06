"""The same marts on PostgreSQL and on a Spark cluster as on DuckDB, from the same rows.

In make test on a small company, on Spark the scores only; make test-all compares the demo company,
run by run, and runs dbt's data tests on each engine, as make engines does.
"""

import math
import random
import shutil
from datetime import date, timedelta

import pytest

from benchmarks import probability_project
from tests.comparison import differences
from tests.engines.equality import compare_demo, engine_project, is_equal, table_of, unequal_rows
from tests.project import BuildFailed, Project
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.scorer import score
from tests.scoring_files import contact
from tests.test_laws import given


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """A function that gives, by its name, an engine's copy of the project, started once."""
    projects = {}

    def started(name):
        if name == "spark":
            pytest.importorskip("pyspark", reason="pyspark is not installed here")
            if shutil.which("java") is None:
                pytest.skip("Spark needs Java 8, 11 or 17, and there is no command java here")
        if name not in projects:
            projects[name] = engine_project(name, tmp_path_factory.mktemp(name))
        return projects[name]

    return started


@pytest.fixture
def empty_postgres(engine):
    postgres = engine("postgres")
    postgres.forget()
    postgres.restore()
    yield postgres
    postgres.locale = "C"


@pytest.mark.engines
@pytest.mark.parametrize(("name", "is_whole"), [
    ("spark", False), ("postgres", True), pytest.param("spark", True, marks=pytest.mark.slow)])
def test_a_small_company_is_the_same_on(engine, fresh, name, is_whole):
    """Some of the rows, then all of them a day later; as the reference scorer has it, too.

    On Spark, where each model takes seconds, make test builds the scores only, and of the last day.
    """
    project = engine(name)
    project.forget()
    raw_tables, rules, as_of, options = random_world(
        9001, contacts=12, settled=True, further=True)
    fewer = {table: rows[::2] if table != "contacts" else rows for table, rows in raw_tables.items()}
    columns = {table: list(rows[0]) for table, rows in raw_tables.items() if rows}
    days = [(as_of - timedelta(days=1), fewer), (as_of, raw_tables)]
    for day, rows in days if is_whole else days[1:]:
        for side in (fresh, project) if is_whole else (project,):
            side.configure(rules)
            side.fill(rows, columns)
            (side.build if is_whole else side.build_scores)(day, **given(options))
    assert differences(project, score(raw_tables, rules, as_of, options, SEEDS)) == []
    if is_whole:
        found, equal = unequal_rows(fresh, project, False)
        assert found == [] and len([mart for mart, rows in equal.items() if rows]) > 10


@pytest.mark.engines
@pytest.mark.slow
@pytest.mark.parametrize("name", ["spark", "postgres"])
def test_the_probability_is_fitted_alike_on(engine, tmp_path, name):
    """To the ninth decimal of each weight: numbers, words and a pair of them lead to conversions."""
    draw = random.Random(1)
    rows = [{"x_size": f"{draw.gauss(0, 2):.4f}", "x_plan": draw.choice("abcde"),
             "x_flag": draw.choice(["1", "2", None])} for _ in range(900)]
    outcomes = [draw.random() < 1 / (1 + math.exp(-(
        float(row["x_size"]) * (row["x_flag"] == "1") + "abcde".index(row["x_plan"]) / 2 - 1.5)))
        for row in rows]
    as_of = date.fromisoformat(probability_project.AS_OF)
    contacts, deals = [], []
    for number, days_ago in enumerate(probability_project.creation_days(
            [number < 700 for number in range(900)])):
        created = str(as_of - timedelta(days=days_ago))
        contacts.append({"contact_id": f"c{number}", "created_at": created, "updated_at": created,
                         **rows[number]})
        if outcomes[number] and number < 700:
            won = str(as_of - timedelta(days=days_ago - 45))
            deals.append({"deal_id": f"d{number}", "contact_id": f"c{number}", "deal_type": "new",
                          "is_won": "true", "created_at": won, "closed_at": won,
                          "updated_at": won})
    weights = []
    for side in (Project(tmp_path / "duckdb"), engine(name)):
        side.forget()
        probability_project.configure(side.folder)
        side.fill({"contacts": contacts, "deals": deals})
        side.dbt("build", "--exclude-resource-type", "test", "unit_test",
                 "--select", *probability_project.SELECTED, variables={
                     "demo_data": False, "as_of": probability_project.AS_OF, "evaluate": True,
                     "custom_attributes": ["x_size", "x_plan", "x_flag"]})
        side.restore()
        assert [row["status"] for row in side.query("select * from marts.scorecard_versions")] == [
            "used"]
        weights.append({(row["feature"], row["bin"]): (row["weight"], row["upper_weight"])
                        for row in side.query("select * from marts.scorecard_weights")})
    assert len(weights[0]) > 20 and any(" and " in feature for feature, _ in weights[0])
    assert weights[0] == weights[1]


@pytest.mark.engines
@pytest.mark.slow
def test_names_sort_as_bytes_whatever_the_locale_of_postgres(empty_postgres):
    if empty_postgres.server.locale is None:
        pytest.skip("localedef or its sources are missing here")
    empty_postgres.locale = empty_postgres.server.locale
    empty_postgres.forget()
    assert empty_postgres.query("select 'a' < 'B' as is_sorted")[0]["is_sorted"]
    raw_tables, rules, as_of, options = random_world(
        9002, contacts=25, values="typed", settled=True)
    empty_postgres.configure(rules)
    empty_postgres.fill(raw_tables)
    empty_postgres.build(as_of, **given(options))
    expected = score(raw_tables, rules, as_of, options, SEEDS)
    assert differences(empty_postgres, expected) == []


@pytest.mark.engines
def test_the_demo_is_for_duckdb(empty_postgres):
    with pytest.raises(BuildFailed, match="The demo company is loaded on DuckDB only"):
        empty_postgres.build_scores(demo_data=True)
    empty_postgres.fill({"contacts": [contact("c1")]})
    empty_postgres.build_scores("2026-03-01", demo_data=True)  # one's own tables are left alone
    assert [row["lead_id"] for row in empty_postgres.query(
        "select * from marts.lead_scores")] == ["c1"]


@pytest.mark.engines
@pytest.mark.slow
@pytest.mark.parametrize("name", ["postgres", "spark"])
def test_the_demo_company_is_the_same_on(engine, tmp_path, name):
    project = engine(name)
    project.forget()
    projects = {"duckdb": Project(tmp_path / "duckdb"), name: project}
    outcomes = compare_demo(projects)
    print(*table_of(projects, outcomes), sep="\n")
    assert [text for outcome in outcomes.values() for text in outcome.different] == []


def test_what_counts_as_equal():
    assert is_equal("points", 1, 1.0000009) and not is_equal("points", 1, 1.00001)
    assert not is_equal("score", 1.0, 1.0000009) and not is_equal("points", None, 0)
    assert is_equal("tier", None, None) and not is_equal("tier", "hot", None)
