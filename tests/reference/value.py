"""Expected amounts of deals by their definitions, over lists, without regard to speed."""

from collections import defaultdict
from datetime import date
from math import exp, log, sqrt

Z = 1.959963984540054
FEWEST = 20


def reached(values, percent):
    """The least value that at least so many percent of the values do not exceed."""
    return min(value for value in values
               if 100 * sum(other <= value for other in values) >= percent * len(values))


def fences(values):
    """Beyond which numbers a value is an outlier: (least, greatest)."""
    mirrored = [-value for value in values]
    upper, lower = reached(values, 75), -reached(mirrored, 75)
    return (min(-reached(mirrored, 95), lower - 1.5 * (upper - lower)),
            max(reached(values, 95), upper + 1.5 * (upper - lower)))


def expected_amounts(deals):
    """Expected amount per segment: dict segment -> (mean, low, high), "" for any other segment.

    deals: pairs (segment, amount above 0). Empty if there are too few.
    """
    if len(deals) < FEWEST:
        return {}
    least, greatest = fences([log(amount) for _, amount in deals])
    groups = defaultdict(list)
    for segment, amount in deals:
        groups[segment].append(min(max(log(amount), least), greatest))
    number, kinds = len(deals), len(groups)
    means = {segment: sum(values) / len(values) for segment, values in groups.items()}
    overall = sum(sum(values) for values in groups.values()) / number
    inside = sum((value - means[segment]) ** 2 for segment, values in groups.items() for value in values)
    outside = sum(len(values) * (means[segment] - overall) ** 2 for segment, values in groups.items())
    of_deal = inside / (number - kinds) if number > kinds else outside / (number - 1)
    of_segment = least_of_segment = 0.0
    if kinds > 1:
        size = number - sum(len(values) ** 2 for values in groups.values()) / number
        of_segment = max(outside - (kinds - 1) * of_deal, 0) / size
        least_of_segment = sqrt(2 * (kinds - 1)) * of_deal / size
    weights = {segment: 0.0 if of_segment == 0 else of_segment / (of_segment + of_deal / len(values))
               for segment, values in groups.items()}
    total = sum(weights.values())
    centre = sum(weights[segment] * means[segment] for segment in groups) / total if total else overall
    drawn = {segment: weights[segment] * means[segment] + (1 - weights[segment]) * centre
             for segment in groups}
    scale = (sum(exp(value) for values in groups.values() for value in values)
             / sum(len(values) * exp(drawn[segment]) for segment, values in groups.items()))
    found = {}
    for segment in [*groups, ""]:
        weight = weights.get(segment, 0.0)
        error = sqrt(
            (1 - weight) ** 2 * (max(of_segment, least_of_segment) + of_deal / number)
            + weight ** 2 * of_deal / len(groups.get(segment, [0]))
            + of_deal ** 2 / (2 * max(number - kinds, 1)))
        mean = drawn.get(segment, centre)
        found[segment] = tuple(scale * exp(mean + times * Z * error) for times in (0, -1, 1))
    return found


def company_size(employees):
    """The size of a company in words."""
    if employees is None:
        return "not known"
    for limit, words in ((10, "fewer than 10"), (50, "10 to 49"), (250, "50 to 249"), (1000, "250 to 999")):
        if employees < limit:
            return words
    return "1000 or more"


def counted_deals(world, population, as_of, days):
    """The won deals of up to so many days ago that were conversions of a population.

    world: raw tables of one version per row; population: open_leads, customers or everyone. Returns
    the deals with lead_id, whose segment is theirs, or None.
    """
    home = {row["contact_id"]: row["company_id"] for row in world["contacts"]}
    since = {row["company_id"]: row["customer_since"] for row in world["companies"]}

    def day(deal):
        return date.fromisoformat(deal["closed_at"][:10])

    def parties(deal):
        companies = {deal["company_id"], home.get(deal["contact_id"])} - {None}
        return companies | ({deal["contact_id"]} - {None})

    won = [deal for deal in world["deals"] if deal["is_won"] and day(deal) <= as_of]
    counted = []
    for deal in won:
        mine = parties(deal)
        was_customer = any(since.get(party) is not None and since[party] < day(deal) for party in mine) \
            or any(day(other) < day(deal) and parties(other) & mine for other in won)
        belongs = {"everyone": True, "customers": was_customer, "open_leads": not was_customer}
        if (deal["amount"] or 0) > 0 and (as_of - day(deal)).days < days and belongs[population]:
            colleagues = sorted(lead for lead, company in home.items()
                                if company is not None and company == deal["company_id"])
            counted.append({**deal, "lead_id": deal["contact_id"] or next(iter(colleagues), None)})
    return counted
