"""Tests of the reference scorer: from points to scores, gates, grades and tiers."""

from decimal import Decimal
from fractions import Fraction

from .scorer import rounded
from .worlds_for_tests import act, contact, fit, model, points, run, scored, visit_points


def test_rounding_is_half_away_from_zero():
    for text, digits, expected in [("0.05", 1, "0.1"), ("-0.05", 1, "-0.1"), ("0.04999", 1, "0"),
                                   ("2.5", 0, "3"), ("0.1234567895", 9, "0.12345679"),
                                   ("-0.0000000005", 9, "-0.000000001")]:
        assert rounded(Fraction(text), digits) == Fraction(expected)
    assert visit_points(1, points="0.1234567895") == 0.12345679
    assert visit_points(1, points="1", decay="linear", decay_days="3") == 0.666666667


def test_score_coverage():
    criteria = [fit("f1", attribute="need", operator="is_known"),
                fit("f2", attribute="need", operator="is_missing"),
                fit("f3", attribute="budget_amount", operator="is_known")]
    tables = {"contacts": [contact(need="quality")]}
    assert scored(run(tables, fit_criteria=criteria))["score_coverage"] == 0.5
    assert scored(run(tables))["score_coverage"] is None


KNOWN = {"attribute": "contact_id", "operator": "is_known"}


def test_limits_are_ledger_rows_also_when_nothing_is_met():
    limits = [{"scoring_model": "m", "dimension": "fit", "category": "profile",
               "min_points": "-5", "max_points": "15"},
              {"scoring_model": "m", "dimension": "engagement", "category": "content",
               "min_points": "3"},
              {"scoring_model": "m", "dimension": "engagement", "category": "nothing",
               "min_points": "3"}]
    result = run(fit_criteria=[fit("f1", **KNOWN), fit("f2", **KNOWN)],
                 engagement_criteria=[act()], category_limits=limits)
    assert points(result, "limit:fit:profile") == -5
    assert points(result, "limit:engagement:content") == 3
    assert points(result, "limit:engagement:nothing") is None
    assert scored(result)["fit_points"] == 15 and scored(result)["engagement_points"] == 3


def test_scores_are_clamped_and_built_from_unrounded_ones():
    def scores(given, target="100", **cells):
        row = scored(run(fit_criteria=[fit(points=given, **KNOWN)],
                         scoring_models=[model(fit_target=target, **cells)]))
        return float(row["fit_score"]), float(row["score"])

    assert scores("250") == (100, 50) and scores("-5") == (0, 0)
    assert scores("1", "3") == (33.3, 16.7)
    # 100 x 0.1495 = 14.95 -> 15.0; half of the unrounded one is 7.475 -> 7.5
    assert scores("0.1495", "1") == (15.0, 7.5)
    assert scores("0.149", "1", fit_weight="0.95", engagement_weight="0.05") == (14.9, 14.2)


def test_gates_hold_the_score_or_disqualify():
    def gated(*gates, **cells):
        gates = [{"scoring_model": "m", "criterion": "f", "when": "met", **gate}
                 for gate in gates]
        return scored(run(fit_criteria=[fit(points="80", **KNOWN)], score_gates=gates,
                          scoring_models=[model(fit_weight="1", engagement_weight="0")],
                          tiers=[{"scoring_model": "m", "rank": "1", "tier": "all"}], **cells))

    assert gated()["score"] == 80 and gated()["qualification"] == "sql"
    row = gated({"gate": "g1", "max_score": "50"}, {"gate": "g2", "max_score": "45.5"},
                {"gate": "g3", "max_score": "1", "when": "not_met"})
    assert row["score"] == Decimal("45.5") and row["qualification"] == "mql"
    assert row["fit_score"] == 80 and not row["is_disqualified"]
    row = gated({"gate": "g2", "disqualifies": "true"}, {"gate": "g1", "disqualifies": "True"},
                {"gate": "g0", "disqualifies": "true", "when": "not_met"})
    assert row["score"] == 0 and row["tier"] == row["qualification"] == "disqualified"
    assert row["is_disqualified"] and row["disqualified_by"] == "g1" and row["fit_score"] == 80


def test_grades_tiers_and_qualifications_include_their_bounds():
    bands = [{"scoring_model": "m", "dimension": "fit", "grade": grade, "min_score": least}
             for grade, least in [("B", "50"), ("A", "80"), ("C", "0.1")]]
    tiers = [
        {"scoring_model": "m", "rank": "10", "tier": "rest"},
        {"scoring_model": "m", "rank": "2", "tier": "warm", "fit_grades": "a; B"},
        {"scoring_model": "m", "rank": "1", "tier": "hot", "min_score": "80", "fit_grades": "A"}]

    def row(given):
        return scored(run(fit_criteria=[fit(points=given, **KNOWN)], grade_bands=bands,
                          scoring_models=[model(fit_weight="1", engagement_weight="0")],
                          tiers=tiers))

    def short(given):
        found = row(given)
        return found["grade"], found["tier"], found["qualification"]

    assert short("79.94") == ("B", "warm", "sql") and short("79.95") == ("A", "hot", "sql")
    assert short("70") == ("B", "warm", "sql") and short("69.9") == ("B", "warm", "mql")
    assert short("40") == ("C", "rest", "mql") and short("39.9") == ("C", "rest", "lead")
    assert short("0.04") == (None, "rest", "lead")
    both = scored(run(fit_criteria=[fit(points="60", **KNOWN)], grade_bands=[
        *bands, {"scoring_model": "m", "dimension": "engagement", "grade": "5",
                 "min_score": "0"}]))
    assert both["grade"] == "B5" and both["tier"] is None
    customer = run({"contacts": [contact(lifecycle_stage="customer")]},
                   fit_criteria=[fit(points="100", **KNOWN)])
    assert scored(customer)["qualification"] == "customer"
