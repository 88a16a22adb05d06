"""Tests of the reference scorer: what requests to be forgotten take away."""

from datetime import date

from .worlds_for_tests import EARLY, act, ago, contact, points, run, scored, visits

T = ago(10)
AFTER = ago(9)
NAMELESS = {"contact_id": None, "anonymous_id": "a1"}


def request(contact_id=None, email=None, requested_at=T):
    """A request to be forgotten, ten days before the as-of day."""
    return {"contact_id": contact_id, "email": email, "requested_at": requested_at}


def erased(tables, *requests, **options):
    """How many rows of each table are erased, but for those without any, by one or more requests
    (default: one of c1). What became of the rows adds up.
    """
    result = run({**tables, "erasure_requests": list(requests) or [request("c1")]}, **options)
    for table, counts in result["row_counts"].items():
        assert counts["rows"] == sum(
            counts[part] for part in ("used", "superseded", "rejected", "erased")), table
    return {table: counts["erased"] for table, counts in result["row_counts"].items()
            if counts["erased"]}


def row_counts(table, rows, **more):
    """(used, superseded, rejected, erased) of a table after a request of c1."""
    result = run({table: rows, "erasure_requests": [request("c1")], **more})
    counts = result["row_counts"][table]
    return tuple(counts[part] for part in ("used", "superseded", "rejected", "erased"))


def test_a_request_takes_the_contact_and_what_it_did_by_then():
    tables = {"contacts": [contact(), contact("c2")],
              "web_events": visits(10, 11, 9) + visits(11, contact_id="c2")}
    assert erased(tables) == {"contacts": 1, "web_events": 2}
    # Whatever the as-of day is, also a past one or one before the request.
    for age in ("2024-06-15", "2024-01-05"):
        assert erased(tables, as_of=date.fromisoformat(age)) == {"contacts": 1, "web_events": 2}
    assert erased(tables, request("c1", requested_at=ago(11, "11:59:59"))) == {"contacts": 1}
    assert erased(tables, request("c1", requested_at=ago(-5))) == {"contacts": 1, "web_events": 3}
    result = run({**tables, "erasure_requests": [request("c1")]}, engagement_criteria=[act()])
    assert scored(result) is None and points(result, "a", "c2") == 10


def test_requests_are_rejected_without_a_time_or_a_name_and_repeats_count_once():
    result = run({"erasure_requests": [
        request("c7"), request("c7"), request(" c7 "), request("c7", requested_at=AFTER),
        request(email="X@y.test"), request(email="x@y.test"),
        request(), request("n/a", " "), request("c1", requested_at="soon")]})
    assert result["row_counts"]["erasure_requests"] == {
        "rows": 9, "used": 3, "superseded": 3, "rejected": 3, "erased": 0}
    assert scored(result)
    # One that is rejected goes with the person whom it names.
    rejected = [request("c1", requested_at="soon"), request("c2", requested_at="soon")]
    assert erased({}, request(email="x@y.test"), *rejected) == {}
    assert erased({}, request("c1"), *rejected) == {"contacts": 1, "erasure_requests": 1}
    assert erased({}, request("c7", "x@y.test"), request(None, "X@y.test", "soon")) == {
        "erasure_requests": 1}


def test_a_person_is_who_is_known_then_closed_over_merges():
    def contacts(*changes):
        merged = [contact("c1", merged_into_contact_id="c2"), contact("c2"),
                  contact("c3", merged_into_contact_id="c2"), contact("c4")]
        return {"contacts": merged + list(changes)}

    assert erased(contacts()) == {"contacts": 3}
    assert erased(contacts(), request("c2")) == {"contacts": 3}
    later = contact("c4", merged_into_contact_id="c1", updated_at=AFTER)
    assert erased(contacts(later)) == {"contacts": 3}
    by_then = contact("c4", merged_into_contact_id="c1", updated_at=T)
    assert erased(contacts(by_then)) == {"contacts": 5}
    unmerged = contact("c1", updated_at=T)
    assert erased(contacts(unmerged)) == {"contacts": 2}
    young = contact("c5", created_at=AFTER, updated_at=AFTER, merged_into_contact_id="c2")
    assert erased(contacts(young)) == {"contacts": 3}
    # Not created by then: its id is a key, but nobody else is meant.
    late = {"contacts": [contact("c1", created_at=AFTER, merged_into_contact_id="c2"),
                         contact("c2")], "web_events": visits(11)}
    assert erased(late) == {"web_events": 1}
    # The version that holds then says when a contact was created; at that moment it is known.
    for created_at, count in ((T, 3), (ago(10, "12:00:01"), 1)):
        moved = [contact("c2", merged_into_contact_id="c1"), contact("c2", updated_at=ago(20),
                 created_at=created_at, merged_into_contact_id="c1"), contact("c1")]
        assert erased({"contacts": moved}) == {"contacts": count}
    cycle = [contact("c1", merged_into_contact_id="c2"),
             contact("c2", merged_into_contact_id="c1")]
    assert erased({"contacts": cycle}) == {"contacts": 2}


def test_a_request_by_address_means_who_bears_it_then():
    contacts = [contact("c1", email="one@x.test"), contact("c2", created_at="2024-01-02",
                                                           email="one@x.test"),
                contact("c2", updated_at="2024-01-02", email="two@x.test")]
    rows = {"contacts": contacts, "web_events": (
        visits(11) + visits(12, contact_id=None, email="ONE@x.test")
        + visits(13, contact_id="c9", email="one@x.test")
        + visits(14, contact_id="c2", email="one@x.test")
        + visits(15, contact_id=None, email="two@x.test"))}
    assert erased(rows, request(email="one@x.test")) == {"contacts": 1, "web_events": 3}
    assert erased(rows, request("c1")) == {"contacts": 1, "web_events": 3}
    assert erased(rows, request("c2")) == {"contacts": 2, "web_events": 2}
    assert erased(rows, request("c2", "one@x.test")) == {"contacts": 3, "web_events": 5}
    assert erased(rows, request(email="nobody@x.test")) == {}
    stranger = {"web_events": visits(11, contact_id=None, email="s@x.test")}
    assert erased(stranger, request(email="S@x.test")) == {"web_events": 1}
    former = [contact(email="old@x.test"),
              contact(email="new@x.test", updated_at=AFTER, created_at=EARLY)]
    events = visits(11, contact_id=None, email="old@x.test")
    assert erased({"contacts": former, "web_events": events},
                  request(email="old@x.test")) == {"contacts": 2, "web_events": 1}
    assert erased({"contacts": former}, request(email="new@x.test")) == {}
    by_then = [former[0], former[1] | {"updated_at": T}]
    assert erased({"contacts": by_then, "web_events": events}) == {"contacts": 2, "web_events": 1}
    # Created first goes before the smaller id.
    contacts = [contact("c1", created_at="2024-01-02", email="one@x.test"),
                contact("c2", email="one@x.test"), contact("c2", updated_at=AFTER)]
    events = visits(11, contact_id=None, email="one@x.test")
    assert erased({"contacts": contacts}, request(email="one@x.test")) == {"contacts": 3}
    assert erased({"contacts": contacts, "web_events": events}) == {"contacts": 1}
    assert erased({"contacts": contacts, "web_events": events}, request("c2")) == {
        "contacts": 2, "web_events": 1}


def test_a_request_by_an_address_that_nobody_bears_means_its_last_bearers():
    def changes(name, *days):
        """A contact that bore the address from its creation until the last of the days."""
        return [contact(name, email="one@x.test"),
                *[contact(name, email="one@x.test", updated_at=ago(day)) for day in days[:-1]],
                contact(name, updated_at=ago(days[-1]))]

    asked = request(email="one@x.test")
    assert erased({"contacts": changes("c1", 40) + changes("c2", 50, 30)}, asked) == {"contacts": 3}
    assert erased({"contacts": changes("c1", 30) + changes("c2", 50, 30)}, asked) == {"contacts": 5}
    assert erased({"contacts": changes("c1", 40) + changes("c2", 5)}, asked) == {"contacts": 2}


def test_a_request_means_whom_the_earlier_ones_left():
    """Without c1, c2 was the last bearer of one@x.test; without c2, c3 was that of two@x.test."""
    contacts = [contact(email="one@x.test"),
                contact("c2", email="one@x.test"),
                contact("c2", email="two@x.test", updated_at=ago(40)),
                contact("c3", email="two@x.test"), contact("c3", updated_at=ago(50))]
    # Nobody else's, as c1 is not known any more when the address is erased.
    tables = {"contacts": contacts, "web_events": visits(12, email="two@x.test")}
    asked = [request("c1", requested_at=ago(14)), request(email="one@x.test", requested_at=ago(13)),
             request(email="two@x.test", requested_at=ago(11))]
    assert erased(tables, *asked[:1]) == {"contacts": 1}
    assert erased(tables, *asked[:2]) == {"contacts": 3}
    assert erased(tables, *asked) == {"contacts": 5, "web_events": 1}


def test_an_address_belongs_to_a_lead_then_to_who_bears_it_then():
    shared = {"email": "one@x.test", "created_at": "2024-01-02", "updated_at": "2024-01-02"}
    events = visits(11, contact_id=None, email="one@x.test")

    def is_c2s(*contacts):
        rows = {"contacts": [contact("c2", **shared), *contacts], "web_events": events}
        return "web_events" in erased(rows, request("c2"))

    first = contact(email="one@x.test")
    assert not is_c2s(first)
    assert is_c2s(first, contact(updated_at=ago(20)))
    assert not is_c2s(first, contact(updated_at=AFTER))
    assert is_c2s(first | {"deleted_at": ago(20)})
    assert not is_c2s(first | {"deleted_at": AFTER})
    assert not is_c2s(first | {"merged_into_contact_id": "c3", "deleted_at": ago(20)}, contact("c3"))
    assert is_c2s(first | {"merged_into_contact_id": "c3"}, contact("c3", deleted_at=ago(20)))


def test_additional_addresses_are_the_persons_too():
    rows = {"contacts": [contact(email="one@x.test; two@x.test",
                                 additional_emails="Three <THREE@x.test>, n/a")],
            "web_events": visits(11, contact_id=None, email="two@x.test")
            + visits(12, contact_id=None, email="three@x.test"),
            "sales_activities": [{
                "sales_activity_id": "s1", "email": "Two@x.test", "kind": "call",
                "occurred_at": ago(11), "loaded_at": ago(11)}]}
    everything = {"contacts": 1, "web_events": 2, "sales_activities": 1}
    assert erased(rows) == everything
    assert erased(rows, request(email="three@x.test")) == everything


def test_another_bearer_keeps_its_row_without_the_address():
    def own(contacts, *requests):
        """How many visits by address are c2's, who bears it since a day on which it was c1's."""
        later = [row | {"loaded_at": ago(1)} for row in visits(5, contact_id=None, email="one@x.test")]
        result = run({"contacts": contacts, "web_events": later, "erasure_requests": list(requests)},
                     engagement_criteria=[act()])
        return points(result, "a", "c2")

    for cells in ({"email": "one@x.test"}, {"email": "b@x.test, one@x.test"},
                  {"additional_emails": "b@x.test; One@x.test"}):
        by_then = contact("c2", created_at="2024-01-02", updated_at=ago(20), **cells)
        first = contact(email="one@x.test")
        assert own([by_then]) == own([by_then], request("c9")) == 10
        assert own([first, by_then], request("c1")) is None
        assert own([first, by_then | {"updated_at": AFTER}], request("c1")) == 10
    # Without a contact_id the row is nobody else's.
    nameless = contact(None, additional_emails="b@x.test;one@x.test")
    assert row_counts("contacts", [first, nameless]) == (0, 0, 0, 2)


def test_listed_contacts_are_merged_ones():
    lister = contact(merged_contact_ids="c8; c9.; 7.0")
    events = visits(11, contact_id="c8") + visits(12, contact_id="7") + visits(13, contact_id="c9")
    rows = {"contacts": [lister, contact("c2")], "web_events": events}
    assert erased(rows) == {"contacts": 1, "web_events": 2}
    assert erased(rows, request("c8")) == {"contacts": 1, "web_events": 2}
    rows["contacts"] = [lister, contact("c8", email="one@x.test"), contact("7", created_at=AFTER)]
    assert erased(rows, request("c8")) == {"contacts": 2, "web_events": 1}
    # A merge of its own goes before, of two that list it the smaller id, and what is listed later
    # is not known.
    elsewhere = contact("c8", merged_into_contact_id="c4")
    assert erased({"contacts": [lister, elsewhere]}) == {"contacts": 1}
    other = contact("c0", merged_contact_ids="c8")
    assert erased({"contacts": [lister, other, contact("c8")]}) == {"contacts": 1}
    assert erased({"contacts": [lister, other, contact("c8")]}, request("c8")) == {"contacts": 2}
    assert erased({"contacts": [contact(), lister | {"updated_at": AFTER}, contact("c8")]}) == {
        "contacts": 2}
    # Who else lists an erased contact no longer does: nobody is known by the id.
    tables = {"contacts": [contact("c3", merged_contact_ids="c8"), elsewhere],
              "web_events": visits(5, contact_id="c8")}
    assert points(run(tables, engagement_criteria=[act()]), "a", "c8") == 10
    tables["erasure_requests"] = [request("c8")]
    result = run(tables, engagement_criteria=[act()])
    assert scored(result, "c3") and scored(result, "c8") is None
    assert points(result, "a", "c3") is None
    tables["contacts"][0] |= {"created_at": EARLY, "updated_at": AFTER}
    assert points(run(tables, engagement_criteria=[act()]), "a", "c3") == 10


def test_an_address_in_the_row_of_another_known_contact_is_forgotten():
    contacts = [contact("c1", email="one@x.test"), contact("c2", created_at=ago(5))]
    shared = visits(11, contact_id="c3", email="one@x.test")
    tables = {"contacts": contacts + [contact("c3")], "web_events": shared,
              "erasure_requests": [request("c1")]}
    result = run(tables, engagement_criteria=[act()])
    assert points(result, "a", "c3") == 10
    # Nobody finds the row by the address when c3 goes.
    tables["contacts"] = contacts + [
        contact("c3"), contact("c3", created_at=ago(-3), updated_at=AFTER),
        contact("c5", created_at=AFTER, updated_at=AFTER, email="one@x.test")]
    result = run(tables, engagement_criteria=[act()])
    assert [row["lead_id"] for row in result["lead_score_ledger"]] == []
    del tables["erasure_requests"]
    result = run(tables, engagement_criteria=[act()])
    assert [row["lead_id"] for row in result["lead_score_ledger"]] == ["c1"]


def test_rows_of_contacts_by_creation():
    old, new = contact(), contact(created_at=AFTER, updated_at=ago(8))
    assert row_counts("contacts", [old, old, new, new]) == (1, 1, 0, 2)
    assert row_counts("contacts", [old, contact(updated_at=ago(-3))]) == (0, 0, 0, 2)
    broken = contact(created_at="soon")
    assert row_counts("contacts", [old, broken, contact("c2", created_at="soon")]) == (0, 0, 1, 2)
    nameless = contact(None, email="one@x.test")
    by_name = [contact(email="one@x.test"), nameless, nameless | {"created_at": AFTER},
               nameless | {"created_at": None}, contact(None, email="two@x.test")]
    assert row_counts("contacts", by_name) == (0, 0, 2, 3)
    merged = [contact(), contact(None, merged_into_contact_id="c1"),
              contact(None, merged_into_contact_id="c2")]
    assert row_counts("contacts", merged) == (0, 0, 1, 2)
    result = run({"contacts": [old, new], "web_events": visits(9, 11),
                  "erasure_requests": [request("c1")]}, engagement_criteria=[act()])
    assert points(result) == 10


def test_versions_of_events_are_compared_before_they_are_erased():
    mine, others = visits(11)[0], visits(11)[0] | {"contact_id": "c2"}
    later = {"loaded_at": ago(1)}
    assert row_counts("web_events", [others, others | {"loaded_at": ago(5)}, mine | later]) == (
        0, 2, 0, 1)
    assert row_counts("web_events", [mine, mine, others | later, others | later]) == (1, 1, 0, 2)
    assert row_counts("web_events", [mine, mine | later]) == (0, 0, 0, 2)
    assert row_counts("web_events", [mine, mine | later | {"occurred_at": ago(2)}]) == (
        1, 0, 0, 1)
    bad = [mine | {"occurred_at": "soon"}, mine | {"event_id": None},
           mine | {"event_id": None, "occurred_at": ago(2)}, others | {"occurred_at": None}]
    assert row_counts("web_events", bad) == (0, 0, 2, 2)


def test_devices_take_nameless_rows_along_and_nobody_elses():
    seen = visits(12, anonymous_id="a1")
    hidden = visits(11, 300, 9, **NAMELESS)
    others = visits(11, contact_id="c2", anonymous_id="a1")
    assert erased({"web_events": seen + hidden + others}) == {"contacts": 1, "web_events": 3}
    assert erased({"web_events": visits(9, anonymous_id="a1") + hidden}) == {"contacts": 1}
    unreadable = visits(11, **NAMELESS)[0] | {"occurred_at": "soon"}
    assert erased({"web_events": seen + [unreadable]}) == {"contacts": 1, "web_events": 2}
    # A row that does not count tells nothing.
    rejected = [seen[0] | {"event_name": None}]
    assert erased({"web_events": rejected + hidden}) == {"contacts": 1, "web_events": 1}
    corrected = [seen[0], seen[0] | {"contact_id": "c2", "loaded_at": ago(1)}]
    assert erased({"web_events": corrected + hidden}) == {"contacts": 1, "web_events": 1}
    # A device seen with a row that is another contact's by its id is not the person's.
    contacts = [contact(email="one@x.test"), contact("c2")]
    theirs = visits(12, anonymous_id="a1", contact_id="c2", email="one@x.test")
    assert erased({"contacts": contacts, "web_events": theirs + hidden}) == {"contacts": 1}


def test_deals_of_companies_stay_without_their_contact():
    deal = {"deal_id": "d1", "contact_id": "c1", "deal_type": "new", "is_won": True,
            "closed_at": ago(20), "created_at": ago(30), "updated_at": ago(30)}
    mine, companys = deal, deal | {"deal_id": "d2", "company_id": "k1"}
    assert row_counts("deals", [mine, companys, mine | {"created_at": AFTER}]) == (2, 0, 0, 1)
    assert row_counts("deals", [mine | {"created_at": "soon"}, companys | {"created_at": ""}]) == (
        0, 0, 1, 1)
    assert row_counts("deals", [mine, mine | {"updated_at": ago(1)}]) == (0, 0, 0, 2)
    again = contact(created_at=AFTER, updated_at=AFTER)
    colleague = contact("c2", company_id="k1")
    result = run({"contacts": [contact(), again, colleague], "deals": [companys],
                  "erasure_requests": [request("c1")]})
    assert scored(result)["qualification"] == "lead"
    assert scored(result, "c2")["qualification"] == "customer"


def test_several_requests_erase_up_to_the_latest_of_a_key():
    tables = {"web_events": visits(11, 5, 1)}
    two = [request("c1"), request("c1", requested_at=ago(3))]
    assert erased(tables, *two) == {"contacts": 1, "web_events": 2}
    assert erased(tables, *reversed(two)) == {"contacts": 1, "web_events": 2}
    # What one request erased stays erased, also if its contact was known by the next.
    contacts = [contact(email="one@x.test"), contact("c9", created_at=ago(5))]
    row = visits(11, contact_id="c9", email="one@x.test")
    assert erased({"contacts": contacts, "web_events": row}, *two) == {
        "contacts": 1, "web_events": 1}


def test_what_was_erased_stays_erased_without_its_evidence():
    tables = {"contacts": [contact(email="one@x.test"), contact("c2")],
              "web_events": visits(11, anonymous_id="a1"), "erasure_requests": [request("c1")]}
    first = run(tables)
    late = {"contacts": [contact("c2")], "web_events": (
        visits(12, contact_id=None, email="one@x.test") + visits(13, **NAMELESS) + visits(14)
        + visits(9, **NAMELESS))}
    assert run(late)["row_counts"]["web_events"]["erased"] == 0
    counts = run(late, remembered=first["erased_keys"])["row_counts"]["web_events"]
    assert counts == {"rows": 4, "used": 1, "superseded": 0, "rejected": 0, "erased": 3}


def test_versions_that_a_loader_overwrote_are_no_raw_rows():
    overwritten = {"contacts": [contact(email="old@x.test"), contact("gone")]}
    tables = {"contacts": [contact(email="new@x.test", updated_at=AFTER, created_at=EARLY)],
              "web_events": visits(11, contact_id=None, email="old@x.test")}
    result = run(tables, overwritten=overwritten, engagement_criteria=[act()])
    assert points(result) == 10 and scored(result, "gone") is None
    assert result["row_counts"]["contacts"]["used"] == 1
    tables["erasure_requests"] = [request(email="old@x.test")]
    result = run(tables, overwritten=overwritten)
    assert scored(result) is None and result["row_counts"]["web_events"]["erased"] == 1
