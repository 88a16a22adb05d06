"""The same marts on PostgreSQL and on a Spark cluster as on DuckDB, from the same rows.

In make test on a small company; make test-all compares the demo company, run by run, and runs dbt's
data tests on each engine, as make engines does.
"""

import shutil
from datetime import timedelta

import pytest

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
@pytest.mark.parametrize("name", ["spark", "postgres"])
def test_a_small_company_is_the_same_on(engine, fresh, name):
    """Some of the rows, then all of them a day later; as the reference scorer has it, too.

    On Spark, where each model takes seconds, the first day is of the scores alone.
    """
    project = engine(name)
    project.forget()
    raw_tables, rules, as_of, options = random_world(
        9001, contacts=12, settled=True, further=True)
    fewer = {table: rows[::2] if table != "contacts" else rows for table, rows in raw_tables.items()}
    columns = {table: list(rows[0]) for table, rows in raw_tables.items() if rows}
    for day, rows, is_first in ((as_of - timedelta(days=1), fewer, True), (as_of, raw_tables, False)):
        for side in (fresh, project):
            side.configure(rules)
            side.fill(rows, columns)
            build = side.build_scores if is_first and name == "spark" else side.build
            build(day, **given(options))
    found, equal = unequal_rows(fresh, project, False)
    assert found == [] and len([mart for mart, rows in equal.items() if rows]) > 10
    assert differences(project, score(raw_tables, rules, as_of, options, SEEDS)) == []


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
