"""The documentation site: it builds without a broken link, needs no network, and shows today's numbers."""

import re
import shutil
import subprocess
from html.parser import HTMLParser

import duckdb
import pytest

from tests.page_tables import PAGES, rendered, tables
from tests.project import LEFT_OUT, ROOT

ENVIRONMENT = ROOT / ".venv-docs" / "bin" / "python"
BUILDS = pytest.mark.skipif(
    not ENVIRONMENT.exists(), reason="MkDocs is not installed here; make docs adds it")
# What a browser fetches by itself: element -> attribute.
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "object": "data",
           "link": "href"}
LINKS_THAT_ARE_NOT_FETCHED = {"canonical", "alternate", "prev", "next"}


class Fetches(HTMLParser):
    """Collects the addresses that a page fetches by itself, and its headings and language."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.language = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.language = self.language or (tag == "html" and attributes.get("lang"))
        if {*(attributes.get("rel") or "").split()} & LINKS_THAT_ARE_NOT_FETCHED:
            return
        address = attributes.get(FETCHED.get(tag, ""))
        if address:
            self.addresses.append(address)


def build(folder):
    """Lay the project out in a folder and build the site without dbt docs; returns what it said."""
    return subprocess.run(
        [str(ENVIRONMENT), "scripts/build_docs.py", "--without-dbt"], cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the project."""
    folder = tmp_path_factory.mktemp("docs") / "project"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    return folder


@pytest.fixture(scope="module")
def site(copied):
    """The folder of the built site."""
    done = build(copied)
    assert done.returncode == 0, done.stdout
    return copied / "target" / "site"


@pytest.fixture(scope="module")
def scored(demo):
    """A connection to the database of the demo company."""
    with duckdb.connect(str(demo.database), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_show_what_the_demo_says(page, scored):
    text = page.read_text(encoding="utf-8")
    assert len(tables(text)) == text.count("```sql") >= 3
    for table in tables(text):
        assert table.shown == rendered(table.sql, scored)
    # What the prose says of the lead is in the tables, too.
    for word in re.findall(r"\*\*([A-E][1-5])\*\*", text):
        assert f"| {word} |" in text


def of_any_language(sql):
    """A query without the words that readers see: names of columns and texts."""
    return re.sub(r"""as\s+"[^"]*"|'[^']*'|\s""", "", sql)


def test_translations_have_the_same_headings_and_queries():
    translated = [page for page in PAGES if page.name.endswith(".es.md")]
    assert len(translated) == 2
    for page in translated:
        spanish = page.read_text(encoding="utf-8")
        english = page.with_name(page.name.replace(".es.md", ".md")).read_text(encoding="utf-8")
        assert spanish.count("\n## ") == english.count("\n## ") > 4
        assert [of_any_language(table.sql) for table in tables(spanish)] == [
            of_any_language(table.sql) for table in tables(english)]


@BUILDS
def test_no_page_fetches_anything_from_elsewhere(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 50
    outside = re.compile(r"^(https?:)?//")
    for page in pages:
        found = Fetches(page.read_text(encoding="utf-8"))
        assert [address for address in found.addresses if outside.match(address)] == [], page
        # The theme would load Mermaid from a public server.
        assert 'class="mermaid"' not in page.read_text(encoding="utf-8"), page
    for style in site.rglob("*.css"):
        assert not re.search(r"(url\(|@import )['\"]?https?:", style.read_text(encoding="utf-8")), style


@BUILDS
def test_diagrams_are_drawings(site):
    for name in ("readme", "architecture"):
        page = (site / name / "index.html").read_text(encoding="utf-8")
        drawings = [address for address in Fetches(page).addresses if "diagrams/" in address]
        assert len(drawings) == 1 and (site / name / drawings[0]).resolve().exists()
        assert "flowchart" not in page, "draw the changed diagram anew: scripts/build_docs.py"


@BUILDS
def test_spanish_pages_say_that_they_are_spanish(site):
    for name, language in (("how_to_tune", "en"), ("es/how_to_tune", "es")):
        assert Fetches((site / name / "index.html").read_text(encoding="utf-8")).language == language
    assert "Cómo ajustar la puntuación" in (site / "es" / "how_to_tune" / "index.html").read_text(encoding="utf-8")
    assert 'href="../../how_to_tune/" hreflang="en"' in (
        site / "es" / "how_to_tune" / "index.html").read_text(encoding="utf-8")


@BUILDS
def test_links_to_code_become_paths_and_links_to_pages_hold(site):
    running = (site / "running" / "index.html").read_text(encoding="utf-8")
    assert '<a href="../examples/crm_sync/">examples/crm_sync</a>' in running
    assert '<a href="../tests/">tests/README.md</a>' in running
    readme = (site / "readme" / "index.html").read_text(encoding="utf-8")
    assert "(<code>LICENSE</code>)" in readme and 'href="../scoring/"' in readme


@BUILDS
@pytest.mark.parametrize("link", ["nothing.md", "scoring.md#nothing", "../scripts/nothing.py"])
def test_a_broken_link_stops_the_build(copied, site, link):
    page = copied / "docs" / "glossary.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n[broken]({link})\n", encoding="utf-8")
    done = build(copied)
    page.write_text(text, encoding="utf-8")
    assert done.returncode != 0 and link.split("#")[0].rpartition("/")[2] in done.stdout
