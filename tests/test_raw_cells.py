"""How raw cells are read in whole runs, and whose activity it then is: reports of real users."""

import random

from tests.scoring_files import VISIT, configuration, contact, criterion, event

AS_OF = "2026-03-02"
EARLY = "2026-01-01 08:00:00"
MODEL = {"scoring_model": "acquisition", "population": "everyone", "fit_target": "100",
         "engagement_target": "100", "fit_weight": "0.5", "engagement_weight": "0.5",
         "mql_score": "50", "sql_score": "80"}
RULES = configuration(
    scoring_models=[MODEL],
    activities=[VISIT, {"activity": "click", "source": "email", "event_name": "clicked",
                        "intent": "positive"}],
    engagement_criteria=[criterion("visits", 1), criterion("clicks", 1, activity="click")],
    fit_criteria=[
        {"criterion": "open_deals", "attribute": "open_deal_count", "operator": "at_least",
         "min_value": "1", "points": "1"},
        {"criterion": "days_since_won", "attribute": "days_since_won_deal", "operator": "at_least",
         "min_value": "0", "points": "1"},
        {"criterion": "unsubscribed", "attribute": "unsubscribed_at", "operator": "is_known",
         "points": "1"}])


def score(project, raw_tables, as_of=AS_OF, **variables):
    project.configure(RULES)
    project.fill(raw_tables)
    project.build_scores(as_of, **variables)


def ledger(project, criterion):
    """Points of each lead for a criterion (dict lead_id -> number)."""
    return {row["lead_id"]: int(row["points"]) for row in project.query(
        f"select lead_id, points from marts.lead_score_ledger where criterion = '{criterion}'")}


def click(number, email, **cells):
    return {**event(number, "2026-02-20", "clicked"), "contact_id": None, "email": email, **cells}


def test_spellings_of_one_address(fresh):
    spellings = {
        "zero_width": "\u200bzero_width@x.example", "name": "Name Surname <name@x.example>",
        "comma_name": '"Surname, Name" <comma_name@x.example>', "mailto": "mailto:mailto@x.example",
        "dot": "dot@x.example.", "quote": "'quote@x.example'", "upper": " UPPER@X.Example ",
        "first": "n/a; first@x.example, other@x.example", "jos\u00e9": "jose\u0301@x.example",
        "no_break": "\u00a0\u201cno_break@x.example\u201d;", "o'brien": "O'Brien@x.example",
        "lines": "lines@x.example;\n other@x.example,\r\nthird@x.example",
        "twice": "twice@x.example <twice@x.example>", "old": '"was@y.example" <old@x.example>',
        "at": "Name @ Company <at@x.example>; other@x.example", "german": "\u201egerman@x.example\u201c",
        "french": "\u00abfrench@x.example\u00bb", "tick": "`tick@x.example`"}
    contacts = [contact(f"c{number}", email=f"{name}@x.example")
                for number, name in enumerate(spellings)]
    contacts.append(contact("two", email="one@x.example;\nTwo <two@x.example>"))
    contacts.append(contact("more", additional_emails="MORE@x.example; mailto:most@x.example"))
    score(fresh, {"contacts": contacts, "email_events": [
        click(number, spelling) for number, spelling in enumerate(spellings.values())] + [
        click(101, "two@x.example"), click(102, "more@x.example"), click(103, "most@x.example"),
        click(104, "two at x.example", contact_id="two")]})
    assert ledger(fresh, "clicks") == {
        **{f"c{number}": 1 for number in range(len(spellings))}, "two": 2, "more": 2}


def test_numbers_as_people_write_them(fresh):
    written = {
        "1,000": 1000, "1 000": 1000, "1\u00a0000": 1000, "1.000": 1, "1,5": 1.5, "1.234,5": 1234.5,
        "1,234.5": 1234.5, "1.234.567": 1234567, "51-200": 51, "51 \u2013 200": 51, "1000+": 1000,
        "$1.2M": 1200000, "$1,200,000": 1200000, "EUR 5000000": 5000000, "1.2M": 1200000,
        "10 million": 10000000, "5k": 5000, "2bn": 2000000000, "40%": 40, "-3,5": -3.5, "1e3": 1000,
        "1000000000000000": 10 ** 15, "1000000000000001": None, "1e16": None, "<50": None, "~50": None,
        "50 or so": None, "1,2,3": None, "12,34,567": None, "0,500": 0.5, "1-5M": None,
        "0.5M-900K": 500000, "900k to 1 million": 900000, "1bn-2bn": 10 ** 9, "10 gbp": 10}
    fresh.configure(configuration(scoring_models=[MODEL], activities=[VISIT], fit_criteria=[
        {"criterion": f"is_{number}", "attribute": "budget_amount", "operator": "between",
         "min_value": str(value), "max_value": str(value), "points": "1"}
        for number, value in enumerate(written.values()) if value is not None]))
    fresh.fill({"contacts": [contact(f"c{number}", budget_amount=text)
                             for number, text in enumerate(written)]})
    fresh.build_scores(AS_OF)
    read = {row["lead_id"]: row["n"] for row in fresh.query(
        "select contact_id as lead_id, budget_amount as n from scoring.int_contacts_as_of"
        " where as_of = '2026-03-02'")}
    assert {text: read[f"c{number}"] and float(read[f"c{number}"])
            for number, text in enumerate(written)} == written


def test_ids_of_spreadsheets(fresh):
    score(fresh, {
        "contacts": [contact("101.0"), contact("102", merged_into_contact_id="101.00"), contact("10.5")],
        "web_events": [event(1, "2026-03-01", contact_id=" 101 "),
                       event(2, "2026-03-01", contact_id="102.0"),
                       event(3, "2026-03-01", contact_id="10.5")]})
    assert ledger(fresh, "visits") == {"101": 2, "10.5": 1}


def test_white_space_around_a_cell_is_any_of_unicode(fresh):
    contacts = [contact("\u202f101", email="one@x.example"),
                contact("c2\u3000", email="\u2003two@x.example\u2009")]
    score(fresh, {"contacts": contacts, "email_events": [
        click(1, "two@x.example"), click(2, None, contact_id="101\u2028")]})
    assert ledger(fresh, "clicks") == {"101": 1, "c2": 1}


def test_a_day_whose_midnight_occurs_twice_begins_with_the_first(fresh):
    fresh.fill({"contacts": [contact("c1", created_at="2025-10-26")]})
    fresh.build_scores("2025-12-31", reporting_timezone="Atlantic/Azores")
    [found] = fresh.query("select created_at from scoring.stg_crm__contact_versions")
    assert str(found["created_at"]) == "2025-10-26 00:00:00"


def test_a_date_without_time_is_a_day_of_the_reporting_zone(fresh):
    score(fresh, {
        "contacts": [contact("c1"), contact("c2", "2026-03-02")],
        "deals": [{"deal_id": "d1", "contact_id": "c1", "is_won": "true", "created_at": "2026-01-05",
                   "closed_at": "2026-03-02", "updated_at": "2026-01-05"}]},
          "2026-03-04", reporting_timezone="America/New_York",
          scored_days=["2026-03-01", "2026-03-02"])
    [value] = fresh.query("select evidence from marts.lead_score_ledger where criterion = 'days_since_won'")
    assert "2" in value["evidence"]
    by_day = {(str(row["as_of"]), row["lead_id"]): row["qualification"] for row in fresh.query(
        "select as_of, lead_id, qualification from marts.lead_scores_by_day")}
    assert by_day["2026-03-01", "c1"] == "lead" and by_day["2026-03-02", "c1"] == "customer"
    assert ("2026-03-01", "c2") not in by_day and ("2026-03-02", "c2") in by_day


def test_a_yes_counts_from_its_version(fresh):
    """Of unsubscribed_at and deleted_at; a no is nothing, a time to come is missing."""
    score(fresh, {"contacts": [
        contact("yes", unsubscribed_at="true"), contact("no", unsubscribed_at="No"),
        contact("day", unsubscribed_at="2026-02-01"), contact("later", unsubscribed_at="2026-04-01"),
        contact("gone", deleted_at="yes"), contact("here", deleted_at="false"),
        contact("going", EARLY, deleted_at=None),
        contact("going", EARLY, deleted_at="1", updated_at="2026-03-05 08:00:00")]})
    assert ledger(fresh, "unsubscribed") == {"yes": 1, "day": 1}
    leads = {row["lead_id"] for row in fresh.query("select lead_id from marts.lead_scores")}
    assert leads == {"yes", "no", "day", "later", "here", "going"}


def test_tags_grades_conditions_and_values_are_read_alike(fresh):
    """Separators beside any white space, ids and addresses in the configuration as in raw rows,
    numbers as people write them in custom attributes, days of times in them, and placeholders.
    """
    fit = {
        "address": ("email", "equals", "Mailto:D1@X.example"), "domain": ("domain", "contains",
                                                                        "https://www.Acme.example/"),
        "created": ("created_at", "equals", "2026-01-01"), "big": ("size", "at_least", "1000"),
        "soon": ("renewal", "due_within", "3"),
        "has_further": ("additional_emails", "has", "Second@X.example"),
        "is_further": ("additional_emails", "equals", "mailto:second@x.example"),
        "no_further": ("additional_emails", "is_missing", ""),
        "own_country": ("country", "equals", "Teutonia"), "free": ("is_free_email", "is_true", ""),
        "own_word": ("seniority", "equals", "vp"), "at_company": ("company_id", "is_known", "")}
    seeds = fresh.folder / "seeds" / "normalisation"
    for seed, line in [("country_names", "Teutonia,DE"), ("country_names", "GERMANY,DE"),
                       ("free_mail_domains", "Beta.io"), ("job_title_words", "Over-Boss,seniority,vp,1")]:
        with (seeds / f"{seed}.csv").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    fresh.configure(configuration(
        scoring_models=[{**MODEL, "population": "partners", "fit_target": "1"}],
        activities=[VISIT, {"activity": "mailing", "source": "email", "campaign_id": "10.0"},
                    {"activity": "product", "source": "web", "product": "%"}],
        fit_criteria=[
            {"criterion": name, "attribute": attribute, "operator": operator, "points": "1",
             "value": "" if operator in ("at_least", "due_within") else value,
             "min_value": value if operator == "at_least" else "",
             "within_days": value if operator == "due_within" else ""}
            for name, (attribute, operator, value) in fit.items()],
        engagement_criteria=[criterion("mailed", 1, activity="mailing"),
                             criterion("saw_product", 1, activity="product")],
        grade_bands=[{"dimension": "fit", "grade": "a", "min_score": "100"},
                     {"dimension": "fit", "grade": "e", "min_score": "0"}]))
    tags = ["vip;\npartner", "vip;\tPartner;x", "vip;\u00a0partner", "vip;partner\r\n;c", "partner"]
    further = ["Second <Second@X.example>", "Other@x.example, Second <Second@X.example>", "none"]
    attributes = [("1,000", "2026-03-06T02:00:00Z"), ("$1.2M", "2026-03-06T05:00:00Z"),
                  ("1000+", "2026-03-02T01:00:00Z"), ("900", "2026-03-05"), ("many", "soon")]
    fresh.fill({
        "contacts": [
            contact(f"c{number}", created_at="2026-01-01", email=f"d{number}@x.example",
                    company_id="k" if number == 1 else None, tags=tag, size=size, renewal=renewal,
                    additional_emails=dict(enumerate(further)).get(number))
            for number, (tag, (size, renewal)) in enumerate(zip(tags, attributes))] + [
            contact("c5", "2026-01-01", email="ann@beta.io", tags="partner", country="teutonia",
                    job_title="Over boss"),
            contact("c6", "2026-01-01", tags="partner", country="Germany")],
        "companies": [{"company_id": "k", "domain": "HTTP://www.ACME.example:80/en",
                       "updated_at": "2026-01-01"},
                      {"company_id": "beta", "domain": "beta.io", "updated_at": "2026-01-01"}],
        "email_events": [event(number, "2026-02-20", "clicked", campaign_id=campaign)
                         for number, campaign in enumerate(["10", "10.0", "11"])],
        "web_events": [event(number, "2026-02-20", product=product)
                       for number, product in enumerate(["(not set)", "n/a", "press"])]})
    fresh.build_scores(AS_OF, reporting_timezone="America/New_York",
                       custom_attributes=["size", "Renewal"])
    met = {name: set(ledger(fresh, name)) for name in fit}
    assert met == {"address": {"c1"}, "domain": {"c1"}, "created": {f"c{n}" for n in range(7)},
                   "big": {"c0", "c1", "c2"}, "soon": {"c0", "c3"},
                   "has_further": {"c0", "c1"}, "is_further": {"c0"},
                   "no_further": {"c2", "c3", "c4", "c5", "c6"}, "own_country": {"c5", "c6"},
                   "free": {"c5"}, "own_word": {"c5"}, "at_company": {"c1"}}
    assert ledger(fresh, "mailed") == {"c1": 2}
    assert ledger(fresh, "saw_product") == {"c1": 1}
    assert {row["fit_grade"] for row in fresh.query("select fit_grade from marts.lead_scores")} == {"A"}


def test_short_numbers_take_a_faster_way_to_the_same_result(project):
    """DuckDB reads and writes decimals of up to 18 digits much faster; limits of the short way, and
    numbers drawn around them."""
    draw = random.Random(11)
    texts = ["99999999", "100000000", "99999999.9999999995", "999999999.9999999995", "999999999",
             "1000000000", "0", "-0.0", "5.", ".5", "1e3", "0.0000000005", "-0.0000000005",
             "123456789012345678.5", "1e400", "+7", "00012.50"]
    texts += [f"{draw.choice(['', '-', '+'])}{draw.randrange(10 ** draw.randint(1, 12))}"
              f".{draw.randrange(10 ** draw.randint(1, 12))}" for _ in range(2000)]
    values = ", ".join(f"('{text}')" for text in texts)
    different = project.show(f"""
        with read as (
            select
                given.cell,
                {{{{ lead_scoring.duckdb__plain_number('given.cell') }}}} as number,
                {{{{ lead_scoring.default__plain_number('given.cell') }}}} as number_the_long_way
            from (values {values}) as given (cell)
        )
        select
            read.*,
            {{{{ number_as_text('read.number') }}}} as written,
            {{{{ lead_scoring.default__number_as_text('read.number') }}}} as written_the_long_way
        from read
        where
            number is distinct from number_the_long_way
            or written is distinct from written_the_long_way""")
    assert different == []
