"""Mails of the campaigns and reactions to them."""

import math

from .chance import dice
from .pages import BLOG, SCANNER_AGENTS, SITE, STORIES
from .rows import add
from .settings import BEGIN, DAY, END, FIRST_DAY, HOUR, LAST_DAY, MINUTE
from .vocabulary import PRODUCTS
from .website import visit


def send_mail(person, campaign, at, links):
    """One mail of a campaign at `at` (seconds) and what comes of it; links: paths that it offers."""
    if at < person.created or at >= min(person.stop_at, person.mail_stops_at) or not BEGIN <= at < END:
        return
    who = {"email": person.email, "campaign_id": campaign}
    if dice.chance(0.85):
        who["contact_id"] = person.id
    add("email_events", at, person, **who, event_name="sent")
    if person.bad_address:
        add("email_events", at + dice.whole(2, 600), person, **who, event_name="bounced", bounce_type="hard")
        person.mail_stops_at = at + 1
        return
    at += dice.whole(1, 40)
    if int(at) % 67 == 0:  # the mailbox is full for some hours
        add("email_events", at, person, **who, event_name="bounced", bounce_type="soft")
        at += 5 * HOUR
    add("email_events", at, person, **who, event_name="delivered")
    if person.company and person.company.scans_mail and person.domain == person.company.domain:
        scanner = {"user_agent": SCANNER_AGENTS[int(person.company.id[2:]) % 3], "ip_address": "192.0.2.250"}
        for link in links:
            add("email_events", at + dice.whole(1, 6), person, **who, **scanner, event_name="clicked",
                link_url=f"{SITE}{link}?utm_source=newsletter&utm_medium=email")
        if dice.chance(0.3) and "Chrome" not in scanner["user_agent"]:
            add("web_events", at + 4, person, anonymous_id=f"a{int(dice.uniform() * 16**8):08x}", email=person.email,
                event_name="page_viewed", page_path=links[0], utm_source="newsletter", utm_medium="email",
                utm_campaign=campaign, **scanner)
    interest = person.interest(at)
    if dice.chance(0.03 + (0.1 if person.kind != "quiet" else 0) + 0.45 * interest):
        opened = at + math.exp(math.log(2 * HOUR) + 1.5 * dice.normal())
        agent = {"user_agent": dice.pick(person.agents), "ip_address": person.ip}
        for _ in range(1 + dice.count(0.25)):
            add("email_events", opened, person, **who, **agent, event_name="opened")
        if dice.chance(0.06 + 0.4 * interest):
            link = dice.pick(links)
            add("email_events", opened + 25, person, **who, **agent, event_name="clicked",
                link_url=f"{SITE}{link}?utm_source=newsletter&utm_medium=email&utm_campaign={campaign}")
            stage = "decision" if interest > 0.8 else "consideration" if interest > 0.5 else "casual"
            visit(person, opened + 28, stage, entry="email", campaign=campaign, landing=link, device=dice.whole(0, 1))
        if dice.chance(0.012):
            add("email_events", opened + 40, person, **who, **agent, event_name="unsubscribed")
            person.change(opened + 5 * MINUTE, unsubscribed_at=int(opened + 40))
            person.mail_stops_at = at + 1
        elif dice.chance(0.002):
            add("email_events", opened + 45, person, **who, event_name="complained")
            person.mail_stops_at = at + 1


def mail_everybody(people, projects):
    """Monthly newsletters, welcome mails to new inbound leads, product mails to those who compare."""
    mails = []
    welcome = [(1, "/resources"), (5, "/solutions/remote-access"), (12, "/pricing")]  # days, link
    for number, day in enumerate(range(FIRST_DAY + 6, LAST_DAY, 28), start=1):
        links = [dice.pick(BLOG), dice.pick(STORIES), dice.pick([f"/products/{p}" for p in PRODUCTS] + ["/pricing"])]
        mails += [(day * DAY + 8 * HOUR + n % 1800, person, f"newsletter-{number:02d}", links)
                  for n, person in enumerate(people) if person.subscribed]
    for person in people:
        if person.kind != "customer" and person.origin == "inbound" and dice.chance(0.6):
            for step, (days, link) in enumerate(welcome, start=1):
                mails.append((person.created + days * DAY, person, f"nurture-welcome-{step}",
                              [link, "/products/" + person.product]))
    for project in projects:
        if project.depth >= 2:
            start = project.start + project.phases[0] * DAY
            for person in project.people:
                for step in (1, 2, 3):
                    mails.append((int(start + step * 7 * DAY), person, f"nurture-{project.product}-{step}",
                                  [["/resources", STORIES[0]], ["/demo", "/products/" + project.product],
                                   ["/pricing", "/demo"]][step - 1]))
    for at, person, campaign, links in sorted(mails, key=lambda mail: (mail[0], mail[1].id, mail[2])):
        send_mail(person, campaign, at, links)
