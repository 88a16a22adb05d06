"""The reference scorer: raw tables and configuration in, scores and ledger out.

Written from the documented rules by loops over rows. It is slow on purpose: nothing is shared
with the models that it checks, and every step can be read next to the rule that it follows.
"""

from collections import defaultdict
from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor

from .attributes import attributes_of, items_of, meets
from .engagement import ANY, Outcome, counted_facts, evaluate, tallies_of
from .erasure import erase
from .identity import POPULATIONS, People, attribute_facts
from .reading import ACTIVITY_TABLES, COLUMNS, calendar_day, read_boolean, read_number, read_table, read_text

DIMENSIONS = ("fit", "engagement")
FILES = ("scoring_models", "activities", "fit_criteria", "engagement_criteria",
         "category_limits", "score_gates", "grade_bands", "tiers")


def rounded(number, digits):
    """A Fraction rounded to a number of decimals, half away from zero (Fraction)."""
    scale = 10 ** digits
    size = Fraction(floor(abs(number) * scale + Fraction(1, 2)), scale)
    return size if number >= 0 else -size


def as_decimal(number):
    """A Fraction with a finite decimal expansion as an exact Decimal; None stays None."""
    if number is None:
        return None
    with localcontext() as context:
        context.prec = 100
        return Decimal(number.numerator) / Decimal(number.denominator)


def held(number, lower, upper):
    """A number held between two bounds, of which each may be None."""
    if upper is not None:
        number = min(number, upper)
    return number if lower is None else max(number, lower)


def name_in(row, column):
    """A cell of the configuration as trimmed text in lower case, or None."""
    text = read_text(row.get(column))
    return text.lower() if text else None


def number_in(row, column):
    """A cell of the configuration as Fraction, or None."""
    return read_number(row.get(column))


def of_model(rows, model):
    """The rows of a configuration file that belong to a scoring model."""
    return [row for row in rows
            if name_in(row, "scoring_model") == name_in(model, "scoring_model")]


def ledger_row(criterion, dimension, category, outcome):
    """A ledger row but for its lead and scoring model; points as Fraction."""
    return {
        "criterion": criterion, "dimension": dimension, "category": category,
        "occurrences": outcome.occurrences, "raw_points": outcome.raw_points,
        "points": outcome.points, "last_occurred_on": outcome.last_occurred_on,
        "met": outcome.met,
    }


def criteria_rows(lead, fit_criteria, engagement_criteria, as_of, day_of, countries):
    """Step 1: a row for each criterion, met or not, with its points limited and rounded.

    lead: dict with attributes, tallies and created_on.
    """
    rows = []
    for criterion in fit_criteria:
        points = number_in(criterion, "points")
        met = meets(criterion, lead["attributes"], as_of, day_of, countries)
        given = points if met else Fraction(0)
        rows.append(ledger_row(read_text(criterion["criterion"]), "fit",
                               read_text(criterion.get("category")),
                               Outcome(met, rounded(given, 9), rounded(given, 9))))
    for criterion in engagement_criteria:
        outcome = evaluate(criterion, lead["tallies"], as_of, lead["created_on"])
        most = number_in(criterion, "max_points")
        if most is not None:
            outcome.points = held(outcome.points, -most, most)
        outcome.points = rounded(outcome.points, 9)
        outcome.raw_points = rounded(outcome.raw_points, 9)
        rows.append(ledger_row(read_text(criterion["criterion"]), "engagement",
                               read_text(criterion.get("category")), outcome))
    return rows


def limit_rows(rows, category_limits):
    """Step 2: a row for each category that its limits take from or give to."""
    result = []
    for limit in category_limits:
        dimension, category = name_in(limit, "dimension"), name_in(limit, "category")
        points = [row["points"] for row in rows if row["dimension"] == dimension
                  and (row["category"] or "").lower() == (category or "")]
        if not points:
            continue
        total = sum(points)
        given = held(total, number_in(limit, "min_points"), number_in(limit, "max_points")) - total
        if given != 0:
            written = read_text(limit["category"])
            result.append(ledger_row(f"limit:{dimension}:{written}", dimension, written,
                                     Outcome(False, rounded(given, 9), None)))
    return result


def gates_that_apply(gates, rows):
    """The gates whose criterion is (not) met, as they ask."""
    met = {row["criterion"].lower() for row in rows if row["met"]}
    return [gate for gate in gates
            if (name_in(gate, "criterion") in met) == (name_in(gate, "when") != "not_met")]


def grade_of(score, bands, dimension):
    """The grade of the band with the highest min_score that a rounded score reaches, or None."""
    reached = [band for band in bands if name_in(band, "dimension") == dimension
               and (number_in(band, "min_score") or 0) <= score]
    best = max(reached, key=lambda band: number_in(band, "min_score") or 0, default=None)
    return read_text(best["grade"]) if best else None


def tier_of(tiers, score, fit_grade, engagement_grade):
    """The first tier by rank whose every filled condition holds, or None."""
    def grade_holds(tier, column, grade):
        wanted = [item.lower() for item in items_of(read_text(tier.get(column)))]
        return not wanted or (grade or "").lower() in wanted

    for tier in sorted(tiers, key=lambda tier: number_in(tier, "rank")):
        least = number_in(tier, "min_score")
        if ((least is None or score >= least)
                and grade_holds(tier, "fit_grades", fit_grade)
                and grade_holds(tier, "engagement_grades", engagement_grade)):
            return read_text(tier["tier"])
    return None


def reaches(score, threshold):
    """Whether a score reaches a threshold; one that is not set is never reached."""
    return threshold is not None and score >= threshold


def score_of(model, rows, gates, bands, tiers, is_customer):
    """Steps 3 to 6: from the ledger of one lead in one model to scores, grades and tier (dict).

    rows: the ledger rows, those of limits and of criteria that are not met included.
    """
    points, shares = {}, {}
    for dimension in DIMENSIONS:
        points[dimension] = sum(
            (row["points"] for row in rows if row["dimension"] == dimension), Fraction(0))
        share = points[dimension] / number_in(model, f"{dimension}_target")
        shares[dimension] = 100 * held(share, Fraction(0), Fraction(1))
    score = sum(number_in(model, f"{dimension}_weight") * shares[dimension]
                for dimension in DIMENSIONS)

    applying = gates_that_apply(gates, rows)
    for gate in applying:
        score = held(score, None, number_in(gate, "max_score"))
    disqualifying = sorted(
        read_text(gate["gate"]) for gate in applying if read_boolean(gate.get("disqualifies")))
    if disqualifying:
        score = Fraction(0)

    score, fit_score, engagement_score = (
        rounded(rounded(number, 9), 1)
        for number in (score, shares["fit"], shares["engagement"]))
    fit_grade = grade_of(fit_score, bands, "fit")
    engagement_grade = grade_of(engagement_score, bands, "engagement")
    if disqualifying:
        qualification = tier = "disqualified"
    else:
        tier = tier_of(tiers, score, fit_grade, engagement_grade)
        if is_customer:
            qualification = "customer"
        elif reaches(score, number_in(model, "sql_score")):
            qualification = "sql"
        elif reaches(score, number_in(model, "mql_score")):
            qualification = "mql"
        else:
            qualification = "lead"
    return {
        "fit_points": as_decimal(points["fit"]),
        "engagement_points": as_decimal(points["engagement"]),
        "fit_score": as_decimal(fit_score),
        "engagement_score": as_decimal(engagement_score),
        "score": as_decimal(score),
        "fit_grade": fit_grade,
        "engagement_grade": engagement_grade,
        "grade": (fit_grade or "") + (engagement_grade or "") or None,
        "tier": tier,
        "qualification": qualification,
        "is_disqualified": bool(disqualifying),
        "disqualified_by": disqualifying[0] if disqualifying else None,
    }


def coverage_of(fit_criteria, attributes):
    """The share of the attributes that fit criteria ask for which are known (float), or None."""
    asked = {name_in(criterion, "attribute") for criterion in fit_criteria}
    known = [name for name in asked if attributes[name] is not None]
    return len(known) / len(asked) if asked else None


def read_world(raw_tables, custom_attributes, placeholders, zone=None):
    """Read and reject: dict of every documented raw table -> ReadTable."""
    tables = {}
    for table in COLUMNS:
        extra = custom_attributes if table in ("contacts", "companies") else ()
        tables[table] = read_table(table, raw_tables.get(table, []), placeholders, extra, zone)
    return tables


def row_counts_of(tables, used):
    """What became of the rows: dict table -> dict rows, used, superseded, rejected, erased."""
    result = {}
    for table, read in tables.items():
        result[table] = {
            "rows": read.count,
            "used": len(used[table]),
            "superseded": len(read.rows) - len(used[table]),
            "rejected": len(read.rejected_rows),
            "erased": read.erased,
        }
    return result


def rows_left(tables, used):
    """All rows that are not erased, without what was forgotten of them (list of dict): raw rows,
    versions that a loader overwrote and rejected rows, but for accepted requests.
    """
    result = [row for read in tables.values() for row, _ in read.rejected_rows]
    result += [row for table, read in tables.items() if table != "erasure_requests"
               for row in read.rows]
    return result + [row for table in ("contacts", "deals") for rows in used[table].values()
                     for row in rows]


def prepared_seeds(seeds):
    """The seeds of score() with every part there and every key in lower case."""
    job_titles = seeds.get("job_titles") or {}
    if not callable(job_titles):
        job_titles = {title.strip().lower(): pair for title, pair in job_titles.items()}
    return {
        "placeholders": {word.strip().lower() for word in seeds.get("placeholders") or ()},
        "countries": {name.strip().lower(): code
                      for name, code in (seeds.get("countries") or {}).items()},
        "automated_user_agents": list(seeds.get("automated_user_agents") or ()),
        "scanner_networks": list(seeds.get("scanner_networks") or ()),
        "free_mail_domains": {
            domain.strip().lower() for domain in seeds.get("free_mail_domains") or ()},
        "job_titles": job_titles,
    }


def score(raw_tables, configuration, as_of, options=None, seeds=None, *, overwritten=None,
          remembered=()):
    """Score every lead in every scoring model at the end of the as-of day.

    raw_tables: dict bare table name (contacts, web_events, ...) -> list of dict rows; values are
        None, str, int, float, Decimal, bool, date or datetime (naive: UTC); columns and tables
        may be absent.
    configuration: dict file name without .csv (see FILES) -> list of dict of str as in the CSV.
        It must be free of mistakes; few are noticed here.
    as_of: date.
    options: dict, all optional: anonymous_lookback_days (int, None: no limit), score_automated
        (bool), automated_signs (int, None: 2), automated_within_seconds (int, None: 10),
        reporting_timezone (zone name, None: UTC), custom_attributes (list of str),
        match_companies_by_domain (bool, True).
    seeds: dict, all optional: placeholders (set of words), countries (dict name or code -> ISO
        code), automated_user_agents (list of patterns, `%` is the wildcard), scanner_networks (list of
        prefixes), free_mail_domains
        (set), job_titles (function title -> (seniority, job_function), or dict of such pairs).
        Letter case is of no account.
    overwritten: rows of contacts, companies and deals that the project saw before a loader
        overwrote them, like raw_tables. They are versions, but no raw rows.
    remembered: what was erased by earlier runs: the erased_keys that they returned.

    Returns a dict:
        lead_scores: list of dict, one for each lead and scoring model; points and scores Decimal
            (scores 0 to 100), score_coverage float, last_activity_on date
        lead_score_ledger: list of dict, rows that are met or have points; points and raw_points
            Decimal (raw_points and occurrences of `limit:` rows None), last_occurred_on date
        rejected_rows: list of dict source_table, row_key ('' where it cannot be read), reason,
            row_count
        row_counts: dict table -> dict rows, used, superseded, rejected, erased
        erased_keys: set of keys of erased people, see erasure.py
        rows_left: list of dict, the rows that are not erased, see rows_left
        leads: dict lead_id -> dict created_on, attributes (see attributes_of), tallies (see
            tallies_of)
        survivors: dict contact id -> id of the contact that it has become by merges
        sales_activity_leads: dict sales_activity_id -> lead_id, of those that belong to a lead
        Lists are in the order of their grain.
    Raises ValueError on unknown words in the configuration, KeyError on missing columns.
    """
    options = options or {}
    seeds = prepared_seeds(seeds or {})
    zone = options.get("reporting_timezone")
    custom_attributes = list(options.get("custom_attributes") or [])

    def day_of(moment):
        return calendar_day(moment, zone)

    files = {name: configuration.get(name) or [] for name in FILES}
    tables = read_world(raw_tables, custom_attributes, seeds["placeholders"], zone)
    versions_kept = {table: read.rows for table, read in read_world(
        overwritten or {}, custom_attributes, seeds["placeholders"], zone).items()}
    used, erased_keys = erase(tables, versions_kept, remembered)
    people = People(used, as_of, day_of, seeds["free_mail_domains"],
                    options.get("match_companies_by_domain", True))
    facts = attribute_facts(
        people,
        {table: [rows[-1] for rows in used[table].values()] for table in ACTIVITY_TABLES},
        options.get("anonymous_lookback_days"))
    facts = counted_facts(facts, options, seeds)
    facts_of = defaultdict(list)
    for fact in facts:
        facts_of[fact["person"]].append(fact)
    customers, populations = people.customers(), people.populations(facts)

    lead_scores, ledger, leads = [], [], {}
    for lead_id, contact in sorted(people.leads().items()):
        lead = leads[lead_id] = {
            "created_on": people.created_on(lead_id),
            "attributes": attributes_of(contact, people.company_of(lead_id), seeds,
                                        custom_attributes, tables["contacts"].columns),
            "tallies": tallies_of(facts_of[lead_id], files["activities"]),
        }
        for model in files["scoring_models"]:
            wanted = {item.lower() for item in items_of(model.get("population"))}
            if wanted - set(POPULATIONS):
                raise ValueError(f"unknown population {min(wanted - set(POPULATIONS))}")
            if wanted and not wanted & populations[lead_id]:
                continue
            name = read_text(model["scoring_model"])
            fit_criteria = of_model(files["fit_criteria"], model)
            rows = criteria_rows(lead, fit_criteria,
                                 of_model(files["engagement_criteria"], model),
                                 as_of, day_of, seeds["countries"])
            rows += limit_rows(rows, of_model(files["category_limits"], model))
            lead_scores.append({
                "lead_id": lead_id,
                "scoring_model": name,
                **score_of(model, rows, of_model(files["score_gates"], model),
                           of_model(files["grade_bands"], model),
                           of_model(files["tiers"], model), lead_id in customers),
                "score_coverage": coverage_of(fit_criteria, lead["attributes"]),
                "last_activity_on": max(lead["tallies"][ANY].count, default=None),
            })
            for row in rows:
                if row.pop("met") or row["points"] != 0:
                    row["points"] = as_decimal(row["points"])
                    row["raw_points"] = as_decimal(row["raw_points"])
                    ledger.append({"lead_id": lead_id, "scoring_model": name, **row})

    return {
        "lead_scores": sorted(
            lead_scores, key=lambda row: (row["lead_id"], row["scoring_model"])),
        "lead_score_ledger": sorted(
            ledger, key=lambda row: (row["lead_id"], row["scoring_model"], row["criterion"])),
        "rejected_rows": [
            {"source_table": table, "row_key": key, "reason": reason, "row_count": count}
            for table in sorted(tables)
            for (key, reason), count in sorted(tables[table].rejected(table).items())],
        "row_counts": row_counts_of(tables, used),
        "erased_keys": erased_keys,
        "rows_left": rows_left(tables, used),
        "leads": leads,
        "survivors": people.survivor,
        "sales_activity_leads": {
            name: person for name, rows in used["sales_activities"].items()
            if (person := people.person_of(rows[-1])) in people.leads()},
    }
