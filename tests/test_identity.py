"""Who is who, in whole runs: each visit is one point for the lead to whom it belongs."""

from tests.scoring_files import VISIT, configuration, contact, criterion, event

AS_OF = "2026-03-31"
RULES = configuration(activities=[VISIT], engagement_criteria=[criterion("visited", 1)])


def visits(project, raw_tables, **variables):
    """Visits of each lead (dict lead_id -> number), leads without any included."""
    project.configure(RULES)
    project.fill(raw_tables)
    project.build_scores(AS_OF, **variables)
    return {row["lead_id"]: int(row["engagement_points"]) for row in project.query(
        "select lead_id, engagement_points from marts.lead_scores")}


def visit(number, day="2026-03-01", **keys):
    return {**event(number, day), "contact_id": None, "email": None, "anonymous_id": None, **keys}


def merged(contact_id, into, **cells):
    return contact(contact_id, merged_into_contact_id=into, **cells)


def test_merges(fresh):
    """Chains, a cycle with a tail, a merge into itself, into nobody, into a deleted contact, of a
    deleted contact into another one, and of a contact that lists itself and is listed by another.
    """
    ids = ["a1", "a2", "a3", "b1", "b2", "b3", "tail", "c1", "d1", "e1", "e2", "f1", "f2",
           "g1", "g2"]
    assert visits(fresh, {
        "contacts": [
            merged("a1", "a2"), merged("a2", "a3"), contact("a3"),
            merged("b3", "b2"), merged("b2", "b1"), merged("b1", "b3"), merged("tail", "b3"),
            merged("c1", "c1"), merged("d1", "nobody"),
            merged("e1", "e2"), contact("e2", deleted_at="2026-03-02"),
            merged("f1", "f2", deleted_at="2026-03-02"), contact("f2"),
            contact("g1", merged_contact_ids="g1"), contact("g2", merged_contact_ids="g1;g2")],
        "web_events": [visit(name, contact_id=name) for name in ids],
    }) == {"a3": 3, "b1": 4, "c1": 1, "d1": 1, "f2": 2, "g2": 2}


def test_addresses_strangers_and_devices(fresh):
    """An address belongs to who has it now; a stranger credits nobody, and takes no device away."""
    early, late = "2026-01-01 08:00:00", "2026-01-02 08:00:00"
    raw_tables = {
        "contacts": [
            contact("c1", early, email="old@x.example"),
            contact("c1", early, email="new@x.example", updated_at="2026-02-01"),
            contact("c2", late, email="OLD@x.example "), contact("c3", late)],
        "web_events": [
            visit(1, email="old@x.example"), visit(2, email="new@x.example"),
            visit(3, email="stranger@x.example"),
            visit(4, contact_id="unknown", email="new@x.example"),
            # Devices d1 and d2 are c3's, also before c3 was seen with them.
            visit(5, "2026-03-10", contact_id="c3", anonymous_id="d1"),
            visit(6, "2026-03-01", anonymous_id="d1"), visit(7, "2026-03-20", anonymous_id="d1"),
            visit(8, contact_id="c3", anonymous_id="d2"),
            visit(9, email="stranger@x.example", anonymous_id="d2"),
            visit(10, anonymous_id="d2")],
    }
    assert visits(fresh, raw_tables) == {"c1": 2, "c2": 1, "c3": 5}
    assert visits(fresh, raw_tables, anonymous_lookback_days=9) == {"c1": 2, "c2": 1, "c3": 5}
    assert visits(fresh, raw_tables, anonymous_lookback_days=8) == {"c1": 2, "c2": 1, "c3": 4}
