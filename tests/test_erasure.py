"""Erasure: after the next run nothing about the person is left, and nobody else is affected."""

import pytest

from tests.scoring_files import MODEL, VISIT, configuration, contact, criterion, event
from tests.traces import traces

DAY = "2026-03-31"
ASKED = "2026-03-20 12:00:00"
RULES = configuration(
    scoring_models=[{**MODEL, "population": "everyone"}],
    activities=[VISIT, {"activity": "mail", "source": "email", "event_name": "opened",
                        "intent": "positive"}],
    engagement_criteria=[criterion("visited", 1), criterion("opened", 100, activity="mail")],
    fit_criteria=[{"criterion": "chief", "category": "role", "attribute": "seniority",
                   "operator": "equals", "value": "c_level", "points": "5"}],
    tiers=[{"rank": "1", "tier": "hot", "min_score": "4"}, {"rank": "2", "tier": "cold"}])
# Whatever is in here belongs to the erased person alone.
WORDS = ["zoe1", "zoe2", "zoe3", "zoe4", "zoedevice", "zoevisit", "zoemail", "zoephone", "zoesession",
         "quixote", "zookeeper-in-chief", "zoepath", "zoebad"]


def visit(name, day="2026-03-01", **keys):
    return {**event(name, day), "contact_id": None, "email": None, "anonymous_id": None,
            "session_id": None, "page_path": "/", **keys}


def raw_tables(*requests):
    """Zoe is three contacts, of whom two were merged into the third, with former addresses, one of
    which is Ann's now, who shares her company and a device.
    """
    zoe = {"last_name": "Quixote", "job_title": "Zookeeper-in-chief", "company_id": "k1"}
    early, late = "2026-01-01 08:00:00", "2026-01-05 08:00:00"
    return {
        "contacts": [
            contact("zoe1", early, email="zoe1@x.example", merged_into_contact_id="zoe2", **zoe),
            contact("zoe2", early, email="old@x.example", merged_into_contact_id="zoe3", **zoe),
            contact("zoe3", early, email="desk@x.example; zoe4@x.example", **zoe),
            {**contact("zoe3", early, email="zoe3@x.example", **zoe),
             "updated_at": "2026-02-01 08:00:00"},
            {**contact("zoe3", early, email="zoe3@x.example", **zoe),
             "updated_at": "2026-03-25 08:00:00"},
            {**contact("zoebad", early, email="zoe3@x.example", **zoe), "contact_id": None},
            contact("ann", late, email="ann@x.example", company_id="k1", job_title="CEO"),
            {**contact("ann", late, email="desk@x.example", company_id="k1", job_title="CEO"),
             "updated_at": "2026-02-01 08:00:00"},
            contact("bob", late)],
        "companies": [{"company_id": "k1", "updated_at": early}],
        "deals": [
            {"deal_id": "d1", "contact_id": "zoe1", "company_id": "k1", "deal_type": "new",
             "is_won": True, "closed_at": early, "created_at": early, "updated_at": early},
            {"deal_id": "d2", "contact_id": "zoe3", "company_id": None, "deal_type": "new",
             "is_won": True, "closed_at": early, "created_at": early, "updated_at": early}],
        "sales_activities": [
            {"sales_activity_id": "zoephone", "contact_id": "zoe2", "kind": "call",
             "occurred_at": "2026-03-02", "loaded_at": "2026-03-02"}],
        "web_events": [
            visit("zoevisit1", contact_id="zoe1", anonymous_id="zoedevice"),
            visit("zoevisit2", email="zoe3@x.example", session_id="zoesession"),
            visit("zoevisit3", "2026-02-01", anonymous_id="zoedevice", page_path="/zoepath"),
            visit("zoevisit4", email="zoe4@x.example"),
            visit("zoevisit5", contact_id="zoe3", anonymous_id="shared"),
            visit("zoevisit6", "2026-03-05", anonymous_id="shared"),
            {**visit("zoevisit7", contact_id="zoe3"), "event_name": None},
            {**visit("zoevisit8", email="zoe3@x.example"), "occurred_at": "zoebad"},
            visit("annvisit1", contact_id="ann", anonymous_id="shared"),
            visit("annvisit2", contact_id="ann", email="zoe3@x.example"),
            visit("annvisit4", email="desk@x.example"),
            {**visit("annvisit3", contact_id="ann", email="zoe3@x.example"), "event_name": ""},
            visit("bobvisit1", contact_id="bob"),
            # Corrected to be Zoe's, and corrected to be Bob's.
            visit("mixed", contact_id="bob"),
            {**visit("mixed", contact_id="zoe3"), "loaded_at": "2026-03-09 10:00:00"},
            visit("bobvisit2", contact_id="zoe3", anonymous_id="bobdevice"),
            {**visit("bobvisit2", contact_id="bob", anonymous_id="bobdevice"),
             "loaded_at": "2026-03-09 10:00:00"},
            visit("bobvisit3", "2026-03-05", anonymous_id="bobdevice")],
        "email_events": [
            {**event("zoemail1", "2026-03-03", "opened"), "contact_id": None,
             "email": "zoe1@x.example"},
            # Rejected rows of others that name Zoe, too.
            {**event(None, "2026-03-03", "opened"), "event_id": None, "contact_id": None,
             "email": "info@x.example, zoe4@x.example"},
            {**event(None, "2026-03-04", "opened"), "event_id": None, "contact_id": None,
             "email": '"Zoe4@x.example" <info@x.example>'}],
        "erasure_requests": list(requests),
    }


def scores(project):
    """Fit points, engagement points and qualification of each lead (dict lead_id -> tuple)."""
    return {row["lead_id"]: (int(row["fit_points"]), int(row["engagement_points"]),
                             row["qualification"])
            for row in project.query("select * from marts.lead_scores")}


def counts(project):
    """Rows by what became of them, per raw table; fails where they do not close. Of a raw table
    that has no row any more, the rows are kept.
    """
    result = {}
    for row in project.query("select * from marts.row_counts"):
        parts = [row[f"{part}_rows"] for part in ("used", "superseded", "rejected", "erased")]
        assert row["raw_rows"] in (sum(parts), 0), row
        result[row["source_table"]] = tuple(parts)
    return result


def request(requested_at=ASKED, **keys):
    return {"contact_id": None, "email": None, "requested_at": requested_at, **keys}


ERASED = {
    "contacts": (2, 1, 0, 6), "companies": (1, 0, 0, 0), "deals": (1, 0, 0, 1),
    "sales_activities": (0, 0, 0, 1), "erasure_requests": (1, 0, 0, 0),
    "web_events": (6, 1, 1, 10), "email_events": (0, 0, 2, 1)}
ZOE = {"zoe3": (5, 106, "customer")}
OTHERS = {"ann": (5, 3, "customer"), "bob": (0, 3, "lead")}


@pytest.fixture(name="fresh")
def fresh_with_logs(fresh):
    """Logs are searched for traces, too."""
    fresh.has_logs = True
    return fresh


def test_nothing_of_a_person_is_left(fresh):
    """By each key that a request may name: a merged contact, a former address."""
    fresh.configure(RULES)
    fresh.fill(raw_tables())
    fresh.build(DAY)
    assert scores(fresh) == {**ZOE, **OTHERS}
    assert len(fresh.query("select * from marts.lead_tiers")) == 3
    assert traces(fresh, WORDS)
    for keys in ({"contact_id": "zoe1"}, {"email": "zoe3@x.example"}):
        if keys.get("email"):
            fresh.forget()
            fresh.fill(raw_tables())
            fresh.build(DAY)
        fresh.fill(raw_tables(request(**keys)))
        fresh.build_and_test(DAY)
        assert scores(fresh) == OTHERS
        assert counts(fresh) == ERASED
        assert traces(fresh, WORDS) == []
        tiers = fresh.query("select lead_id, tier from marts.lead_tiers")
        assert {row["lead_id"]: row["tier"] for row in tiers} == {"ann": "cold", "bob": "cold"}
    for flags in ([], ["--full-refresh"]):
        fresh.build(DAY, *flags)
        assert (scores(fresh), counts(fresh), traces(fresh, WORDS)) == (OTHERS, ERASED, [])
    fresh.forget()
    fresh.fill(raw_tables(request(contact_id="zoe2")))
    fresh.build(DAY)
    assert (scores(fresh), counts(fresh), traces(fresh, WORDS)) == (OTHERS, ERASED, [])


# What else tells who a person is: the cells of the contact zoe1, further contacts, and a request.
NAMES = {
    "additional addresses and a listed contact without row": (
        {"email": "zoe1@x.example, zoe2@x.example", "merged_contact_ids": "zoe4; zoe5.0",
         "additional_emails": "Zoe Quixote <ZOE3@x.example>"}, [], {"contact_id": "zoe4"}),
    "two bearers of an address, one of whom a third one lists": (
        {"additional_emails": "n/a; zoe2@x.example"},
        [contact("zoe4", additional_emails="zoe3@x.example"),
         contact("zoe5", "2026-01-03", email="zoe2@x.example", merged_contact_ids="zoe4")],
        {"email": "zoe2@x.example"}),
}


@pytest.mark.parametrize("case", NAMES)
@pytest.mark.slow
def test_every_name_of_a_person(fresh, case):
    """Ann has Zoe's addresses, too, and lists her contacts; she keeps her row without them."""
    cells, others, keys = NAMES[case]
    early, later = "2026-01-01 08:00:00", "2026-01-02 08:00:00"
    bears = {"email": "ann1@x.example; Zoe <zoe2@x.example>", "job_title": "CEO",
             "additional_emails": "ann2@x.example; zoe3@x.example", "merged_contact_ids": "zoe4;ann0"}
    tables = {
        "contacts": [
            contact("zoe1", early, last_name="Quixote", **cells), *others,
            # Ann bore the addresses until February.
            contact("zzann", later, **bears),
            contact("zzann", later, updated_at="2026-02-01 08:00:00", email="ann1@x.example",
                    additional_emails="ann2@x.example", merged_contact_ids="ann0"),
            # One that cannot be used, and one of nobody else.
            contact("zzann", later, **bears) | {"updated_at": "soon"},
            contact(None, additional_emails="zoebad; zoe3@x.example")],
        "web_events": [visit("zoevisit1", email="zoe3@x.example", anonymous_id="zoedevice"),
                       visit("zoevisit2", anonymous_id="zoedevice"),
                       visit("annvisit1", email="ann2@x.example"),
                       visit("annvisit2", contact_id="ann0")],
        "sales_activities": [
            {"sales_activity_id": "zoephone", "email": "ZOE3@x.example", "kind": "call",
             "occurred_at": "2026-03-02", "loaded_at": "2026-03-02"}]}
    # The version of the time before is overwritten after the first run.
    last = {**tables, "contacts": [row for row in tables["contacts"] if row["updated_at"] != later]}
    fresh.configure(RULES)
    fresh.fill(tables)
    fresh.build_scores(DAY)
    assert len(traces(fresh, WORDS)) > 5
    for given in (last, tables):
        fresh.fill({**given, "erasure_requests": [request(**keys)]})
        fresh.build_scores(DAY)
        assert traces(fresh, WORDS) == []
        assert scores(fresh) == {"zzann": (0, 2, "lead")}
        assert fresh.query(
            "select email, additional_emails, merged_contact_ids from"
            " scoring.int_contact_versions order by updated_at") == [
            {"email": "ann1@x.example", "additional_emails": "ann2@x.example",
             "merged_contact_ids": "ann0"}] * 2
        assert counts(fresh)["web_events"] == (2, 0, 0, 2)
        assert counts(fresh)["sales_activities"] == (0, 0, 0, 1)


@pytest.mark.slow
def test_rows_that_come_late_are_erased_as_they_are_read(fresh):
    """The raw rows of the person are gone by then, and so is the request: the hashes are left. A
    device is only told by a late row; a former address only by a late version of the contact.
    """
    fresh.configure(RULES)
    fresh.fill(raw_tables(request(contact_id="zoe3")))
    fresh.publish(DAY)
    fresh.publish(DAY)
    before = {"contacts": [contact("ann", "2026-01-05 08:00:00", email="ann@x.example",
                                   company_id="k1", job_title="CEO"),
                           contact("bob", "2026-01-05 08:00:00")],
              "web_events": [visit("bobvisit1", contact_id="bob"),
                             visit("zoevisit20", "2026-03-02", anonymous_id="zoelate")]}
    fresh.fill(before)
    fresh.publish(DAY)
    late = {
        "contacts": before["contacts"] + [
            {**contact("zoe3", "2026-01-01 08:00:00", email="zoelate@x.example"),
             "updated_at": "2026-01-15 08:00:00"}],
        "web_events": before["web_events"] + [
            {**visit("zoevisit21", contact_id="zoe3", anonymous_id="zoelate"),
             "loaded_at": "2026-03-30 10:00:00"},
            {**visit("zoevisit22", email="zoelate@x.example"), "loaded_at": "2026-03-30 10:00:00"},
            {**visit("zoevisit23", email="zoe1@x.example"), "loaded_at": "2026-03-30 10:00:00"},
            {**visit("zoevisit24", anonymous_id="zoedevice"), "loaded_at": "2026-03-30 10:00:00"},
            visit("annvisit1", contact_id="ann")]}
    words = [*WORDS, "zoelate"]
    for flags in ([], [], ["--full-refresh"]):
        fresh.fill(late)
        fresh.publish(DAY, *flags)
        assert scores(fresh) == {"ann": (5, 1, "customer"), "bob": (0, 1, "lead")}
        assert counts(fresh)["web_events"] == (2, 0, 0, 5)
        assert counts(fresh)["contacts"] == (2, 0, 0, 1)
        assert traces(fresh, words) == []


@pytest.mark.slow
def test_who_comes_after_the_request_is_a_new_person(fresh):
    """Same address, same device, same contact id: what was before is nobody's any more."""
    fresh.configure(RULES)
    fresh.fill(raw_tables())
    fresh.publish("2026-03-19")
    tables = raw_tables(request(email="zoe3@x.example"))
    tables["web_events"] += [
        visit("after1", "2026-03-22", email="zoe3@x.example", anonymous_id="zoedevice"),
        visit("after2", "2026-03-23", anonymous_id="zoedevice"),
        visit("after3", "2026-03-24", contact_id="zoe1"),
        {**visit("after4", "2026-03-20", email="zoe3@x.example"),
         "occurred_at": "2026-03-20 12:00:01"}]
    fresh.fill(tables)
    fresh.publish(DAY)
    assert scores(fresh) == OTHERS  # strangers credit nobody
    tables["contacts"] += [
        contact("zoe1", "2026-03-21 08:00:00"),
        contact("new", "2026-03-21 09:00:00", email="zoe3@x.example")]
    fresh.fill(tables)
    for flags in ([], ["--full-refresh"]):
        fresh.publish(DAY, *flags)
        assert scores(fresh) == {
            **OTHERS, "zoe1": (0, 1, "lead"), "new": (0, 3, "lead")}
    tiers = {row["lead_id"]: row["tier_since"].isoformat() for row in fresh.query(
        "select lead_id, tier_since from marts.lead_tiers")}
    assert tiers == {"ann": "2026-03-19", "bob": "2026-03-19", "zoe1": DAY, "new": DAY}
    tables["erasure_requests"].append(request("2026-03-30 12:00:00", email="zoe3@x.example"))
    fresh.fill(tables)
    fresh.publish(DAY)
    first = scores(fresh), counts(fresh)
    assert first[0] == {**OTHERS, "zoe1": (0, 1, "lead")}
    fresh.forget()
    fresh.fill(tables)
    fresh.publish(DAY)
    assert (scores(fresh), counts(fresh)) == first


@pytest.mark.slow
def test_requests_at_once_erase_what_they_erase_one_after_the_other(fresh):
    """Without zoe1, zoe2 was the last bearer of the first address; without zoe2, zoe3 was that of
    the second. Both are Ann's, who is a lead. A row of zoe1 from the time after its erasure, with
    the second address, is nobody else's.
    """
    early, later, last = (f"2026-01-{day} 08:00:00" for day in ("01", "10", "20"))
    gone = {"deleted_at": "2026-02-01"}
    tables = {
        "contacts": [
            contact("zoe1", early, email="zoe1@x.example", **gone),
            contact("zoe2", early, email="zoe1@x.example", **gone),
            {**contact("zoe2", early, email="zoe2@x.example", **gone), "updated_at": last},
            contact("zoe3", early, email="zoe2@x.example", **gone),
            {**contact("zoe3", early, **gone), "updated_at": last},
            contact("ann", early, email="zoe1@x.example; zoe2@x.example"),
            {**contact("ann", early), "updated_at": later}],
        "web_events": [visit("zoevisit1", "2026-03-17", contact_id="zoe1", email="zoe2@x.example",
                             anonymous_id="zoedevice"),
                       visit("zoevisit2", "2026-03-17", anonymous_id="zoedevice")]}
    requests = [request("2026-03-05 12:00:00", contact_id="zoe1"),
                request("2026-03-15 12:00:00", email="zoe1@x.example"),
                request("2026-03-20 12:00:00", email="zoe2@x.example")]
    everything = {"contacts": 5, "web_events": 2}

    def erased(*asked):
        fresh.fill({**tables, "erasure_requests": list(asked)})
        fresh.build_scores(DAY)
        return {table: parts[3] for table, parts in counts(fresh).items() if parts[3]}

    fresh.configure(RULES)
    for _ in range(2):
        assert erased(*requests) == everything
    assert traces(fresh, WORDS) == []
    fresh.forget()
    assert erased(*requests[:1]) == {"contacts": 1}
    assert erased(*requests[:2]) == {"contacts": 3}
    assert erased(*requests) == everything


@pytest.mark.slow
def test_a_past_day_and_an_unreadable_request(fresh):
    """A run for an earlier day erases, too; a request without a readable time erases nobody, and
    is forgotten when another one erases the person.
    """
    fresh.configure(RULES)
    bad = request("soon", contact_id="zoe3")
    good = request(contact_id="nobody")
    fresh.fill(raw_tables(bad, good))
    fresh.publish(DAY)
    assert scores(fresh) == {**ZOE, **OTHERS}
    assert counts(fresh)["erasure_requests"] == (1, 0, 1, 0)
    assert [row["row_key"] for row in fresh.query(
        "select * from marts.rejected_rows where source_table = 'erasure_requests'")] == ["zoe3"]
    fresh.fill(raw_tables(bad, good, request(contact_id="zoe3"), request(contact_id="zoe3")))
    fresh.build_and_test("2026-02-10")
    assert scores(fresh) == {"ann": (5, 0, "customer"), "bob": (0, 0, "lead")}
    assert counts(fresh)["erasure_requests"] == (2, 1, 0, 1)
    assert traces(fresh, WORDS) == []
