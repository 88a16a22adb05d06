"""Fixtures for tests of whole runs, and the order of the test files."""

import pytest

from tests.demo_company import demo_company
from tests.project import Project

# What takes longest begins first, so that two processes end at about the same time. Files that are
# not named come last.
LONGEST_FIRST = (
    "test_engines", "test_crashes", "test_code", "test_erasure", "test_sequences", "test_demo",
    "test_days", "test_probability", "test_handoff_worlds", "test_backtest", "test_history",
    "test_changes", "test_x_education_example", "test_daily_pipeline",
)


def pytest_collection_modifyitems(items):
    def place(item):
        name = item.path.stem
        return LONGEST_FIRST.index(name) if name in LONGEST_FIRST else len(LONGEST_FIRST)

    items.sort(key=place)


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A copy of the project that tests share; each fills and configures it for itself."""
    return Project(tmp_path_factory.mktemp("copies") / "project")


@pytest.fixture
def fresh(project):
    """The shared copy without database, and with its shipped configuration afterwards."""
    project.forget()
    yield project
    project.restore()
    project.has_logs = False


@pytest.fixture
def own_project(tmp_path):
    """A copy of the project for a test that changes its files."""
    return Project(tmp_path / "project")


@pytest.fixture(scope="session")
def demo(tmp_path_factory, worker_id):
    """The demo company as make demo leaves it; tests of one session share it and change nothing."""
    base = tmp_path_factory.getbasetemp()
    return demo_company((base if worker_id == "master" else base.parent) / "demo_company")
