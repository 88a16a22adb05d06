"""The same numbers on PostgreSQL as the reference scorer has them.

`make engines` compares every mart with DuckDB on the demo company, run by run, on Spark, too, and
runs dbt's data tests there; `make test` does the first in short.
"""

import pytest

from tests.comparison import differences
from tests.engines.equality import is_equal
from tests.engines.postgres import PostgresProject, PostgresServer
from tests.project import BuildFailed
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.scorer import score
from tests.scoring_files import contact


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    """A copy of the project with a database on a PostgreSQL server that ends with the tests."""
    folder = tmp_path_factory.mktemp("postgres")
    return PostgresProject(folder / "project", PostgresServer(folder / "server"))


@pytest.fixture
def empty_postgres(postgres):
    postgres.forget()
    yield postgres
    postgres.restore()
    postgres.locale = "C"


@pytest.mark.parametrize("seed, values, language", [(9001, "text", False), (9002, "typed", True)],
                         ids=["sorted by bytes", "sorted as in a dictionary"])
def test_random_companies_are_scored_right_on_postgres(empty_postgres, seed, values, language):
    """All at once, then as they are once some rows are gone and people asked to be erased."""
    if language:
        if empty_postgres.server.locale is None:
            pytest.skip("localedef or its sources are missing here")
        empty_postgres.locale = empty_postgres.server.locale
        empty_postgres.forget()
        assert empty_postgres.query("select 'a' < 'B' as is_sorted")[0]["is_sorted"]
    raw_tables, rules, as_of, options = random_world(
        seed, contacts=25, values=values, settled=True)
    given = {name: value for name, value in options.items() if value is not None}
    fewer = {name: rows[::2] if name != "contacts" else rows for name, rows in raw_tables.items()}
    empty_postgres.configure(rules)
    for delivered in (fewer, raw_tables):
        empty_postgres.fill(delivered)
        empty_postgres.build(as_of, **given)
    expected = score(raw_tables, rules, as_of, options, SEEDS)
    assert differences(empty_postgres, expected) == []


def test_the_demo_is_for_duckdb(empty_postgres):
    with pytest.raises(BuildFailed, match="The demo company is loaded on DuckDB only"):
        empty_postgres.build_scores(demo_data=True)
    empty_postgres.fill({"contacts": [contact("c1")]})
    empty_postgres.build_scores("2026-03-01", demo_data=True)  # one's own tables are left alone
    assert [row["lead_id"] for row in empty_postgres.query(
        "select * from marts.lead_scores")] == ["c1"]


def test_what_counts_as_equal():
    assert is_equal("points", 1, 1.0000009) and not is_equal("points", 1, 1.00001)
    assert not is_equal("score", 1.0, 1.0000009) and not is_equal("points", None, 0)
    assert is_equal("tier", None, None) and not is_equal("tier", "hot", None)
