"""Challengers: scored alongside the live scoring models, never published."""

import csv
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.comparison import by_grain, differences, is_same
from tests.project import BuildFailed
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.scorer import score
from tests.reference.what_if import what_if
from tests.scoring_files import VISIT, configuration, contact, criterion, event
from tests.suites import worlds
from tests.test_laws import given

GRAINS = {"what_if_scores": ("lead_id", "challenger"),
          "what_if_criteria": ("lead_id", "challenger", "criterion"),
          "what_if_summary": ("challenger",)}
DAY = date(2026, 3, 29)
FILES = ("scoring_models", "fit_criteria", "engagement_criteria", "category_limits",
         "score_gates", "grade_bands", "tiers")
LATER = [event(f"visit{n}", DAY - timedelta(days=1), contact_id="late") for n in range(3)]
OLD = [event(f"old{n}", DAY - timedelta(days=40), contact_id="old") for n in range(3)]
RAW = {
    "contacts": [contact("early"), contact("late"), contact("never"), contact("old")],
    "web_events": OLD + LATER + [event("first", DAY - timedelta(days=20), contact_id="early")],
}
RULES = configuration(
    activities=[VISIT],
    engagement_criteria=[criterion("visited", 20, description='Said "hello", twice')],
    tiers=[{"rank": "1", "tier": "hot", "min_score": "60"},
           {"rank": "2", "tier": "warm", "min_score": "20"},
           {"rank": "3", "tier": "cold"}])


def challenge(project, *pairs):
    path = project.folder / "seeds" / "what_if" / "challengers.csv"
    path.write_text("challenger,scoring_model\n" + "".join(f"{a},{b}\n" for a, b in pairs))


def unlike(project, expected):
    """What the what_if marts have otherwise than expected, as list of text."""
    found = []
    for mart, grain in GRAINS.items():
        built = by_grain(project.query(f"select * from marts.{mart}"), grain)
        wanted = by_grain(expected[mart], grain)
        found += [f"{mart}: {key} is in one of both" for key in built.keys() ^ wanted.keys()]
        found += [f"{mart}: {key} {name} is {built[key][name]}, should be {value}"
                  for key in built.keys() & wanted.keys() for name, value in wanted[key].items()
                  if not is_same(built[key][name], value)]
    return found


# Worlds in which the models share leads that move up and down and become MQLs.
WORLDS = [3237, 3066, 3033, 3081, 3389]


@pytest.mark.parametrize("seed", worlds(*WORLDS))
def test_marts_agree_with_the_reference(fresh, seed):
    """All but one of some random scoring models challenge that one: populations, tiers, weights and
    criteria differ, names of criteria are the same. The live marts know nothing of it.
    """
    raw_tables, rules, as_of, options = random_world(seed, contacts=20, erasures=False)
    live, *others = [row["scoring_model"] for row in rules["scoring_models"]]
    fresh.fill(raw_tables)
    fresh.configure(rules)
    challenge(fresh, *((name.upper(), f" {live}") for name in others))
    settings = {"scored_days": [str(as_of - timedelta(days=7))], **given(options)}
    fresh.build(as_of, **settings)
    fresh.dbt("test", "--select", "every_lead_has_one_row_per_model", "ledger_adds_up_to_points",
              variables=fresh.variables(as_of, settings))
    results = [score(raw_tables, rules, as_of - timedelta(weeks=weeks), options, SEEDS)
               for weeks in range(5)]
    assert unlike(fresh, what_if(results, dict.fromkeys(others, live), rules["tiers"])) == []
    alone = {**rules, "scoring_models": rules["scoring_models"][:1]}
    assert differences(fresh, score(raw_tables, alone, as_of, options, SEEDS)) == []
    for table in fresh.query("select table_schema, table_name from information_schema.columns"
                             " where column_name = 'scoring_model' and table_schema = 'marts'"
                             " and table_name not like 'what_if_%'"):
        models = fresh.query(f"select distinct scoring_model from marts.{table['table_name']}")
        assert {row["scoring_model"] for row in models} <= {live, None}, table


def copy_model(project, *arguments):
    """Run the script of the copy of the project; returns what it said."""
    done = subprocess.run(
        [sys.executable, str(project.folder / "scripts" / "copy_scoring_model.py"), *arguments],
        capture_output=True, text=True, check=False)
    return done.stdout or done.stderr


def files_of(project):
    """The text of each file of seeds that a scoring model is in."""
    seeds = project.folder / "seeds"
    paths = [seeds / "scoring" / f"{name}.csv" for name in FILES]
    return {path.name: path.read_bytes() for path in
            [*paths, seeds / "what_if" / "challengers.csv"]}


def rows_of(project, file):
    path = project.folder / "seeds" / "scoring" / f"{file}.csv"
    with path.open(newline="", encoding="utf-8") as source:
        return list(csv.DictReader(source))


@pytest.mark.slow
def test_a_copy_is_compared_promoted_or_dropped(fresh):
    shipped = files_of(fresh)
    assert shipped["challengers.csv"] == b"challenger,scoring_model\n"
    fresh.configure(RULES)
    before = files_of(fresh)
    assert "is a copy of acquisition" in copy_model(fresh, "Acquisition", "bold")
    copied = files_of(fresh)
    for name, text in before.items():
        assert copied[name].startswith(text)
    models = rows_of(fresh, "engagement_criteria")
    assert [row["scoring_model"] for row in models] == ["acquisition", "bold"]
    assert {**models[1], "scoring_model": "acquisition"} == models[0]
    assert "choose another name" in copy_model(fresh, "acquisition", "BOLD")
    assert "is a challenger itself" in copy_model(fresh, "bold", "bolder")
    assert "has no row in" in copy_model(fresh, "other", "bolder")
    assert "has no row in" in copy_model(fresh, "--promote", "acquisition")
    assert files_of(fresh) == copied
    copy_model(fresh, "--remove", "bold")
    assert files_of(fresh) == before

    copy_model(fresh, "acquisition", "bold")
    rules = {name: rows_of(fresh, name) for name in (*FILES, "activities")}
    rules["engagement_criteria"][1]["points"] = "50"
    fresh.configure(rules)
    fresh.fill(RAW)
    fresh.build(DAY)
    scores = {row["lead_id"]: row for row in fresh.query("select * from marts.what_if_scores")}
    early, late, never = scores["early"], scores["late"], scores["never"]
    assert (early["score"], early["challenger_score"], early["score_change"]) == (20, 50, 30)
    assert (early["tier"], early["challenger_tier"], early["changes_tier"]) == (
        "warm", "warm", False)
    assert (early["qualification"], early["challenger_qualification"]) == ("lead", "mql")
    assert (late["tier"], late["challenger_tier"], late["score_change"]) == ("hot", "hot", 40)
    assert (late["biggest_criterion"], late["biggest_points_change"]) == ("visited", 90)
    assert (never["score_change"], never["biggest_criterion"]) == (0, None)
    [summary] = fresh.query("select * from marts.what_if_summary")
    assert (summary["mqls"], summary["sqls"]) == (2, 0)
    assert (summary["challenger_mqls"], summary["challenger_sqls"]) == (1, 2)
    # One became an MQL in the last week, by the challenger one more three weeks ago; one was one
    # all the time.
    assert summary["new_mqls_per_week"] == Decimal("0.25")
    assert summary["challenger_new_mqls_per_week"] == Decimal("0.5")
    published = fresh.query("select distinct scoring_model from scoring.int_lead_tier_changes")
    assert published == [{"scoring_model": "acquisition"}]

    assert "acquisition now has the rules of bold" in copy_model(fresh, "--promote", "bold")
    assert [row["points"] for row in rows_of(fresh, "engagement_criteria")] == ["50"]
    assert {row["scoring_model"] for name in FILES for row in rows_of(fresh, name)} == {
        "acquisition"}
    assert files_of(fresh)["challengers.csv"] == shipped["challengers.csv"]


def test_rows_that_are_not_changed_stay_as_they_are_written(fresh):
    path = fresh.folder / "seeds" / "scoring" / "tiers.csv"
    path.write_text('\ufeffrank,scoring_model,tier,action\n"1", Acquisition ,"hot","Call,\n'
                    'at ""once"""\n2,other,cold,', encoding="utf-8")
    others = {name: text for name, text in files_of(fresh).items() if name != "tiers.csv"}
    copy_model(fresh, "acquisition", "bold")
    text = path.read_text(encoding="utf-8")
    assert text == ('\ufeffrank,scoring_model,tier,action\n"1", Acquisition ,"hot","Call,\n'
                    'at ""once"""\n2,other,cold,\n1,bold,hot,"Call,\nat ""once"""\n')
    copy_model(fresh, "--remove", "BOLD")
    assert {name: text for name, text in files_of(fresh).items() if name != "tiers.csv"} == others


def test_mistakes_are_said_in_one_sentence_each(fresh):
    models = [{**RULES["scoring_models"][0], "scoring_model": name} for name in "abcdef"]
    fresh.fill(RAW)
    fresh.configure({**RULES, "scoring_models": models, "tiers": [], "engagement_criteria": []})
    challenge(fresh, ("", "a"), ("b", ""), ("nobody", "a"), ("b", "none"), ("c", "C"),
              ("d", "e"), ("e", "a"), ("f", "a"))
    with pytest.raises(BuildFailed) as failed:
        fresh.build(DAY, "--select", "path:seeds", "path:models/0_configuration")
    lines = [line.strip() for line in str(failed.value).splitlines()]
    sentences = [line[2:] for line in lines if line.startswith("- ")]
    row = "seeds/what_if/challengers.csv, row "
    assert sorted(sentences) == sorted([
        f"{row}without challenger: challenger is empty; write the scoring model that is tried.",
        f"{row}b: scoring_model is empty; write the scoring model that is challenged.",
        f"{row}b: the file has more than one row of this challenger; keep one of them, rename or"
        " delete the others.",
        f'{row}nobody: challenger "nobody" is not known; write one that has a row in'
        " seeds/scoring/scoring_models.csv, or delete this row.",
        f'{row}b: scoring_model "none" is not known; write one that has a row in'
        " seeds/scoring/scoring_models.csv.",
        f"{row}c: the scoring model challenges itself; write the one that is challenged.",
        f'{row}d: scoring_model "e" is a challenger itself; write the live scoring model that both'
        " challenge."])
