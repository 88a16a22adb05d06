"""What leads are interested in: products, channels, media, contents, campaigns, buying stages.

Written from docs/interest_and_accounts.md by loops over facts. Every function takes a Known and
returns a list of dict rows, as the mart of its name has them.
"""

from collections import defaultdict
from datetime import timedelta

from .engagement import counted_facts, is_occurrence
from .erasure import erase
from .identity import People, attribute_facts
from .reading import ACTIVITY_TABLES, calendar_day, read_text
from .scorer import prepared_seeds, read_world

STAGES = ("awareness", "consideration", "decision")


def word_of(value):
    """A text in lower case, None stays None."""
    return value.lower() if value else None


class Known:
    """What is known at the end of the as-of day. Arguments as those of scorer.score.

    people: People; facts_of: dict lead id -> its facts that count, each with the rows of
    activities that it is an occurrence of; deals_of: dict lead id -> won deals, its own or its
    company's; table_columns: dict raw table -> its columns; seeds: prepared seeds.
    """

    def __init__(self, raw_tables, configuration, as_of, options=None, seeds=None):
        options = options or {}
        self.as_of, self.seeds = as_of, prepared_seeds(seeds or {})
        self.custom_attributes = list(options.get("custom_attributes") or [])
        self.activities = configuration.get("activities") or []
        zone = options.get("reporting_timezone")
        self.day_of = lambda moment: calendar_day(moment, zone)
        tables = read_world(
            raw_tables, self.custom_attributes, self.seeds["placeholders"], zone)
        self.table_columns = {name: table.columns for name, table in tables.items()}
        used, _ = erase(tables, {name: [] for name in tables}, ())
        self.people = People(
            used, as_of, self.day_of, self.seeds["free_mail_domains"],
            options.get("match_companies_by_domain", True))
        facts = attribute_facts(
            self.people,
            {table: [rows[-1] for rows in used[table].values()] for table in ACTIVITY_TABLES},
            options.get("anonymous_lookback_days"))
        self.leads = self.people.leads()
        self.facts_of = {lead_id: [] for lead_id in self.leads}
        for fact in counted_facts(facts, options, self.seeds):
            if fact["person"] in self.facts_of:
                positive = [
                    activity for activity in self.activities
                    if word_of(read_text(activity.get("intent"))) == "positive"
                    and is_occurrence(fact, activity)]
                self.facts_of[fact["person"]].append({**fact, "positive": positive})
        self.deals_of = {lead_id: [
            deal for deal in self.people.deals.values()
            if deal["is_won"] and self.people.is_past(deal["closed_at"])
            and (lead_id in self.people.leads_of(deal)
                 or (deal["company_id"] and deal["company_id"] == contact["company_id"]))
        ] for lead_id, contact in self.leads.items()}

    def weight(self, day, half_life):
        """What an occurrence on a day still counts (float)."""
        return 0.5 ** ((self.as_of - day).days / half_life)


def sums_of(known, facts, half_life):
    """Occurrences, active days, first and last day and decayed sum of facts of one thing."""
    days = [fact["day"] for fact in facts]
    return {
        "occurrences": len(days), "active_days": len(set(days)),
        "first_on": min(days, default=None), "last_on": max(days, default=None),
        "decayed": round(sum(known.weight(day, half_life) for day in days), 9),
    }


def shares_of(sums):
    """Share and rank of each name: dict name -> sums gets the keys share and rank."""
    whole = sum(row["decayed"] for row in sums.values())
    touched = [name for name, row in sums.items() if row["occurrences"]]
    order = sorted(touched, key=lambda name: (
        -sums[name]["decayed"], -sums[name]["last_on"].toordinal(), name.encode()))
    for name, row in sums.items():
        row["share"] = row["decayed"] / whole if whole else None
        row["rank"] = order.index(name) + 1 if name in touched else None
    return sums


def product_interest(known, half_life=30):
    spellings = defaultdict(set)
    for deal in known.people.deals.values():
        if deal["product"] and known.people.is_past(deal["created_at"]):
            spellings[deal["product"].lower()].add(deal["product"])
    result = []
    for lead_id, facts in known.facts_of.items():
        by_product, owned = defaultdict(list), {}
        for fact in facts:
            product = word_of(fact["row"].get("product"))
            if product and fact["positive"]:
                by_product[product].append(fact)
        for deal in known.deals_of[lead_id]:
            if deal["product"]:
                product, day = deal["product"].lower(), known.day_of(deal["closed_at"])
                owned[product] = min(day, owned.get(product, day))
        sums = shares_of({
            product: sums_of(known, by_product.get(product, []), half_life)
            for product in {*by_product, *owned}})
        for product, row in sums.items():
            uses = sum(fact["source"] == "product" for fact in by_product.get(product, []))
            result.append({
                "lead_id": lead_id,
                "product": min(spellings.get(product) or {product}, key=str.encode),
                "occurrences": row["occurrences"], "uses": uses,
                "visits": row["occurrences"] - uses, "active_days": row["active_days"],
                "first_on": row["first_on"], "last_on": row["last_on"],
                "interest": row["decayed"], "interest_share": row["share"],
                "interest_rank": row["rank"], "is_owned": product in owned,
                "owned_since": owned.get(product)})
    return result


def engagement_rows(known, names_of, column, half_life):
    """Rows of channel_engagement and medium_engagement; names_of: fact -> its names (set)."""
    result = []
    for lead_id, facts in known.facts_of.items():
        by_name = defaultdict(list)
        for fact in facts:
            for name in names_of(fact):
                by_name[name].append(fact)
        sums = shares_of({name: sums_of(known, those, half_life)
                          for name, those in by_name.items()})
        for name, row in sums.items():
            result.append({
                "lead_id": lead_id, column: name, "occurrences": row["occurrences"],
                "active_days": row["active_days"], "first_on": row["first_on"],
                "last_on": row["last_on"], "engagement": row["decayed"],
                "engagement_share": row["share"], "engagement_rank": row["rank"]})
    return result


def channel_engagement(known, half_life=30):
    spellings = defaultdict(set)
    for activity in known.activities:
        if read_text(activity.get("channel")):
            spelling = read_text(activity["channel"])
            spellings[spelling.lower()].add(spelling)

    def channels_of(fact):
        return {read_text(activity["channel"]).lower() for activity in fact["positive"]
                if read_text(activity.get("channel"))}

    rows = engagement_rows(known, channels_of, "channel", half_life)
    for row in rows:
        row["channel"] = min(spellings[row["channel"]], key=str.encode)
    return rows


def medium_engagement(known, half_life=30):
    def medium_of(fact):
        medium = word_of(fact["row"].get("utm_medium"))
        return {medium} if medium and fact["positive"] else set()

    return engagement_rows(known, medium_of, "medium", half_life)


def things_touched(fact):
    """What contents and campaigns a fact has to do with: list of (kind, id)."""
    row, result = fact["row"], []
    if row.get("content_id"):
        result.append(("content", row["content_id"].lower()))
    campaign = word_of(row.get("campaign_id")) or word_of(row.get("utm_campaign"))
    if campaign:
        result.append(("campaign", campaign))
    return result


def ratio(number, base):
    """A quotient, None where one is missing or the base is 0."""
    return number / base if number is not None and base else None


def mean(numbers):
    """The mean of the numbers that are there, None of none."""
    numbers = [number for number in numbers if number is not None]
    return sum(numbers) / len(numbers) if numbers else None


def content_performance(known):
    every = [(lead_id, fact) for lead_id, facts in known.facts_of.items() for fact in facts]
    touches = defaultdict(lambda: defaultdict(list))  # (kind, id) -> lead id -> facts
    for lead_id, fact in every:
        for thing in things_touched(fact):
            touches[thing][lead_id].append(fact)
    first_won = {lead_id: min((deal["closed_at"] for deal in deals), default=None)
                 for lead_id, deals in known.deals_of.items()}

    def people_with(thing, condition):
        return sum(any(condition(fact) for fact in facts) for facts in touches[thing].values())

    def engaged_at(facts):
        return min((fact["row"]["occurred_at"] for fact in facts if fact["positive"]),
                   default=None)

    def conversion(thing, start, days):
        """How many engaged and how many of them converted in so many days after the start."""
        engaged = converted = 0
        for lead_id, facts in touches[thing].items():
            moment, won_at = engaged_at(facts), first_won[lead_id]
            if moment is not None and (known.day_of(moment) - start).days <= days:
                engaged += 1
                converted += won_at is not None and won_at > moment and (
                    known.day_of(won_at) - start).days <= days
        return engaged, converted

    def by_mail(*names, others=False):
        return lambda fact: fact["source"] == "email" and (
            (fact["row"]["event_name"].lower() in names) != others)

    def by_name(*names):
        return lambda fact: (fact["row"].get("event_name") or "").lower() in names

    rows = {}
    for (kind, name), people in touches.items():
        thing = kind, name
        days = [fact["day"] for facts in people.values() for fact in facts]
        age = (known.as_of - min(days)).days
        engaged, converted = conversion(thing, min(days), age)
        row = {
            "content_key": f"{kind}:{name}", "content_kind": kind,
            "content_id": name if kind == "content" else None,
            "campaign_id": name if kind == "campaign" else None,
            "people": len(people), "engaged_people": engaged,
            "sent_people": people_with(thing, by_mail(others=True)),
            "delivered_people": people_with(thing, by_mail("sent", "bounced", others=True)),
            "opened_people": people_with(thing, by_mail("opened", "clicked")),
            "clicked_people": people_with(thing, by_mail("clicked")),
            "offered_people": people_with(
                thing, lambda fact: not by_name("video_watched")(fact)) * (kind == "content"),
            "viewed_people": people_with(thing, by_name("page_viewed", "video_watched")),
            "downloaded_people": people_with(thing, by_name("content_downloaded")),
            "submitted_people": people_with(thing, by_name("form_submitted")),
            "converted_people": converted, "first_on": min(days), "last_on": max(days),
        }
        row["open_rate"] = ratio(row["opened_people"], row["delivered_people"])
        row["click_rate"] = ratio(row["clicked_people"], row["delivered_people"])
        row["download_rate"] = ratio(row["downloaded_people"], row["offered_people"])
        row["conversion_rate"] = ratio(converted, engaged)
        rows[thing] = row
    for (kind, name), row in rows.items():
        earlier = {thing: other for thing, other in rows.items()
                   if thing[0] == kind and other["first_on"] < row["first_on"]}
        for rate in ("open_rate", "click_rate", "download_rate"):
            row[f"earlier_{rate}"] = mean(other[rate] for other in earlier.values())
        age = (known.as_of - row["first_on"]).days
        at_its_age = [conversion(thing, other["first_on"], age)
                      for thing, other in earlier.items()]
        row["earlier_conversion_rate"] = mean(
            ratio(converted, engaged) for engaged, converted in at_its_age)
        for rate in ("open_rate", "click_rate", "download_rate", "conversion_rate"):
            row[f"{rate}_ratio"] = ratio(row[rate], row[f"earlier_{rate}"])
    return list(rows.values())


def stage_on(signs, day, held_days):
    """The stage of a lead on a day and whether it has faded; signs: list of (day, stage)."""
    past = [(on, stage) for on, stage in signs if on <= day]
    fresh = [stage for on, stage in past if (day - on).days < held_days]
    stages = fresh or [stage for _, stage in past]
    if not stages:
        return None, None
    return max(stages, key=STAGES.index), not fresh


def buying_stage(known, held_days=90):
    result = []
    for lead_id, facts in known.facts_of.items():
        signs = []
        for fact in facts:
            signs += [(fact["day"], stage) for stage in {
                word_of(read_text(activity.get("stage"))) for activity in fact["positive"]}
                if stage]
        stage, is_faded = stage_on(signs, known.as_of, held_days)
        since = known.as_of if stage else None
        while stage and stage_on(signs, since - timedelta(days=1), held_days) == (
                stage, is_faded):
            since -= timedelta(days=1)
        row = {"lead_id": lead_id, "stage": stage, "is_faded": is_faded, "stage_since": since,
               "last_sign_on": max((day for day, _ in signs), default=None)}
        for name in STAGES:
            days = [day for day, of_stage in signs if of_stage == name]
            row[f"{name}_occurrences"] = len(days)
            row[f"{name}_last_on"] = max(days, default=None)
        result.append(row)
    return result
