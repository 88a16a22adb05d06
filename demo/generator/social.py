"""Social networks and ads."""

from .chance import dice
from .rows import add
from .website import visit


def socialise(person, at, event_name, network="linkedin"):
    """Something on a social network at `at` (seconds); the network knows the e-mail address only at times."""
    who = {"contact_id": person.id} if dice.chance(0.6) else {"email": person.email}
    add("social_events", at, person, **who, network=network, event_name=event_name)


def see_ads(person, start, end, number, click_rate):
    """Ads shown between two timestamps (seconds), with visits from the clicked ones."""
    for _ in range(number):
        at = dice.between(start, end)
        common = {"anonymous_id": person.devices[0], "utm_source": dice.pick(["google", "linkedin"]),
                  "utm_medium": "cpc", "utm_campaign": "ads-" + person.product, "product": person.product,
                  "user_agent": person.agents[0], "ip_address": person.ip}
        add("web_events", at, person, **common, event_name="ad_shown")
        if dice.chance(click_rate):
            add("web_events", at + 5, person, **common, event_name="ad_clicked")
            visit(person, at + 8, "awareness", entry="ad", landing="/products/" + person.product)
