"""A database of version 1.5.1 or 1.6.0 keeps its published results in the next run."""

import re
from datetime import timedelta

import duckdb
import pytest

from tests.project import ROOT
from tests.scoring_files import event
from tests.test_hot import CONTACTS, NEXT, RULES, VISITS
from tests.test_marts_are_tables import marts_of
from tests.test_published_tiers import START

# Marts that were views, of which private tables, and the columns of another type there.
VIEWS = {
    "lead_score_history": ("published_scores", {}),
    "lead_score_changes": ("published_changes", {}),
    "score_alerts": ("published_alerts", {"response_minutes": "decimal(28, 9)"}),
    "sales_handoffs": ("published_handoffs", {}),
}
UNNEEDED = ("connected_leads", "lead_payloads")
UPGRADE = ROOT / "macros" / "project" / "upgrade.sql"


def renamed_tables():
    """What versions before 2.0 called stored tables: dict of their name -> today's."""
    macro = UPGRADE.read_text(encoding="utf-8").split("macro renamed_tables")[1].split("endmacro")[0]
    return dict(re.findall(r"'(\w+)': '(\w+)'", macro))


def rename_as_before(database):
    """Give stored tables in a DuckDB file the names of version 1.6.0, which knew no others."""
    with duckdb.connect(str(database)) as connection:
        tables = {name for name, in connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'scoring'").fetchall()}
        renamed = {new: old for old, new in renamed_tables().items() if new in tables}
        assert len(renamed) > 12
        for new, old in renamed.items():
            connection.execute(f"alter table scoring.{new} rename to {old}")
        connection.execute("drop table scoring.model_builds")
        connection.execute("drop table scoring.int_first_handoffs")
        connection.execute("drop table scoring.int_alerts")
        connection.execute("alter table scoring.crm_sync_acknowledgements drop column scoring_model")
        connection.execute("delete from scoring.published_definitions where criterion = ''")


def leave_as_before(database):
    """Keep in a DuckDB file what was published where version 1.5.1 kept it."""
    with duckdb.connect(str(database)) as connection:
        catalog, = connection.execute("select current_database()").fetchone()
        for mart, (kept, types) in VIEWS.items():
            replaced = "".join(f" replace (cast({name} as {type_}) as {name})"
                               for name, type_ in types.items())
            connection.execute(f"create table scoring.{kept} as select *{replaced} from marts.{mart}")
            if mart == "score_alerts":
                connection.execute(f"alter table scoring.{kept} drop column cause")
                connection.execute(f"alter table marts.{mart} drop column cause")
            columns = ", ".join(f"cast({row[0]} as {row[1]}) as {row[0]}" for row in connection.execute(
                f"describe marts.{mart}").fetchall())
            connection.execute(f"drop table marts.{mart}")
            connection.execute(
                f"create view marts.{mart} as select {columns} from {catalog}.scoring.{kept}")
        for name in UNNEEDED:
            connection.execute(f"create table scoring.{name} as select 'c1' as lead_id")


def test_what_was_published_stays(fresh):
    fresh.configure(RULES)
    asked = [*VISITS, event(3, NEXT, "demo_requested", "14:00:00")]
    for day, rows in ((START, VISITS), (NEXT, asked)):
        fresh.fill({"contacts": CONTACTS, "web_events": rows})
        fresh.build_some("hot", day)
    with duckdb.connect(str(fresh.database)) as connection:
        connection.execute("update marts.score_alerts set cause = null")  # there was none before 2.0
    second_day = fresh.database.read_bytes()
    third = NEXT + timedelta(days=1)
    asked_again = [*asked, event(4, third, "demo_requested", contact_id="c2")]
    fresh.fill({"contacts": CONTACTS, "web_events": asked_again})
    fresh.build_some("hot", third)
    wanted = marts_of(fresh.database)
    assert all(len(wanted[mart]) > 1 for mart in VIEWS)

    fresh.database.write_bytes(second_day)
    with duckdb.connect(str(fresh.database)) as connection:
        connection.execute("alter table marts.score_alerts drop column cause")
    rename_as_before(fresh.database)
    fresh.fill({"contacts": CONTACTS, "web_events": asked_again})
    fresh.build_some("hot", third)
    assert marts_of(fresh.database) == wanted

    fresh.database.write_bytes(second_day)
    leave_as_before(fresh.database)
    rename_as_before(fresh.database)
    fresh.fill({"contacts": CONTACTS, "web_events": asked_again})
    fresh.build_some("hot", third)
    assert marts_of(fresh.database) == wanted
    private = {row["table_name"] for row in fresh.query(
        "select table_name from information_schema.tables where table_schema = 'scoring'")}
    assert not private & {
        *UNNEEDED, *(kept for kept, _ in VIEWS.values()), *renamed_tables()}


@pytest.mark.slow
def test_no_table_that_a_run_makes_counts_as_one_of_an_earlier_version(project):
    retired = set(re.findall(
        r"'(\w+)'", UPGRADE.read_text(encoding="utf-8").split("macro retired_tables")[1]))
    # Marts are in another schema.
    made = {node.name for node in project.dbt("parse").nodes.values()
            if node.resource_type == "model" and node.access != "public"
            and node.config.materialized != "ephemeral"}
    assert len(made) > 100 and len(retired) > 50 and retired & made == set()
