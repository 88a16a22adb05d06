"""Mail gateways that click every link with a browser's user agent, and people who do not."""

from datetime import date

import pytest

from tests.scoring_files import configuration, contact, criterion

DAY = date(2026, 3, 2)
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36"
CLICK = {"activity": "click", "source": "email", "event_name": "clicked", "intent": "positive"}
LEAVE = {"activity": "leave", "source": "email", "event_name": "unsubscribed", "intent": "negative"}
RULES = configuration(
    activities=[CLICK, LEAVE],
    engagement_criteria=[criterion("clicks", 1, activity="click"),
                         criterion("leaves", -50, activity="leave")])
LINKS = ["pricing", "demo", "unsubscribe"]


def mail(lead, clock, event_name, link=None, **cells):
    """An event of mail m1 to a lead on 20 February."""
    return {"event_id": f"{lead}.{event_name}.{clock}.{link}", "event_name": event_name,
            "occurred_at": f"2026-02-20 {clock}", "loaded_at": f"2026-02-20 {clock}",
            "email": f"{lead}@x.example", "campaign_id": "m1", "user_agent": BROWSER,
            "link_url": f"https://w.example/{link}" if link else None, "ip_address": None, **cells}


def gateway(lead, minute="00", **cells):
    """A mail that a gateway looks through within seconds, after which it is unsubscribed from."""
    return [mail(lead, "10:00:00", "delivered", **cells)] + [
        mail(lead, f"10:{minute}:0{second}", "clicked", link, **cells)
        for second, link in enumerate(LINKS, start=2)
    ] + [mail(lead, f"10:{minute}:05", "unsubscribed", **cells)]


def points(project):
    return {row["lead_id"]: row["engagement_points"] for row in project.query(
        "select lead_id, engagement_points from marts.lead_scores")}


def filled(project, rows):
    project.configure(RULES)
    leads = sorted({row["email"].split("@")[0] for row in rows})
    project.fill({"contacts": [contact(lead, email=f"{lead}@x.example") for lead in leads],
                  "email_events": rows})


def test_what_a_gateway_does_counts_for_nothing_and_what_people_do_counts(fresh):
    filled(fresh, [
        *gateway("at_once"), *gateway("later", minute="07"),
        # With the gateway's clicks before, the person's own click counts, at its own time.
        *gateway("both"), mail("both", "12:00:00", "opened"), mail("both", "12:00:09", "clicked", "demo"),
        # One sign is not enough: no open, a quick click, two links at a time.
        mail("quick", "10:00:00", "delivered"), mail("quick", "10:00:03", "opened"),
        mail("quick", "10:00:09", "clicked", "demo"),
        mail("blocks_images", "10:00:00", "delivered"), mail("blocks_images", "10:05:00", "clicked", "demo"),
        mail("blocks_images", "10:06:00", "unsubscribed"),
        mail("two_tabs", "10:05:00", "opened"), mail("two_tabs", "10:05:07", "clicked", "demo"),
        mail("two_tabs", "10:05:08", "clicked", "pricing"),
        # Without a campaign, nothing tells which mail the clicks belong to.
        *gateway("no_campaign", campaign_id=None),
        mail("network", "10:00:00", "delivered"),
        mail("network", "10:30:00", "clicked", "demo", ip_address="63.128.21.5"),
    ])
    fresh.build(DAY)
    expected = {"at_once": 0, "later": 0, "both": 1, "quick": 1, "blocks_images": -49, "two_tabs": 2,
                "no_campaign": -47, "network": 0}
    assert points(fresh) == expected
    assert fresh.query(
        "select last_activity_on from marts.lead_scores where lead_id = 'at_once'"
    ) == [{"last_activity_on": None}]
    # Each sign says why; beside what counts stands what does not.
    assert [row["evidence"] for row in fresh.query("""
        select evidence from marts.automated_activity
        where lead_id = 'at_once' and event_name = 'clicked' and link_url like '%/pricing' order by sign
    """)] == ["No open before the click", "3 links clicked on the day",
              "Two or more links were clicked within two seconds", "2 seconds after the delivery"]
    assert {row["email"] for row in fresh.query(
        "select distinct email from marts.automated_activity where is_automated")} == {
        "at_once@x.example", "later@x.example", "both@x.example", "network@x.example"}
    assert [tuple(row.values()) for row in fresh.query("""
        select activity, occurrences, automated_by_user_agent, automated_by_signs
        from marts.lead_automated_activity where lead_id = 'both' order by activity
    """)] == [("any", 1, 0, 3), ("click", 1, 0, 3), ("leave", 0, 0, 1)]

    taken = {(row["lead_id"], row["criterion"]): tuple(int(row[name]) for name in (
        "points", "unfiltered_points", "filtered_points")) for row in fresh.query(
            "select * from marts.lead_automated_points where lead_id in ('both', 'at_once')")}
    assert taken == {
        ("at_once", "clicks"): (0, 3, 3), ("at_once", "leaves"): (0, -50, -50),
        ("both", "clicks"): (1, 4, 3), ("both", "leaves"): (0, -50, -50)}

    # The vars say how strict to be.
    fresh.build_scores(DAY, score_automated=True)
    assert points(fresh) == expected | {
        "at_once": -47, "later": -47, "both": -46, "network": 1}
    fresh.build_scores(DAY, automated_signs=1)
    assert points(fresh)["blocks_images"] == -50 and points(fresh)["two_tabs"] == 0
    fresh.build_scores(DAY, automated_signs=2, automated_within_seconds=400)
    assert points(fresh)["blocks_images"] == -50


@pytest.mark.slow
def test_a_late_delivery_shows_that_a_click_was_automated(fresh):
    """The rows of a day are compared again when one is added, and not when none is."""
    rows = [mail("c1", "10:00:04", "clicked", "demo"), mail("c2", "10:00:00", "opened")]
    filled(fresh, rows)
    fresh.build_scores(DAY)
    assert points(fresh) == {"c1": 1, "c2": 0}
    filled(fresh, rows + [mail("c1", "10:00:00", "delivered", loaded_at="2026-02-25 10:00:00")])
    fresh.build_scores(DAY)
    assert points(fresh) == {"c1": 0, "c2": 0}
    filled(fresh, rows)
    fresh.build_scores(DAY, allowed_shrinkage=1)
    assert points(fresh) == {"c1": 1, "c2": 0}
