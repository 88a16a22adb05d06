"""Unusable rows."""

from .chance import dice
from .pages import PEOPLE_AGENTS
from .rows import rows
from .settings import DAY, HOUR


def break_rows():
    """Unusable rows: no key, no readable time, no owner, unknown types."""
    agent = PEOPLE_AGENTS[0]

    def broken(table, **columns):
        time = dice.working_time(dice.whole(-340, 44))
        row = {"occurred_at": time, "loaded_at": (time // HOUR + 2) * HOUR, **columns}
        rows[table].append({name: value for name, value in row.items() if value != ""})

    page = {"event_name": "page_viewed", "page_path": "/pricing", "user_agent": agent}
    for number in range(6):
        broken("web_events", anonymous_id=f"a{number:08d}", **page)
        broken("web_events", event_id=f"wx{number:03d}", anonymous_id=dice.pick(["", "N/A", "-"]), **page)
        broken("email_events", event_id=f"ex{number:03d}", email=f"nobody{number}@alder-steel.example",
               campaign_id="newsletter-05", event_name=dice.pick(["open", "deferred", "click_tracked"]))
    for number, time in enumerate(["not a time", "2024-13-45 10:00", "", "yesterday"]):
        broken("web_events", event_id=f"wy{number:03d}", anonymous_id=f"a1{number:07d}", occurred_at=time, **page)
        broken("product_events", event_id=f"py{number:03d}", contact_id=f"c{number + 11:05d}", event_name="logged_in",
               occurred_at=time)
    broken("web_events", event_id="wz001", anonymous_id="a20000001", page_path="/pricing", user_agent=agent)
    broken("email_events", event_id="ez001", campaign_id="newsletter-06", event_name="opened")
    broken("email_events", event_id="ez002", email="-", campaign_id="newsletter-06", event_name="opened")
    broken("social_events", event_id="nz001", network="linkedin", event_name="page_visited")
    broken("social_events", event_id="nz002", email="nobody@alder-steel.example", event_name="liked",
           network="linkedin")
    broken("social_events", event_id="nz003", contact_id="c00021", event_name="poked", network="linkedin")
    broken("product_events", event_id="pz001", company_id="co0003", event_name="logged_in", product="insight")
    broken("sales_activities", sales_activity_id="sz001", kind="call", direction="outbound", outcome="connected")
    broken("sales_activities", sales_activity_id="sz002", contact_id="c00031", kind="fax", direction="outbound")
    broken("sales_activities", contact_id="c00032", kind="call", direction="outbound", outcome="no_answer")
    broken("sales_activities", sales_activity_id="sz003", contact_id="c00033", kind="call", direction="outbound",
           loaded_at="soon")
    good = [row for row in rows["web_events"] if row.get("event_id", "").startswith("w0")][7::9000]
    for row in good:  # corrections that nobody can read: the first version stays
        rows["web_events"].append({**row, "occurred_at": "n/a", "loaded_at": row["loaded_at"] + DAY})
    for number in range(3):
        time = dice.working_time(dice.whole(-340, 44))
        rows["contacts"].append({"email": f"lost{number}@alder-steel.example", "first_name": "Lost", "created_at": time,
                                 "updated_at": time})
    rows["contacts"].append({"contact_id": "cx0001", "email": "bad.clock@alder-steel.example", "created_at": "soon",
                             "updated_at": -90 * DAY})
    rows["contacts"].append({"contact_id": "N/A", "email": "no.key@alder-steel.example", "created_at": -80 * DAY,
                             "updated_at": -80 * DAY})
    rows["companies"].append({"company_id": "-", "name": "Nameless", "updated_at": -100 * DAY})
    rows["companies"].append({"company_id": "cox001", "name": "Timeless", "updated_at": "?"})
    rows["deals"].append({"contact_id": "c00041", "deal_type": "new", "stage": "discovery", "created_at": -70 * DAY,
                          "updated_at": -70 * DAY})
    rows["deals"].append({"deal_id": "dx001", "contact_id": "c00042", "deal_type": "new", "stage": "discovery",
                          "created_at": "Q3", "updated_at": -60 * DAY})
    rows["erasure_requests"].append({"email": "lost0@alder-steel.example", "requested_at": "asap"})
