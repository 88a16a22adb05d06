"""Experiments in whole runs: who enters, what an arm changes, and that nothing moves a lead out of it."""

import csv
from datetime import date, timedelta

import duckdb

from tests.project import BuildFailed
from tests.scoring_files import MODEL, VISIT, configuration, contact, criterion, event

HEADER = ("experiment", "kind", "scoring_model", "tier", "challenger", "share", "starts_on", "ends_on",
          "smallest_effect", "power", "expected_rate")
DAY = date(2026, 3, 6)
HORIZON = 6
RULES = configuration(
    activities=[VISIT],
    # Ten points a visit, on the day of the visit and the next.
    engagement_criteria=[criterion("visited", 10, decay="expire", decay_days=2)],
    tiers=[{"rank": "1", "tier": "hot", "min_score": "70", "response_minutes": "60"},
           {"rank": "2", "tier": "warm", "min_score": "30", "response_minutes": "240"},
           {"rank": "3", "tier": "cold"}])
TIER = "crossing = 'tier'"
LEADS = [f"l{number}" for number in range(40)]
CONTACTS = [*map(contact, LEADS), *(contact(lead, company_id="k1") for lead in ("k1a", "k1b", "k1c"))]


def on(days):
    return DAY + timedelta(days=days)


def experiment(name="trial", **cells):
    """A row of experiments.csv."""
    return {"experiment": name, "kind": "handoff", "scoring_model": "acquisition", "tier": "hot",
            "share": "0.5", "starts_on": DAY, "ends_on": on(8), "smallest_effect": "0.3",
            "expected_rate": "0.4", **cells}


def write(project, *rows):
    path = project.folder / "seeds" / "experiments" / "experiments.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerows(rows)


def visits(leads, day, number=8):
    return [event(f"{lead} {day} {visit}", day, contact_id=lead) for lead in leads
            for visit in range(number)]


def publish(project, days, *arguments, selector="hot", experiments=True):
    project.build_some(selector, on(days), *arguments, experiments=experiments,
                       conversion_horizon_days=HORIZON, handoffs_on_first_publication=True)


def arms(project, table="scoring.int_experiment_entries"):
    """The arm of each lead: dict."""
    return {row["lead_id"]: row["arm"] for row in project.query(f"select * from {table}")}


def leads_of(project, table, where="true"):
    return {row["lead_id"] for row in project.query(f"select lead_id from {table} where {where}")}


def test_a_share_is_held_back_and_stays_in_its_arm(fresh):
    fresh.configure(RULES)
    write(fresh, experiment())
    raw = {"contacts": CONTACTS, "web_events": visits([*LEADS, "k1a", "k1b"], DAY)}
    fresh.fill(raw)
    publish(fresh, 0)
    first = arms(fresh)
    held_back = {lead for lead, arm in first.items() if arm == "held_back"}
    handed_off = first.keys() - held_back
    # All who became hot entered; the chance of a lopsided draw of 41 is one in a million.
    assert first.keys() == {*LEADS, "k1a", "k1b"} and {*first.values()} == {"held_back", "handed_off"}
    assert 5 <= len(held_back) <= 37
    assert first["k1a"] == first["k1b"]
    # Held-back leads are hot, too; they just are not handed off nor called.
    assert leads_of(fresh, "marts.lead_tiers", "tier = 'hot'") == first.keys()
    assert leads_of(fresh, "marts.sales_handoffs") == handed_off
    assert leads_of(fresh, "marts.call_list") == handed_off

    # Another share, another salt and a merge of either arm into the other; all fall, new ones rise.
    loser, winner = min(held_back - {"k1a", "k1b"}), min(handed_off - {"k1a", "k1b"})
    other_loser, other_winner = max(handed_off - {"k1a", "k1b"}), max(held_back - {"k1a", "k1b"})
    with duckdb.connect(str(fresh.database)) as connection:
        connection.execute("update scoring.stg_erasure__salt set salt = 'another one'")
    write(fresh, experiment(share="0.999"))
    merged = "2026-03-09 08:00:00"
    raw["contacts"] = CONTACTS + [
        {**contact(loser, merged_into_contact_id=winner), "updated_at": merged},
        {**contact(other_loser, merged_into_contact_id=other_winner), "updated_at": merged},
        {**contact("l39" if "l39" not in (loser, winner, other_loser, other_winner) else "l38",
                   company_id="k9"), "updated_at": merged},
        *map(contact, ("new1", "new2", "new3", "new4"))]
    raw["web_events"] += visits(["k1c", "new1", "new2", "new3", "new4"], on(3))
    fresh.fill(raw)
    publish(fresh, 3, "--full-refresh")
    second = arms(fresh)
    assert {lead: second[lead] for lead in first} == first
    # A later lead of a company follows the first; others are drawn by the new share.
    assert second["k1c"] == first["k1a"]
    assert [second[f"new{number}"] for number in range(1, 5)] == ["held_back"] * 4
    news = {lead: second[lead] for lead in ("k1c", "new1", "new2", "new3", "new4")}
    assert leads_of(fresh, "marts.score_alerts", "crossing = 'mql_score'") == news.keys()
    assert leads_of(fresh, "marts.score_alerts", TIER) == {
        lead for lead, arm in news.items() if arm == "handed_off"}
    held_back |= {lead for lead, arm in news.items() if arm == "held_back"}
    handed_off |= news.keys() - held_back
    # Of merged leads that entered at one moment, the lesser contact_id's arm counts.
    now = arms(fresh, "scoring.int_experiment_leads")
    assert now[winner] == first[min(loser, winner)]
    assert now[other_winner] == first[min(other_loser, other_winner)]
    assert {lead for lead in now if lead not in (winner, other_winner)} == (
        held_back | handed_off) - {winner, other_winner, loser, other_loser}

    # All rise again, and nothing enters twice. One of them asks to be erased.
    one, two = min({*LEADS} & held_back - {loser, other_winner}), max(
        {*LEADS} & handed_off - {winner, other_loser})
    raw["web_events"] += visits([*LEADS, "k1a", "k1b"], on(4))
    raw["erasure_requests"] = [{"contact_id": one, "requested_at": "2026-03-10 00:00:00"}]
    fresh.fill(raw)
    publish(fresh, 4)
    assert arms(fresh) == {lead: arm for lead, arm in second.items() if lead != one}
    assert leads_of(fresh, "marts.score_alerts", f"{TIER} and crossed_on = date '{on(4)}'") == {
        lead for lead, arm in now.items() if arm == "handed_off" and lead not in news}
    # A hand-off from before a merge stays due.
    assert leads_of(fresh, "marts.call_list") == {winner, other_winner} | {
        lead for lead, arm in now.items() if arm == "handed_off"}

    # An erasure while no experiment runs.
    raw["erasure_requests"] += [{"contact_id": two, "requested_at": "2026-03-13 00:00:00"}]
    write(fresh)
    fresh.fill(raw)
    publish(fresh, 7, experiments=False)
    assert arms(fresh).keys() == second.keys() - {one, two}
    assert fresh.query("select table_name from information_schema.tables"
                       " where table_name like 'int_experiment_%'") == [
        {"table_name": "int_experiment_entries"}]

    # After the horizon a rise hands everybody off, and the outcomes are counted.
    raw["web_events"] += visits(LEADS, on(11))
    raw["deals"] = [
        {"deal_id": f"d{number}", "contact_id": f"l{number}", "deal_type": "new", "is_won": number % 2 == 0,
         "amount": 100, "created_at": "2026-03-07", "closed_at": f"2026-03-{7 + number % 9:02}",
         "updated_at": "2026-03-07"} for number in range(10, 30)]
    raw["sales_activities"] = [
        {"sales_activity_id": "s1", "contact_id": winner, "kind": "call", "direction": "outbound",
         "outcome": "no_answer", "occurred_at": "2026-03-06 11:30:00", "loaded_at": "2026-03-06 11:30:00"}]
    write(fresh, experiment())
    fresh.fill(raw)
    publish(fresh, 11, selector="without_evaluations")
    counted = {row["lead_id"]: row for row in fresh.query(
        "select * from scoring.int_experiment_outcomes where period = 'within'")}
    started = {row["lead_id"]: row for row in fresh.query("select * from scoring.int_experiment_leads")}
    for lead, row in counted.items():
        known = row["started_on"] <= on(11 - HORIZON)
        bought = {f"l{number}" for number in range(10, 30, 2) if 7 + number % 9 <= 6 + HORIZON}
        people = {lead} | {a for a, b in ((loser, winner), (other_loser, other_winner)) if b == lead}
        assert row["is_known"] == known
        assert row["is_converted"] == (bool(people & bought) if known else None), lead
        assert row["revenue"] == (100 * len(people & bought) if known else None)
        assert row["minutes_to_attempt"] == (90 if lead == winner else None)
    assert counted.keys() == {lead for lead, row in started.items() if row["is_first_of_account"]}
    assert len(counted.keys() & {"k1a", "k1b", "k1c"}) == 1
    customers = {f"l{number}" for number in range(10, 30)}
    assert leads_of(fresh, "marts.score_alerts", f"{TIER} and crossed_on = date '{on(11)}'") >= {
        *LEADS} - customers - {loser, other_loser, one, two, winner, other_winner}
    results = {row["arm"]: row for row in fresh.query("select * from marts.experiment_results")}
    for arm, row in results.items():
        mine = [found for found in counted.values() if found["arm"] == arm]
        assert row["entered_leads"] == len(mine)
        assert row["leads"] == sum(found["is_known"] for found in mine)
        assert row["conversions"] == sum(found["is_converted"] or False for found in mine)
        assert (row["verdict"], row["difference"]) == ("too early", None)
    assert results.keys() == {"held_back", "handed_off"}


def sentences(project, *rows, experiments=True):
    """What a run says of experiments.csv."""
    write(project, *rows)
    try:
        project.dbt("build", "--select", "+configuration_check", "--exclude-resource-type", "test",
                    variables={"demo_data": False, "evaluate": False, "experiments": experiments})
    except BuildFailed as failure:
        return {line.strip()[2:].removeprefix("seeds/experiments/experiments.csv, row ")
                for line in str(failure).splitlines() if line.strip().startswith("- ")}
    return set()


def test_mistakes_in_experiments_stop_the_build_with_a_sentence_each(fresh):
    fresh.configure(configuration(
        scoring_models=[MODEL, {**MODEL, "scoring_model": "bold"}, {**MODEL, "scoring_model": "other"}],
        tiers=[{"rank": "1", "tier": "hot", "min_score": "70", "response_minutes": "60"},
               {"rank": "2", "tier": "cold"}]))
    (fresh.folder / "seeds" / "what_if" / "challengers.csv").write_text(
        "challenger,scoring_model\nbold,acquisition\n")
    fresh.fill({"contacts": [contact("c1")]})
    assert sentences(fresh, experiment(), experiments=False) == {
        "trial: the var experiments is not true, so the experiment would not run; set it to true in "
        "dbt_project.yml, or delete the row."}
    assert sentences(fresh, experiment(power="0.9"), experiment(
        "next", kind="Challenger", challenger="BOLD", tier="HOT", starts_on=on(9), ends_on=on(9))) == set()
    later = {"starts_on": on(100), "ends_on": on(200)}
    found = sentences(
        fresh, experiment(), experiment("TRIAL", **later), experiment("overlaps", starts_on=on(8), ends_on=on(9)),
        {"experiment": "empty"}, experiment("", scoring_model="other", **later),
        experiment("kind", kind="holdout", starts_on=on(10), ends_on=on(10)),
        experiment("model", scoring_model="aquisition"), experiment("bold", scoring_model="bold"),
        experiment("tier", tier="warm", starts_on=on(11), ends_on=on(11)),
        experiment("minutes", tier="cold", starts_on=on(12), ends_on=on(12)),
        experiment("nobody", kind="challenger", starts_on=on(13), ends_on=on(13)),
        experiment("somebody", challenger="bold", starts_on=on(14), ends_on=on(14)),
        experiment("stranger", kind="challenger", challenger="other", starts_on=on(15), ends_on=on(15)),
        experiment("shares", share="1", smallest_effect="0", power="0.4", expected_rate="1.5",
                   starts_on=on(16), ends_on=on(16)),
        experiment("words", share="half", starts_on="1 March", ends_on="2026-02-30"),
        experiment("backwards", starts_on=on(18), ends_on=on(17)))
    tiers = "seeds/scoring/tiers.csv"
    assert found == {
        "TRIAL: the file has more than one row of this experiment; keep one of them, rename or delete the "
        "others.",
        "overlaps: experiment trial takes leads of acquisition on some of the same days; change starts_on "
        "or ends_on of one of them.",
        "empty: kind is empty; write handoff or challenger.",
        "empty: scoring_model is empty; write the scoring model whose leads take part.",
        "empty: tier is empty; write the tier whose hand-offs are tried.",
        "empty: share is empty; write the share that is held back or tried, such as 0.2.",
        "empty: starts_on is empty; write the first day on which leads enter.",
        "empty: ends_on is empty; write the last day on which leads enter.",
        "empty: smallest_effect is empty; write the smallest difference between the rates that would "
        "matter, such as 0.05.",
        "without experiment: experiment is empty; write a name for the experiment.",
        'without experiment: tier "hot" is not a tier of other; write one that has a row in ' f"{tiers}.",
        'kind: kind "holdout" is not known; write one of handoff, challenger.',
        'model: scoring_model "aquisition" is not known; write one that has a row in '
        "seeds/scoring/scoring_models.csv.",
        'bold: scoring_model "bold" is a challenger and hands nobody off; write the live scoring model that '
        "it challenges.",
        'bold: tier "hot" is not a tier of bold; write one that has a row in ' f"{tiers}.",
        f'tier: tier "warm" is not a tier of acquisition; write one that has a row in {tiers}.',
        "minutes: tier cold has no response_minutes, so nobody is handed off; write a tier that has "
        f"them, or add them to {tiers}.",
        "nobody: challenger is empty; write the challenger in whose order the share is called.",
        "somebody: kind handoff has no challenger; empty the cell, or write kind challenger.",
        'stranger: challenger "other" does not challenge acquisition; write one that has such a row in '
        "seeds/what_if/challengers.csv.",
        "shares: share 1 is out of range; write a number above 0 and below 1, such as 0.2.",
        "shares: smallest_effect 0 is out of range; write a number above 0 and below 1, such as 0.05.",
        "shares: power 0.4 is out of range; write a number of at least 0.5 and below 1, such as 0.8.",
        "shares: expected_rate 1.5 is out of range; write a number above 0 and below 1, such as 0.1.",
        'words: share "half" is not a number; write one such as 5 or 0.5.',
        'words: starts_on "1 March" is not a date; write one such as 2026-12-25.',
        'words: ends_on "2026-02-30" is not a date; write one such as 2026-12-25.',
        f"backwards: starts_on {on(18)} is after ends_on {on(17)}; swap or correct them.",
    }
