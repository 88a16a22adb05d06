"""What runs publish of random companies, day after day, is what a loop over the days says."""

from datetime import timedelta

import pytest

from tests.reference.publication import Publications
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.scorer import score
from tests.test_laws import given

DATES = ("first_mql_on", "mql_reached_on", "mql_lost_on",
         "first_sql_on", "sql_reached_on", "sql_lost_on")


@pytest.mark.parametrize("seed", (77,))
def test_tiers_alerts_and_qualifications_of_four_days(fresh, seed):
    raw_tables, rules, as_of, options = random_world(seed, contacts=25, erasures=False)
    fresh.configure(rules)
    fresh.fill(raw_tables)
    wanted = Publications(rules)
    for days_ago in (45, 30, 12, 0):
        day = as_of - timedelta(days=days_ago)
        fresh.publish(day, **given(options))
        wanted.publish(day, score(raw_tables, rules, day, options, SEEDS)["lead_scores"])

    tiers = {(row["lead_id"], row["scoring_model"]):
             (row["tier"], row["tier_since"], row["previous_tier"])
             for row in fresh.query("select * from marts.lead_tiers")}
    assert tiers == wanted.tiers
    assert any(since != as_of and before for _, since, before in tiers.values())
    alerts = [(row["lead_id"], row["scoring_model"], row["crossing"], row["tier"],
               row["crossed_on"], row["score"])
              for row in fresh.query("select * from marts.score_alerts")]
    assert len(alerts) == len(set(alerts)) > 5 and set(alerts) == wanted.alerts
    qualifications = {(row["lead_id"], row["scoring_model"]): row
                      for row in fresh.query("select * from marts.lead_qualifications")}
    assert qualifications.keys() == wanted.qualifications.keys()
    for key, dates in wanted.qualifications.items():
        found = qualifications[key]
        assert found["qualification"] == dates["qualification"], key
        assert {name: found[name] for name in DATES} == {
            name: dates.get(name) for name in DATES}, key
    assert any(row["mql_lost_on"] for row in qualifications.values())
