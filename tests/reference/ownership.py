"""Products that leads own, users of the product in their account, and interest in other products."""

from .engagement import counted_facts
from .erasure import erase
from .identity import People, attribute_facts
from .reading import ACTIVITY_TABLES, calendar_day
from .scorer import prepared_seeds, read_world

REQUESTS = {"demo_requested", "call_requested", "form_submitted", "chat_started"}
INTEREST = REQUESTS | {"page_viewed", "video_watched", "content_downloaded", "cta_clicked",
                       "ad_clicked", "webinar_attended"}


def ownership(raw_tables, as_of, options, seeds):
    """What is said of every lead at the end of the as-of day: dict lead id -> dict.

    owned_product_count, account_user_count: int; days_since_won_deal: int or None; interest,
    request: how often the lead did anything about a product that it does not own (int).
    Parameters as scorer.score takes them.
    """
    seeds = prepared_seeds(seeds)
    zone = options.get("reporting_timezone")
    tables = read_world(raw_tables, list(options.get("custom_attributes") or []),
                        seeds["placeholders"], zone)
    used, _ = erase(tables, {table: [] for table in tables}, ())

    def day_of(moment):
        return calendar_day(moment, zone)

    people = People(used, as_of, day_of, seeds["free_mail_domains"],
                    options.get("match_companies_by_domain", True))
    facts = counted_facts(attribute_facts(
        people, {table: [rows[-1] for rows in used[table].values()] for table in ACTIVITY_TABLES},
        options.get("anonymous_lookback_days")), options, seeds)
    leads = people.leads()
    active = {fact["person"] for fact in facts
              if fact["source"] == "product" and (as_of - fact["day"]).days < 30} & leads.keys()

    result = {}
    for lead_id, contact in leads.items():
        company_id = contact["company_id"]
        won = [deal for deal in people.deals.values()
               if deal["is_won"] and people.is_past(deal["closed_at"])
               and (lead_id in people.leads_of(deal)
                    or (company_id is not None and deal["company_id"] == company_id))]
        owned = {deal["product"].lower() for deal in won if deal["product"]}
        wanted = [fact["row"]["event_name"].lower() for fact in facts
                  if fact["person"] == lead_id and fact["table"] == "web_events"
                  and fact["row"].get("product") and fact["row"]["product"].lower() not in owned]
        colleagues = {other for other in active if other == lead_id
                      or (company_id is not None and leads[other]["company_id"] == company_id)}
        result[lead_id] = {
            "owned_product_count": len(owned),
            "days_since_won_deal": min(
                ((as_of - day_of(deal["closed_at"])).days for deal in won), default=None),
            "account_user_count": len(colleagues),
            "interest": sum(name in INTEREST for name in wanted),
            "request": sum(name in REQUESTS for name in wanted),
        }
    return result
