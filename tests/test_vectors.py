"""Published numbers, each in a whole run: the decay vectors, rounding, and a published example."""

from datetime import date, timedelta

import pytest

from tests.scoring_files import MODEL, VISIT, configuration, contact, criterion, event

AS_OF = date(2026, 6, 30)
# Name, criterion cells, age of the one visit in days, points.
DECAYS = [
    ("none", {}, 1000, 10),
    ("half_life", {"decay_days": 30}, 0, 10),
    ("half_life", {"decay_days": 30}, 30, 5),
    ("half_life", {"decay_days": 30}, 60, 2.5),
    ("linear", {"decay_days": 90, "points": 9}, 3, 8.7),
    ("linear", {"decay_days": 90, "points": 9}, 90, 0),
    ("step", {"decay_days": 30, "decay_rate": 0.5}, 29, 10),
    ("step", {"decay_days": 30, "decay_rate": 0.5}, 30, 5),
    ("step", {"decay_days": 30, "decay_rate": 0.5}, 60, 0),
    ("compound", {"decay_days": 30, "decay_rate": 0.5}, 60, 2.5),
    ("step", {"decay_days": 1.1, "decay_rate": 0.01, "points": 100}, 33, 70),
    ("compound", {"decay_days": 1.1, "decay_rate": 0.01, "points": 100}, 33, 73.970037339),
    ("expire", {"decay_days": 30}, 29, 10),
    ("expire", {"decay_days": 30}, 30, 0),
]


def test_decay_vectors(fresh):
    """One activity per age, one criterion per vector, all in one run."""
    ages = sorted({age for _, _, age, _ in DECAYS})
    criteria = [
        {**criterion(f"{decay}_{age}", 10, decay=decay, activity=f"visit_{age}"),
         **{name: str(value) for name, value in cells.items()}}
        for decay, cells, age, _ in DECAYS]
    fresh.configure(configuration(
        activities=[{**VISIT, "activity": f"visit_{age}", "page_path": f"/page-{age}"}
                    for age in ages],
        engagement_criteria=criteria))
    fresh.fill({
        "contacts": [contact("c1")],
        "web_events": [event(age, AS_OF - timedelta(days=age), page_path=f"/page-{age}")
                       for age in ages]})
    fresh.build_scores(AS_OF)
    points = {row["criterion"]: float(row["points"])
              for row in fresh.query("select criterion, points from marts.lead_score_ledger")}
    assert points == {f"{decay}_{age}": right for decay, _, age, right in DECAYS}


EXAMPLE = configuration(
    scoring_models=[MODEL],
    activities=[
        VISIT,
        {"activity": "download", "source": "web", "event_name": "content_downloaded",
         "intent": "positive"},
        {"activity": "demo_request", "source": "web", "event_name": "demo_requested",
         "intent": "positive"},
        {"activity": "email_click", "source": "email", "event_name": "clicked",
         "intent": "positive"}],
    engagement_criteria=[
        criterion("visited", 5),
        criterion("downloaded", 20, activity="download"),
        criterion("opened_and_clicked", 10, activity="email_opened_and_clicked"),
        criterion("requested_a_demo", 40, activity="demo_request"),
        criterion("silent_for_a_month", -15, activity="any", rule="inactive", window_days=30)])
SIGN_UP = date(2026, 3, 2)


def mail(number, day, event_name, campaign):
    return event(f"m{number}", day, event_name, campaign_id=campaign)


@pytest.fixture
def published_example(fresh):
    """A person who downloads, opens and clicks two mails and requests a demo on one day; another
    who opens a third mail only.
    """
    fresh.configure(EXAMPLE)
    fresh.fill({
        "contacts": [contact("c1"), contact("c2")],
        "web_events": [event(1, SIGN_UP, "content_downloaded", content_id="guide"),
                       event(2, SIGN_UP, "demo_requested")],
        "email_events": [
            mail(1, SIGN_UP, "opened", "one"), mail(2, SIGN_UP, "clicked", "one"),
            mail(3, SIGN_UP, "opened", "two"), mail(4, SIGN_UP, "clicked", "two"),
            mail(5, SIGN_UP, "opened", "one"), mail(6, SIGN_UP, "clicked", "one"),
            {**mail(7, SIGN_UP, "opened", "three"), "contact_id": "c2"}]})
    return fresh


def standing(project, lead_id):
    rows = project.query(
        f"select score, qualification from marts.lead_scores where lead_id = '{lead_id}'")
    return float(rows[0]["score"]), rows[0]["qualification"]


def test_the_published_example(published_example):
    """80 and SQL on the day; 65 and not after a month without a sign of life."""
    published_example.build_scores(SIGN_UP)
    assert standing(published_example, "c1") == (80, "sql")
    assert standing(published_example, "c2") == (0, "lead")  # an open alone is nothing
    published_example.build_scores(SIGN_UP + timedelta(days=29))
    assert standing(published_example, "c1") == (80, "sql")
    published_example.build_scores(SIGN_UP + timedelta(days=30))
    assert standing(published_example, "c1") == (65, "mql")


def test_scores_are_rounded_half_away_from_zero(fresh):
    """Both grades' bounds and MQL compare with the rounded score; lower bounds are included."""
    fresh.configure(configuration(
        scoring_models=[{**MODEL, "engagement_target": "1000"}],
        activities=[VISIT],
        engagement_criteria=[criterion("visited", "499.5")],
        grade_bands=[{"dimension": "engagement", "grade": "1", "min_score": "50"},
                     {"dimension": "engagement", "grade": "2", "min_score": "0"}],
        tiers=[{"rank": "1", "tier": "hot", "min_score": "50"}, {"rank": "2", "tier": "cold"}]))
    fresh.fill({"contacts": [contact("c1")], "web_events": [event(1, AS_OF)]})
    fresh.build_scores(AS_OF)
    row = fresh.query("select * from marts.lead_scores")[0]
    assert (float(row["score"]), row["grade"], row["tier"], row["qualification"]) == (
        50.0, "1", "hot", "mql")
