"""Who the shipped configuration disqualifies, and until when: bounces, opt-outs, mail gateways."""

import pytest

from tests.scoring_files import contact, event

EARLY = "2025-01-01 08:00:00"
GOOD_FIT = {"job_title": "Plant Manager", "country": "DE", "budget_confirmed": "true",
            "buying_role": "decision_maker"}


def person(contact_id, **cells):
    return contact(contact_id, EARLY, email=f"{contact_id}@x.example", **GOOD_FIT, **cells)


def mail(number, contact_id, day, event_name, clock="09:00:00", address=None, **cells):
    return {**event(number, day, event_name, clock), "contact_id": None,
            "email": address or f"{contact_id}@x.example", **cells}


def demo_request(number, contact_id):
    return {**event(number, "2026-02-25", "demo_requested"), "contact_id": contact_id}


def disqualified_by(project, raw_tables, as_of="2026-03-02", **variables):
    """By which gate each lead is out of acquisition (dict lead_id -> gate or None)."""
    project.fill(raw_tables)
    project.build_scores(as_of, **variables)
    return {row["lead_id"]: row["disqualified_by"] for row in project.query(
        "select lead_id, disqualified_by from marts.lead_scores"
        " where scoring_model = 'acquisition'")}


def test_only_a_hard_bounce_of_an_address_of_today_disqualifies(fresh):
    contacts = [person(name) for name in ("soft", "untyped", "hard", "again", "other", "win", "by_id")]
    contacts += [person("former"), person("further", additional_emails="second@x.example"),
                 person("lost", merged_into_contact_id="win")]
    contacts.append({**contacts[7], "email": "new@x.example", "updated_at": "2025-04-02"})
    raw_tables = {"contacts": contacts, "email_events": [
        mail(1, "soft", "2025-12-24", "bounced", bounce_type="soft"),
        mail(2, "untyped", "2025-12-24", "bounced", bounce_type=None),
        mail(3, "hard", "2025-12-24", "bounced", bounce_type="Hard"),
        mail(4, "hard", "2025-12-24", "delivered", "08:00:00", bounce_type=None),
        mail(5, "again", "2025-12-24", "bounced", bounce_type="hard"),
        mail(6, "again", "2026-02-01", "delivered", bounce_type=None),
        mail(7, "former", "2025-04-01", "bounced", bounce_type="hard"),
        mail(8, "further", "2025-12-24", "bounced", address="second@x.example", bounce_type="hard"),
        mail(9, "further", "2025-12-25", "delivered", bounce_type=None),
        mail(10, "lost", "2025-03-01", "bounced", bounce_type="hard"),
        {**mail(11, "by_id", "2025-12-24", "bounced", bounce_type="hard"), "contact_id": "by_id",
         "email": None}]}
    out = "email_bounced"
    assert disqualified_by(fresh, raw_tables) == {
        "soft": None, "untyped": None, "hard": out, "again": None, "former": None, "other": None,
        "further": out, "win": None, "by_id": out}
    assert disqualified_by(fresh, raw_tables, "2026-01-31")["again"] == out
    assert disqualified_by(fresh, raw_tables, "2025-04-01")["former"] == out


def test_who_subscribes_again_is_in_again(fresh):
    raw_tables = {
        "contacts": [person("form"), person("mail"), person("still"),
                     person("crm", unsubscribed_at="2025-06-01"), person("yes", unsubscribed_at="true"),
                     person("later", unsubscribed_at="2025-06-01")],
        "email_events": [
            mail(1, "form", "2025-05-01", "unsubscribed"), mail(2, "mail", "2025-05-01", "unsubscribed"),
            mail(3, "mail", "2025-05-01", "subscribed", "10:00:00"),
            mail(4, "still", "2025-05-01", "unsubscribed"),
            mail(5, "still", "2025-05-01", "subscribed", "08:00:00")],
        "web_events": [
            {**event(1, "2025-09-01", "form_submitted"), "contact_id": None,
             "email": f"{name}@x.example", "form_id": "newsletter-form"} for name in ("form", "later")
        ] + [{**demo_request(2, "form"), "form_id": None, "email": None}]}
    raw_tables["web_events"][1]["event_id"] = "e9"
    out = "unsubscribed"
    assert disqualified_by(fresh, raw_tables) == {
        "form": None, "mail": None, "still": out, "crm": out, "yes": out, "later": None}
    assert disqualified_by(fresh, raw_tables, "2025-08-31") == {
        "form": out, "mail": None, "still": out, "crm": out, "yes": out, "later": out}


def test_consent_says_what_the_score_says(fresh):
    """A complaint counts, too, although no shipped gate is on it."""
    raw_tables = {
        "contacts": [person("form"), person("noon"), person("crm", unsubscribed_at="2025-06-01"),
                     person("later", unsubscribed_at="2025-06-01"), person("angry"), person("calm")],
        "email_events": [
            mail(1, "form", "2025-05-01", "unsubscribed"), mail(2, "noon", "2025-05-01", "unsubscribed"),
            mail(3, "noon", "2025-05-01", "subscribed", "12:00:00"),
            mail(4, "angry", "2025-05-01", "complained"),
            mail(5, "calm", "2025-05-01", "complained"),
            mail(6, "calm", "2025-05-01", "subscribed", "12:00:00")],
        "web_events": [
            {**event(number, "2025-09-01", "form_submitted"), "contact_id": None,
             "email": f"{name}@x.example", "form_id": "newsletter-form"}
            for number, name in enumerate(("form", "later"))]}
    fresh.fill(raw_tables)
    fresh.build("2026-03-31", evaluate=False)
    assert {row["lead_id"]: row["unsubscribed_on"] and str(row["unsubscribed_on"])
            for row in fresh.query("select * from marts.leads")} == {
        "form": None, "noon": None, "crm": "2025-06-01", "later": None, "angry": "2025-05-01",
        "calm": None}


@pytest.mark.slow
def test_a_gateway_that_opens_every_link_takes_nobody_out(fresh):
    links = ["pricing", "demo", "blog", "about", "unsubscribe"]
    gateway = [mail(number, "lead", "2026-02-20", "clicked", f"10:00:0{number}", campaign_id="m1",
                    link_url=f"https://w.example/{link}") for number, link in enumerate(links, start=2)]
    raw_tables = {"contacts": [person("lead")], "web_events": [demo_request(1, "lead")],
                  "email_events": [
                      mail(1, "lead", "2026-02-20", "delivered", "10:00:00", campaign_id="m1", link_url=None),
                      *gateway,
                      mail(9, "lead", "2026-02-20", "unsubscribed", "10:00:07", campaign_id="m1",
                           link_url=None)]}
    assert disqualified_by(fresh, raw_tables) == {"lead": None}
    assert disqualified_by(fresh, raw_tables, score_automated=True) == {"lead": "unsubscribed"}


def test_a_won_deal_of_any_type_makes_a_customer(fresh):
    types = [None, "newbusiness", "New Business", "renewal"]
    deals = [{"deal_id": f"d{number}", "contact_id": f"c{number}", "deal_type": name, "is_won": "true",
              "created_at": "2025-06-01", "closed_at": "2025-07-01", "updated_at": "2025-07-01"}
             for number, name in enumerate(types)]
    assert disqualified_by(fresh, {
        "contacts": [person(f"c{number}") for number in range(5)], "deals": deals}) == {"c4": None}
