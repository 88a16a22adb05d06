"""A mart is a table: a copied or renamed DuckDB file has all of it."""

import shutil

import duckdb

from tests.scoring_files import contact
from tests.test_published_tiers import RULES, START, scores


def marts_of(database):
    """What the marts of a DuckDB file hold: dict name -> rows in order."""
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'")
        return {name: connection.execute(f"select * from marts.{name} order by all").fetchall()
                for name, in names.fetchall()}


def test_every_mart_can_be_read_from_a_renamed_file(fresh):
    fresh.configure(RULES)
    fresh.fill({"contacts": [contact("c1"), contact("c2")], "web_events": scores(40)})
    fresh.build(START)
    renamed = fresh.folder / "renamed.duckdb"
    shutil.copyfile(fresh.database, renamed)
    marts = marts_of(renamed)
    assert marts == marts_of(fresh.database)
    assert len(marts["lead_scores"]) == len(marts["lead_score_history"]) == 2
    public = {node.alias for node in fresh.dbt("parse", variables={"evaluate": False}).nodes.values()
              if node.resource_type == "model" and node.access == "public"
              and node.name != "days"}  # only MetricFlow's, which no selector builds
    assert marts.keys() == public
