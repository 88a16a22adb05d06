"""Small configurations for tests: rows with the columns that matter, the rest empty."""

MODEL = {
    "scoring_model": "acquisition", "population": "open_leads", "fit_target": "100",
    "engagement_target": "100", "fit_weight": "0", "engagement_weight": "1",
    "mql_score": "50", "sql_score": "80",
}
VISIT = {"activity": "visit", "source": "web", "event_name": "page_viewed",
         "intent": "positive"}


def configuration(**files):
    """The eight files with the given rows; what is left out has no row.

    scoring_models defaults to MODEL. Rows of files that belong to a model get that one's name.
    """
    result = {name: [] for name in (
        "activities", "fit_criteria", "engagement_criteria", "category_limits", "score_gates",
        "grade_bands", "tiers")}
    result["scoring_models"] = [MODEL]
    for name, rows in files.items():
        belongs = name not in ("scoring_models", "activities")
        defaults = {"scoring_model": "acquisition"} if belongs else {}
        result[name] = [{**defaults, **row} for row in rows]
    return result


def criterion(name, points, **cells):
    """A row of engagement_criteria.csv of rule each on activity visit, unless told otherwise."""
    return {"criterion": name, "category": "web", "activity": "visit", "rule": "each",
            "points": str(points), **{key: str(value) for key, value in cells.items()}}


def contact(contact_id, created_at="2026-01-01 08:00:00", **cells):
    """A raw contact that is known from its creation on."""
    return {"contact_id": contact_id, "created_at": created_at, "updated_at": created_at,
            **cells}


def event(number, day, event_name="page_viewed", clock="10:00:00", **cells):
    """A raw event of contact c1 on a day (ISO date), loaded when it occurred."""
    moment = f"{day} {clock}"
    return {"event_id": f"e{number}", "contact_id": "c1", "event_name": event_name,
            "occurred_at": moment, "loaded_at": moment, **cells}
