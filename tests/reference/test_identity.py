"""Tests of the reference scorer: who is who, and who is in which population."""

import pytest

from .identity import survivors
from .worlds_for_tests import EARLY, VISIT, act, ago, contact, fit, model, points, run, scored, visits


def test_survivors():
    assert survivors({"a": "b", "b": "c", "c": None}) == {"a": "c", "b": "c", "c": "c"}
    assert survivors({"a": "a", "b": "x"}) == {"a": "a", "b": "b"}
    cycle = {"d": "c", "c": "b", "b": "e", "e": "c", "a": "d"}
    assert survivors(cycle) == dict.fromkeys("abcde", "b")


def test_merges_pass_activity_on_and_keep_the_survivors_attributes():
    contacts = [contact("c1", merged_into_contact_id="c2", job_title="CEO", deleted_at=EARLY),
                contact("c2", merged_into_contact_id="c3", email="two@acme.test"),
                contact("c3", job_title="VP Sales")]
    events = visits(1, 2) + visits(3, contact_id="", email="TWO@acme.test")
    criteria = [fit(attribute="job_title", operator="equals", value="vp sales")]
    result = run({"contacts": contacts, "web_events": events}, fit_criteria=criteria,
                 engagement_criteria=[act()])
    assert [row["lead_id"] for row in result["lead_scores"]] == ["c3"]
    assert points(result, "a", "c3") == 30 and points(result, "f", "c3") == 10


def test_merges_into_nobody_deleted_survivors_and_cycles():
    def leads(*contacts):
        return [row["lead_id"] for row in run({"contacts": list(contacts)})["lead_scores"]]

    assert leads(contact("c1", merged_into_contact_id="c9")) == ["c1"]
    assert leads(contact("c1", merged_into_contact_id="c1")) == ["c1"]
    late = contact("c2", created_at=ago(-1), updated_at=ago(-1))
    assert leads(contact("c1", merged_into_contact_id="c2"), late) == ["c1"]
    assert leads(contact("c1", merged_into_contact_id="c2"),
                 contact("c2", deleted_at=ago(0, "23:59:59"))) == []
    assert leads(contact("c1", merged_into_contact_id="c2"),
                 contact("c2", deleted_at=ago(-1, "00:00:00"))) == ["c2"]
    assert leads(contact("c2", merged_into_contact_id="c1", deleted_at=EARLY),
                 contact("c1", merged_into_contact_id="c2")) == ["c1"]
    assert leads(contact("c2", merged_into_contact_id="C1"),
                 contact("C1", merged_into_contact_id="c2")) == ["C1"]


def test_an_address_belongs_to_a_lead_that_has_it_now_then_to_the_one_created_first():
    event = visits(1, contact_id=None, email=" Shared@acme.test ")

    def owner(*contacts):
        result = run({"contacts": list(contacts), "web_events": event},
                     engagement_criteria=[act()])
        return [row["lead_id"] for row in result["lead_score_ledger"]]

    shared = {"email": "shared@ACME.test"}
    old, new = contact("c2", **shared), contact("c1", created_at="2024-01-02", **shared)
    assert owner(new, old) == ["c2"]
    assert owner(contact("c1", **shared), old) == ["c1"]
    changed = contact("c2", email="other@acme.test", updated_at="2024-02-01")
    assert owner(new, old, changed) == ["c1"]  # c2 has given it up
    assert owner(old, changed) == ["c2"]  # and nobody else has it
    assert owner(contact("c1"), old, contact("c3", additional_emails="n/a; SHARED@acme.test")) == ["c2"]
    assert owner(contact("c3", email="x@acme.test, shared@acme.test"), old, changed) == ["c3"]
    later = contact("c2", updated_at=ago(-1), **shared)
    assert owner(new, contact("c2"), later) == ["c1"]  # but not of a later one
    assert owner(new, old | {"deleted_at": EARLY}) == ["c1"]  # a deleted contact has no claim
    assert owner(old | {"deleted_at": EARLY}) == []
    assert owner(new, old | {"merged_into_contact_id": "c3"}, contact("c3")) == ["c3"]


def test_a_contact_that_lists_others_has_taken_them_over():
    def owners(*contacts, **cells):
        events = visits(1, contact_id="c9", **cells)
        result = run({"contacts": list(contacts), "web_events": events},
                     engagement_criteria=[act()])
        return [row["lead_id"] for row in result["lead_score_ledger"]]

    lists = {"merged_contact_ids": "c8;  c9.; 9.0;c9"}
    assert owners(contact("c1", **lists)) == ["c1"]
    assert owners(contact("c1", **lists), contact("c9")) == ["c1"]
    assert owners(contact("c1", **lists), contact("c9", merged_into_contact_id="c3"), contact("c3")) == ["c3"]
    assert owners(contact("c1", **lists), contact("c9", merged_into_contact_id="c4")) == ["c9"]
    assert owners(contact("c2", **lists), contact("c1", **lists)) == ["c1"]
    assert owners(contact("c1", **lists), contact("c9", created_at=ago(-1), updated_at=ago(-1))) == []
    assert owners(contact("c1", created_at=ago(-1), updated_at=ago(-1), **lists)) == []
    assert owners(contact("c1", merged_into_contact_id="c9", **lists)) == ["c1"]


def test_a_lead_without_company_belongs_to_the_one_that_has_its_domain():
    def companies_of(email, *domains, **options):
        companies = [{"company_id": f"k{number}", "domain": domain, "updated_at": EARLY}
                     for number, domain in enumerate(domains)]
        result = run({"contacts": [contact(email=email)], "companies": companies}, options=options,
                     fit_criteria=[fit(attribute="company_id", operator="is_known")])
        return bool(points(result, "f"))

    assert companies_of("a@acme.test", "https://www.ACME.test:80/en.", "other.test")
    assert companies_of("a@acme.test", "acme.test.")
    assert not companies_of("a@acme.test", "acme.test", match_companies_by_domain=False)
    assert not companies_of("a@acme.test", "acme.test", "www.acme.test")
    assert not companies_of("a@sub.acme.test", "acme.test")


def test_contact_id_goes_before_e_mail_and_strangers_credit_nobody():
    contacts = [contact("c1", email="one@acme.test"), contact("c2", email="two@acme.test")]
    criteria = {"engagement_criteria": [act()]}

    def owner(**cells):
        result = run({"contacts": contacts, "web_events": visits(1, **cells)}, **criteria)
        return [row["lead_id"] for row in result["lead_score_ledger"]]

    assert owner(contact_id="c2", email="one@acme.test") == ["c2"]
    assert owner(contact_id="c9", email="one@acme.test") == ["c1"]
    assert owner(contact_id="C1") == [] and owner(contact_id="n/a", email="N/A") == []
    events = visits(3, anonymous_id="a1") + visits(1, contact_id="c9", anonymous_id="a1")
    result = run({"contacts": contacts, "web_events": events}, **criteria)
    assert points(result) == 10  # the stranger's visit is not given to whom the device knows


def anonymous(events, contacts=None, **options):
    """The leads that visits without contact and e-mail on device a1 are credited to."""
    tables = {"contacts": contacts or [contact("c1"), contact("c2")],
              "web_events": events}
    activity = VISIT | {"event_name": "form_submitted"}
    result = run(tables, activities=[activity], engagement_criteria=[act()], options=options)
    return [row["lead_id"] for row in result["lead_score_ledger"]]


def test_an_anonymous_id_belongs_to_the_one_person_that_it_was_seen_with():
    hidden = visits(20, contact_id=None, anonymous_id="a1", event_name="form_submitted")
    seen = visits(10, anonymous_id="a1")
    assert anonymous(hidden) == []
    assert anonymous(hidden + seen) == ["c1"]
    assert anonymous(hidden + visits(30, anonymous_id="a1")) == ["c1"]
    assert anonymous(hidden + visits(-1, anonymous_id="a1")) == []
    assert anonymous(hidden + seen + visits(-1, anonymous_id="a1", contact_id="c2")) == ["c1"]
    assert anonymous(hidden + seen + visits(5, anonymous_id="a1", contact_id="c2")) == []
    assert anonymous(hidden + seen + visits(5, anonymous_id="a1", contact_id="stranger")) == ["c1"]
    merged = [contact("c1"), contact("c2", merged_into_contact_id="c1")]
    both = hidden + seen + visits(5, anonymous_id="a1", contact_id="c2")
    assert anonymous(both, merged) == ["c1"]
    assert anonymous(both, [contact("c1"), contact("c2", deleted_at=EARLY)]) == ["c1"]
    assert anonymous(hidden + seen, [contact("c1", deleted_at=EARLY)]) == []


def test_look_back_counts_whole_days_before_the_first_sighting():
    hidden = visits(20, contact_id=None, anonymous_id="a1", event_name="form_submitted")
    seen = visits(5, 10, anonymous_id="a1")
    assert anonymous(hidden + seen, anonymous_lookback_days=10) == ["c1"]
    assert anonymous(hidden + seen, anonymous_lookback_days=9) == []
    assert anonymous(hidden + visits(20, anonymous_id="a1"), anonymous_lookback_days=0) == ["c1"]
    assert anonymous(hidden + visits(25, anonymous_id="a1"), anonymous_lookback_days=0) == ["c1"]


def populations(tables, lead_id="c1"):
    """The populations that a lead is in."""
    names = ["open_leads", "customers", "trial_users", "partners", "everyone"]
    result = run(tables, scoring_models=[
        model(scoring_model=name, population=name) for name in names])
    return {row["scoring_model"] for row in result["lead_scores"] if row["lead_id"] == lead_id}


def test_populations():
    deal = {"deal_id": "d1", "deal_type": "New", "is_won": "yes", "closed_at": ago(0, "23:59:59"),
            "contact_id": "c1", "created_at": EARLY, "updated_at": EARLY}
    company = {"company_id": "k1", "updated_at": EARLY}
    in_company = [contact(company_id="k1")]
    open_lead, customer = {"open_leads", "everyone"}, {"customers", "everyone"}
    assert populations({}) == open_lead
    assert populations({"contacts": [contact(lifecycle_stage=" Customer")]}) == customer
    assert populations({"contacts": [contact(tags="vip; PARTNER")]}) == open_lead | {"partners"}
    assert populations({"contacts": [contact(tags="partners")]}) == open_lead
    assert populations({"deals": [deal]}) == customer
    assert populations({"deals": [deal | {"deal_type": "renewal"}]}) == customer
    assert populations({"deals": [deal | {"is_won": "no"}]}) == open_lead
    assert populations({"deals": [deal | {"closed_at": ago(-1, "00:00:00")}]}) == open_lead
    assert populations({"deals": [deal | {"closed_at": None}]}) == customer  # by updated_at
    undecided = deal | {"is_won": None, "closed_at": EARLY}
    assert populations({"deals": [undecided]}) == open_lead
    decided = deal | {"closed_at": None, "updated_at": ago(-1, "00:00:00")}
    assert populations({"deals": [undecided, decided]}) == open_lead
    company_deal = deal | {"contact_id": None, "company_id": "k1"}
    assert populations({"deals": [company_deal]}) == open_lead
    assert populations({"deals": [company_deal], "contacts": in_company}) == customer
    merged = [contact(), contact("c2", merged_into_contact_id="c1")]
    assert populations({"deals": [deal | {"contact_id": "c2"}], "contacts": merged}) == customer
    for since, expected in [(ago(0)[:10], customer), (ago(-1)[:10], open_lead)]:
        companies = [company | {"customer_since": since}]
        assert populations({"contacts": in_company, "companies": companies}) == expected
    ended = company | {"customer_since": ago(30)[:10], "customer_until": ago(5)[:10]}
    def of_ended(closed_at, **cells):
        return populations({"contacts": [contact(company_id="k1", **cells)], "companies": [ended],
                            "deals": [company_deal | {"closed_at": closed_at}]})
    assert of_ended(ago(5), lifecycle_stage="customer") == open_lead
    assert of_ended(ago(4)) == customer
    ended["customer_until"] = ago(-1)[:10]
    assert of_ended(ago(9)) == customer
    assert populations({"product_events": visits(0)}) == open_lead | {"trial_users"}
    assert populations({"product_events": visits(-1)}) == open_lead
    assert populations({"product_events": visits(0), "deals": [deal]}) == customer


def test_population_lists_and_unknown_populations():
    assert scored(run(scoring_models=[model(population="customers; open_leads")]))
    assert scored(run(scoring_models=[model(population="customers;partners")])) is None
    with pytest.raises(ValueError):
        run(scoring_models=[model(population="friends")])
