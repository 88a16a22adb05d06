"""Sequences of deliveries, edits and runs, each of which is checked by the reference scorer.

A plan says what happens to a random company: rounds of steps, after each of which the project is
built. `python -m tests.sequences --hours 2` runs random plans for that time and reports; the tests
run a few. A failing plan is shrunk and printed so that it can be run again unchanged.
"""

import argparse
import contextlib
import hashlib
import io
import random
import re
import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.comparison import differences, is_same
from tests.project import Project
from tests.reference.random_configurations import EVENT_VALUES, random_configuration
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.reading import ACTIVITY_TABLES, documented_columns, read_row
from tests.reference.scorer import score
from tests.traces import traces

VERSIONED = ("contacts", "companies", "deals")
NAMES = ("contact_id", "merged_into_contact_id", "email", "anonymous_id", "last_name",
         "event_id", "sales_activity_id")
MODES = ("plain", "again", "refresh")  # build once, once more, once more with --full-refresh


@dataclass(frozen=True)
class Plan:
    """What happens to a company.

    world: seed of random_world; contacts: how many; rounds: pairs of steps and the mode of the
    build after them (see MODES). A step is a pair of its name in STEPS and a seed.
    """

    world: int
    contacts: int
    rounds: list


class Company:
    """What a plan has done to a company so far.

    raw: dict raw table -> rows that are delivered; waiting: likewise, to be delivered yet
    seen: dict versioned table -> rows that a build has seen
    configuration, options, as_of: as scorer.score takes them
    remembered: keys that builds have erased; erased: tokens of what they have erased;
    carried_out: requests that they have seen
    """

    def __init__(self, plan):
        self.typed = plan.world % 2 == 1
        tables, self.configuration, self.as_of, self.options = random_world(
            plan.world, values="typed" if self.typed else "text", contacts=plan.contacts,
            max_models=2, erasures=True, settled=True)
        self.waiting = {table: [named_apart(plan.world, table, row) for row in rows]
                        for table, rows in tables.items()}
        self.raw = {table: [] for table in tables}
        self.columns = {table: list(rows[0]) for table, rows in tables.items() if rows}
        # Requests come by steps.
        self.requests = self.waiting.pop("erasure_requests")
        self.seen = {table: [] for table in VERSIONED}
        self.remembered = set()
        self.erased = set()
        self.carried_out = []
        self.first_day = self.as_of - timedelta(days=40)
        self.now = max([read_row("erasure_requests", row)[0]["requested_at"] or BEGINNING
                        for row in self.requests] + [self.moment(self.as_of)])
        self.deliver(random.Random(0))

    def moment(self, day):
        """The first moment of a day (aware datetime)."""
        return read_row("contacts", {"created_at": day})[0]["created_at"]

    def cell(self, moment):
        """A time as this company's loader writes it."""
        return moment.replace(tzinfo=None) if self.typed else str(moment.replace(tzinfo=None))

    def later(self):
        """A moment after everything that has been said so far."""
        self.now += timedelta(hours=7)
        return self.cell(self.now)

    def contacts(self):
        """Readable contact rows that are delivered: dict contact id -> raw rows, latest last."""
        found = {}
        for raw in self.raw["contacts"]:
            row, reason = read_row("contacts", raw, SEEDS["placeholders"])
            if reason is None:
                found.setdefault(row["contact_id"], []).append((row["updated_at"], raw))
        return {name: [raw for _, raw in sorted(rows, key=lambda pair: pair[0])]
                for name, rows in sorted(found.items())}

    # Steps. Each takes a random.Random.

    def nothing(self, rng):
        """Change nothing."""

    def deliver(self, rng):
        """Deliver some of what is waiting, in any order, and some of what had been delivered."""
        share = rng.choice([0.1, 0.3, 0.6])
        for table, rows in self.waiting.items():
            arrives = [rng.random() < share or not self.raw[table] for _ in rows]
            self.raw[table] += [row for row, here in zip(rows, arrives) if here]
            self.waiting[table] = [row for row, here in zip(rows, arrives) if not here]
            self.raw[table] += [dict(row) for row in self.raw[table] if rng.random() < 0.02]
            rng.shuffle(self.raw[table])

    def delete(self, rng):
        """The source deletes some of the keys of a table, often contacts, for good."""
        table = rng.choice([table for table in [*self.waiting, *["contacts"] * 4]
                            if self.raw[table]])
        keys = {name_of(table, row) for row in self.raw[table]} - {None}
        share = rng.choice([0.1, 0.4])
        gone = {key for key in sorted(keys) if rng.random() < share}
        left = [row for row in self.raw[table] if name_of(table, row) not in gone]
        if not left:
            return  # an empty table is taken for one that is being loaded
        deleted = [row for row in self.raw[table] if name_of(table, row) in gone]
        self.raw[table] = left
        waiting = [row for row in self.waiting[table] if name_of(table, row) not in gone]
        if table in ACTIVITY_TABLES:
            # A run does not see it when another row of the very same loaded_at takes the place.
            times = {read_row(table, row)[0]["loaded_at"] for row in deleted} - {None}
            waiting = [row for row in waiting
                       if read_row(table, row)[0]["loaded_at"] not in times]
        self.waiting[table] = waiting

    def merge(self, rng):
        """Merge a contact into another one, or take that back, by a new version."""
        self.change_contact(rng, lambda row, names: row | {
            "merged_into_contact_id": rng.choice([None, *names, *names])})

    def overwrite(self, rng):
        """A loader overwrites the latest version of a contact by a new one."""
        self.change_contact(rng, lambda row, names: row | {
            "job_title": rng.choice(["CEO", "IT Manager", None]), "tags": rng.choice(
                ["partner", None])}, in_place=True)

    def change_contact(self, rng, change, in_place=False):
        """Add a version to a contact of which everything is delivered, or put it in the place of
        the latest one.
        """
        contacts = self.contacts()
        if not contacts:
            return
        name = rng.choice(list(contacts))
        waits = [row for row in self.waiting["contacts"] if name_of("contacts", row) == name]
        self.raw["contacts"] += waits
        self.waiting["contacts"] = [
            row for row in self.waiting["contacts"] if name_of("contacts", row) != name]
        last = self.contacts()[name][-1]
        changed = change(last, list(contacts)) | {"updated_at": self.later()}
        if in_place:
            self.raw["contacts"] = [row for row in self.raw["contacts"] if row != last]
        self.raw["contacts"].append(
            {column: value for column, value in changed.items() if column in last})

    def erase(self, rng):
        """A person asks to be forgotten: one whom the world has chosen, or any contact now."""
        if self.requests and rng.random() < 0.7:
            self.raw["erasure_requests"].append(self.requests.pop())
            return
        contacts = self.contacts()
        row = {"contact_id": rng.choice([*contacts, "c999"]), "email": None,
               "requested_at": self.later()}
        self.raw["erasure_requests"].append(
            {column: row[column] for column in self.columns["erasure_requests"]})

    def clear_requests(self, rng):
        """Requests that a build has carried out are deleted."""
        self.raw["erasure_requests"] = [
            row for row in self.raw["erasure_requests"] if row not in self.carried_out]

    def edit_rules(self, rng):
        """Other points, decays, limits, conditions and names, or all rules anew."""
        files = {name: [dict(row) for row in rows] for name, rows in self.configuration.items()}
        kind = rng.choice(["all", "points", "decay", "limits", "remove", "rename", "activity"])
        if kind == "all":
            files = random_configuration(rng, self.options["custom_attributes"], 2)
        elif kind == "points":
            for row in files["engagement_criteria"] + files["fit_criteria"]:
                row["points"] = rng.choice([row["points"], "3", "-4", "12.5"])
        elif kind == "decay":
            for row in files["engagement_criteria"]:
                if row["rule"] in ("each", "amount"):
                    row |= {"decay": rng.choice(["half_life", "linear", "expire"]),
                            "decay_days": rng.choice(["7", "30"])}
        elif kind == "limits":
            for row in files["category_limits"]:
                row |= {"min_points": "-3", "max_points": rng.choice(["5", "40"])}
        elif kind == "remove":
            gates = {(row["scoring_model"], row["criterion"]) for row in files["score_gates"]}
            for name in ("engagement_criteria", "fit_criteria"):
                files[name] = [row for row in files[name] if rng.random() < 0.7 or
                               (row["scoring_model"], row["criterion"]) in gates]
        elif kind == "rename":
            for name in ("engagement_criteria", "fit_criteria", "score_gates"):
                for row in files[name]:
                    row["criterion"] = f"renamed_{row['criterion']}"
        else:
            for row in files["activities"]:
                source = row["source"].strip().lower()
                if rng.random() < 0.5:
                    row["event_name"] = rng.choice(["", *EVENT_VALUES[source]["event_name"]])
        self.configuration = files

    def move_day(self, rng):
        """Another as-of day, earlier or later."""
        self.as_of = self.first_day + timedelta(days=rng.choice([0, 20, 39, 40, 41, 70, 90, 110]))

    def change_settings(self, rng):
        """Another time zone or look-back, or bots count."""
        self.options |= rng.choice([
            {"reporting_timezone": rng.choice([None, "Asia/Tokyo", "America/New_York"])},
            {"anonymous_lookback_days": rng.choice([None, 0, 3, 30])},
            {"score_automated": not self.options["score_automated"]}])

    # Builds.

    def overwritten(self):
        """Rows of versioned tables that a build has seen and that are gone since."""
        return {table: [row for row in rows if row not in self.raw[table]]
                for table, rows in self.seen.items()}

    def expected(self):
        """What the reference scorer says of a build now."""
        return score(self.raw, self.configuration, self.as_of, self.options, SEEDS,
                     overwritten=self.overwritten(), remembered=self.remembered)

    def build(self, project, *flags):
        """Build the project on what is delivered."""
        self.run(project.build, project, *flags)

    def run(self, build, project, *flags):
        """Run a method of Project that builds, on what is delivered."""
        project.configure(self.configuration)
        project.fill(self.raw, self.columns)
        build(self.as_of, *flags, **{
            name: value for name, value in self.options.items() if value is not None})

    def note(self, result):
        """Note what a build has seen and erased."""
        self.remembered |= result["erased_keys"]
        self.carried_out = list(self.raw["erasure_requests"])
        for table, rows in self.seen.items():
            rows += [row for row in self.raw[table] if row not in rows]
        rows = [row for table in self.raw if table != "erasure_requests"
                for row in self.raw[table] + self.overwritten().get(table, [])]
        self.erased = (self.erased | tokens_of(rows)) - tokens_of(result["rows_left"])


# Steps by name; the first is the simplest.
STEPS = {step.__name__: step for step in (
    Company.nothing, Company.deliver, Company.delete, Company.merge, Company.overwrite,
    Company.erase, Company.clear_requests, Company.edit_rules, Company.move_day,
    Company.change_settings)}
BEGINNING = read_row("contacts", {"created_at": "1970-01-01"})[0]["created_at"]
TOKEN = re.compile(r"q[0-9a-f]{10}q", re.IGNORECASE)


def named_apart(world, table, row):
    """A raw row whose ids, addresses and last names can be searched for: each has a token of its
    own. White space around them and what stands for a missing value stay.
    """
    read = read_row(table, row, SEEDS["placeholders"])[0]
    result = dict(row)
    for name in NAMES:
        if name not in row or read[name] is None:
            continue
        core = row[name].strip().split("@")[0]
        kind = name.removeprefix("merged_into_")
        root = {"email": core.lower().removeprefix("new."),
                "last_name": read.get("contact_id")}.get(name, core)
        token = hashlib.sha256(f"{world} {table * (kind == 'event_id')} {kind} {root}".encode())
        result[name] = row[name].replace(core, f"{core}q{token.hexdigest()[:10]}q", 1)
    return result


def tokens_of(rows):
    """The tokens in the cells of rows: set of str in lower case."""
    return {token.lower() for row in rows for name in NAMES
            for token in TOKEN.findall(str(row.get(name)))}


def name_of(table, raw):
    """The key of a raw row, or None."""
    return read_row(table, raw, SEEDS["placeholders"])[0][documented_columns(table)[0]]


# Playing.

def play(plan, project):
    """Play a plan in a project; raises AssertionError with what is otherwise than it should be."""
    for folder in ("target", "logs"):
        shutil.rmtree(project.folder / folder, ignore_errors=True)
    project.forget()
    project.has_logs = True
    company = Company(plan)
    for number, (steps, mode) in enumerate(plan.rounds, start=1):
        for name, choice in steps:
            STEPS[name](company, random.Random(choice))
        company.build(project)
        result = company.expected()
        company.note(result)
        check(project, company, result, f"round {number}")
        if mode != "plain":
            before = marts_of(project)
            company.build(project, *(["--full-refresh"] if mode == "refresh" else []))
            fail_on(changes(before, marts_of(project)), f"round {number}, {mode}")
            check(project, company, company.expected(), f"round {number}, {mode}")
    from_scratch(project, company)


def check(project, company, result, when):
    """Check a build: against the reference scorer, that all adds up, and what is forgotten."""
    fail_on(differences(project, result), when)
    fail_on(project.query(NOT_ADDING_UP), f"{when}: the ledger does not add up")
    fail_on(project.query(NOT_CLOSING), f"{when}: the rows do not add up")
    fail_on(traces(project, company.erased), f"{when}: traces of the erased")


def fail_on(found, when):
    """Raise AssertionError if anything was found that should not be there."""
    if found:
        lines = [str(line) for line in found]
        raise AssertionError("\n  ".join([when, *lines[:20], *["..."] * (len(lines) > 20)]))


def from_scratch(project, company):
    """Score what is there in a new database. Versions that a loader overwrote are raw rows there,
    and nothing is remembered.
    """
    for table, rows in company.overwritten().items():
        left = {name_of(table, row) for row in company.raw[table]}
        company.raw[table] = company.raw[table] + [
            row for row in rows if name_of(table, row) in left]
    company.seen, company.remembered = {}, set()
    project.forget()
    company.run(project.build_scores, project)
    fail_on(differences(project, company.expected()), "from scratch")


def marts_of(project):
    """All marts: dict name -> sorted rows."""
    tables = project.query(
        "select table_name from information_schema.tables where table_schema = 'marts'")
    return {row["table_name"]: sorted(
        project.query(f"select * from marts.{row['table_name']}"), key=repr) for row in tables}


def changes(before, after):
    """Which rows of marts are not the same, as list of text; numbers within the tolerance."""
    found = []
    for mart in sorted(before.keys() | after.keys()):
        one, two = before.get(mart, []), after.get(mart, [])
        if len(one) != len(two):
            found.append(f"{mart} has {len(two)} rows, had {len(one)}")
        found += [f"{mart}: {new}, was {old}" for old, new in zip(one, two)
                  if not all(is_same(new[name], old[name]) for name in old)]
    return found


NOT_ADDING_UP = """
    select lead_scores.lead_id, lead_scores.scoring_model
    from marts.lead_scores
    left join marts.lead_score_ledger using (lead_id, scoring_model)
    group by all
    having abs(max(fit_points) + max(engagement_points) - coalesce(sum(points), 0)) > 1e-6
"""
NOT_CLOSING = """
    select * from marts.row_counts
    where raw_rows <> used_rows + superseded_rows + rejected_rows + erased_rows
"""


def plans(most_rounds=4):
    """Plans as hypothesis draws and shrinks them: fewer and simpler steps, fewer people."""
    step = st.tuples(st.sampled_from([*STEPS, "deliver"]), st.integers(0, 999))
    rounds = st.tuples(st.lists(step, min_size=1, max_size=8), st.sampled_from(MODES))
    return st.builds(Plan, world=st.integers(0, 99_999), contacts=st.integers(4, 14),
                     rounds=st.lists(rounds, min_size=1, max_size=most_rounds))


def soak(hours, start):
    """Play random plans for hours, each after its own seed; prints what came out."""
    until = time.monotonic() + hours * 3600
    count, longest, failures = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project")
        number = start
        while time.monotonic() < until:
            played = []

            @seed(number)
            @settings(max_examples=10, deadline=None, database=None, print_blob=False,
                      suppress_health_check=list(HealthCheck))
            @given(plans(most_rounds=8))
            def some(plan):
                if time.monotonic() < until:
                    played.append(plan)
                    play(plan, project)

            try:
                with contextlib.redirect_stdout(io.StringIO()):  # what dbt says of each build
                    some()
            except Exception as failure:  # whatever it is: report it and go on
                failures.append(played[-1])
                print(f"\nseed {number}: {played[-1]}\n{str(failure)[:3000]}", flush=True)
            count += len(played)
            longest = max([longest, *(sum(len(steps) + 1 for steps, _ in plan.rounds)
                                      for plan in played)])
            number += 1
            print(f"{count} sequences, the longest of {longest} steps, {len(failures)} failed;"
                  f" next seed {number}", flush=True)
    return failures


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    arguments = parser.parse_args()
    raise SystemExit(1 if soak(arguments.hours, arguments.seed) else 0)


if __name__ == "__main__":
    main()
