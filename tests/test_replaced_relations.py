"""On DuckDB one statement replaces a table or view, whatever was there before."""

import duckdb

from tests.scoring_files import contact

KINDS = ("select table_name, table_type from information_schema.tables where table_schema ="
         " 'scoring' and table_name in ('config_tiers', 'configuration_errors')")


def kinds(project):
    """What the two relations are: dict name -> type."""
    return {row["table_name"]: row["table_type"] for row in project.query(KINDS)}


def test_a_relation_of_the_other_kind_is_replaced(fresh):
    """As after an upgrade that made tables of views."""
    fresh.fill({"contacts": [contact("c1")]})
    arguments = ["--select", "+configuration_errors", "+config_tiers"]
    fresh.build("2026-03-01", *arguments)
    wanted = {"config_tiers": "BASE TABLE", "configuration_errors": "BASE TABLE"}
    assert kinds(fresh) == wanted
    with duckdb.connect(str(fresh.database)) as connection:
        connection.execute("drop table scoring.config_tiers")
        connection.execute("create view scoring.config_tiers as select 1 as other")
        connection.execute("drop table scoring.configuration_errors")
        connection.execute("create view scoring.configuration_errors as select 1 as other")
    assert kinds(fresh) != wanted
    fresh.build("2026-03-01", *arguments)
    assert kinds(fresh) == wanted
    assert fresh.query("select * from scoring.configuration_errors") == []
    assert "other" not in fresh.query("select * from scoring.config_tiers")[0]
