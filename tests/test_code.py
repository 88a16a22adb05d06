"""The code itself: dbt's unit tests, the project's conventions, the style of its SQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ROOT, Project
from tests.scoring_files import contact

FOLDERS = ("models", "tests/dbt")  # with SQL that sqlfluff reads
VARIABLES = {"demo_data": False, "experiments": True}  # with every model


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A copy of the project with every model built on one contact: as good as a scored company
    for what reads the code and the catalog.
    """
    project = Project(tmp_path_factory.mktemp("code") / "project")
    project.has_logs = True  # dbt-bouncer reads the files about the run
    project.fill({"contacts": [contact("c1")]})
    project.dbt("build", "--warn-error", "--exclude-resource-type", "test", "unit_test",
                variables=VARIABLES)
    return project


def run(project, *command, **environment):
    """Run a program of this environment in a copy of the project; returns (exit status, output)."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name(command[0])), *command[1:]], cwd=project.folder,
        env={**os.environ, **project.environment(), "PYTHONWARNINGS": "ignore", **environment},
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


@pytest.mark.check
def test_dbts_unit_tests_pass(built):
    results = built.dbt("test", "--select", "test_type:unit", variables=VARIABLES).results
    told = [str(result.status) for result in results if result.node.resource_type == "unit_test"]
    assert len(told) > 20 and {*told} == {"pass"}


@pytest.mark.check
def test_the_conventions_are_kept(built):
    built.dbt("docs", "generate", variables=VARIABLES)
    status, said = run(built, "dbt-bouncer")
    assert status == 0, said


@pytest.mark.check
@pytest.mark.parametrize("command", [("ruff", "check"), ("mypy",)], ids=["style", "types"])
def test_the_style_and_types_of_the_python(command):
    done = subprocess.run([str(Path(sys.executable).with_name(command[0])), *command[1:]], cwd=ROOT,
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout


def lint(project, *paths):
    """Fail with what sqlfluff finds in paths of a copy of the project, however long they are."""
    status, said = run(project, "sqlfluff", "lint", "--processes", "2", *paths,
                       DBT_ENGINE_SQLPARSE='{"MAX_GROUPING_TOKENS": null}')
    assert status == 0, said


def changed_files():
    """The SQL files that differ from the branch main, committed or not: list of paths; None if
    that cannot be told, as in a copy without git.
    """
    def git(*arguments):
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
        return done.stdout.split("\n")[:-1] if done.returncode == 0 else None

    if git("rev-parse", "--show-toplevel") != [str(ROOT)]:
        return None
    base = (git("merge-base", "HEAD", "main") or git("merge-base", "HEAD", "origin/main")
            or ["HEAD"])[0]
    names = git("diff", "--name-only", "--diff-filter=d", base) + git(
        "ls-files", "--others", "--exclude-standard")
    return [name for name in names if name.endswith(".sql") and name.startswith(FOLDERS)]


@pytest.mark.check
def test_the_style_of_changed_files(built):
    changed = changed_files()
    if changed is None:
        pytest.skip("no git here that knows what changed: make test reads all files")
    if changed:
        lint(built, *changed)


@pytest.mark.slow
def test_the_style_of_all_files(built):
    lint(built, *FOLDERS)
