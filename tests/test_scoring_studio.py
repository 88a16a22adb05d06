"""The dashboard's scoring studio: the project's SQL on the readers' copy, with edited rules."""

import sys
from datetime import date, timedelta

import duckdb
import pytest

from tests.project import ROOT
from tests.scoring_files import MODEL, VISIT, configuration, contact, criterion, event

sys.path += [str(ROOT / "dashboard"), str(ROOT / "scripts")]
import rescoring  # noqa: E402
from readers_copy import copy_for_readers  # noqa: E402
from rule_files import raw_cells, read  # noqa: E402

START = date(2026, 3, 30)
FIT = {"criterion": "works_in_it", "category": "role", "attribute": "department", "operator": "equals",
       "value": "IT", "points": "20", "description": "Works in IT"}
RULES = configuration(
    scoring_models=[{**MODEL, "fit_weight": "0.5", "engagement_weight": "0.5", "fit_target": "40",
                     "engagement_target": "40", "mql_score": "40", "sql_score": "70"},
                    {**MODEL, "scoring_model": "second", "population": "everyone"}],
    activities=[VISIT, {"activity": "demo", "source": "web", "event_name": "demo_requested",
                        "intent": "positive"}],
    fit_criteria=[FIT],
    engagement_criteria=[
        criterion("visited", 4, decay="half_life", decay_days=7, max_points=30,
                  description="Visited, as \"we\" say"),
        criterion("asked", 25, activity="demo", rule="count", min_count=1, window_days=30),
        criterion("seen", 3, scoring_model="second")],
    category_limits=[{"dimension": "engagement", "category": "web", "max_points": "35"}],
    score_gates=[{"gate": "not_it", "criterion": "works_in_it", "when": "not_met", "max_score": "60",
                  "description": "Not in IT"}],
    grade_bands=[{"dimension": "fit", "grade": "A", "min_score": "50"},
                 {"dimension": "fit", "grade": "B"},
                 {"dimension": "engagement", "grade": "1", "min_score": "50"},
                 {"dimension": "engagement", "grade": "2"}],
    tiers=[{"rank": "1", "tier": "hot", "min_score": "45", "fit_grades": "A"},
           {"rank": "2", "tier": "warm", "min_score": "25"}, {"rank": "3", "tier": "cold"},
           {"scoring_model": "second", "rank": "1", "tier": "any"}])
# A change of each file that the studio edits: (file, row, column, new text).
EDITS = [("engagement_criteria", 0, "points", "9"), ("engagement_criteria", 0, "decay", "linear"),
         ("engagement_criteria", 1, "window_days", "10"), ("fit_criteria", 0, "points", "33.5"),
         ("category_limits", 0, "max_points", "20"), ("score_gates", 0, "max_score", "35"),
         ("scoring_models", 0, "mql_score", "30"), ("grade_bands", 0, "min_score", "90"),
         ("tiers", 1, "min_score", "12")]


@pytest.fixture
def company(fresh):
    """A scored company of 60 leads that were active on different days, and its readers' copy."""
    fresh.has_logs = True  # the copy takes the compiled SQL
    fresh.configure(RULES)
    fresh.fill({
        "contacts": [contact(f"c{number}", f"2026-0{1 + number % 3}-05 08:00:00",
                             department="IT" if number % 3 else "Sales") for number in range(60)],
        "web_events": [
            event(f"{number}-{days}", START - timedelta(days=days), contact_id=f"c{number}",
                  event_name="demo_requested" if (number + days) % 11 == 0 else "page_viewed")
            for number in range(60) for days in range(number % 5, 45, 3 + number % 9)]})
    fresh.build_scores(START)
    return fresh


def copied(project):
    copy = project.folder / "copy.duckdb"
    made = copy_for_readers(project.database, copy, project=project.folder)
    assert made["studio"] is None
    return copy


def files_of(copy):
    """The configuration files in a copy, read by the studio: dict name -> RuleFile."""
    with duckdb.connect(str(copy), read_only=True) as connection:
        return {name: read(content) for name, content in connection.execute(
            "select file, content from scoring.studio_files").fetchall()}


class Outcome:
    """What the studio makes of a copy and edited files: dict of texts by name of the file."""

    def __init__(self, copy, files=None):
        with duckdb.connect() as memory:
            schema = rescoring.compute(memory, copy, files or {})
            self.mistakes = rescoring.mistakes_in(memory, schema)
            if not self.mistakes:
                self.scores, self.score_columns = table(
                    memory, rescoring.SCORES.format(schema=schema), "top_descriptions")
                self.ledger, self.ledger_columns = table(memory, rescoring.LEDGER.format(schema=schema), "as_of")
                self.new_mqls = rescoring.new_mqls(memory, schema)


def table(connection, sql, *left_out):
    """The rows of a query in a fixed order, and their columns but those left out."""
    columns = [name for name, *_ in connection.execute(f"describe {sql}").fetchall() if name not in left_out]
    return connection.execute(f"select {', '.join(columns)} from ({sql}) order by all").fetchall(), columns


def assert_equal(outcome, database):
    """The studio's scores and ledger are those of the marts, column by column."""
    assert outcome.mistakes == []
    assert len(outcome.scores) == 120 and len(outcome.score_columns) == 18
    with duckdb.connect(str(database), read_only=True) as connection:
        for mart, found, columns in (("lead_scores", outcome.scores, outcome.score_columns),
                                     ("lead_score_ledger", outcome.ledger, outcome.ledger_columns)):
            assert found == connection.execute(
                f"select {', '.join(columns)} from marts.{mart} order by all").fetchall()


def test_without_an_edit_the_studio_gives_the_marts(company):
    assert_equal(Outcome(copied(company)), company.database)


def test_an_edit_gives_what_a_dbt_run_with_it_gives(company):
    copy = copied(company)
    before = Outcome(copy)
    files = files_of(copy)
    edits = {}
    for name, place, column, text in EDITS:
        edits.setdefault(name, {})[place, column] = text
    texts = {name: files[name].edited(cells) for name, cells in edits.items()}
    outcome = Outcome(copy, texts)
    assert outcome.scores != before.scores
    tier = outcome.score_columns.index("tier")
    assert {row[tier] for row in before.scores + outcome.scores} == {"hot", "warm", "cold", "any"}
    for name, text in texts.items():
        (company.folder / "seeds" / "scoring" / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    company.build_scores(START)
    assert_equal(outcome, company.database)


def test_each_edit_changes_something(company):
    copy = copied(company)
    files, before = files_of(copy), Outcome(copy)
    for name, place, column, text in EDITS:
        outcome = Outcome(copy, {name: files[name].edited({(place, column): text})})
        assert outcome.scores != before.scores, (name, column)


def test_a_mistake_is_a_sentence_as_in_a_build(company):
    copy = copied(company)
    file = files_of(copy)["scoring_models"]
    outcome = Outcome(copy, {"scoring_models": file.edited({(0, "fit_target"): "many"})})
    assert len(outcome.mistakes) == 1 and "fit_target" in outcome.mistakes[0]


def test_mqls_a_week_are_those_of_a_challenger(company):
    """With a challenger, runs score past weeks: the studio then counts as what_if_summary does."""
    seeds = company.folder / "seeds"
    models = [*RULES["scoring_models"][:1], {**RULES["scoring_models"][0], "scoring_model": "second"}]
    company.configure({**RULES, "scoring_models": models})
    (seeds / "what_if" / "challengers.csv").write_text(
        "challenger,scoring_model\nsecond,acquisition\n", encoding="utf-8")
    company.build(START)
    [summary] = company.query("select * from marts.what_if_summary")
    outcome = Outcome(copied(company))
    assert outcome.new_mqls["acquisition"] == float(summary["new_mqls_per_week"]) > 0
    # Without one, what is known of the leads today is taken for the past; nothing else has changed here.
    (seeds / "what_if" / "challengers.csv").write_text("challenger,scoring_model\n", encoding="utf-8")
    company.build_scores(START)
    outcome = Outcome(copied(company))
    assert outcome.new_mqls["acquisition"] == float(summary["new_mqls_per_week"])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_changed_cells_of_a_file_differ(end):
    text = end.join(['\ufeffcriterion, points ,description', 'a,1,"Said ""yes"", twice"', '"b","2","x',
                     'y"', 'c,3', "", 'd,4,plain', ""])
    file = read(text)
    assert file.edited({}) == text
    assert file.header == ["criterion", "points", "description"]
    assert [row["points"] for row in file.rows] == ["1", "2", "3", "", "4"]
    assert file.edited({(0, "points"): "1"}) == text
    assert file.edited({(0, "points"): "7"}) == text.replace("a,1,", "a,7,")
    assert file.edited({(1, "points"): ""}) == text.replace('"b","2"', '"b",')
    assert file.edited({(2, "description"): "m, n"}) == text.replace("c,3", 'c,3,"m, n"')
    assert file.edited({(4, "description"): 'say "z"'}) == text.replace("d,4,plain", 'd,4,"say ""z"""')
    assert raw_cells('a,"b,""c""",d\r\n') == (["a", '"b,""c"""', "d"], "\r\n")


def test_every_shipped_file_is_read_and_written_to_the_letter():
    for path in (ROOT / "seeds" / "scoring").glob("*.csv"):
        text = path.read_bytes().decode()
        file = read(text)
        assert file.edited({}) == text
        for place, row in list(enumerate(file.rows))[:50]:
            for column in file.header:
                edited = file.edited({(place, column): row[column] + "1"})
                changed = [(old, new) for old, new in zip(text.splitlines(), edited.splitlines()) if old != new]
                assert len(changed) == 1 and read(edited).rows[place] == {**row, column: row[column] + "1"}
