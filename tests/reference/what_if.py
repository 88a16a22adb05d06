"""What a challenger would change, by loops over the reference scorer's results for a few days."""

from collections import defaultdict
from decimal import Decimal

WEEKS = 4
QUALIFIED = ("mql", "sql")


def what_if(results, challengers, tiers):
    """The what_if marts as lists of dict.

    results: what scorer.score returned for the as-of day and for the days 7, 14, 21 and 28 before
        it, in this order. challengers: dict challenger -> the scoring model that it challenges.
    tiers: rows of tiers.csv.
    """
    marts = {"what_if_scores": [], "what_if_criteria": [], "what_if_summary": []}
    for challenger, live in challengers.items():
        now, then = scores_of(results[0], live), scores_of(results[0], challenger)
        scores = []
        for lead in sorted({*now, *then}):
            row, changes = compared(results[0], lead, live, challenger, now, then)
            scores.append({"lead_id": lead, "challenger": challenger, "scoring_model": live, **row})
            marts["what_if_criteria"] += [
                {"lead_id": lead, "challenger": challenger, "scoring_model": live, **change}
                for change in changes]
        marts["what_if_scores"] += scores
        marts["what_if_summary"].append({
            "challenger": challenger, "scoring_model": live,
            **summary_of(scores, tier_order(tiers, live)),
            "new_mqls_per_week": new_mqls_a_week(results, live),
            "challenger_new_mqls_per_week": new_mqls_a_week(results, challenger)})
    return marts


def scores_of(result, model):
    """The scores of a model: dict lead_id -> row of lead_scores."""
    return {row["lead_id"]: row for row in result["lead_scores"] if row["scoring_model"] == model}


def compared(result, lead, live, challenger, now, then):
    """One lead by both models: its cells in what_if_scores, and its rows of what_if_criteria."""
    before, after = now.get(lead, {}), then.get(lead, {})
    row = {name: before.get(name) for name in ("score", "tier", "qualification")}
    row |= {f"challenger_{name}": after.get(name) for name in ("score", "tier", "qualification")}
    row["changes_tier"] = before.get("tier") != after.get("tier")
    row |= {"score_change": None, "biggest_criterion": None, "biggest_points_change": None}
    if not before or not after:
        return row, []
    row["score_change"] = after["score"] - before["score"]
    points = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for line in result["lead_score_ledger"]:
        if line["lead_id"] == lead and line["scoring_model"] in (live, challenger):
            points[line["criterion"]][line["scoring_model"] == challenger] += line["points"]
    changes = [{"criterion": name, "points": a, "challenger_points": b, "points_change": b - a}
               for name, (a, b) in points.items() if a != b]
    if changes:
        biggest = min(changes, key=lambda change: (
            -abs(change["points_change"]), change["criterion"].startswith("limit:"),
            change["criterion"].encode()))
        row["biggest_criterion"] = biggest["criterion"]
        row["biggest_points_change"] = biggest["points_change"]
    return row, changes


def tier_order(tiers, model):
    """How good each tier of a model is: dict tier -> place, 0 the best; disqualified is last."""
    rows = [row for row in tiers if row["scoring_model"].strip().lower() == model.lower()]
    names = [row["tier"].strip() for row in sorted(rows, key=lambda row: Decimal(row["rank"]))]
    order = {name: place for place, name in enumerate(names)}
    return {**order, "disqualified": len(names)} if names else {}


def summary_of(scores, order):
    """Counts over the rows of what_if_scores of one challenger (dict)."""
    ranked = [(order[row["tier"]], order[row["challenger_tier"]]) for row in scores
              if row["tier"] in order and row["challenger_tier"] in order]
    return {
        "leads": len(scores),
        "tier_changes": sum(row["changes_tier"] for row in scores),
        "moves_up": sum(after < before for before, after in ranked),
        "moves_down": sum(after > before for before, after in ranked),
        "mqls": sum(row["qualification"] == "mql" for row in scores),
        "challenger_mqls": sum(row["challenger_qualification"] == "mql" for row in scores),
        "sqls": sum(row["qualification"] == "sql" for row in scores),
        "challenger_sqls": sum(row["challenger_qualification"] == "sql" for row in scores),
    }


def new_mqls_a_week(results, model):
    """Leads that are an MQL or SQL at a week's end and were neither a week before, on average."""
    qualified = [{lead for lead, row in scores_of(result, model).items()
                  if row["qualification"] in QUALIFIED} for result in results]
    return Decimal(sum(len(qualified[week] - qualified[week + 1])
                       for week in range(WEEKS))) / WEEKS
