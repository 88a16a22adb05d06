"""dbt runs that die: by SIGKILL at a chosen SQL statement or moment, or because the disk is full.

A run is a forked child of the test, so that the project is parsed once. The parent has no thread
and no open database when it forks.
"""

import json
import os
import re
import resource
import shutil
import signal
import sys
import threading
import time
import traceback
from collections import Counter, namedtuple
from pathlib import Path

import duckdb
from dbt.adapters.duckdb.environments.local import DuckDBConnectionWrapper, DuckDBCursorWrapper, LocalEnvironment
from dbt_common.events.contextvars import get_node_info

from tests.project import BuildFailed

# Killed processes leave semaphores, which Python's tracker tidies up and would warn of.
os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker")

# The moment of a kill: before the statement of this number (from 1) of a node, or after it
# (is_after), or so many seconds after it began. Questions are not numbered: they change nothing;
# number 0 is the first statement or question. The node is the name of a model, seed or hook; ""
# stands for what dbt does between them.
# Numbers that are handed out in the order in which runs meet things: they differ after a kill.
HANDED_OUT = ("row_number", "run_number", "row_checksum", "checksum", "identity_key", "event_type_key",
              "lead_key")

Kill = namedtuple("Kill", "node number is_after seconds", defaults=(False, None))
# A numbered statement of a run, of its SQL the last letters.
Statement = namedtuple("Statement", "node number sql")
# How a run ended: signal (None if it ended by itself), error (None if all was built), the
# statements that it began, and all that it printed.
Ending = namedtuple("Ending", "signal error statements printed")
QUESTION = re.compile(r"(\s|/\*.*?\*/)*(select|with|describe)\b", re.IGNORECASE | re.DOTALL)


class Run:
    """A build in a child process, begun at once.

    project: a Project that is parsed. database: path of the DuckDB file to build in.
    arguments: further arguments of dbt build. kill: a Kill or None. room: bytes that no file may
    grow beyond, or None; dies_when_full: the write that would makes the kernel end the process,
    in the midst of writing, instead of failing.
    """

    def __init__(self, project, database, as_of, *arguments, kill=None, room=None,
                 dies_when_full=False, **variables):
        self.folder = Path(database).parent / "run"
        self.folder.mkdir(exist_ok=True)
        for path in self.folder.iterdir():
            path.unlink()
        self.child = os.fork()
        if self.child == 0:
            status = 1
            try:
                self._print_to_file()
                self._watch(kill)
                if room is not None:
                    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
                    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
                    signal.signal(signal.SIGXFSZ,
                                  signal.SIG_DFL if dies_when_full else signal.SIG_IGN)
                project.database = Path(database)
                project.build(as_of, *arguments, "--log-level-file", "none", "--no-write-json",
                              **variables)
                status = 0
            except BuildFailed as failure:
                (self.folder / "error").write_text(str(failure) or "dbt says nothing")
            except BaseException:
                (self.folder / "error").write_text(traceback.format_exc())
            finally:
                sys.stdout.flush()
                os._exit(status)

    def end(self):
        """Wait for the run; returns its Ending."""
        _, status = os.waitpid(self.child, 0)
        error = self.folder / "error"
        log = self.folder / "statements"
        lines = log.read_text().splitlines() if log.exists() else []
        return Ending(
            os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            error.read_text() if error.exists() else None,
            [Statement(*json.loads(line)) for line in lines],
            (self.folder / "printed").read_text())

    def _print_to_file(self):
        printed = open(self.folder / "printed", "w", encoding="utf-8", buffering=1)
        os.dup2(printed.fileno(), 1)
        os.dup2(printed.fileno(), 2)
        sys.stdout = sys.stderr = printed

    def _watch(self, kill):
        """Number and log all that is asked of DuckDB, by node; die where told."""
        numbers = Counter()
        log = os.open(self.folder / "statements", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

        def watched(sql, execute):
            node = (get_node_info().get("unique_id") or "").split(".")[-1]
            if kill is not None and (kill.node, kill.number) == (node, 0):
                die()
            if QUESTION.match(sql):
                return execute()
            numbers[node] += 1
            os.write(log, (json.dumps([node, numbers[node], sql[-60:]]) + "\n").encode())
            is_here = kill is not None and (kill.node, kill.number) == (node, numbers[node])
            if is_here and kill.seconds is not None:
                threading.Timer(kill.seconds, die).start()
            elif is_here and not kill.is_after:
                die()
            result = execute()
            if is_here and kill.is_after:
                die()
            return result

        execute = DuckDBCursorWrapper.execute
        rollback = DuckDBConnectionWrapper.rollback
        close = LocalEnvironment.close

        def execute_each(cursor, sql, bindings=None):
            """Take the statements of one text apart, so that there is a moment between them."""
            parts = [sql]
            if bindings is None:
                try:
                    parts = [part.query for part in duckdb.extract_statements(sql)] or [sql]
                except duckdb.Error:
                    pass  # the engine says it better
            for part in parts:
                result = watched(part, lambda: execute(cursor, part, bindings))
            return result

        def close_watched(environment):
            if environment.conn:
                watched("(close the database)", lambda: close(environment))

        DuckDBCursorWrapper.execute = execute_each
        DuckDBConnectionWrapper.rollback = lambda connection: watched(
            "(roll back)", lambda: rollback(connection))
        LocalEnvironment.close = close_watched


def die():
    """End this process at once, as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)  # the signal may take a moment


def endings_of(beginners, at_once=2):
    """Run several builds, a few at once: list of functions that begin a Run -> list of Ending."""
    running, endings = [], []
    for begin in beginners:
        if len(running) == at_once:
            endings.append(running.pop(0).end())
        running.append(begin())
    return endings + [run.end() for run in running]


def copy_database(source, folder):
    """Copy a DuckDB file with its write-ahead log into a folder; returns its new path.

    It keeps its name: the parsed project and the views in it bear that.
    """
    source, folder = Path(source), Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in (source, Path(f"{source}.wal")):
        if path.exists():
            shutil.copyfile(path, folder / path.name)
    return folder / source.name


def contents(database, schemas=None):
    """What is in a database: dict relation -> Counter of rows, for a view of its definition.

    Sums of floating-point numbers are rounded: their last digits depend on the order of the rows. It
    is read without writing: a write-ahead log is replayed in memory. Of what models were built is
    left out, as it depends on numbers that are handed out. schemas: only these.
    """
    if not Path(database).exists():
        return {}
    with duckdb.connect(str(database), read_only=True) as connection:
        found = {
            f"{schema}.{name}": Counter([(sql,)])
            for schema, name, sql in connection.execute(
                "select schema_name, view_name, sql from duckdb_views() where not internal"
            ).fetchall()}
        for schema, name in connection.execute(
                "select schema_name, table_name from duckdb_tables()"
                " where table_name <> 'model_builds'").fetchall():
            rows = connection.execute(
                f'select columns(name -> name not in {HANDED_OUT}) from "{schema}"."{name}"').fetchall()
            found[f"{schema}.{name}"] = Counter(
                tuple(without_noise(value) for value in row) for row in rows)
    return {name: rows for name, rows in found.items()
            if schemas is None or name.split(".")[0] in schemas}


def without_noise(value):
    """A value as it is, a floating-point number to 9 decimals, as the points of the ledger."""
    return round(value, 9) if isinstance(value, float) else value


def unlike(built, wanted):
    """How contents differ from what is wanted, as list of text."""
    found = [f"{name} is missing" for name in sorted(wanted.keys() - built)]
    found += [f"{name} should not be there" for name in sorted(built.keys() - wanted)]
    for name in sorted(built.keys() & wanted):
        for words, rows in (("lacks", wanted[name] - built[name]),
                            ("should not have", built[name] - wanted[name])):
            if rows:
                found.append(f"{name} {words} {rows.total()} rows, as {next(iter(rows))}")
    return found
