"""The dashboard without a browser: its words, and every page on a small and on an empty company.

Pages need Streamlit, which has an environment of its own, .venv-dashboard: `make dashboard` or
`make test-dashboard` makes it. Without it, the tests of pages are skipped.
"""

import os
import re
import string
import subprocess
import sys
import tomllib
from datetime import date

import pytest

from tests.project import ROOT
from tests.scoring_files import contact, event

sys.path.append(str(ROOT / "scripts"))
from readers_copy import copy_for_readers  # noqa: E402

DASHBOARD = ROOT / "dashboard"
PYTHON = ROOT / ".venv-dashboard" / "bin" / "python"
START = date(2026, 3, 30)
# Draws each page in both languages and prints what went wrong, and pages that say nothing at all.
DRAW = """
import sys
sys.path.insert(0, sys.argv[1])
from streamlit.testing.v1 import AppTest
for name in sys.argv[2:]:
    for language in ("en", "es"):
        script = f"import language; language.choose_language(); from pages import {name}; {name}.show()"
        page = AppTest.from_string(script, default_timeout=120)
        page.query_params["lang"] = language
        page.run()
        for error in page.exception:
            print(name, language, error.value, error.stack_trace[-1:])
        said = [*page.info, *page.success, *page.dataframe, *page.metric]
        if not said:
            print(name, language, "shows nothing")
"""


@pytest.fixture(scope="module")
def words():
    """The words of each language: dict language -> dict section.key -> text."""
    return {path.stem: {f"{section}.{key}": text
                        for section, keys in tomllib.loads(path.read_text(encoding="utf-8")).items()
                        for key, text in keys.items()}
            for path in (DASHBOARD / "words").glob("*.toml")}


@pytest.fixture(scope="module")
def code():
    """All Python of the dashboard as text."""
    return "\n".join(path.read_text(encoding="utf-8")
                     for path in [*DASHBOARD.glob("*.py"), *DASHBOARD.glob("pages/*.py")])


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_words(words):
    english, spanish = words["en"], words["es"]
    assert english.keys() == spanish.keys()
    assert {key for key in english if places(english[key]) != places(spanish[key])} == set()
    assert all(text.strip() for each in words.values() for text in each.values())


def test_every_word_that_a_page_asks_for_is_there_and_none_is_unused(words, code):
    asked = {*re.findall(r'["\']([a-z_]+\.[a-zA-Z_0-9]+)["\']', code)}
    sections = {key.partition(".")[0] for key in words["en"]}
    # Keys that are put together, such as t(f"studio.{name}_help").
    patterns = [re.compile(re.sub(r"\\{.*?\\}", r"\\w+", re.escape(key)) + "$")
                for key in re.findall(r'f["\']([a-z_]+\.[^"\']*\{[^"\']*)["\']', code)]
    asked = {key for key in asked if key.partition(".")[0] in sections and not key.endswith(".py")}
    assert asked - words["en"].keys() == set()
    plain = {key for key in words["en"] if key.partition(".")[0] not in ("value", "column")}
    assert {key for key in plain - asked if not any(pattern.match(key) for pattern in patterns)} == set()


def test_every_heading_and_value_is_of_a_mart_or_a_file(words, code):
    project = "\n".join(path.read_text(encoding="utf-8") for folder in ("models", "macros", "seeds")
                        for path in (ROOT / folder).rglob("*.*") if path.suffix in (".sql", ".yml", ".csv"))
    for key in words["en"]:
        section, _, name = key.partition(".")
        if section == "column":
            assert re.search(rf"\b{name}\b", code) or re.search(rf"\b{name}\b", project), key
        elif section == "value":
            assert re.search(rf"\b{name}\b", project), key


@pytest.mark.skipif(not PYTHON.exists(), reason="there is no .venv-dashboard: make test-dashboard makes it")
@pytest.mark.parametrize("company", ["small", "empty"])
def test_every_page_can_be_drawn(fresh, company):
    fresh.has_logs = True
    if company == "small":
        fresh.fill({
            "contacts": [contact(f"c{number}", email=f"c{number}@ours.example", first_name="Ann", company_id="k1")
                         for number in range(30)],
            "companies": [{"company_id": "k1", "name": "Ours", "updated_at": "2026-01-01"}],
            "web_events": [event(number, START, contact_id=f"c{number}", page_path="/pricing")
                           for number in range(20)] + [event("x", "soon")]})
    else:
        fresh.fill({"contacts": [contact("c1", deleted_at="2026-02-01")]})
    fresh.build(START)
    copy = fresh.folder / "copy.duckdb"
    copy_for_readers(fresh.database, copy, project=fresh.folder)
    pages = sorted(path.stem for path in (DASHBOARD / "pages").glob("[a-z]*.py"))
    drawn = subprocess.run(
        [str(PYTHON), "-c", DRAW, str(DASHBOARD), *pages], text=True, capture_output=True,
        env={**os.environ, "LEAD_SCORING_MARTS_PATH": str(copy)})
    assert (drawn.stdout, drawn.returncode) == ("", 0), drawn.stderr[-2000:]


def test_the_exposures_name_the_marts_that_the_pages_read(project, code):
    manifest = project.dbt("parse")
    named = {unique_id.split(".")[-1] for exposure in manifest.exposures.values()
             if exposure.type == "dashboard" for unique_id in exposure.depends_on.nodes}
    assert named == {*re.findall(r"\bmarts\.([a-z_]+)\b(?! import)", code)} - {"readers_copy"}
