"""Accounts: scores of a company's leads, combined.

Written from docs/interest_and_accounts.md by loops over leads; the scores of the leads are those
of scorer.score.
"""

from fractions import Fraction

from .attributes import attributes_of
from .reading import read_number, read_text
from .scorer import rounded

ROLES = ("decision_maker", "influencer", "user")
# What the titles of random worlds suggest.
LIKELY_ROLES = {
    "ceo": "decision_maker", "vp sales": "decision_maker", "marketing director": "decision_maker",
    "it manager": "influencer", "software engineer": "user", "marketing intern": "user",
}
DEFAULTS = {"method": "champion_mix", "account_level": "company", "score_cap": "100",
            "engaged_score": "25"}


def settings_of(scoring_model, account_scoring):
    """The settings of a scoring model: its own row's, else those of *, else the defaults."""
    result = dict(DEFAULTS)
    for name in ("*", scoring_model):
        for row in account_scoring:
            if read_text(row["scoring_model"]).lower() == name.lower():
                result |= {key: read_text(row.get(key)) for key in DEFAULTS
                           if read_text(row.get(key))}
    return {"method": result["method"].lower(), "account_level": result["account_level"].lower(),
            "score_cap": read_number(result["score_cap"]),
            "engaged_score": read_number(result["engaged_score"])}


def account_score(scores, method, score_cap):
    """The score of an account from its leads' scores (Fraction)."""
    if not scores:
        return Fraction(0)
    best, *others = sorted(scores, reverse=True)
    if method == "maximum":
        return best
    if method == "sum_with_cap":
        return min(sum(scores), score_cap)
    mean = Fraction(sum(others), len(others)) if others else Fraction(0)
    return Fraction(6, 10) * best + Fraction(4, 10) * mean


def is_connection(fact):
    """Whether a fact is a direct contact between the team and a lead."""
    row = fact["row"]

    def says(column, *words):
        return (row.get(column) or "").lower() in words

    if fact["source"] == "social":
        return says("event_name", "connected")
    if fact["source"] != "sales":
        return False
    return ((says("kind", "call") and says("outcome", "connected", "meeting_booked"))
            or (says("kind", "meeting") and says("outcome", "held"))
            or (says("kind", "email", "linkedin_message") and says("direction", "inbound")))


def top_parent(company_id, companies):
    """The company at the top of the chain of parents; of a cycle, the smallest id."""
    path = []
    while company_id not in path:
        path.append(company_id)
        parent = (companies.get(company_id) or {}).get("parent_company_id")
        if not parent or parent == company_id:
            return company_id
        company_id = parent
    return min(path[path.index(company_id):], key=str.encode)


def account_scores(known, scored, account_scoring=()):
    """The rows of the mart: list of dict.

    known: interest.Known; scored: what scorer.score returned of the same world; account_scoring:
    rows of the file, list of dict of str.
    """
    people, accounts = known.people, {}
    own_company = {lead_id: contact["company_id"] for lead_id, contact in known.leads.items()}
    open_deals = []  # the companies of each
    for deal in people.deals.values():
        if people.is_past(deal["created_at"]) and not people.is_past(deal["closed_at"]):
            leads = people.leads_of(deal) & known.leads.keys()
            open_deals.append({deal["company_id"]} if deal["company_id"]
                              else {company_id for lead_id in leads
                                    for company_id in people.companies_of(lead_id)} - {None})
    customers = {
        company_id for lead_id in known.leads for company_id in people.companies_of(lead_id)
        for of_company, of_its_own in [people.is_customer_at(lead_id, company_id)]
        if company_id and (of_company or (of_its_own and company_id == own_company[lead_id]))}

    def accounts_of(companies, scoring_model):
        """The accounts that companies belong to (set)."""
        level = settings_of(scoring_model, account_scoring)["account_level"]
        return {top_parent(company_id, people.companies) if level == "top_parent" else company_id
                for company_id in companies}

    for row in scored["lead_scores"]:
        companies = people.companies_of(row["lead_id"]) - {None}
        for company_id in accounts_of(companies, row["scoring_model"]):
            accounts.setdefault((company_id, row["scoring_model"]), []).append(row)

    result = []
    for (company_id, scoring_model), rows in accounts.items():
        settings = settings_of(scoring_model, account_scoring)
        counting = [row for row in rows if not row["is_disqualified"]]
        engaged, roles, functions, deciders, connected = 0, set(), set(), 0, 0
        for row in counting:
            lead_id = row["lead_id"]
            attributes = attributes_of(
                known.leads[lead_id], people.company_of(lead_id), known.seeds,
                known.custom_attributes, known.table_columns["contacts"])
            title = (attributes["job_title"] or "").lower()
            role = (attributes["buying_role"] or LIKELY_ROLES.get(title) or "").lower()
            roles.add(role)
            if row["engagement_score"] >= settings["engaged_score"]:
                engaged += 1
                functions |= {attributes["job_function"]} - {None}
            if role == "decision_maker" or attributes["seniority"] in (
                    "c_level", "vp", "director"):
                deciders += 1
                connected += any(map(is_connection, known.facts_of[lead_id]))
        best = min(counting, key=lambda row: (-row["score"], row["lead_id"].encode()),
                   default=None)
        score = account_score([Fraction(row["score"]) for row in counting], settings["method"],
                              settings["score_cap"])
        result.append({
            "company_id": company_id, "scoring_model": scoring_model, "as_of": known.as_of,
            "company_name": (people.companies.get(company_id) or {}).get("name"),
            "account_score": float(rounded(rounded(score, 9), 1)), "method": settings["method"],
            "leads": len(rows), "disqualified_leads": len(rows) - len(counting),
            "engaged_leads": engaged,
            "best_lead_id": best and best["lead_id"], "best_score": best and best["score"],
            "fit_points": sum(row["fit_points"] for row in rows),
            "engagement_points": sum(row["engagement_points"] for row in rows),
            "buying_roles": ";".join(role for role in ROLES if role in roles) or None,
            "missing_buying_roles": ";".join(
                role for role in ROLES if role not in roles) or None,
            "engaged_job_functions": len(functions), "decision_makers": deciders,
            "connected_decision_makers": connected,
            "last_activity_on": max(
                (row["last_activity_on"] for row in counting if row["last_activity_on"]),
                default=None),
            "open_deals": sum(company_id in accounts_of(companies, scoring_model)
                              for companies in open_deals),
            "is_customer": company_id in accounts_of(customers, scoring_model),
        })
    return result
