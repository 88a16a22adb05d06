"""The example examples/agent_tools, asked over stdio as an agent asks it."""

import os
import sys
from datetime import date, timedelta

import pytest

from tests.project import ROOT

anyio = pytest.importorskip("anyio")
mcp = pytest.importorskip("mcp", reason="mcp is not installed here; make .venv/.ready_to_test adds it")

SERVER = ROOT / "examples" / "agent_tools" / "server.py"
TOOLS = {"whom_to_call", "find_lead", "why_this_lead", "what_changed", "describe_marts", "query_marts"}


def talk(marts, *calls, options=()):
    """Start the server, call tools in order and end it.

    marts: path of the copy; calls: (tool, dict of arguments). Returns (tools, results) as the SDK
    has them.
    """
    async def conversation():
        parameters = mcp.StdioServerParameters(
            command=sys.executable, args=[str(SERVER), *options],
            env={"LEAD_SCORING_MARTS_PATH": str(marts), "PATH": os.environ["PATH"]})
        async with mcp.Client(mcp.stdio_client(parameters)) as client:
            tools = (await client.list_tools()).tools
            return tools, [await client.call_tool(tool, arguments) for tool, arguments in calls]

    return anyio.run(conversation)


def ask(demo, tool, **arguments):
    """The structured answer of one tool: dict."""
    _, [result] = talk(demo.marts, (tool, arguments))
    assert not result.is_error, result.content
    return result.structured_content


def refused(demo, *queries):
    """What query_marts says to each of some queries: list of text; fails if it answers one."""
    _, results = talk(demo.marts, *(("query_marts", {"sql": sql}) for sql in queries))
    assert [sql for sql, result in zip(queries, results) if not result.is_error] == []
    return [result.content[0].text for result in results]


@pytest.fixture(scope="module")
def best(demo):
    """The lead with the best score of the acquisition model: its row of lead_scores."""
    return demo.query("select * from marts.lead_scores where scoring_model = 'acquisition'"
                      " order by score desc, lead_id limit 1")[0]


def test_the_tools_are_described_and_only_read(demo):
    tools, _ = talk(demo.marts)
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.description.endswith(".") and tool.output_schema["properties"]["as_of"]
        assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
        assert all("description" in argument
                   for argument in tool.input_schema["properties"].values())
    tools, _ = talk(demo.marts, options=["--without-sql"])
    assert {tool.name for tool in tools} == TOOLS - {"query_marts"}


def test_whom_to_call_is_the_head_of_the_call_list(demo):
    answer = ask(demo, "whom_to_call", limit=5)
    expected = demo.query("select lead_id, order_reason from marts.call_list order by overall_rank limit 5")
    assert [(row["lead_id"], row["order_reason"]) for row in answer["rows"]] == [
        (row["lead_id"], row["order_reason"]) for row in expected]
    assert answer["as_of"] == str(demo.query("select as_of from marts.readers_copy")[0]["as_of"])
    assert answer["note"] == "There are more rows; these are the first 5."
    mine = ask(demo, "whom_to_call", owner_id="u05", limit=200)
    assert [row["call_rank"] for row in mine["rows"]] == [*range(1, len(mine["rows"]) + 1)]
    assert {row["owner_id"] for row in mine["rows"]} == {"u05"} and mine["note"] is None


def test_why_this_lead_adds_up_to_its_points(demo, best):
    answer = ask(demo, "why_this_lead", lead_id=best["lead_id"])
    score = next(row for row in answer["scores"] if row["scoring_model"] == "acquisition")
    assert score["score"] == float(best["score"]) and score["tier"] == best["tier"]
    for dimension in ("fit", "engagement"):
        points = sum(row["points"] for row in answer["ledger"]
                     if (row["scoring_model"], row["dimension"]) == ("acquisition", dimension))
        assert points == pytest.approx(float(best[f"{dimension}_points"]), abs=1e-6)
    assert any(row["evidence"] for row in answer["ledger"]) and "email" not in answer["lead"]


def test_find_lead_finds_by_name_company_address_and_id(demo, best):
    [lead] = demo.query(f"select * from marts.leads where lead_id = '{best['lead_id']}'")
    for text in (lead["name"], lead["company_name"].upper(), lead["email"], lead["lead_id"]):
        assert best["lead_id"] in [row["lead_id"] for row in ask(demo, "find_lead", text=text)["rows"]]
    assert ask(demo, "find_lead", text="%_%")["rows"] == []


def test_what_changed_adds_up_the_changes_since_a_day(demo):
    since = date.fromisoformat(ask(demo, "describe_marts")["as_of"]) - timedelta(days=1)
    expected = {(row["lead_id"], row["scoring_model"]): float(row["points"]) for row in demo.query(
        "select lead_id, scoring_model, sum(points_change) as points from marts.lead_score_changes"
        f" where to_date > '{since}' group by all")}
    rows = ask(demo, "what_changed", since=str(since), limit=200)["rows"]
    assert len(rows) > 20 and rows[0]["alerts"] and rows[0]["causes"]
    for row in rows:
        assert row["points_change"] == pytest.approx(expected[row["lead_id"], row["scoring_model"]])
    one = ask(demo, "what_changed", since=str(since), lead_id=rows[0]["lead_id"])["rows"]
    assert {row["lead_id"] for row in one} == {rows[0]["lead_id"]}
    assert ask(demo, "what_changed", since="2199-01-01")["rows"] == []


def test_marts_are_described_and_queried(demo):
    marts = {row["mart"]: row for row in ask(demo, "describe_marts")["rows"]}
    assert {"lead_scores", "call_list", "readers_copy"} <= marts.keys()
    columns = ask(demo, "describe_marts", mart="call_list")["rows"]
    assert [row["column"] for row in columns] == [*demo.query("from marts.call_list limit 1")[0]]
    answer = ask(demo, "query_marts", limit=2, sql="""
        with scored as (select tier, score from marts.lead_scores)
        select tier, count(*) as leads, avg(score) as mean_score from scored group by all order by all""")
    assert len(answer["rows"]) == 2 and answer["note"]


def test_queries_reach_nothing_but_the_marts(demo, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nsesame\n", encoding="utf-8")
    written = tmp_path / "written.csv"
    said = refused(
        demo, f"select * from '{secret}'", f"select * from read_csv('{secret}')",
        f"select * from read_text('{secret}')", f"select * from glob('{tmp_path}/*')",
        f"copy marts.leads to '{written}'", f"attach '{tmp_path}/other.duckdb'",
        "drop table marts.leads", "update marts.leads set name = 'x'", "create table t as select 1",
        "set enable_external_access = true", "set threads = 1", "pragma database_list", "install httpfs",
        "select 1; select 2", "select * from duckdb_settings()", "select * from information_schema.tables",
        "select * from query('select 1')", "select * from scoring.dim_leads", "select * from leads", "selec")
    assert not written.exists() and "sesame" not in "".join(said)


def test_a_query_without_end_is_stopped(demo):
    [said] = refused(demo, "select count(*) from range(1000000000000)")
    assert "took more than 10 seconds" in said


def test_a_question_that_cannot_be_answered_gets_one_sentence(demo, tmp_path):
    _, results = talk(
        tmp_path / "none.duckdb", ("whom_to_call", {}), ("why_this_lead", {"lead_id": "c1"}))
    assert all(result.is_error and "run make demo" in result.content[0].text for result in results)
    _, results = talk(
        demo.marts, ("why_this_lead", {"lead_id": "nobody"}), ("describe_marts", {"mart": "nothing"}),
        ("whom_to_call", {"limit": 100000}), ("what_changed", {"since": "yesterday"}))
    assert all(result.is_error for result in results)
    assert "There is no lead nobody" in results[0].content[0].text
