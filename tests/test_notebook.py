"""The example examples/notebook, run without a browser on the readers' copy of the demo company."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.project import ROOT

pytest.importorskip("marimo", reason="marimo is not installed here; make .venv/.ready_to_test adds it")

NOTEBOOK = ROOT / "examples" / "notebook" / "lead_scores.py"


@pytest.fixture
def results(demo, monkeypatch):
    """The names that the notebook defines after a run: dict."""
    monkeypatch.setenv("LEAD_SCORING_MARTS_PATH", str(demo.marts))
    spec = importlib.util.spec_from_file_location("lead_scores", NOTEBOOK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.app.run()[1]


def test_its_tables_equal_the_marts(results, demo):
    owner = results["owner"].value
    expected = demo.query(f"""
        select lead_id, name from marts.call_list where owner_id = '{owner}' order by overall_rank""")
    assert len(expected) > 3
    assert [row["name"] for row in results["calls"]] == [row["name"] for row in expected]
    scored = demo.query("select count(*) as n, count(distinct (scoring_model, tier)) as tiers"
                        " from marts.lead_scores")[0]
    assert sum(row["leads"] for row in results["tiers"]) == scored["n"]
    assert len(results["tiers"]) == scored["tiers"]
    past = demo.query("select sum(conversions) as n from marts.backtest_funnel")[0]["n"]
    assert sum(row["conversions"] for row in results["bands"]) == past > 0


def test_it_is_exported_without_an_error(demo, tmp_path):
    page = tmp_path / "lead_scores.html"
    notebook = shutil.copy(NOTEBOOK, tmp_path)  # marimo keeps a session beside it
    done = subprocess.run(
        [sys.executable, "-m", "marimo", "export", "html", str(notebook), "-o", str(page), "--no-include-code"],
        cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "LEAD_SCORING_MARTS_PATH": str(demo.marts)})
    assert done.returncode == 0, done.stderr
    first = demo.query("select name from marts.call_list where owner_id = "
                       "(select max(owner_id) from marts.call_list) order by overall_rank limit 1")[0]
    name = json.dumps(first["name"]).strip('"')  # the page has its tables as JSON
    assert name in page.read_text(encoding="utf-8")
