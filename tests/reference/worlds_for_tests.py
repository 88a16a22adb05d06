"""Small worlds for the tests of the reference scorer: rows, files and results."""

from datetime import date, timedelta

from .random_worlds import SEEDS
from .scorer import score

AS_OF = date(2024, 6, 30)
EARLY = "2024-01-01 00:00:00"


def ago(days, clock="12:00:00"):
    """The time of a day that lies so many days before the as-of day, as text."""
    return f"{AS_OF - timedelta(days=days)} {clock}"


def contact(contact_id="c1", **cells):
    """A raw contact, created early."""
    return {"contact_id": contact_id, "created_at": EARLY, "updated_at": EARLY, **cells}


def visits(*ages, **cells):
    """Raw web events of c1, one for each age in days; their ids differ by their cells."""
    cells = {"contact_id": "c1", "event_name": "page_viewed", **cells}
    return [{"event_id": f"{number}:{age}:{sorted(cells.items())}", "occurred_at": ago(age),
             "loaded_at": ago(age), **cells} for number, age in enumerate(ages)]


def model(**cells):
    """A scoring model for everyone with targets of 100 and equal weights."""
    return {"scoring_model": "m", "fit_target": "100", "engagement_target": "100",
            "fit_weight": "0.5", "engagement_weight": "0.5", "mql_score": "40",
            "sql_score": "70", **cells}


def fit(criterion="f", points="10", **cells):
    """A fit criterion."""
    return {"criterion": criterion, "scoring_model": "m", "category": "profile",
            "points": points, **cells}


def act(rule="each", points="10", criterion="a", activity="visit", **cells):
    """An engagement criterion."""
    return {"criterion": criterion, "scoring_model": "m", "category": "content",
            "activity": activity, "rule": rule, "points": points, **cells}


VISIT = {"activity": "visit", "source": "web", "event_name": "page_viewed", "intent": "positive"}


def run(tables=None, as_of=AS_OF, options=None, overwritten=None, remembered=(), **files):
    """Score a small world: c1 unless contacts are given, one model, the activity `visit`."""
    tables = {"contacts": [contact()], **(tables or {})}
    files = {"scoring_models": [model()], "activities": [VISIT], **files}
    return score(tables, files, as_of, options, SEEDS, overwritten=overwritten,
                 remembered=remembered)


def ledger(result, criterion, lead_id="c1"):
    """The ledger row of a criterion and lead, or None."""
    rows = [row for row in result["lead_score_ledger"]
            if row["criterion"] == criterion and row["lead_id"] == lead_id]
    assert len(rows) <= 1
    return rows[0] if rows else None


def points(result, criterion="a", lead_id="c1"):
    """The points of a criterion and lead as float; None without a ledger row."""
    row = ledger(result, criterion, lead_id)
    return row and float(row["points"])


def scored(result, lead_id="c1"):
    """The lead_scores row of a lead, or None."""
    return {row["lead_id"]: row for row in result["lead_scores"]}.get(lead_id)


def visit_points(*ages, extra=(), **cells):
    """The points that a criterion on visits gives for visits so many days ago."""
    return points(run({"web_events": visits(*ages) + list(extra)},
                      engagement_criteria=[act(**cells)]))
