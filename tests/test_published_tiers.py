"""lead_tiers: hysteresis over what runs published, and what a run may publish."""

from datetime import date, timedelta

import pytest

from tests.scoring_files import VISIT, configuration, contact, criterion, event

START = date(2026, 3, 2)
TIERS = [
    {"rank": "1", "tier": "hot", "min_score": "70", "keep_score": "60", "response_minutes": "60"},
    {"rank": "2", "tier": "warm", "min_score": "40", "response_minutes": "240"},
    {"rank": "3", "tier": "cold"}]
# One point a visit, each of which counts for one day: the score of a day is its visits.
RULES = configuration(
    activities=[VISIT],
    engagement_criteria=[criterion("visited", 1, decay="expire", decay_days=1),
                         criterion("bounced", 0, activity="bounce")],
    score_gates=[{"gate": "bounced_mail", "criterion": "bounced", "when": "met",
                  "disqualifies": "true"}],
    tiers=TIERS)
RULES["activities"].append({"activity": "bounce", "source": "email", "event_name": "bounced"})


def scores(*by_day, **cells):
    """Web events that make a score for each day from START on."""
    return [event(f"{day}-{number}", START + timedelta(days=day), **cells)
            for day, score in enumerate(by_day) for number in range(score)]


def tier(project, lead_id="c1"):
    rows = project.query(
        "select tier, tier_since, previous_tier, changed_because from marts.lead_tiers"
        f" where lead_id = '{lead_id}'")
    return tuple(rows[0].values()) if rows else None


@pytest.mark.slow
def test_tiers_rise_at_once_and_fall_below_keep_score(fresh):
    fresh.configure(RULES)
    fresh.fill({"contacts": [contact("c1")],
                "web_events": scores(40, 70, 65, 60, 59, 39, 70)})

    def run(day, *flags):
        fresh.publish(START + timedelta(days=day), *flags)
        return tier(fresh)

    def on(day):
        return START + timedelta(days=day)

    assert run(0) == ("warm", on(0), None, "first scored")
    assert run(1) == ("hot", on(1), "warm", "score 70 reaches hot")
    assert run(2) == ("hot", on(1), "warm", "score 70 reaches hot")
    assert run(3, "--full-refresh") == ("hot", on(1), "warm", "score 70 reaches hot")
    # An earlier day than the last published one publishes nothing, whatever it would say now.
    published = fresh.query("select * from scoring.int_lead_tier_changes order by all")
    fresh.fill({"contacts": [contact("c1")],
                "web_events": scores(10, 70, 65, 60, 59, 39, 70)})
    assert run(0) == ("hot", on(1), "warm", "score 70 reaches hot")
    assert fresh.query("select tier from marts.lead_scores")[0]["tier"] == "cold"
    assert fresh.query("select * from scoring.int_lead_tier_changes order by all") == published
    fresh.fill({"contacts": [contact("c1")],
                "web_events": scores(40, 70, 65, 60, 59, 39, 70)})
    assert run(4) == ("warm", on(4), "hot", "score 59 no longer keeps hot")
    # A later run of the same day takes the place of what that day published.
    fresh.fill({"contacts": [contact("c1")],
                "web_events": scores(40, 70, 65, 60, 61, 39, 70)})
    assert run(4) == ("hot", on(1), "warm", "score 70 reaches hot")
    assert run(5) == ("cold", on(5), "hot", "score 39 no longer keeps hot")
    fresh.fill({"contacts": [contact("c1")],
                "web_events": scores(40, 70, 65, 60, 61, 39, 70),
                "email_events": [event("b", on(6), "bounced")]})
    assert run(6) == ("disqualified", on(6), "cold", "disqualified by bounced_mail")
    fresh.fill({"contacts": [contact("c1", deleted_at=f"{on(7)} 01:00:00")]},
               columns={"web_events": ["event_id"]})
    assert run(7) is None


def test_a_run_that_is_stopped_before_its_end_has_published_nothing(fresh):
    """All but the last published model ran for a later day: an earlier day is published as if it
    had not.
    """
    fresh.configure(RULES)
    fresh.fill({"contacts": [contact("c1"), contact("c2", f"{START + timedelta(days=3)} 08:00:00")],
                "web_events": scores(40, 70, 10, 10, 70)})
    fresh.publish(START)
    fresh.build(START + timedelta(days=4), "--exclude", "lead_tiers+")
    fresh.publish(START + timedelta(days=1))
    assert tier(fresh) == ("hot", START + timedelta(days=1), "warm", "score 70 reaches hot")
    days = fresh.query("select distinct score_date from marts.lead_score_history")
    assert max(row["score_date"] for row in days) <= START + timedelta(days=1)
    assert tier(fresh, "c2") is None


def test_the_rows_of_a_stopped_run_are_gone_when_the_next_day_is_published(fresh):
    fresh.configure(RULES)
    fresh.fill({"contacts": [contact("c1")], "web_events": scores(40, 70, 10)})
    fresh.publish(START)
    fresh.build(START + timedelta(days=1), "--exclude", "lead_tiers+")
    fresh.publish(START + timedelta(days=2))
    days = {row["score_date"] for row in fresh.query("select score_date from marts.lead_score_history")}
    assert days == {START, START + timedelta(days=2)}
    [change] = fresh.query("select from_date, sum(points_change) as points_change"
                           " from marts.lead_score_changes group by from_date")
    assert (change["from_date"], int(change["points_change"])) == (START, -30)


def test_only_rules_that_let_a_lead_in_are_its_cause(fresh):
    """A model that scored nobody for a day is published all the same; an edited population is an
    edit of the rules, for leads that come in and for leads that go out.
    """
    def publish(day, population, *customers):
        rules = {**RULES, "scoring_models": [
            {**RULES["scoring_models"][0], "population": population}]}
        fresh.configure(rules)
        fresh.fill({"contacts": [
            contact("c1"), contact("c2", created_at=str(START + timedelta(days=2))),
            contact("c3"), *[{**contact(name), "lifecycle_stage": "customer",
                              "updated_at": str(START + timedelta(days=1))} for name in customers]],
            "web_events": [*scores(50, 50, 50, 50), *[
                {**row, "event_id": row["event_id"] + "c2", "contact_id": "c2"}
                for row in scores(0, 0, 50, 50)]]})
        fresh.publish(START + timedelta(days=day))
        return {(row["lead_id"], row["cause"]) for row in fresh.query(
            "select lead_id, cause from marts.lead_score_changes"
            f" where to_date = '{START + timedelta(days=day)}'")}, fresh.query(
            f"select * from marts.score_alerts where crossed_on = '{START + timedelta(days=day)}'")

    publish(0, "open_leads")
    assert publish(1, "open_leads", "c1", "c3") == ({("c1", "attribute")}, [])
    causes, alerts = publish(2, "open_leads", "c1", "c3")
    assert causes == {("c2", "new_activity")}
    assert {(row["lead_id"], row["cause"]) for row in alerts} == {("c2", "activity")}
    assert publish(3, "customers", "c1", "c3") == ({("c1", "rules"), ("c2", "rules")}, [])


def test_a_lead_that_comes_back_is_scored_again(fresh):
    fresh.configure(configuration(
        activities=[VISIT], engagement_criteria=[criterion("visited", 1)], tiers=TIERS))
    visits = [event(number, START, "page_viewed") for number in range(50)]
    for day, deleted_at in enumerate([None, str(START + timedelta(days=1)), None]):
        fresh.fill({"contacts": [contact("c1", updated_at=f"{START + timedelta(days=day)} 08:00:00",
                                         deleted_at=deleted_at)],
                    "web_events": visits})
        fresh.publish(START + timedelta(days=day))
    changes, alerts = causes_of(fresh, 2)
    assert {cause for _, _, cause in changes} == {"attribute"}
    assert {cause for _, cause in alerts} == {"attribute"}
    assert tier(fresh) == ("warm", START + timedelta(days=2), None, "scored again")


def causes_of(project, day):
    """Of a published day: lead, criterion and cause of each change, and lead and cause of each alert."""
    changes = project.query("select lead_id, criterion, cause from marts.lead_score_changes"
                            f" where to_date = '{START + timedelta(days=day)}'")
    alerts = project.query("select lead_id, cause from marts.score_alerts"
                           f" where crossed_on = '{START + timedelta(days=day)}'")
    return {tuple(row.values()) for row in changes}, {tuple(row.values()) for row in alerts}


def test_what_undoes_an_activity_is_the_cause_of_its_points(fresh):
    rules = {**RULES, "engagement_criteria": [
        *RULES["engagement_criteria"],
        criterion("opted_out", -20, activity="email_opt_out", scoring_model="acquisition")]}
    form = {**event("f", START + timedelta(days=1), "form_submitted"), "form_id": "newsletter"}
    mails = [event("u1", START, "unsubscribed"), event("u2", START, "unsubscribed", contact_id="c2"),
             event("s2", START + timedelta(days=1), "subscribed", contact_id="c2")]
    # In the CRM, too: an opt-out that is known a day late, and one that is taken back.
    next_day = f"{START + timedelta(days=1)} 08:00:00"
    versions = [contact("late", unsubscribed_at=None),
                {**contact("late", unsubscribed_at=str(START)), "updated_at": next_day},
                contact("back", unsubscribed_at="2026-02-01"),
                {**contact("back", unsubscribed_at=None), "updated_at": next_day}]
    fresh.configure(rules)
    fresh.fill({"contacts": [contact("c1"), contact("c2"), *versions], "web_events": [form],
                "email_events": mails})
    fresh.publish(START)
    fresh.publish(START + timedelta(days=1))
    assert causes_of(fresh, 1)[0] == {
        (name, "opted_out", "new_activity") for name in ("c1", "c2", "late", "back")}


def test_a_challenger_that_goes_live_is_a_new_model(fresh):
    rules = {name: rows if name == "activities" else [
        {**row, "scoring_model": model} for row in rows for model in ("acquisition", "other")]
        for name, rows in RULES.items()}
    fresh.fill({"contacts": [contact("c1")], "web_events": scores(50, 51)})
    fresh.configure(rules)
    challengers = fresh.folder / "seeds" / "what_if" / "challengers.csv"
    challengers.write_text("challenger,scoring_model\nother,acquisition\n", encoding="utf-8")
    fresh.publish(START)
    challengers.write_text("challenger,scoring_model\n", encoding="utf-8")
    fresh.publish(START + timedelta(days=1))
    assert fresh.query("select distinct cause from marts.lead_score_changes"
                       " where scoring_model = 'other'") == [{"cause": "rules"}]
    assert fresh.query("select * from marts.score_alerts where scoring_model = 'other'") == []


def test_a_lead_that_others_become_has_their_points_by_merge(fresh):
    """The survivor is a new contact, as some CRMs make one when they merge."""
    visits = [*scores(30), *[{**row, "event_id": row["event_id"] + "b", "contact_id": "c2"}
                             for row in scores(20)]]
    fresh.configure(configuration(
        activities=[VISIT], engagement_criteria=[criterion("visited", 1)], tiers=TIERS))
    fresh.fill({"contacts": [contact("c1"), contact("c2")], "web_events": visits})
    fresh.publish(START)
    created = f"{START + timedelta(days=1)} 08:00:00"
    fresh.fill({"contacts": [contact("c1"), contact("c2"),
                             contact("c3", created, updated_at=created, merged_contact_ids="c1;c2")],
                "web_events": visits})
    fresh.publish(START + timedelta(days=1))
    changes, alerts = causes_of(fresh, 1)
    assert changes == {(name, "visited", "merge") for name in ("c1", "c2", "c3")}
    assert alerts == {("c3", "merge")}
