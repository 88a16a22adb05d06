"""Back-test marts: hand-computed, and against the definitions of their measures."""

import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from math import log

import pytest

from tests.reference.evaluation import (
    auc,
    auc_error,
    mean_and_bounds,
    psi,
    top_decile_conversions,
    wilson,
)
from tests.scoring_files import MODEL, configuration, contact

AS_OF = date(2026, 6, 30)
MARTS = ["backtest_bands", "backtest_thresholds", "backtest_funnel", "backtest_summary",
         "backtest_calibration", "backtest_segments", "score_drift"]
# Looked at 30, 60, 90, 120 and 150 days ago; the last two are known.
DAYS = {"conversion_horizon_days": 90, "evaluation_step_days": 30, "evaluation_span_days": 60}
SCORES = range(0, 101, 5)
RULES = configuration(
    scoring_models=[{**MODEL, "population": "everyone", "fit_weight": "1",
                     "engagement_weight": "0", "mql_score": "49.5"}],
    fit_criteria=[
        *({"criterion": f"worth_{score}", "category": "need", "attribute": "need",
           "operator": "equals", "value": f"n{score}", "points": str(score)} for score in SCORES),
        {"criterion": "inbound", "category": "origin", "attribute": "origin",
         "operator": "equals", "value": "inbound", "points": "0"}],
    tiers=[{"rank": "1", "tier": "hot", "min_score": "70"}, {"rank": "2", "tier": "cold"}])


def ago(days):
    return f"{AS_OF - timedelta(days=days)} 08:00:00"


def on(days):
    return AS_OF - timedelta(days=days)


def deal(number, contact_id, closed, is_won=True, created=None, **cells):
    """A deal of a contact, opened and closed so many days ago."""
    created = closed + 5 if created is None else created
    return {"deal_id": f"d{number}", "contact_id": contact_id, "is_won": is_won,
            "created_at": ago(created), "closed_at": ago(closed) if closed is not None else None,
            "updated_at": ago(closed if closed is not None else created), **cells}


def count_won_deals(project):
    """Any won deal counts, for whatever scoring model."""
    path = project.folder / "seeds" / "evaluation" / "outcomes.csv"
    path.write_text("scoring_model,deal_type,is_won\n*,,true\n", encoding="utf-8")


def build(project, *marts, as_of=AS_OF, evaluate=True, **variables):
    count_won_deals(project)
    if not evaluate:  # then no mart of evaluations is in the project
        project.build(as_of, **DAYS, **variables)
        return
    given = project.variables(as_of, {**DAYS, "evaluate": evaluate, **variables})
    project.dbt("build", "--exclude-resource-type", "test", "unit_test", "--select",
                *(f"+{mart}" for mart in marts or MARTS), variables=given)


def evaluated(project):
    return project.query("select * from scoring.int_holdout_leads")


# b and c are of one company, whose deal is of both; g's outcome is not known yet.
SMALL = {
    "contacts": [
        contact("a", ago(200), need="n80", country="DE", lead_source="Google"),
        contact("b", ago(200), need="n70", company_id="k1", country="Germany",
                lead_source="google"),
        contact("c", ago(200), need="n40", company_id="k1", lifecycle_stage="lead"),
        {**contact("c", ago(200), need="n95", company_id="k1", lifecycle_stage="sql"),
         "updated_at": ago(130)},
        contact("d", ago(200), need="n20"),
        contact("e", ago(200), need="n60"),
        contact("f", ago(135)),
        contact("g", ago(70), need="n100")],
    "companies": [{"company_id": "k1", "employee_count": 40, "updated_at": ago(200)}],
    "deals": [
        deal(1, "a", 140, amount=1000), deal(2, "a", 60, amount=50),
        deal(3, "a", 59, amount=7),
        deal(4, None, 100, company_id="k1", amount=300, created=160),
        deal(5, "e", 149, is_won=False, created=155),
        deal(6, "d", 151, amount=9999),
        deal(7, "f", None, is_won=None, created=110),
        deal(8, "g", 10, amount=5)],
}


def test_leads_are_looked_at_as_they_were_known(fresh):
    fresh.configure(RULES)
    fresh.fill(SMALL)
    build(fresh)
    seen = {(row["lead_id"], (AS_OF - row["as_of"]).days):
            (row["score"], row["is_converted"], row["converted_on"], row["lost_on"],
             row["revenue"], row["mql_on"], row["sql_on"], row["opportunity_on"])
            for row in evaluated(fresh) if not row["is_censored"]}
    assert seen == {
        ("a", 150): (80, True, on(140), None, 1050, on(150), on(150), on(145)),
        ("b", 150): (70, True, on(100), None, 300, on(150), on(150), on(150)),
        # Known as n95 only since later; the score of 30 days later says SQL.
        ("c", 150): (40, True, on(100), None, 0, on(150), on(150), on(150)),
        ("d", 150): (20, False, None, None, 0, None, None, None),
        ("e", 150): (60, False, None, on(149), 0, on(150), on(150), on(150)),
        ("f", 120): (0, False, None, None, 0, on(110), on(110), on(110))}
    assert {row["lead_id"] for row in evaluated(fresh) if row["is_censored"]} == set("abcdefg")
    bands = {row["group_name"]: row for row in fresh.query(
        "select * from marts.backtest_bands where grouped_by = 'score_band'")}
    assert {name: (row["leads"], row["conversions"], row["censored_leads"], row["revenue"])
            for name, row in bands.items()} == {
        "90 to 100": (0, 0, 2, 0), "80 to 89.9": (1, 1, 1, 1050), "70 to 79.9": (1, 1, 1, 300),
        "60 to 69.9": (1, 0, 1, 0), "40 to 49.9": (1, 1, 0, 0), "20 to 29.9": (1, 0, 1, 0),
        "0 to 9.9": (1, 0, 1, 0)}
    # Three of the six convert: each of the bands with one has a lift of 2.
    assert bands["80 to 89.9"]["lift"] == 2
    assert bands["80 to 89.9"]["conversion_share"] == pytest.approx(1 / 3)
    assert bands["90 to 100"]["conversion_rate"] is None
    assert fresh.query(
        "select group_name, leads, conversions from marts.backtest_bands"
        " where grouped_by = 'tier' order by group_rank") == [
        {"group_name": "hot", "leads": 2, "conversions": 2},
        {"group_name": "cold", "leads": 4, "conversions": 1}]
    funnel = {row["score_band"]: row for row in fresh.query("select * from marts.backtest_funnel")}
    assert [funnel[80][name] for name in (
        "mqls", "sqls", "opportunities", "conversions", "days_to_mql", "days_to_sql",
        "days_to_opportunity", "days_to_conversion")] == [1, 1, 1, 1, 0, 0, 5, 5]
    assert funnel[20]["never_opportunities"] == 1 and funnel[20]["mql_share"] == 0
    summary = fresh.query("select * from marts.backtest_summary")[0]
    assert [summary[name] for name in (
        "leads", "conversions", "censored_leads", "average_lost_score", "lost_leads", "mqls",
        "mqls_never_opportunity")] == [6, 3, 7, 60, 1, 3, 0]
    assert summary["average_converted_score"] == pytest.approx((80 + 70 + 40) / 3)
    # 80 and 70 stand above all that do not convert, 40 above two of three.
    assert summary["auc"] == pytest.approx(8 / 9)


def random_company(seed, contacts=260):
    """Raw tables of leads whose chance to convert rises with the score, some of them later."""
    dice = random.Random(seed)
    rows, deals = [], []
    for number in range(contacts):
        lead, score = f"c{number}", dice.choice(SCORES)
        created = dice.choice([300, 300, 300, 140, 50, 20, 4])
        rows.append(contact(lead, ago(created), need=f"n{score}",
                            origin=dice.choice(["inbound", "outbound", None]),
                            country=dice.choice(["DE", "FR", "DE", None, "Malta"])))
        if created > 15 and dice.random() < 0.3:
            rows.append({**rows[-1], "need": f"n{dice.choice(SCORES)}",
                         "updated_at": ago(dice.randrange(1, 15))})
        if dice.random() < 0.1 + score / 150:
            closed = dice.randrange(1, min(created, 149))
            deals.append(deal(number, lead, closed, dice.random() < 0.7,
                              amount=dice.randrange(1000)))
    return {"contacts": rows, "deals": deals}


def close_to(value):
    return None if value is None else pytest.approx(value, abs=1e-9)


@pytest.fixture(scope="module")
def company(project):
    """A random company that was evaluated, and its leads by scoring model."""
    project.forget()
    project.configure(RULES)
    project.fill(random_company(7))
    build(project, weekly_capacity=3, wanted_recall=0.6)
    yield project
    project.restore()


def known(project):
    return [row for row in evaluated(project) if not row["is_censored"]]


def test_intervals_are_those_of_wilson(company):
    for row in company.query("select * from marts.backtest_bands"):
        least, greatest = wilson(row["conversions"], row["leads"])
        assert (row["conversion_rate_low"], row["conversion_rate_high"]) == (
            close_to(least), close_to(greatest)), row


def test_summary_agrees_with_the_definitions(company):
    leads = known(company)
    pairs = [(row["score"], row["is_converted"]) for row in leads]
    area, converted = auc(pairs), sum(row["is_converted"] for row in leads)
    assert 20 < converted < len(leads) - 20 and 0.55 < area < 0.95
    row, = company.query("select * from marts.backtest_summary")
    error = 1.959963984540054 * auc_error(area, converted, len(leads) - converted)
    top, tenth = top_decile_conversions(pairs), len(leads) / 10
    rate = converted / len(leads)
    later = [(row["is_converted"], probability(leads, row)) for row in leads if row["is_later"]]
    assert 10 < len(later) < len(leads) / 2
    brier = mean_and_bounds([(share - happened) ** 2 for happened, share in later])
    losses = mean_and_bounds([-log(share if happened else 1 - share) for happened, share in later])
    expected = {
        "leads": len(leads), "conversions": converted, "auc": area, "auc_low": area - error,
        "auc_high": min(area + error, 1), "top_decile_lift": top / tenth / rate,
        "top_decile_lift_low": wilson(top, tenth)[0] / rate,
        "top_decile_lift_high": wilson(top, tenth)[1] / rate, "probability_leads": len(later),
        **dict(zip(("brier_score", "brier_score_low", "brier_score_high"), brier)),
        **dict(zip(("log_loss", "log_loss_low", "log_loss_high"), losses))}
    assert {name: row[name] for name in expected} == {
        name: close_to(value) for name, value in expected.items()}


def probability(leads, lead):
    """The rate of a lead's band on earlier days, drawn to the overall rate as by ten leads."""
    earlier = [row for row in leads if not row["is_later"]]
    overall = (sum(row["is_converted"] for row in earlier) + 0.5) / (len(earlier) + 1)
    band = [row["is_converted"] for row in earlier if row["score_band"] == lead["score_band"]]
    return (sum(band) + 10 * overall) / (len(band) + 10)


def test_calibration_counts_each_later_lead_once(company):
    leads = known(company)
    later = [(probability(leads, row), row["is_converted"]) for row in leads if row["is_later"]]
    deciles = defaultdict(list)
    for share, is_converted in later:
        below = sum(other < share - 1e-12 for other, _ in later)
        deciles[1 + 10 * below // len(later)].append((share, is_converted))
    for row in company.query("select * from marts.backtest_calibration"):
        group = deciles.pop(row["decile"])
        assert (row["leads"], row["conversions"], row["average_probability"]) == (
            len(group), sum(converted for _, converted in group),
            close_to(sum(share for share, _ in group) / len(group)))
        least, greatest = wilson(row["conversions"], row["leads"])
        assert row["is_calibrated"] == (least <= row["average_probability"] <= greatest)
    assert not deciles


def scores_by_week(company):
    """What the reference needs of each week's end: dict day -> dict lead -> score."""
    weeks = defaultdict(dict)
    for row in company.query("select * from scoring.int_scores"):
        if (AS_OF - row["as_of"]).days in (0, 7, 14, 21, 28):
            weeks[row["as_of"]][row["lead_id"]] = row["score"]
    return weeks


def test_thresholds_agree_with_counting(company):
    leads, weeks = known(company), scores_by_week(company)
    converted = sum(row["is_converted"] for row in leads)
    table = company.query("select * from marts.backtest_thresholds order by threshold")
    assert [row["threshold"] for row in table] == list(range(101))
    assert [row["threshold"] for row in table if row["is_mql_score"]] == [50]
    recalls, volumes = {}, {}
    for row in table:
        mark = row["threshold"]
        above = [lead for lead in leads if lead["score"] >= mark]
        hits = sum(lead["is_converted"] for lead in above)
        recalls[mark] = hits / converted
        volumes[mark] = sum(
            score >= mark and not weeks[day - timedelta(days=7)].get(lead, -1) >= mark
            for day in sorted(weeks)[1:] for lead, score in weeks[day].items()) / 4
        assert (row["leads"], row["conversions"], row["recall"], row["revenue"],
                row["new_leads_per_week"], row["capacity_used"]) == (
            len(above), hits, close_to(recalls[mark]), sum(lead["revenue"] for lead in above),
            close_to(volumes[mark]), close_to(volumes[mark] / 3))
        least, greatest = wilson(hits, len(above))
        assert (row["conversion_precision_low"], row["conversion_precision_high"]) == (
            close_to(least), close_to(greatest))
    assert [row["threshold"] for row in table if row["is_recommended_for_recall"]] == [
        max(mark for mark, recall in recalls.items() if recall >= 0.6)]
    assert [row["threshold"] for row in table if row["is_recommended_for_capacity"]] == [
        min(mark for mark, volume in volumes.items() if volume <= 3)]
    assert volumes[0] > 3 > volumes[100]


def test_drift_is_the_psi_of_score_and_criteria(company):
    leads, weeks = known(company), scores_by_week(company)
    scores = {(row["as_of"], row["lead_id"]): row["score"]
              for row in company.query("select * from scoring.int_scores")}
    met = {(row["as_of"], row["lead_id"]) for row in company.query(
        "select * from scoring.int_score_components where criterion = 'inbound' and is_met")}

    def bands(keys):
        return Counter(min(int(scores[key]) // 10, 9) for key in keys)

    def answers(keys):
        return {True: sum(key in met for key in keys), False: sum(key not in met for key in keys)}

    days = {row["as_of"] for row in leads}
    reference = [key for key in scores if key[0] in days]
    assert len(reference) > len(leads)
    drift = {(row["week_end_on"], row["criterion"]): row
             for row in company.query("select * from marts.score_drift")}
    for day, then in weeks.items():
        keys = [(day, lead) for lead in then]
        assert drift[day, ""]["psi"] == close_to(psi(bands(keys), bands(reference)))
        row = drift[day, "inbound"]
        assert row["psi"] == close_to(psi(answers(keys), answers(reference)))
        assert row["met_share"] == close_to(answers(keys)[True] / len(keys))
    assert {row["drift"] for row in drift.values()} <= {"stable", "slight", "strong"}


def test_segments_hold_every_lead_once(company):
    leads = known(company)
    table = company.query("select * from marts.backtest_segments")
    for segment in ("country", "industry", "company_size", "lead_source"):
        rows = [row for row in table if row["segment"] == segment]
        assert sum(row["leads"] for row in rows) == len(leads)
        assert sum(row["conversions"] for row in rows) == sum(row["is_converted"] for row in leads)
    countries = {row["segment_name"]: row for row in table if row["segment"] == "country"}
    assert set(countries) == {"DE", "FR", "MT", ""}
    german = [row for row in leads if row["country"] == "DE"]
    mqls = [row for row in german if row["qualification"] in ("mql", "sql")]
    assert countries["DE"]["mqls"] == len(mqls)
    assert countries["DE"]["mql_conversion_rate"] == close_to(
        sum(row["is_converted"] for row in mqls) / len(mqls))


@pytest.mark.slow
def test_an_evaluation_stays_until_the_next_one_and_forgets_the_erased(company):
    before = {mart: company.query(f"select * from marts.{mart} order by all") for mart in MARTS}
    leads = evaluated(company)
    build(company, evaluate=False, as_of=AS_OF + timedelta(days=1), weekly_capacity=3,
          wanted_recall=0.6)
    assert {mart: company.query(f"select * from marts.{mart} order by all")
            for mart in MARTS} == before
    raw = random_company(7)
    gone = raw["contacts"][0]["contact_id"]
    assert gone in {row["lead_id"] for row in leads}
    raw["erasure_requests"] = [{"contact_id": gone, "requested_at": ago(0)}]
    company.fill(raw)
    build(company, evaluate=False, as_of=AS_OF + timedelta(days=2))
    assert {row["lead_id"] for row in leads} - {row["lead_id"] for row in evaluated(company)} == {
        gone}
    build(company, as_of=AS_OF + timedelta(days=3))
    assert {row["evaluated_on"] for row in evaluated(company)} == {AS_OF + timedelta(days=3)}
