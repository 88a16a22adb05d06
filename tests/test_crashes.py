"""Interrupted runs: whatever a run leaves that was killed, locked out or without disk space, the
next plain run gives the same results as an uninterrupted one.

A few moments to kill are drawn; the tests called `all` (slow) kill at every statement of every
model and seed; with pytest -s one prints a table. LEAD_SCORING_SEED sets what is drawn (default 1).
"""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from tests.crashes import Kill, Run, contents, copy_database, endings_of, unlike
from tests.project import Project
from tests.reference.random_worlds import random_world
from tests.test_laws import ghost_of, given

pytestmark = pytest.mark.crashes
KILLS = pytest.mark.parametrize(
    "is_all", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["some", "all"])
SEED = int(os.environ.get("LEAD_SCORING_SEED", "1"))
# The third hook at the start of a run loads the demo data.
END_HOOK, START_HOOK = "lead_scoring-on-run-end-0", "lead_scoring-on-run-start-2"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A company in two deliveries: the first is scored, by other rules and for an earlier day; of
    the second only the raw rows are there.

    project; raw (a database with raw tables alone) and scored (one with all models, too); build,
    which begins a Run with the settings of the second delivery; kept, the models that keep what
    they hold from run to run, and stateful, those and the ones with hooks; undisturbed, a dict of
    what such runs made.
    """
    rng = random.Random(7037)
    project = Project(tmp_path_factory.mktemp("crashes") / "project")
    project.has_logs = True  # what a run prints is read
    raw_tables, configuration, as_of, options = random_world(
        7037, contacts=25, absent_columns=False)
    _, other_configuration, _, other_options = random_world(7037 + 500_000, max_models=2)
    columns = {table: list(rows[0]) for table, rows in raw_tables.items() if rows}
    columns["erasure_requests"] = ["contact_id", "email", "requested_at"]
    raw_tables["erasure_requests"] = [
        {"contact_id": "c12", "email": None, "requested_at": str(as_of - timedelta(days=2))},
        {"contact_id": None, "email": "p5@yahoo.com", "requested_at": str(as_of)}]

    def build(database, *arguments, day=as_of, **settings):
        return Run(project, database, day, *arguments, **{**given(options), **settings})

    manifest = project.dbt("parse", variables=project.variables(as_of, given(options)))
    with duckdb.connect() as connection:  # a small file is copied fast
        connection.execute(f"attach '{project.database}' (block_size 16384)")
    project.fill(raw_tables)
    raw = copy_database(project.database, project.folder / "raw")
    project.fill({
        table: rng.sample(rows, len(rows) * 6 // 10)
        + [ghost_of(table, row, number) for number, row in enumerate(rows[:6])]
        for table, rows in raw_tables.items() if table != "erasure_requests"}, columns)
    project.configure(other_configuration)
    first = build(project.database, day=as_of - timedelta(days=10), score_automated=True,
                  custom_attributes=sorted({
                      *options["custom_attributes"], *other_options["custom_attributes"]})).end()
    assert first.error is None, first.error
    project.configure(configuration)
    project.fill(raw_tables, columns)
    scored = copy_database(project.database, project.folder / "scored")
    built = {row["table_name"] for row in project.query(
        "select table_name from information_schema.tables where table_schema <> 'raw_crm'")}
    models = [node for node in manifest.nodes.values()
              if node.resource_type == "model" and node.name in built]
    kept = [node.name for node in models if node.config.materialized == "incremental"]
    hooked = [node.name for node in models
              for hook in [*node.config.pre_hook, *node.config.post_hook]
              if "after_build" not in hook.sql]  # which does nothing on DuckDB
    return SimpleNamespace(
        project=project, folder=project.folder, build=build, as_of=as_of, settings=given(options),
        scored=scored, raw=raw, kept=kept, stateful=sorted({*kept, *hooked}), undisturbed={})


def undisturbed(world, start, *arguments):
    """What a run makes of a state (raw or scored) when nobody disturbs it.

    Returns (contents, dict node -> number of its statements, in the order of the run, path).
    """
    if (start, arguments) not in world.undisturbed:
        database = copy_database(
            getattr(world, start), world.folder / f"undisturbed{len(world.undisturbed)}")
        ending = world.build(database, *arguments).end()
        assert ending.error is None, ending.error
        world.undisturbed[start, arguments] = (contents(database), Counter(
            statement.node for statement in ending.statements if statement.node), database)
    return world.undisturbed[start, arguments]


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
        if not is_hook(node):
            pending.append(node)


def heal(world, databases, wanted, schemas=("marts", "scoring")):
    """Run each database undisturbed; returns what differs from what is wanted, as list of list.

    Rows are compared in the marts and in what is kept from run to run (both in the schemas), of
    all other relations whether they are there.
    """
    compared = {f"scoring.{name}" for name in world.kept if "scoring" in schemas}

    def judged(found):
        return {name: rows if name.startswith("marts.") or name in compared else Counter()
                for name, rows in found.items()}

    endings = endings_of([lambda path=path: world.build(path) for path in databases])
    return [[ending.error] if ending.error else unlike(judged(contents(path)), judged(wanted))
            for path, ending in zip(databases, endings)]


@KILLS
def test_a_run_killed_at_any_statement_of_a_model_is_made_good(world, is_all):
    """Kills before, between (two that are drawn) and after the statements of models that keep
    something or have hooks, two that are drawn, and one more at any moment. Each has a database
    of its own.

    A model that keeps something has then done nothing or all; of the others a backup may be left.
    Every such rest is made good, of equal states once; of models that had done all, a few drawn.
    """
    rng = random.Random(SEED)
    wanted, statements, _ = undisturbed(world, "scored")
    nodes = [node for node in statements
             if not is_hook(node) and (is_all or node in world.stateful)]
    if not is_all:
        nodes = rng.sample(nodes, 2)
    drawn = set(nodes if is_all else nodes[:1])
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
        numbers = range(1, statements[node] + 1)
        after = numbers if is_all else sorted({*rng.sample(numbers, min(2, len(numbers))), numbers[-1]})
        kills = [
            Kill(node, 1),
            Kill(node, rng.choice(numbers), seconds=rng.random() / 20),
            *[Kill(node, number, True) for number in after]]
        done, *paths = [copy_database(database, world.folder / f"kill{number}")
                        for number in range(len(kills) + 1)]
        done_ending, *endings = endings_of([
            lambda path=path, kill=kill: world.build(path, "--select", node, kill=kill)
            for path, kill in zip([done, *paths], [None, *kills])])
        assert done_ending.error is None
        for kill, ending in zip(kills, endings):
            was_faster = kill.seconds is not None and ending[:2] == (None, None)
            assert was_faster or ending.signal == signal.SIGKILL, kill
        whole = [contents(database), contents(done)]
        left = [contents(path) for path in paths]
        assert unlike(left[0], whole[0]) == unlike(left[-1], whole[1]) == [], node
        for kill, path, state in zip(kills, paths, left):
            is_whole = state in whole
            if state not in seen and (is_all or not is_whole or (
                    node in drawn and state == whole[1])):
                seen.append(state)
                waiting.append((kill, copy_database(path, world.folder / f"heal{len(seen)}")))
        table[node] = (len(kills), sum(kill.node == node for kill, _ in waiting))
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


@KILLS
@pytest.mark.slow
@pytest.mark.parametrize("start, arguments", [("raw", ()), ("scored", ("--full-refresh",))],
                         ids=["first run", "full refresh"])
def test_a_run_killed_again_and_again_is_made_good(world, start, arguments, is_all):
    """One database: killed in some models and seeds, one after the other, and in the last hook,
    then run undisturbed, without full refresh.
    """
    rng = random.Random(SEED)
    wanted, statements, _ = undisturbed(world, start, *arguments)
    others = [node for node in statements
              if node not in world.stateful and not is_hook(node)]
    nodes = {node for node in statements if not is_hook(node)} if is_all else {
        *rng.sample(world.stateful, 2), rng.choice(others)}
    database = copy_database(getattr(world, start), world.folder / "chain")
    for node in walk(world, database, nodes, statements, *arguments):
        kill = Kill(node, rng.randint(1, statements[node]), True)
        killed = world.build(database, *arguments, "--select", node, kill=kill).end()
        assert killed.signal == signal.SIGKILL, kill
    if start != "raw":  # before the first scores the last hook has nothing to sum up
        killed = world.build(
            database, "--select", "lead_scores", "lead_qualifications", "rejected_rows",
            kill=Kill(END_HOOK, 0)).end()
        assert killed.signal == signal.SIGKILL
    # Each database has a salt of its own, of which its hashes of erased keys are made.
    schemas = ("marts",) if start == "raw" else ("marts", "scoring")
    assert heal(world, [database], wanted, schemas) == [[]]


def is_hook(node):
    """Whether a node of a run is a hook before or after its models."""
    return "-on-run-" in node


def rooms_of(world):
    """Sizes that a run reaches: with its write-ahead log early and later, and with the file."""
    _, _, database = undisturbed(world, "scored")
    grown = [path.stat().st_size for path in (world.scored, database)]
    assert grown[1] > grown[0] + 100_000
    return 100_000, 300_000, sum(grown) // 2


@pytest.mark.slow
def test_a_run_killed_in_the_midst_of_a_write_is_made_good(world):
    """The kernel ends the run when a file reaches a size."""
    wanted, _, _ = undisturbed(world, "scored")
    rooms = rooms_of(world)[1:]
    databases = [copy_database(world.scored, world.folder / f"torn{room}") for room in rooms]
    endings = endings_of([
        lambda path=path, room=room: world.build(path, room=room, dies_when_full=True)
        for path, room in zip(databases, rooms)])
    assert [ending.signal for ending in endings] == [signal.SIGXFSZ] * 2
    assert heal(world, databases, wanted) == [[], []]


@pytest.mark.slow
def test_a_full_disk_is_said_and_made_good(world):
    """No file may grow beyond a size: it is reached in two models, and in the end."""
    wanted, _, _ = undisturbed(world, "scored")
    rooms = rooms_of(world)
    databases = [copy_database(world.scored, world.folder / f"room{room}") for room in rooms]
    *failed, closed = endings_of([
        lambda path=path, room=room: world.build(path, room=room)
        for path, room in zip(databases, rooms)])
    for ending in failed:
        for said in (ending.error, ending.printed):
            assert "Could not write file" in said and "File too large" in said
    assert len({ending.error.split(":")[0] for ending in failed}) == 2
    # What does not fit into the file stays in its write-ahead log: nothing is lost.
    assert closed.error is None
    assert heal(world, databases, wanted) == [[], [], []]


@KILLS
@pytest.mark.slow
def test_demo_data_are_loaded_whole_or_not_at_all(world, is_all):
    """Kills at every statement of the first loading and some of a later one."""
    rng = random.Random(SEED)
    today = date.today()

    def load(database, day, kill=None):
        return world.build(database, "--select", "tiers", day=day, kill=kill, demo_data=True)

    def raw(database):
        return contents(database, ("raw_crm", "raw_activity"))

    empty = world.folder / "empty" / "test.duckdb"
    empty.parent.mkdir(exist_ok=True)
    start, before = empty, {}
    for day, sampled in ((today, None), (today + timedelta(days=7), 2)):
        database = copy_database(start, world.folder / f"demo {day}")
        ending = load(database, day).end()
        assert ending.error is None, ending.error
        wanted = raw(database)
        assert sum(rows.total() for rows in wanted.values()) > 50_000
        numbers = range(1, 1 + Counter(s.node for s in ending.statements)[START_HOOK])
        if sampled and not is_all:
            numbers = [*rng.sample(numbers, sampled), numbers[-1]]
        seen = []
        for number in numbers:
            killed = copy_database(start, world.folder / "killed demo")
            ending = load(killed, day, Kill(START_HOOK, number, True)).end()
            assert ending.signal == signal.SIGKILL
            left = raw(killed)
            is_whole = left in (before, wanted)
            assert is_whole, f"half of the demo data after statement {number}"
            if left not in seen:
                seen.append(left)
                ending = load(killed, day).end()
                assert ending.error is None and unlike(raw(killed), wanted) == []
        assert len(seen) == 2
        start, before = database, wanted


def test_a_second_run_at_the_same_time_is_told_and_harms_nothing(world):
    wanted, _, _ = undisturbed(world, "scored")
    database = copy_database(world.scored, world.folder / "two")
    command = [str(Path(sys.executable).with_name("dbt")), "build", "--exclude-resource-type",
               "test", "unit_test", "--selector", "without_evaluations", "--no-use-colors", "--vars",
               str(Project.variables(world.as_of, world.settings))]

    def begin():
        return subprocess.Popen(
            command, cwd=world.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "LEAD_SCORING_DUCKDB_PATH": str(database)})

    first = begin()
    try:
        for line in first.stdout:
            if "1 of " in line and "START" in line:
                break
        assert first.poll() is None, "the first run ended before a model began"
        first.send_signal(signal.SIGSTOP)  # so that it is not over before the second one asks
        second = begin()
        said, _ = second.communicate(timeout=600)
        first.send_signal(signal.SIGCONT)
        assert second.returncode != 0
        assert f'Could not set lock on file "{database}"' in said
        assert "Conflicting lock is held in" in said and f"(PID {first.pid})" in said
        first_said, _ = first.communicate(timeout=600)
        assert first.returncode == 0, first_said
    finally:
        first.kill()
    assert unlike(contents(database), wanted) == []
