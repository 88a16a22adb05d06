"""Fixtures of the tests of whole runs."""

import pytest

from tests.project import Project


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
