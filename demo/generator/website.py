"""Sessions on the website: the pages, what happens on them, and the forms."""

import math

from .chance import dice
from .pages import (BLOG, CAREERS, CONTENT, FIRST_STEPS, LEAVING, PARTNER_PAGES, SOLUTIONS, STORIES, SUPPORT,
                    VIDEOS)
from .rows import add
from .vocabulary import PRODUCTS


def product_of(path):
    """The product that a page is about, or None."""
    return path.rsplit("/", 1)[1] if path.startswith("/products/") else None


def messy(path):
    """A path as browsers send it: sometimes with query, capital letters or a trailing slash."""
    return dice.weighted([path, path + "?ref=nav", path.rstrip("/") + "/", path.title(), path + "#top"],
                         [86, 4, 5, 2, 3])


PAGES = {  # stage of interest: (pages, weights)
    "casual": (["/", "blog", "solutions", "products", "/resources", "customers", "careers", "/pricing"],
               [18, 38, 10, 14, 6, 5, 5, 4]),
    "awareness": (["/", "blog", "solutions", "products", "/resources", "customers", "/products", "/pricing"],
                  [14, 26, 18, 18, 9, 8, 5, 2]),
    "consideration": (["/", "blog", "solutions", "products", "/resources", "customers", "/pricing", "/products"],
                      [8, 8, 10, 34, 14, 12, 10, 4]),
    "decision": (["/", "products", "/pricing", "customers", "/resources", "/contact", "/demo", "solutions"],
                 [6, 30, 26, 12, 10, 6, 6, 4]),
    "student": (["blog", "careers", "products", "/resources", "/"], [30, 30, 16, 14, 10]),
    "customer": (["support", "/", "blog", "products"], [70, 10, 12, 8]),
    "newcomer": (["first steps", "support", "/resources"], [60, 30, 10]),
    "leaving": (["leaving", "support", "/contact"], [50, 40, 10]),
    "partner": (["partners", "products", "customers", "/resources"], [55, 20, 10, 15]),
}
DEPTH = {"casual": 0.9, "awareness": 2.0, "consideration": 3.0, "decision": 3.2, "student": 1.4, "customer": 1.0,
         "newcomer": 1.0, "leaving": 0.7, "partner": 1.2}
DOWNLOADS = {"casual": 0.10, "awareness": 0.22, "consideration": 0.42, "decision": 0.4, "student": 0.3,
             "customer": 0.1, "newcomer": 0.3, "leaving": 0.0, "partner": 0.25}
ENTRIES = {  # (utm_source, utm_medium, referrer)
    "search": ("", "", "https://www.google.com/"),
    "tagged_search": ("google", "organic", "https://www.google.com/"),
    "direct": ("", "", ""),
    "social": ("linkedin", "social", "https://www.linkedin.com/"),
    "ad": ("google", "cpc", "https://www.google.com/"),
    "partner": ("partner", "", "https://www.partner-portal.example/"),
    "message": ("linkedin", "message", "https://www.linkedin.com/"),
    "email": ("newsletter", "email", ""),
}
session_count = 0


def visit(person, at, stage, entry=None, campaign="", landing=None, device=0, form=None):
    """A web session from `at` (seconds): page views and what happens on the pages.

    stage: key of PAGES. form: form_id that the visitor sends at the end. Returns the end in seconds.
    """
    global session_count
    session_count += 1
    at = int(at)
    device = min(device, len(person.devices) - 1)
    common = {"anonymous_id": person.devices[device], "session_id": f"v{session_count:06d}",
              "user_agent": person.agents[device], "ip_address": person.ip}
    entry = entry or dice.weighted(["search", "tagged_search", "direct", "social", "ad", "partner"],
                                   [34, 10, 32, 9, 10, 5])
    source, medium, referrer = ENTRIES[entry]
    if entry == "ad":
        campaign = "ads-" + person.product
    pages, weights = PAGES[stage]
    choices = {"blog": BLOG, "solutions": SOLUTIONS, "customers": STORIES, "careers": CAREERS, "support": SUPPORT,
               "first steps": FIRST_STEPS, "leaving": LEAVING, "partners": PARTNER_PAGES,
               "products": [f"/products/{p}" for p in [person.product] * 4 + PRODUCTS]}
    path = None
    for number in range(1 + dice.count(DEPTH[stage] * (0.35 if dice.chance(0.25) else 1.1))):
        previous, path = path, dice.weighted(pages, weights)
        path = dice.pick(choices[path]) if path in choices else path
        path = landing if landing and number == 0 else "/resources" if path == previous else path
        who = dict(common)
        if entry in ("email", "message") and number == 0:
            who["email"] = person.email  # the link in a mail or message tells who clicks
        elif at >= person.known_from and device == 0 and dice.chance(0.12):
            who["contact_id"] = person.id
        seconds = max(2, int(math.exp(3.7 + 0.9 * dice.normal())))
        first = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign,
                 "referrer": referrer} if number == 0 else {}
        add("web_events", at, person, **who, event_name="page_viewed", page_path=messy(path),
            product=product_of(path), duration_seconds=seconds if dice.chance(0.93) else "", **first)
        inside(person, who, at + seconds // 2, path, stage)
        at += seconds + dice.whole(1, 8)
    if form:
        send_form(person, common, at, form)
    return at


def inside(person, who, at, path, stage):
    """What a visitor does on one page: offers, downloads, videos, calls to action. `at` in seconds."""
    product = product_of(path) or person.product
    if (path == "/resources" or path.startswith("/products/")) and dice.chance(0.4):
        offered = dice.pick(CONTENT[product])
        add("web_events", at, person, **who, event_name="content_offered", page_path=path, product=product,
            content_id=offered)
        if dice.chance(DOWNLOADS[stage]) and offered not in person.downloaded:
            person.downloaded.append(offered)
            if stage != "customer" and dice.chance(0.3) and at >= person.known_from:
                who = {**who, "email": person.email}
                add("web_events", at + 18, person, **who, event_name="form_submitted", page_path=path,
                    form_id="download-form")
            add("web_events", at + 21, person, **who, event_name="content_downloaded", page_path=path,
                product=product, content_id=offered)
    if path.startswith("/products/") and dice.chance(0.13):
        add("web_events", at, person, **who, event_name="video_watched", page_path=path, product=product,
            content_id=VIDEOS[product], duration_seconds=dice.whole(20, 180),
            percent_complete=dice.pick([10, 25, 50, 75, 90, 95, 100, 100]))
    if stage in ("consideration", "decision", "awareness") and dice.chance(0.07):
        add("web_events", at, person, **who, event_name="cta_clicked", page_path=path, product=product_of(path))


def send_form(person, who, at, form):
    """A form sent at `at` (seconds): from here on the device is known to be the person's."""
    page = {"contact-form": "/contact", "newsletter-form": dice.pick(BLOG), "demo-form": "/demo",
            "download-form": "/resources", "referral-form": "/partners/introduce"}[form]
    name = {"demo-form": "demo_requested"}.get(form, "form_submitted")
    address = dice.weighted([person.email, person.email.title(), person.email.upper()], [94, 4, 2])
    add("web_events", at, person, **{**who, "email": address}, event_name=name, page_path=page, form_id=form,
        product=person.product if form == "demo-form" else "")
    if form == "download-form":
        content = dice.pick(CONTENT[person.product])
        person.downloaded.append(content)
        add("web_events", at + 4, person, **who, event_name="content_downloaded", page_path=page,
            product=person.product, content_id=content)
    person.known_from = min(person.known_from, at)
