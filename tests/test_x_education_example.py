"""The mapping of examples/x_education: what it reads, repairs and leaves out."""

import gzip
import importlib.util
import subprocess
import sys

import duckdb
import pytest

from tests.project import ROOT

RUN_FILE = ROOT / "examples" / "x_education" / "run.py"


def load_example():
    specification = importlib.util.spec_from_file_location("x_education_run", RUN_FILE)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


example = load_example()
RAW_TABLES = ("raw_crm.contacts", "raw_crm.deals", "raw_activity.web_events",
              "raw_activity.email_events")


@pytest.fixture(scope="module")
def data():
    folder = example.data_folder()
    if not folder.is_dir():
        pytest.skip(f"there is no folder {folder}")
    return folder


def mapped(database, file):
    """The rows of each raw table after the mapping of a file."""
    example.map_file(database, file)
    with duckdb.connect(str(database), read_only=True) as connection:
        result = {}
        for table in RAW_TABLES:
            cursor = connection.execute(f"select * from {table} order by all")
            names = [column[0] for column in cursor.description]
            result[table] = [dict(zip(names, row)) for row in cursor.fetchall()]
        return result


def test_lines_quoted_as_a_whole_are_put_right(data, tmp_path):
    good = mapped(tmp_path / "good.duckdb", data / "Leads.csv.gz")
    assert mapped(tmp_path / "bad.duckdb", data / "Leads_misquoted.csv.gz") == good
    assert len({row["contact_id"] for row in good["raw_crm.contacts"]}) == 9240
    assert "Banking, Investment And Insurance" in {
        row["specialization"] for row in good["raw_crm.contacts"]}


def test_a_line_that_cannot_be_put_right_is_not_shifted_but_unreadable(data, tmp_path):
    with gzip.open(data / "Leads.csv.gz", "rt", encoding="utf-8") as file:
        lines = file.read().splitlines()[:200]
    lines[7] += ",one field more"
    broken = tmp_path / "broken.csv"
    broken.write_text("\n".join(lines) + "\n", encoding="utf-8")
    contacts = mapped(tmp_path / "broken.duckdb", broken)["raw_crm.contacts"]
    wrong = {row["contact_id"] for row in contacts
             if row["created_at"].startswith("not as many fields as the header: ")}
    assert wrong == {lines[7].split(",")[0]}


def test_what_is_known_after_the_outcome_comes_in_a_second_version(data, tmp_path):
    contacts = mapped(tmp_path / "leads.duckdb", data / "Leads.csv.gz")["raw_crm.contacts"]
    first = {row["contact_id"]: row for row in contacts if row["created_at"] == row["updated_at"]}
    second = {row["contact_id"]: row for row in contacts if row["created_at"] < row["updated_at"]}
    leaky = ["tags", *example.LEAKY]
    assert len(first) == 9240
    assert len(second) == 6468
    assert {row[name] for row in first.values() for name in leaky} == {None}
    for name in leaky:
        assert any(row[name] is not None for row in second.values())
    for lead, row in second.items():
        assert {name: value for name, value in row.items()
                if name not in (*leaky, "updated_at")} == {
            name: value for name, value in first[lead].items()
            if name not in (*leaky, "updated_at")}


def test_without_the_data_the_example_is_skipped(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAD_SCORING_REAL_DATA", str(tmp_path / "absent"))
    completed = subprocess.run([sys.executable, str(RUN_FILE)], capture_output=True, text=True,
                               check=False)
    assert completed.returncode == 0
    assert "Skipped: there is no folder" in completed.stdout
