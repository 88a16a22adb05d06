"""What runs publish about random companies, day after day, equals a loop over the days."""

from datetime import timedelta

import pytest

from tests.reference.changes import crossing_causes, score_changes
from tests.reference.publication import Publications
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.scorer import score
from tests.test_laws import given

DATES = ("first_mql_on", "mql_reached_on", "mql_lost_on",
         "first_sql_on", "sql_reached_on", "sql_lost_on")


@pytest.mark.slow
def test_tiers_alerts_and_qualifications_of_five_days(fresh):
    """Two of them after the last activity, so that scores fall as well as rise."""
    raw_tables, rules, as_of, options = random_world(77, contacts=25, erasures=False)
    for row in rules["tiers"]:
        if row.get("min_score"):
            row["keep_score"] = str(float(row["min_score"]) / 2)
    fresh.configure(rules)
    fresh.fill(raw_tables)
    wanted, before, causes = Publications(rules), None, {}
    for days_on in (-60, -30, 0, 20, 60):
        day = as_of + timedelta(days=days_on)
        fresh.publish(day, **given(options))
        today = score(raw_tables, rules, day, options, SEEDS)
        if before:
            causes = crossing_causes(
                score_changes(before, before, today, wanted.day, rules, rules), rules)
        before, lead_scores = today, today["lead_scores"]
        wanted.publish(day, lead_scores, causes)

    tiers = {(row["lead_id"], row["scoring_model"]):
             (row["tier"], row["tier_since"], row["previous_tier"])
             for row in fresh.query("select * from marts.lead_tiers")}
    assert tiers == wanted.tiers
    assert any(since != day and before for _, since, before in tiers.values())
    assert any(row["tier"] != tiers[row["lead_id"], row["scoring_model"]][0]
               for row in lead_scores)  # kept
    alerts = [(row["lead_id"], row["scoring_model"], row["crossing"], row["tier"],
               row["crossed_on"], row["score"], row["cause"])
              for row in fresh.query("select * from marts.score_alerts")]
    assert len(alerts) == len(set(alerts)) > 5 and set(alerts) == wanted.alerts
    assert {alert[-1] for alert in alerts} == {"activity", "attribute"} and wanted.unalerted
    qualifications = {(row["lead_id"], row["scoring_model"]): row
                      for row in fresh.query("select * from marts.lead_qualifications")}
    assert qualifications.keys() == wanted.qualifications.keys()
    for key, dates in wanted.qualifications.items():
        found = qualifications[key]
        assert found["qualification"] == dates["qualification"], key
        assert {name: found[name] for name in DATES} == {
            name: dates.get(name) for name in DATES}, key
    assert any(row["mql_lost_on"] for row in qualifications.values())
