"""Made-up tables of leads, of which it is known what there is to find.

Each is like one on which the conversion probability has to hold: in size, in its conversion rate and
in what makes a lead convert. The same seed always gives the same rows.
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence

from benchmarks.data_sets import Dataset

Row = dict[str, str | None]


def logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def outcomes_at(rate: float, log_odds: Sequence[float], draw: random.Random) -> list[bool]:
    """Outcomes by log-odds, which are moved so that this rate of conversions is expected."""
    low, high = -30.0, 30.0
    for _ in range(40):
        middle = (low + high) / 2
        if sum(logistic(one + middle) for one in log_odds) > rate * len(log_odds):
            high = middle
        else:
            low = middle
    return [draw.random() < logistic(one + low) for one in log_odds]


def text(values: Iterable[float], name: str = "number", decimals: int = 4) -> Row:
    """Columns of numbers: number_0, number_1 and so on."""
    return {f"{name}_{place}": f"{value:.{decimals}f}" for place, value in enumerate(values)}


def weights_of(columns: int, spread: float) -> list[float]:
    """Weights of both signs, from much to little. spread: of the log-odds, for columns of spread 1."""
    weights = [(-1) ** place * (1 - place / columns) for place in range(columns)]
    return [weight * spread / math.hypot(*weights) for weight in weights]


def weighted(weights: Iterable[float], values: Iterable[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values))


def made(
    name: str, rows: Sequence[Row], outcomes: list[bool], splits: tuple[str, ...] = ("random",),
    drifts: bool = False, has_signal: bool = True,
) -> Dataset:
    return Dataset(name, list(rows), list(rows[0]), outcomes, list(range(len(rows))), splits, drifts,
                   has_signal)


def linear(name: str, count: int, columns: int, rate: float, spread: float, seed: int) -> Dataset:
    """Numbers that add to the log-odds, and nothing else."""
    draw = random.Random(seed)
    weights = weights_of(columns, spread)
    values = [[draw.gauss(0, 1) for _ in weights] for _ in range(count)]
    outcomes = outcomes_at(rate, [weighted(weights, row) for row in values], draw)
    return made(name, [text(row) for row in values], outcomes)


def noise(seed: int = 1) -> Dataset:
    """Many columns that say nothing, of few leads."""
    draw = random.Random(seed)
    rows = [text(draw.gauss(0, 1) for _ in range(60)) for _ in range(1_540)]
    return made("noise", rows, [draw.random() < 0.13 for _ in rows], has_signal=False)


def deals(seed: int = 2) -> Dataset:
    """Deals as a CRM has them, won or lost by what it does not know."""
    draw = random.Random(seed)
    rows: list[Row] = [{
        "product": draw.choices("ABCDEFG", [20, 18, 15, 6, 4, 2, 1])[0],
        "agent": f"agent {int(35 * draw.random() ** 1.3)}",
        "region": draw.choice(["north", "south", "east", "west"]),
        "industry": f"industry {draw.randrange(10)}",
        "revenue": f"{draw.lognormvariate(7, 1):.2f}",
        "employees": f"{draw.lognormvariate(7.5, 1.2):.0f}",
        "founded": f"{draw.randint(1979, 2017)}",
        "parent": None if draw.random() < 0.8 else f"parent {draw.randrange(7)}",
    } for _ in range(8_000)]
    return made("deals", rows, [draw.random() < 0.63 for _ in rows], has_signal=False)


def calls(seed: int = 3) -> Dataset:
    """Calls of a campaign over years in which interest falls and people come to say yes.

    The rate rises with time, part of it by what no column says.
    """
    draw = random.Random(seed)
    count = 41_000
    rows: list[Row] = []
    log_odds = []
    for number in range(count):
        time = number / count
        month = int(30 * time)
        interest = 4.9 - 0.05 * (month % 3) if time < 0.65 else 1.4 - 0.6 * (time - 0.65)
        employed = 5_200 + 5 * month if time < 0.65 else 5_090 - 40 * (month - 19)
        confidence = -40 + 6 * math.sin(2.1 * month)
        age = max(18, draw.gauss(40, 11))
        contact = "cellular" if draw.random() < 0.4 + 0.5 * time else "telephone"
        called_before = draw.random() < 0.05 + 0.3 * max(0.0, time - 0.5)
        success = called_before and draw.random() < 0.35
        campaign = 1 + int(draw.expovariate(0.6))
        job = draw.randrange(11)
        rows.append({
            "age": f"{age:.0f}", "job": f"job {job}",
            "marital": draw.choices(["married", "single", "divorced"], [6, 3, 1])[0],
            "education": None if draw.random() < 0.05 else f"level {draw.randrange(6)}",
            "housing": draw.choice(["yes", "no"]), "loan": draw.choices(["yes", "no"], [1, 5])[0],
            "contact": contact, "month": f"month {month % 12}",
            "weekday": f"day {draw.randrange(5)}", "campaign": str(campaign),
            "days_since_call": str(int(draw.expovariate(0.15))) if called_before else "999",
            "outcome_before":
                "none" if not called_before else "success" if success else "failure",
            "confidence": f"{confidence:.1f}", "interest": f"{interest:.3f}",
            "employed": f"{employed}",
        })
        log_odds.append(
            0.001 * (age - 40) ** 2 + 0.12 * (job % 5) + 0.6 * (contact == "cellular")
            + 2.0 * success - 0.1 * min(campaign, 8) - 0.45 * interest + 0.03 * confidence
            + 0.8 * max(0.0, time - 0.7) / 0.3)
    return made("calls", rows, outcomes_at(0.11, log_odds, draw), ("random", "time"), drifts=True)


def rare_linear(seed: int = 4) -> Dataset:
    """Few conversions among many leads, by numbers and levels that add up."""
    draw = random.Random(seed)
    weights = weights_of(12, 0.8)
    levels = {column: [draw.gauss(0, 0.4) for _ in range(6)] for column in ("source", "country", "role")}
    rows: list[Row] = []
    log_odds = []
    for _ in range(29_000):
        values = [draw.gauss(0, 1) for _ in weights]
        drawn = {column: draw.randrange(6) for column in levels}
        rows.append({**text(values),
                     **{column: f"{column} {level}" for column, level in drawn.items()}})
        log_odds.append(weighted(weights, values)
                        + sum(levels[column][level] for column, level in drawn.items()))
    return made("rare_linear", rows, outcomes_at(0.03, log_odds, draw))


def words(seed: int = 5) -> Dataset:
    """Shares of words: most are 0, others small or large, and each says a little."""
    draw = random.Random(seed)
    columns = [(draw.uniform(0.05, 0.5), draw.gauss(0, 0.6), draw.gauss(-0.5, 0.7), draw.gauss(0, 0.4))
               for _ in range(57)]
    outcomes = [draw.random() < 0.3 for _ in range(4_600)]
    rows: list[Row] = []
    for outcome in outcomes:
        length = draw.gauss(0, 0.5)
        side = 0.5 if outcome else -0.5
        rows.append(text([
            draw.lognormvariate(size + side * larger, 0.9)
            if draw.random() < logistic(math.log(share / (1 - share)) + side * oftener + length)
            else 0
            for share, oftener, size, larger in columns
        ], "word", 2))
    return made("words", rows, outcomes)


def web_leads(seed: int = 6) -> Dataset:
    """Leads as they come one after the other: levels, counts, sizes, much of it missing."""
    draw = random.Random(seed)
    sources = [draw.gauss(0, 0.6) for _ in range(10)]
    countries = [draw.gauss(0, 0.4) for _ in range(25)]
    rows: list[Row] = []
    log_odds = []
    for _ in range(7_900):
        source = min(int(draw.expovariate(0.4)), 9)
        country = min(int(draw.expovariate(0.15)), 24)
        employees = draw.lognormvariate(4, 1.5)
        is_size_known = draw.random() < 0.7
        pages = int(draw.expovariate(0.25)) if draw.random() < 0.6 else 0
        days = draw.expovariate(0.05)
        title = draw.choices(["director", "manager", "specialist", None], [1, 3, 4, 3])[0]
        subscribed = draw.random() < 0.4
        rows.append({
            "source": f"source {source}", "country": f"country {country}",
            "employees": f"{employees:.0f}" if is_size_known else None,
            "pages": str(pages), "days_since_visit": f"{days:.1f}", "title": title,
            "subscribed": "yes" if subscribed else "no",
            "budget": None if draw.random() < 0.8 else f"{draw.lognormvariate(9, 1):.0f}",
            "hour": str(draw.randrange(24)), "browser": f"browser {draw.randrange(5)}",
        })
        log_odds.append(
            sources[source] + countries[country] + 0.4 * math.log1p(pages)
            + (-0.15 * (math.log(employees) - 5) ** 2 if is_size_known else -0.3)
            + 0.8 * math.exp(-days / 10) + {"director": 0.7, "manager": 0.3}.get(title or "", 0)
            + 0.4 * subscribed)
    return made("web_leads", rows, outcomes_at(0.10, log_odds, draw), ("time",))


def product(seed: int = 7) -> Dataset:
    """Two numbers of which neither says anything without the other."""
    draw = random.Random(seed)
    values = [[draw.gauss(0, 1) for _ in range(6)] for _ in range(2_800)]
    log_odds = [1.5 * row[0] * row[1] + 0.4 * row[2] for row in values]
    return made("product", [text(row) for row in values], outcomes_at(0.3, log_odds, draw))


def filled_in(seed: int = 10) -> Dataset:
    """Texts that all differ: only whether one is there says anything."""
    draw = random.Random(seed)
    weights = {"comment": 1.5, "note": 1.0, "page": -1.2, "code": 0.8}
    rows: list[Row] = []
    log_odds = []
    for number in range(5_000):
        given = {name: draw.random() < 0.5 for name in weights}
        rows.append({name: f"{name} {number}" if given[name] else None for name in weights})
        log_odds.append(sum(weight for name, weight in weights.items() if given[name]))
    return made("filled_in", rows, outcomes_at(0.2, log_odds, draw))


def half_missing(seed: int = 11) -> Dataset:
    """Numbers of which half are missing, which says more than the numbers."""
    draw = random.Random(seed)
    rows: list[Row] = []
    log_odds = []
    for _ in range(5_000):
        values = [draw.gauss(0, 1) if draw.random() < 0.5 else None for _ in range(12)]
        rows.append({f"number_{place}": None if value is None else f"{value:.4f}"
                     for place, value in enumerate(values)})
        log_odds.append(sum(
            (-1) ** place * 0.45 if value is None else 0.3 * value if place < 3 else 0
            for place, value in enumerate(values)))
    return made("half_missing", rows, outcomes_at(0.2, log_odds, draw))


def mostly_zero(seed: int = 12) -> Dataset:
    """Counts that are 0 for 94 % and bend beyond."""
    draw = random.Random(seed)
    rows: list[Row] = []
    log_odds = []
    for _ in range(12_000):
        counts = [draw.randrange(1, 60) if draw.random() < 0.06 else 0 for _ in range(6)]
        rows.append({f"count_{place}": str(count) for place, count in enumerate(counts)})
        log_odds.append(sum((-1) ** place * 4 * math.cos(2 * math.pi * count / 60)
                            for place, count in enumerate(counts) if count))
    return made("mostly_zero", rows, outcomes_at(0.2, log_odds, draw))


def many_levels(seed: int = 13) -> Dataset:
    """Hundreds of levels that differ, each of some fifty leads."""
    draw = random.Random(seed)
    effects = [[draw.gauss(0, 0.9) for _ in range(count)] for count in (400, 300, 40)]
    levels = [[draw.randrange(len(column)) for column in effects] for _ in range(20_000)]
    return made(
        "many_levels", [{f"level_{place}": f"level {level}" for place, level in enumerate(row)}
                        for row in levels],
        outcomes_at(0.25, [sum(column[level] for column, level in zip(effects, row))
                           for row in levels], draw))


def levels_together(seed: int = 14) -> Dataset:
    """Two columns of twelve levels that say something only together."""
    draw = random.Random(seed)
    effects = [[draw.gauss(0, 0.9) for _ in range(12)] for _ in range(12)]
    levels = [(draw.randrange(12), draw.randrange(12)) for _ in range(12_000)]
    return made(
        "levels_together", [{"first": f"level {first}", "second": f"level {second}",
                             "number": f"{draw.gauss(0, 1):.4f}"} for first, second in levels],
        outcomes_at(0.25, [effects[first][second] for first, second in levels], draw))


def two_products(seed: int = 15) -> Dataset:
    """Sixty numbers, of which four say something, in pairs."""
    draw = random.Random(seed)
    values = [[draw.gauss(0, 1) for _ in range(60)] for _ in range(6_000)]
    log_odds = [1.3 * row[40] * row[50] + 1.3 * row[41] * row[51] + 0.3 * row[0] for row in values]
    return made("two_products", [text(row) for row in values], outcomes_at(0.3, log_odds, draw))


SYNTHETIC: dict[str, Callable[..., Dataset]] = {
    "noise": noise,
    "deals": deals,
    "calls": calls,
    "rare_linear": rare_linear,
    "words": words,
    "web_leads": web_leads,
    "product": product,
    "filled_in": filled_in,
    "half_missing": half_missing,
    "mostly_zero": mostly_zero,
    "many_levels": many_levels,
    "levels_together": levels_together,
    "two_products": two_products,
    # 70 % of these are 42,000 leads with about 118 conversions: hardly more than a fit needs.
    "rarest_linear": lambda seed=8: linear("rarest_linear", 60_000, 10, 0.0028, 0.8, seed),
    "large_linear": lambda seed=9: linear("large_linear", 50_000, 20, 0.2, 1.2, seed),
}
