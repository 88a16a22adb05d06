"""A running dashboard on the readers' copy, and Chromium to open it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

DASHBOARD = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(DASHBOARD))
from marts import copy_path  # noqa: E402

PICTURES = DASHBOARD.parent / "build" / "dashboard"


@pytest.fixture(scope="session")
def copy() -> Path:
    """The readers' copy of the demo company."""
    if not copy_path().exists():
        pytest.skip(f"there is no readers' copy {copy_path()}: make demo makes one")
    return copy_path()


@pytest.fixture(scope="session")
def query(copy: Path) -> Any:
    """A function that returns the rows of a query on the copy as tuples."""

    def rows(sql: str, *values: Any) -> list[Any]:
        with duckdb.connect(str(copy), read_only=True) as connection:
            return connection.execute(sql, [*values]).fetchall()

    return rows


@pytest.fixture(scope="session")
def address(copy: Path) -> Iterator[str]:
    """The address of a dashboard that runs for the tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=DASHBOARD, env={**os.environ, "LEAD_SCORING_MARTS_PATH": str(copy)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{found}/_stcore/health", timeout=5).read()
                break
            except OSError:
                time.sleep(0.5)
        else:
            raise RuntimeError("the dashboard did not start within a minute")
        yield found
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Headless Chromium, the one that is installed on the machine."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed here")
    sync_api = pytest.importorskip("playwright.sync_api", reason="make test-dashboard installs playwright")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
