"""Many as-of days in one run, and what a run recomputes: whole runs on random companies and small ones."""

import random
from datetime import timedelta

import duckdb
import pytest

from tests.comparison import GRAINS, by_grain, is_same
from tests.project import BuildFailed
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.scorer import score
from tests.scoring_files import MODEL, VISIT, configuration, contact, criterion, event
from tests.suites import worlds

BY_DAY = {"lead_scores": "lead_scores_by_day", "lead_score_ledger": "lead_score_ledger_by_day"}
MARKED = {"int_activity_log": "occurred_at", "fct_activity_daily": "first_occurred_at"}


def on_day(project, mart, day):
    """The rows that a mart by day holds for a day, as the mart of the run's day has them."""
    rows = project.query(f"select * from marts.{BY_DAY[mart]} where as_of = date '{day}'")
    if mart == "lead_score_ledger":
        rows = [{name: value for name, value in row.items() if name != "as_of"} for row in rows]
    return by_grain(rows, GRAINS[mart])


def differences_on(project, day, expected):
    """What the marts by day have for a day otherwise than the reference scorer (list of text)."""
    found = []
    for mart, grain in GRAINS.items():
        built, wanted = on_day(project, mart, day), by_grain(expected[mart], grain)
        found += [f"{day} {mart}: {key} in one only" for key in sorted(built.keys() ^ wanted)]
        found += [
            f"{day} {mart}: {key} {column} is {built[key][column]}, should be {value}"
            for key in sorted(built.keys() & wanted) for column, value in wanted[key].items()
            if column in built[key] and not is_same(built[key][column], value)]
    return found


@pytest.mark.parametrize("seed", worlds(2001, 2002))
def test_each_day_is_what_a_run_of_that_day_gives(fresh, seed):
    """Days between which people merge, change addresses and are seen for the first time; with
    one long past, the run's own and a later one. One day is named twice.
    """
    rng = random.Random(seed)
    raw_tables, rules, as_of, options = random_world(seed, contacts=18)
    if seed % 2:
        options["anonymous_lookback_days"] = rng.choice([0, 1, 7])
    given = {name: value for name, value in options.items() if value is not None}
    days = [as_of - timedelta(days=2000), as_of, as_of + timedelta(days=9),
            *(as_of - timedelta(days=age) for age in rng.sample(range(1, 90), 3))]
    fresh.fill(raw_tables)
    fresh.configure(rules)
    fresh.build_scores(as_of, scored_days=[str(day) for day in [*days, days[-1]]], **given)
    wrong = []
    for day in days:
        wrong += differences_on(fresh, day, score(raw_tables, rules, day, options, SEEDS))
    assert wrong == []
    held = {(mart, day): on_day(fresh, mart, day) for mart in GRAINS for day in days}
    for day in (as_of, rng.choice(days[2:])):
        fresh.build_scores(day, **given)
        for mart, grain in GRAINS.items():
            assert by_grain(fresh.query(f"select * from marts.{mart}"), grain) == held[mart, day]
            assert fresh.query(f"select * from marts.{BY_DAY[mart]}") == []  # nothing was named


SESSIONS = configuration(
    activities=[VISIT],
    engagement_criteria=[
        criterion("visited", 1), criterion("sessions", 1, activity="session"),
        criterion("bounces", 1, activity="one_page_session", daily_limit=2)],
    fit_criteria=[
        {"criterion": "renewal", "attribute": "project_start_on", "operator": "due_within",
         "within_days": "2", "points": "1"},
        {"criterion": "deals", "attribute": "open_deal_count", "operator": "at_least",
         "min_value": "1", "points": "1"}])
SESSIONS["scoring_models"] = [MODEL, {
    **MODEL, "scoring_model": "expansion", "population": "customers"}]
SESSIONS["fit_criteria"].append({
    "criterion": "is_there", "scoring_model": "expansion", "attribute": "contact_id",
    "operator": "is_known", "points": "1"})


def points(project, day):
    """What each criterion gave to each lead on a day: dict (lead_id, criterion) -> points."""
    return {(row["lead_id"], row["criterion"]): float(row["points"]) for row in project.query(
        f"select * from marts.lead_score_ledger_by_day where as_of = date '{day}'")}


def won_deal(deal_id, closed_on, **cells):
    """A new business deal that is known as won from long before it was closed."""
    return {"deal_id": deal_id, "deal_type": "new", "is_won": True, "closed_at": closed_on,
            "created_at": "2026-02-01", "updated_at": "2026-02-01", **cells}


@pytest.mark.slow
def test_what_a_later_day_changes(fresh):
    """A deal until it is lost, a due date, a one-page session that goes on, a merge that is undone, an
    address that is borne for two days, and deals that make customers of a contact and of a
    company: each day has its own, as a run of that day has.
    """
    days = [f"2026-03-0{day}" for day in range(1, 9)]
    fresh.configure(SESSIONS)
    fresh.fill({
        "contacts": [
            contact("c1", project_start_on="2026-03-04"), contact("c2"),
            contact("c2", updated_at="2026-03-05", merged_into_contact_id="c1"),
            contact("c2", updated_at="2026-03-07"), contact("c3"),
            contact("c3", updated_at="2026-03-04", email="new@x.example"),
            contact("c3", updated_at="2026-03-06"), contact("c4"), contact("c5", company_id="k1")],
        "deals": [
            won_deal("d2", "2026-03-04", contact_id="c4"),
            won_deal("d3", "2026-03-05", company_id="k1"),
            {"deal_id": "d1", "contact_id": "c2", "created_at": "2026-03-02",
             "is_won": False, "closed_at": "2026-03-06", "updated_at": "2026-03-02"}],
        "web_events": [
            event(1, "2026-03-02", session_id="s1"), event(2, "2026-03-02", session_id="s2"),
            event(3, "2026-03-02", session_id="s3"), event(4, "2026-03-02", session_id="s4"),
            event(5, "2026-03-02", session_id="s4"), event(6, "2026-03-04", session_id="s1"),
            event(7, "2026-03-04", session_id="s3"), event(8, "2026-03-03", contact_id="c2"),
            event(9, "2026-03-02", contact_id=None, email="new@x.example")]})
    fresh.build_scores("2026-03-02", scored_days=days)
    by_day = [points(fresh, day) for day in days]

    def of(lead_id, name):
        return [given.get((lead_id, name), 0) for given in by_day]

    assert of("c1", "visited") == [0, 5, 5, 7, 8, 8, 7, 7]
    assert of("c2", "visited") == [0, 0, 1, 1, 0, 0, 1, 1]
    assert of("c3", "visited") == [0, 0, 0, 1, 1, 1, 1, 1]
    assert of("c1", "sessions") == [0, 4, 4, 4, 4, 4, 4, 4]
    assert of("c1", "bounces") == [0, 2, 2, 1, 1, 1, 1, 1]  # of 3, held to 2 a day; then 1
    assert of("c1", "renewal") == [0, 1, 1, 1, 0, 0, 0, 0]
    assert of("c1", "deals") == [0, 0, 0, 0, 1, 0, 0, 0]
    assert of("c2", "deals") == [0, 1, 1, 1, 0, 0, 0, 0]
    assert of("c4", "is_there") == [0, 0, 0, 1, 1, 1, 1, 1]
    assert of("c5", "is_there") == [0, 0, 0, 0, 1, 1, 1, 1]
    for day, given in zip(days, by_day):
        fresh.build_scores(day)
        assert given == {
            (row["lead_id"], row["criterion"]): float(row["points"])
            for row in fresh.query("select * from marts.lead_score_ledger")}, day


@pytest.mark.slow
def test_a_chain_of_2000_merges(fresh):
    number = 2000
    fresh.configure(configuration(
        activities=[VISIT], engagement_criteria=[criterion("visited", 1)]))
    fresh.fill({
        "contacts": [contact(f"c{i}", merged_into_contact_id=f"c{i + 1}" if i < number else None)
                     for i in range(number + 1)],
        "web_events": [event(1, "2026-03-01", contact_id="c0")]})
    fresh.build_scores("2026-03-01")
    rows = fresh.query("select lead_id, engagement_points from marts.lead_scores")
    assert [(row["lead_id"], int(row["engagement_points"])) for row in rows] == [("c2000", 1)]


def test_a_day_that_is_none(fresh):
    fresh.fill({"contacts": [contact("c1")]})
    for wrong in (["2026-03-01", "31/03/2026"], "tomorrow", 20260301):
        with pytest.raises(BuildFailed, match="scored_days must be a list of ISO dates"):
            fresh.build_scores("2026-03-01", scored_days=wrong)


def mark(project):
    """Mark the stored rows of the incremental models, in a column that no run compares."""
    with duckdb.connect(str(project.database)) as connection:
        for model, column in MARKED.items():
            connection.execute(f"update scoring.{model} set {column} = timestamp '1999-01-01'")


def redone(project, model, rows):
    """Which rows of a model a run has made since they were marked, and which not: two sets of
    what the SQL expression `rows` says of them.
    """
    column = MARKED[model]
    found = project.query(f"""
        select {rows} as row, stored.{column} <> timestamp '1999-01-01' as is_redone
        from scoring.{model} as stored""")
    return tuple({row["row"] for row in found if row["is_redone"] == wanted}
                 for wanted in (True, False))


def people(extra=()):
    """Four leads with an address, a device and visits; c1 has them early, c4 late."""
    return {
        "contacts": [contact(f"c{i}", email=f"p{i}@x.example") for i in range(1, 5)],
        "web_events": [
            *(event(f"{i}-{day}", f"2026-03-0{day}", contact_id=f"c{i}", page_path=path)
              for i in range(1, 5) for day, path in ((1, "/a"), (2, "/b"))),
            *(event(f"{i}-late", "2026-03-09", contact_id=f"c{i}", page_path="/a")
              for i in (1, 2)), *extra]}


RULES = configuration(
    activities=[{**VISIT, "activity": "a", "page_path": "/a", "intent": "neutral"},
                {**VISIT, "activity": "b", "page_path": "/b", "intent": "neutral"}],
    engagement_criteria=[criterion("saw_a", 1, activity="a"), criterion("saw_b", 1, activity="b")])


@pytest.mark.slow
def test_a_next_day_redoes_only_facts_that_changed(fresh):
    """A day passes; then two rows come, one of an identity that was there, one of a new one; then
    days are scored that never were before.
    """
    fresh.configure(RULES)
    fresh.fill(people())
    fresh.build_scores("2026-03-08")
    days = {"2026-03-01", "2026-03-02", "2026-03-09"}
    mark(fresh)
    fresh.build_scores("2026-03-09")
    assert redone(fresh, "fct_activity_daily", "cast(occurred_on as varchar)") == (set(), days)
    fresh.fill(people([
        event("3-new", "2026-03-09", contact_id="c3", page_path="/a"),
        event("4-new", "2026-03-09", contact_id="c4", email="p4@x.example", page_path="/a")]))
    fresh.build_scores("2026-03-10")
    assert redone(fresh, "fct_activity_daily", "cast(occurred_on as varchar)") == (
        {"2026-03-09"}, days - {"2026-03-09"})
    mark(fresh)
    fresh.build_scores("2026-03-10", scored_days=["2026-03-01", "2026-03-05"])
    assert redone(fresh, "fct_activity_daily", "cast(occurred_on as varchar)") == (set(), days)


def test_editing_a_rule_leaves_the_facts_alone(fresh):
    fresh.configure(RULES)
    fresh.fill(people())
    fresh.build_scores("2026-03-09")
    best = fresh.query("select max(score) as score from marts.lead_scores")[0]["score"]
    mark(fresh)
    fresh.configure({**RULES, "engagement_criteria": [
        {**row, "points": "7"} for row in RULES["engagement_criteria"]]})
    fresh.build_scores("2026-03-09")
    assert fresh.query("select max(score) as score from marts.lead_scores")[0]["score"] == 7 * best
    for model in MARKED:
        assert redone(fresh, model, "1") == (set(), {1})

    fresh.configure({**RULES, "activities": [
        {**row, "page_path": "/%" if row["activity"] == "b" else row["page_path"]}
        for row in RULES["activities"]]})
    fresh.build_scores("2026-03-09")
    for model in MARKED:
        assert redone(fresh, model, "1") == (set(), {1})


@pytest.mark.slow
def test_a_title_that_nobody_bears_is_forgotten(fresh):
    """A day counts as long as it is scored: then the title of that day stays."""
    fresh.fill({"contacts": [
        contact("c1", job_title="Consul of Ruritania"),
        contact("c1", job_title="Engineer", updated_at="2026-03-05")]})

    def titles(as_of, **variables):
        fresh.build_scores(as_of, **variables)
        return {row["job_title"] for row in fresh.query("select * from scoring.int_job_titles")}

    assert titles("2026-03-01") == {"Consul of Ruritania"}
    assert titles("2026-03-05", scored_days=["2026-03-04"]) == {"Consul of Ruritania", "Engineer"}
    assert titles("2026-03-05") == {"Engineer"}
