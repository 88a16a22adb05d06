"""Random scoring configurations without mistakes, and the words that random worlds are made of."""

from .attributes import OPERATORS
from .engagement import DECAYS, RULES, is_like
from .reading import read_path

COLUMNS = {
    "scoring_models": """scoring_model label population fit_target engagement_target fit_weight
        engagement_weight mql_score sql_score""",
    "activities": """activity source event_name page_path content_id form_id utm_source utm_medium
        utm_campaign campaign_id network link_url feature product direction outcome
        min_percent_complete quantity intent stage channel""",
    "fit_criteria": """criterion scoring_model category attribute operator value min_value
        max_value within_days points description""",
    "engagement_criteria": """criterion scoring_model category activity rule per min_count
        max_count min_rate window_days daily_limit points decay decay_days decay_rate max_points
        description""",
    "category_limits": "scoring_model dimension category min_points max_points",
    "score_gates": "gate scoring_model criterion when max_score disqualifies description",
    "grade_bands": "scoring_model dimension grade min_score",
    "tiers": """scoring_model rank tier min_score keep_score fit_grades engagement_grades
        response_minutes response_unit action""",
}

# What raw rows say, for each source and column that activities can ask for ...
EVENT_VALUES = {
    "web": {
        "event_name": ["page_viewed", "page_viewed", "pageXviewed", "content_downloaded",
                       "video_watched", "form_submitted", "demo_requested", "cta_clicked"],
        "page_path": ["/pricing", "/Pricing/", "/pricing?utm=1", "/pricing//#top", "/pricing//",
                      "/", "//",
                      "/?ref=x", "/blog", "/blog/a", "/BLOG/b/?x=1", "/docs_v2", "/docsXv2"],
        "content_id": ["guide-1", "Guide-1", "video_2", "videoX2"],
        "form_id": ["demo", "newsletter"],
        "utm_source": ["google", "newsletter"],
        "utm_medium": ["cpc", "email"],
        "utm_campaign": ["spring 2024", "launch"],
        "product": ["Suite", "Lite"],
    },
    "email": {
        "event_name": ["sent", "delivered", "opened", "opened", "clicked", "clicked", "bounced",
                       "unsubscribed", "subscribed", "complained"],
        "campaign_id": ["m1", "m2", "M_3"],
        "link_url": ["https://acme.test/offer", "https://acme.test/Offer/?utm=1",
                     "HTTPS://acme.test/offer#x", "https://acme.test/", "https://acme.test?q=1"],
        "outcome": ["hard", "soft"],
    },
    "social": {
        "event_name": ["page_visited", "followed", "commented", "shared", "connected", "replied"],
        "network": ["LinkedIn", "x"],
    },
    "product": {
        "event_name": ["logged_in", "logged_in", "feature_used", "feature_used", "invited"],
        "feature": ["report", "export"],
        "product": ["Suite", "Lite"],
    },
    "sales": {
        "event_name": ["call", "email", "meeting", "linkedin_message", "voicemail"],
        "direction": ["inbound", "outbound"],
        "outcome": ["no_answer", "connected", "meeting_booked", "held", "cancelled"],
    },
}
# ... and conditions with wildcards, or that are cut like the value.
PATTERNS = {
    "event_name": ["%", "%ed", "%e%"],
    "page_path": ["%", "/%", "/pricing", "/Pricing/", "/blog/%", "/blog%", "/docs_v2", "%_v2",
                  "/", "/?ref=%", "%/b/"],
    "content_id": ["%", "guide%", "video_2"],
    "form_id": ["d%"],
    "utm_source": ["%oo%"],
    "utm_medium": ["%"],
    "utm_campaign": ["spring%", "%2024"],
    "campaign_id": ["m%", "m_3"],
    "network": ["linked%"],
    "link_url": ["%/offer", "%acme.test", "https://acme.test/"],
    "feature": ["%ort"],
    "product": ["%ite"],
    "direction": ["%bound"],
    "outcome": ["%_%", "%rd", "%ft"],
}
QUANTITIES = {"web": ["duration_seconds", "percent_complete"], "product": ["quantity"]}

JOBS = {
    "CEO": ("c_level", "executive"),
    "VP Sales": ("vp", "sales"),
    "Marketing Director": ("director", "marketing"),
    "IT Manager": ("manager", "it"),
    "Software Engineer": ("specialist", "engineering"),
    "Marketing Intern": ("intern_or_student", "marketing"),
}
COUNTRY_NAMES = {
    "Germany": "DE", "DE": "DE", "DEU": "DE", "Spain": "ES", "España": "ES", "ES": "ES",
    "ESP": "ES", "France": "FR", "FR": "FR", "FRA": "FR", "United States": "US", "USA": "US",
    "US": "US", "Mexico": "MX", "México": "MX", "MX": "MX", "MEX": "MX", "Portugal": "PT",
}
INDUSTRIES = ["Manufacturing", "Software", "Food & Beverage"]
REGIONS = ["EMEA", "North America", "APAC"]
DOMAINS = ["acme.test", "beta.test", "gmail.com", "yahoo.com", "hotmail.com"]

# Attributes by what can be asked of them, with values that a criterion may name.
TEXT_ATTRIBUTES = {
    "first_name": ["Ann", "Bob"],
    "job_title": list(JOBS),
    "department": ["Sales", "IT", "Operations"],
    "country": list(COUNTRY_NAMES),
    "company_country": list(COUNTRY_NAMES),
    "region": REGIONS,
    "company_region": REGIONS,
    "lead_source": ["web", "event", "referral"],
    "origin": ["inbound", "outbound"],
    "lifecycle_stage": ["subscriber", "lead", "mql", "sql", "opportunity", "customer"],
    "tags": ["partner", "vip", "event 2024"],
    "buying_role": ["decision_maker", "influencer", "user"],
    "need": ["cost saving", "quality"],
    "industry": INDUSTRIES,
    "company_industry": INDUSTRIES,
    "technologies": ["SAP", "Salesforce", "WhatsApp"],
    "credit_rating": ["AAA", "BBB", "C-"],
    "seniority": sorted({seniority for seniority, _ in JOBS.values()}),
    "job_function": sorted({function for _, function in JOBS.values()}),
    "email_domain": DOMAINS,
    "persona": ["builder", "buyer"],
    "company_persona": ["builder", "buyer"],
}
LISTED_WORDS = {text.lower() for name in ("tags", "technologies") for text in TEXT_ATTRIBUTES[name]}
NUMBER_ATTRIBUTES = {
    "budget_amount": ["0", "5000", "10000", "99999.99", "100000"],
    "employee_count": ["1", "50", "100", "250", "1000"],
    "company_employee_count": ["50", "100.0", "250"],
    "annual_revenue": ["0", "1000000", "2500000.5"],
    "plant_count": ["0", "1", "3"],
    "seats": ["0", "5", "10.0", "25"],
    "company_seats": ["5", "10"],
}
BOOLEAN_ATTRIBUTES = ["budget_confirmed", "technical_requirements_ready", "is_free_email",
                      "opted_in", "company_opted_in"]
DATE_ATTRIBUTES = ["project_start_on", "contract_renewal_on", "company_contract_renewal_on",
                   "next_audit", "company_next_audit"]
OTHER_ATTRIBUTES = ["email", "company_id", "name", "company_name", "domain", "unsubscribed_at",
                    "customer_since", "solution_considered", "last_name", "owner_id"]
CUSTOM_ATTRIBUTES = ["persona", "seats", "opted_in", "next_audit"]

FIT_CATEGORIES = ["profile", "company", "shared"]
ENGAGEMENT_CATEGORIES = ["content", "intent", "shared"]
POINTS = ["5", "10", "20", "40", "2.5", "0.333333", "-5", "-15", "-7.25", "1", "0"]
# What contains is drawn for becomes has if it asks for a whole word.
DRAWN = [operator for operator in OPERATORS if operator != "has"]


def _row(file, **cells):
    """A row of a configuration file with every column, cells as text, '' where not set."""
    row = dict.fromkeys(COLUMNS[file].split(), "")
    assert set(cells) <= set(row), set(cells) - set(row)
    row.update({name: str(value) for name, value in cells.items()})
    return row


def _spelled(rng, text):
    """A text as people write it: sometimes in another case or with white space around it."""
    return rng.choice([text, text, text.upper(), text.lower(), f" {text} "])


def _condition(rng, values, patterns):
    """A value, or a pattern that one of the values matches when both are cut as paths are."""
    fitting = [pattern for pattern in patterns
               if any(is_like(read_path(value), read_path(pattern)) for value in values)]
    return rng.choice(values if rng.random() < 0.6 else fitting)


def _activities(rng):
    """Between 5 and 12 activities, one at least of positive intent and one with a quantity."""
    rows = []
    for number in range(rng.randint(5, 12)):
        source = rng.choice(["web", *EVENT_VALUES]) if number else rng.choice(list(QUANTITIES))
        columns = EVENT_VALUES[source]
        if rng.random() < 0.4:  # a broad one
            filled = rng.choice([[], [], ["event_name"]])
        else:
            filled = [name for name in columns
                      if rng.random() < (0.7 if name == "event_name" else 1 / len(columns))]
        cells = {name: _spelled(rng, _condition(rng, columns[name], PATTERNS[name]))
                 for name in filled}
        if source == "web" and rng.random() < 0.15:
            cells["min_percent_complete"] = rng.choice(["25", "50", "75"])
        if source in QUANTITIES and (number == 0 or rng.random() < 0.5):
            cells["quantity"] = rng.choice(QUANTITIES[source])
        rows.append(_row(
            "activities", activity=f"activity_{number + 1}", source=source,
            intent="positive" if number == 0 else rng.choice(
                ["positive", "positive", "negative", "neutral"]),
            stage=rng.choice(["awareness", "consideration", "decision"]),
            channel=rng.choice(["website", "email", "sales"]), **cells))
    return rows


def _fit_criterion(rng, operator, custom_attributes):
    """The cells of a fit criterion with the operator that somebody can meet."""
    def is_there(name):
        plain = name.removeprefix("company_")
        return plain not in CUSTOM_ATTRIBUTES or plain in custom_attributes

    def one_of(names):
        return rng.choice([name for name in names if is_there(name)])

    cells = {"operator": operator}
    if operator in ("equals", "in", "not_in"):
        values = TEXT_ATTRIBUTES | NUMBER_ATTRIBUTES
        cells["attribute"] = one_of([*values, *["country"] * 6])
        texts = [_spelled(rng, text) for text in values[cells["attribute"]]]
        cells["value"] = rng.choice(texts) if operator == "equals" else rng.choice(
            [";", "; "]).join(rng.sample(texts, rng.randint(1, min(3, len(texts)))))
    elif operator == "contains":
        cells["attribute"] = one_of(["tags", "technologies", "job_title", "industry", "need",
                                     "email_domain", "persona"])
        text = rng.choice(TEXT_ATTRIBUTES[cells["attribute"]])
        cells["value"] = rng.choice([text, text.upper(), text[:3], text[1:4].strip()])
        if cells["value"].lower() in LISTED_WORDS:
            cells["operator"] = "has"
    elif operator in ("at_least", "at_most", "between"):
        cells["attribute"] = one_of(NUMBER_ATTRIBUTES)
        bounds = sorted(rng.choices(NUMBER_ATTRIBUTES[cells["attribute"]], k=2), key=float)
        if operator != "at_most":
            cells["min_value"] = bounds[0]
        if operator != "at_least":
            cells["max_value"] = bounds[1]
    elif operator in ("is_true", "is_false"):
        cells["attribute"] = one_of(BOOLEAN_ATTRIBUTES)
    elif operator == "due_within":
        cells["attribute"] = one_of(DATE_ATTRIBUTES)
        cells["within_days"] = rng.choice(["0", "7", "30", "90"])
    else:
        cells["attribute"] = one_of([*TEXT_ATTRIBUTES, *NUMBER_ATTRIBUTES, *BOOLEAN_ATTRIBUTES,
                                     *DATE_ATTRIBUTES, *OTHER_ATTRIBUTES])
    return cells


def _engagement_criterion(rng, rule, activities):
    """The cells of an engagement criterion with the rule that somebody can meet."""
    names = [row["activity"] for row in activities]
    cells = {"rule": rule, "activity": rng.choice(names)}
    window = rng.choice([1, 7, 14, 30, 30, 45, 60, 90])
    if rule in ("inactive", "decline") or rng.random() < 0.5:
        cells["window_days"] = window
    else:
        window = 1000
    daily_limit = rng.choice([1, 1, 1, 2, 3])
    if rng.random() < {"amount": 0.4, "each": 0.4, "inactive": 0}.get(rule, 0.6):
        cells["daily_limit"] = daily_limit
    if rule == "amount":
        cells["activity"] = rng.choice(
            [row["activity"] for row in activities if row["quantity"]])
        cells["per"] = rng.choice(["", "1", "10", "60", "0.5"])
    elif rule == "count":
        least = rng.randint(0, min(4, daily_limit * window))
        most = least + rng.randint(0, 3)
        chosen = rng.choice(["min", "max", "both"])
        if chosen != "max":
            cells["min_count"] = max(least, 1) if chosen == "min" else least
        if chosen != "min":
            cells["max_count"] = max(most, cells.get("min_count", 0))
    elif rule == "rate":
        cells["per"] = rng.choice([name for name in names if name != cells["activity"]])
        cells["min_rate"] = rng.choice(["0.1", "0.25", "0.333333", "0.5", "1"])
    elif rule == "inactive" and rng.random() < 0.6:
        cells["activity"] = "any"
    elif rule == "decline":
        cells["min_rate"] = rng.choice(["0.1", "0.5", "0.7", "1"])
    if rule in ("rate", "decline") and rng.random() < 0.5:
        # a rate of 1 out of 2 must be within reach of the daily limit
        cells["min_count"] = rng.choice([1, 2]) if daily_limit * window > 1 else 1
    if rule in ("each", "amount"):
        kind = rng.choice(["", *DECAYS])
        cells["decay"] = kind
        if kind not in ("", "none"):
            cells["decay_days"] = rng.choice([1, "1.1", 7, 10, 30, 45, 90])
        if kind in ("step", "compound"):
            cells["decay_rate"] = rng.choice(["0.1", "0.25", "0.5"])
        if rng.random() < 0.3:
            cells["max_points"] = rng.choice(["10", "25", "50.5"])
    return cells


def _limits(rng, model, criteria):
    """Limits of some of the categories that a model's criteria have."""
    rows = []
    for dimension, category in sorted(criteria):
        if rng.random() < 0.4:
            least, most = rng.choice(
                [("", "15"), ("-5", ""), ("-10", "20"), ("3", "30"), ("", "0"), ("-2.5", "7.5")])
            rows.append(_row("category_limits", scoring_model=model, dimension=dimension,
                             category=category, min_points=least, max_points=most))
    return rows


def _gates(rng, model, criteria):
    """Up to three gates on criteria of a model; their names occur in one model only."""
    rows = []
    for number in range(rng.choice([0, 1, 1, 2, 3, 3])):
        most, disqualifies = rng.choice(
            [("30", ""), ("50", "false"), ("79.9", ""), ("", "true"), ("", "true"),
             ("40", "true")])
        rows.append(_row("score_gates", gate=f"{model}_gate_{number + 1}", scoring_model=model,
                         criterion=rng.choice(criteria),
                         when=rng.choice(["met", "met", "met", "not_met"]),
                         max_score=most, disqualifies=disqualifies))
    return rows


def _bands(rng, model):
    """Grade bands of a model: none, or 1 to 5 of each dimension."""
    rows = []
    for dimension, grades in (("fit", "ABCDE"), ("engagement", "12345")):
        if rng.random() < 0.15:
            continue
        chosen = sorted(rng.sample(grades, rng.randint(1, 5)))
        scores = rng.sample(["0", "0.1", "10", "20", "25", "33.3", "50", "66.7", "75", "90"],
                            len(chosen))
        scores.sort(key=float, reverse=True)
        rows += [_row("grade_bands", scoring_model=model, dimension=dimension, grade=grade,
                      min_score=least) for grade, least in zip(chosen, scores)]
    rng.shuffle(rows)
    return rows


def _tiers(rng, model, bands):
    """Tiers of a model: none, or 1 to 5 of which the last has no condition."""
    if rng.random() < 0.15:
        return []
    number = rng.randint(0, 4)
    scores = sorted(rng.sample([1, 10, 20, 30, 45, 60, 70, 80, 90, 12.5], number), reverse=True)
    rows = []
    for rank, least in enumerate(scores, start=1):
        cells = {"min_score": least}
        for dimension in ("fit", "engagement"):
            grades = [row["grade"] for row in bands if row["dimension"] == dimension]
            if grades and rng.random() < 0.35:
                cells[f"{dimension}_grades"] = rng.choice([";", "; "]).join(
                    sorted(rng.sample(grades, rng.randint(1, len(grades)))))
        if len(cells) > 1 and rank == number and rng.random() < 0.5:
            del cells["min_score"]
        elif rng.random() < 0.5:
            cells["keep_score"] = max(0, least - rng.choice([0, 5, 10]))
        rows.append(_row("tiers", scoring_model=model, rank=rank, tier=f"tier_{rank}",
                         response_minutes=rng.choice(["", "15", "1440"]),
                         response_unit=("", "business_minutes", "Minutes")[rank % 3],
                         action=rng.choice(["", "call"]), **cells))
    rows.append(_row("tiers", scoring_model=model, rank=number + 1, tier="rest"))
    rng.shuffle(rows)
    return rows


def random_configuration(rng, custom_attributes=(), max_models=3):
    """A random configuration without mistakes.

    rng: random.Random; custom_attributes: those of CUSTOM_ATTRIBUTES that criteria may ask for;
    max_models: scoring models at most. Returns dict file name -> list of dict of str, as score()
    takes it; over seeds every operator, rule, decay, limit, gate, band and condition occurs.
    """
    files = {name: [] for name in COLUMNS}
    files["activities"] = _activities(rng)
    names = ["acquisition", "expansion", "retention", "adoption"]
    for model in rng.sample(names, rng.randint(1, max_models)):
        fit_weight, engagement_weight = rng.choice(
            [("0.5", "0.5"), ("0.6", "0.4"), ("0.35", "0.65"), ("1", "0"), ("0", "1")])
        mql, sql = rng.choice([("40", "70"), ("10", "20.5"), ("25", "25"), ("0", "100")])
        files["scoring_models"].append(_row(
            "scoring_models", scoring_model=model, label=model.title(),
            population=rng.choice(
                ["", "everyone", "open_leads", "customers", "open_leads;customers",
                 "trial_users", "partners", "trial_users; partners"]),
            fit_target=rng.choice(["10", "30", "37.5", "100"]),
            engagement_target=rng.choice(["10", "45", "60", "100"]),
            fit_weight=fit_weight, engagement_weight=engagement_weight,
            mql_score=mql, sql_score=sql))
        criteria, categories = [], set()
        fit_count = 0 if rng.random() < 0.08 else rng.randint(1, 9)
        for number, operator in enumerate(rng.choices(DRAWN, k=fit_count), start=1):
            row = _row("fit_criteria", criterion=f"fit_{number}", scoring_model=model,
                       category=rng.choice(FIT_CATEGORIES), points=rng.choice(POINTS),
                       **_fit_criterion(rng, operator, custom_attributes))
            files["fit_criteria"].append(row)
            criteria.append(row["criterion"])
            categories.add(("fit", row["category"]))
        for number, rule in enumerate(rng.choices(RULES, k=rng.randint(2, 10)), start=1):
            row = _row("engagement_criteria", criterion=f"act_{number}", scoring_model=model,
                       category=rng.choice(ENGAGEMENT_CATEGORIES), points=rng.choice(POINTS),
                       **_engagement_criterion(rng, rule, files["activities"]))
            files["engagement_criteria"].append(row)
            criteria.append(row["criterion"])
            categories.add(("engagement", row["category"]))
        files["category_limits"] += _limits(rng, model, categories)
        files["score_gates"] += _gates(rng, model, criteria)
        bands = _bands(rng, model)
        files["grade_bands"] += bands
        files["tiers"] += _tiers(rng, model, bands)
    return files
