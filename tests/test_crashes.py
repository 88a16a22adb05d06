"""Runs that are cut short: whatever a killed, locked out or starved run leaves, the next plain
run ends with what an undisturbed one would have made.

A few moments to kill are drawn; LEAD_SCORING_KILLS=all kills at every statement of every model
and seed, and prints a table. LEAD_SCORING_SEED sets what is drawn (default 1).
"""

import os
import random
import shutil
import signal
from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import duckdb
import pytest

from tests.crashes import Kill, Run, contents, copy_database, endings_of, unlike
from tests.project import Project
from tests.reference.random_worlds import random_world
from tests.test_laws import ghost_of, given

ALL = os.environ.get("LEAD_SCORING_KILLS") == "all"
SEED = int(os.environ.get("LEAD_SCORING_SEED", "1"))
END_HOOK, START_HOOK = "lead_scoring-on-run-end-0", "lead_scoring-on-run-start-0"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A company in two deliveries: the first is scored, by other rules and for an earlier day; of
    the second only the raw rows are there.

    project; raw (a database with raw tables alone) and scored (one with all models, too); build,
    which begins a Run with the settings of the second delivery.
    """
    rng = random.Random(7037)
    project = Project(tmp_path_factory.mktemp("crashes") / "project")
    raw_tables, configuration, as_of, options = random_world(
        7037, contacts=25, absent_columns=False)
    _, other_configuration, _, _ = random_world(7037 + 500_000, max_models=2)
    columns = {table: list(rows[0]) for table, rows in raw_tables.items() if rows}

    def build(database, *arguments, day=as_of, **settings):
        return Run(project, database, day, *arguments, **{**given(options), **settings})

    project.dbt("parse", variables=project.variables(as_of, given(options)))
    with duckdb.connect() as connection:  # a small file is copied fast
        connection.execute(f"attach '{project.database}' (block_size 16384)")
    project.fill(raw_tables)
    raw = copy_database(project.database, project.folder / "raw")
    project.fill({
        table: rng.sample(rows, len(rows) * 6 // 10)
        + [ghost_of(table, row, number) for number, row in enumerate(rows[:6])]
        for table, rows in raw_tables.items()}, columns)
    project.configure(other_configuration)
    first = build(project.database, day=as_of - timedelta(days=10), score_automated=True).end()
    assert first.error is None, first.error
    project.configure(configuration)
    project.fill(raw_tables, columns)
    scored = copy_database(project.database, project.folder / "scored")
    incremental = [node.name for node in project.manifest.nodes.values()
                   if node.config.materialized == "incremental"]
    return SimpleNamespace(project=project, folder=project.folder, build=build, as_of=as_of,
                           scored=scored, raw=raw, incremental=incremental)


def undisturbed(world, start, *arguments):
    """What a run makes of a state that nobody disturbs, with how many statements each node took.

    Returns (contents, dict node -> number of statements, in the order of the run).
    """
    database = copy_database(start, world.folder / "undisturbed")
    ending = world.build(database, *arguments).end()
    assert ending.error is None, ending.error
    return contents(database), Counter(
        statement.node for statement in ending.statements if statement.node)


def walk(world, database, nodes, order, *arguments):
    """Build node after node and stop before each of the given ones: yields its name."""
    pending = []
    for node in order:
        if node in nodes:
            if pending:
                built = world.build(database, *arguments, "--select", *pending).end()
                assert built.error is None, built.error
            pending = []
            yield node
        if node not in (START_HOOK, END_HOOK):
            pending.append(node)


def heal(world, databases, wanted):
    """Run each database undisturbed; returns what differs from what is wanted, as list of list."""
    endings = endings_of([lambda path=path: world.build(path) for path in databases])
    return [[ending.error] if ending.error else unlike(contents(path), wanted)
            for path, ending in zip(databases, endings)]


def kills_of(node, statements, rng):
    """Every moment between the statements of a node, and one in the midst of each long one."""
    return [Kill(node, 1), *[Kill(node, number, True) for number in range(1, statements + 1)],
            *[Kill(node, number, seconds=rng.random() / 100)
              for number in {2, statements - 1, statements} if number > 0]]


def test_a_run_killed_at_any_statement_of_a_model_is_made_good(world):
    """Each kill has a database of its own; states that are equal are healed once."""
    rng = random.Random(SEED)
    wanted, statements = undisturbed(world, world.scored)
    nodes = [node for node in statements if node not in (START_HOOK, END_HOOK)
             and (ALL or node in world.incremental)]
    table, wrong, seen, waiting = {}, [], [], []
    database = copy_database(world.scored, world.folder / "walk")

    def heal_waiting():
        for (kill, _), found in zip(waiting, heal(world, [path for _, path in waiting], wanted)):
            if found:
                wrong.append((kill, found))
        for _, path in waiting:
            shutil.rmtree(path.parent)
        waiting.clear()

    for node in walk(world, database, nodes, statements):
        kills = kills_of(node, statements[node], rng)
        paths = [copy_database(database, world.folder / f"kill{number}")
                 for number in range(len(kills))]
        endings = endings_of([
            lambda path=path, kill=kill: world.build(path, "--select", node, kill=kill)
            for path, kill in zip(paths, kills)])
        assert [ending.signal for ending in endings] == [signal.SIGKILL] * len(kills), node
        states = 0
        for kill, path in zip(kills, paths):
            state = contents(path)
            if state not in seen:
                seen.append(state)
                states += 1
                waiting.append((kill, copy_database(
                    path, world.folder / f"heal{len(seen)}")))
        table[node] = (len(kills), states)
        if len(waiting) > 1:
            heal_waiting()
    heal_waiting()
    print(f"\n{'model':<50}{'kills':>6}{'states':>8}{'made good':>11}")
    for node, (kills, states) in table.items():
        bad = sum(kill.node == node for kill, _ in wrong)
        print(f"{node:<50}{kills:>6}{states:>8}{states - bad:>11}")
    print(f"{'all':<50}{sum(kills for kills, _ in table.values()):>6}{len(seen):>8}"
          f"{len(seen) - len(wrong):>11}")
    assert wrong == []


@pytest.mark.parametrize("start, arguments", [
    ("raw", ()), ("scored", ("--full-refresh",))], ids=["first run", "full refresh"])
def test_a_run_killed_again_and_again_is_made_good(world, start, arguments):
    """One database: killed once in each incremental model, in some others, some seeds and the
    last hook, then run undisturbed.
    """
    rng = random.Random(SEED)
    start = getattr(world, start)
    wanted, statements = undisturbed(world, start, *arguments)
    others = [node for node in statements
              if node not in (*world.incremental, START_HOOK, END_HOOK)]
    nodes = {*world.incremental, *(others if ALL else rng.sample(others, 4))}
    database = copy_database(start, world.folder / "chain")
    for node in walk(world, database, nodes, statements, *arguments):
        kill = Kill(node, rng.randint(1, statements[node]), True)
        killed = world.build(database, *arguments, "--select", node, kill=kill).end()
        assert killed.signal == signal.SIGKILL, kill
    assert heal(world, [database], wanted) == [[]]
