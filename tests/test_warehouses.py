"""The checks of tests/warehouses find the faults that they look for, in snippets of SQL."""

import pytest

from tests.profiles import uncommented, variables_asked_for
from tests.warehouses.check import Fault, declared_faults, in_order, node_faults
from tests.warehouses.compiled import (
    ROOT,
    CannotCompile,
    CompiledNode,
    file_of_statement,
    statements_of,
)
from tests.warehouses.engines import BIGQUERY, DATABRICKS, ENGINES, SNOWFLAKE
from tests.warehouses.sql_faults import Tables, faults_of, type_faults

SOUND = """
with counted as (
    select leads.lead_id, cast(count(*) as bigint) as occurrences
    from leads
    group by leads.lead_id
)
select counted.lead_id, coalesce(max(counted.occurrences), 0) as most
from counted
group by counted.lead_id
"""


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_sound_sql_has_no_fault(engine):
    assert faults_of(SOUND, engine) == []


@pytest.mark.parametrize("engine, sql, said", [
    (BIGQUERY, "select cast(a as double precision) as b from t", "the type double precision"),
    (BIGQUERY, "select cast(a as varchar) as b from t", "the type varchar"),
    (DATABRICKS, "select cast(a as text) as b from t", "the type text"),
    (SNOWFLAKE, "select try_cast(a as int64) as b from t", "the type int64"),
    (SNOWFLAKE, "select a::hugeint as b from t", "the type hugeint"),
    (BIGQUERY, "select cast(a as decimal(38, 0)) as b from t", "decimal(38,0) has more digits"),
    (SNOWFLAKE, "select isfinite(a) as b from t", "the function isfinite"),
    (BIGQUERY, "select try_cast(a as int64) as b from t", "the function try_cast"),
    (BIGQUERY, "select split_part(a, '/', 1) as b from t", "the function split_part"),
    (DATABRICKS, "select epoch_us(a) as b from t", "the function epoch_us"),
    (DATABRICKS, "select a from t cross join unnest(t.b) as c", "no unnest"),
    (BIGQUERY, "select a % 2 as b from t", "no %"),
    (BIGQUERY, "select a from t union select b from t", "no union"),
    (BIGQUERY, "select a from t where a like '5!%' escape '!'", "no escape"),
    (SNOWFLAKE, "select count(*) filter (where a) as b from t", "no filter"),
    (BIGQUERY, "delete from t", "write where"),
    (BIGQUERY, "delete from t where (a, b) not in (select a, max(b) as b from t group by a)",
     "several columns in a query"),
    (BIGQUERY, "select regexp_replace(cast(a as string), '[.]?0+$', '') as b from t", "makes it 8"),
    (BIGQUERY, "select rows from t", "cannot be"),
    (SNOWFLAKE, "select a as sample from t", "cannot be a name"),
    (BIGQUERY, "select t.a from t inner join u on t.a = (select max(b) from v)", "condition of a join"),
    (DATABRICKS, "delete from t where a in (select b from u where c = (select max(d) from v))",
     "query within a query"),
    (SNOWFLAKE, "select a from t where )", "cannot be read"),
    (DATABRICKS, "select (a from t", "cannot be read"),
    (BIGQUERY, "-- nothing", "holds no statement"),
])
def test_what_an_engine_lacks_is_found(engine, sql, said):
    assert said in " ".join(faults_of(sql, engine))


def tables(engine):
    """Tables with one table t: number id, text name, date born_on."""
    known = Tables(engine)
    known.add("a.b.t", {
        known.normalised("id"): "bigint", known.normalised("name"): "text" if engine is SNOWFLAKE
        else "string", known.normalised("born_on"): "date", "quoted": "bigint",
    })
    return known


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@pytest.mark.parametrize("sql, said", [
    ("select t.id, t.name from a.b.t as t", ""),
    ("select t.nobody from a.b.t as t", "nobody"),
    ("with u as (select t.id from a.b.t as t) select u.name from u", "name"),
    ("select missing.id from a.b.t as t", "missing"),
    ("select t.id from a.b.t as t where t.id = t.name", "a number and text"),
    ("select coalesce(t.born_on, t.name) as c from a.b.t as t", "a date and text"),
    ("select case when t.id > 0 then t.name else t.id end as c from a.b.t as t", "one kind"),
    ("select t.name || t.id as c from a.b.t as t", "one kind"),
    ("select t.id as c from a.b.t as t union all select t.name as c from a.b.t as t", "one kind"),
    ("select t.name as c from a.b.t as t union all select null as c from a.b.t as t", ""),
])
def test_names_and_kinds_of_values_are_looked_up(engine, sql, said):
    faults, columns = tables(engine).name_faults(sql)
    assert said.lower() in " ".join(faults).lower()
    assert bool(faults) == bool(said)


def test_quoted_names_are_others_on_snowflake_only():
    sql = "select t.quoted from a.b.t as t"
    assert tables(SNOWFLAKE).name_faults(sql)[0]
    assert not tables(BIGQUERY).name_faults(sql)[0]
    assert not tables(SNOWFLAKE).name_faults('select t."quoted" from a.b.t as t')[0]


def test_types_of_yaml_files_are_looked_up():
    node = {
        "resource_type": "seed", "name": "tiers", "patch_path": "lead_scoring://seeds/tiers.yml",
        "columns": {"tier": {"data_type": "string"}},
        "config": {"column_types": {"tier": "varchar", "rank": "varchar"}},
    }
    assert declared_faults(node, SNOWFLAKE) == []
    assert declared_faults(node, BIGQUERY) == [Fault(
        "BigQuery", "seeds/tiers.yml", "tiers",
        "the type varchar is not one that BigQuery is known to have: column tier, rank",
    )]
    assert type_faults("array<string>", BIGQUERY) == []


def test_every_hook_and_strategy_is_a_statement():
    manifest = {"nodes": {"model.p.m": {
        "resource_type": "model", "name": "m", "original_file_path": "models/m.sql",
        "config": {
            "materialized": "incremental", "incremental_strategy": "delete+insert",
            "unique_key": ["a", "b"], "pre-hook": [],
            "post-hook": [{"sql": "delete from {{ this }} where gone"}],
        },
    }}}
    statements = statements_of(manifest)
    assert statements["m__post_hook_1"] == "delete from {{ ref('m') }} where gone"
    assert "incremental_statements(model, 'delete+insert', ['a', 'b'])" in statements["m__strategy"]
    assert file_of_statement("m__post_hook_1", manifest) == "models/m.sql"
    assert file_of_statement("changed_days", manifest) == "macros"


def test_what_dbt_gave_up_on_is_named():
    error = CannotCompile(
        "Compilation Error in model check__facts__strategy (models/statements/facts.sql)\n"
        "  Invalid incremental strategy provided: delete+insert"
    )
    assert (error.name, error.path) == ("facts__strategy", "models/statements/facts.sql")
    assert "Invalid incremental strategy" in str(error)
    node = CompiledNode("m", "models/m.sql", "a.b.m", None, "dbt said no", (), "model.p.m")
    assert "dbt said no" in node_faults(node, tables(SNOWFLAKE), SNOWFLAKE, add=True)[0]


def test_tables_are_known_before_they_are_read():
    first = CompiledNode("x", "x.sql", "a.b.x", "select 1 as c", None, ("model.p.y",), "model.p.x")
    second = CompiledNode("y", "y.sql", "a.b.y", "select 1 as c", None, (), "model.p.y")
    assert in_order({"model.p.x": first, "model.p.y": second}) == [second, first]


def test_profile_blocks_are_used_as_they_are_shipped():
    text = (ROOT / "profiles.example.yml").read_text(encoding="utf-8")
    profile = uncommented(text, ["snowflake", "databricks"])
    assert "\n    snowflake:\n      type: snowflake\n" in profile
    assert "\n    databricks:\n      type: databricks\n" in profile
    assert "\n    # bigquery:\n    #   type: bigquery\n" in profile
    assert "DBT_ENV_SECRET_DATABRICKS_TOKEN" in variables_asked_for(profile)
    with pytest.raises(ValueError, match="no block for oracle"):
        uncommented(text, ["oracle"])
