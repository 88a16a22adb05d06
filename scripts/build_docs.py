"""Build the documentation site into target/site: the pages of docs, the other Markdown files, dbt docs.

Usage, from the project's folder: .venv-docs/bin/python scripts/build_docs.py [--without-dbt]
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "target" / "docs_pages"
DBT_DOCS = ROOT / "target" / "dbt_docs"
# Files outside docs and their places; otherwise README.md would become the home page of its folder.
OTHERS = {
    "README.md": "readme.md", "ARCHITECTURE.md": "architecture.md", "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md", "tests/README.md": "tests.md", "demo/README.md": "demo.md",
    "benchmarks/README.md": "benchmarks.md", "docs/decisions/README.md": "decisions/index.md",
}
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
DIAGRAM = re.compile(r"```mermaid\n(.*?)```", re.S)
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")


def files() -> dict[str, str]:
    """The place of each file: dict of path in the project -> path in the site."""
    found = {str(path.relative_to(ROOT)): str(path.relative_to(ROOT / "docs"))
             for path in sorted((ROOT / "docs").rglob("*")) if path.is_file()}
    examples = {str(path.relative_to(ROOT)): f"examples/{path.parent.name}.md"
                for path in sorted((ROOT / "examples").glob("*/README.md"))}
    pictures = {str(path.relative_to(ROOT)): str(path.relative_to(ROOT))
                for folder in ("benchmarks", "dashboard") for path in sorted((ROOT / folder).rglob("*"))
                if path.suffix in (".svg", ".png")}
    return {**found, **examples, **pictures, **OTHERS}


def linked(text: str, page: str, places: dict[str, str]) -> str:
    """The text of a page with links that work in the site; a link to code becomes the path of the code.

    page: path in the project; places: as from files(). Links within the page and to the web stay.
    """
    def moved(found: re.Match[str]) -> str:
        words, (address, _, anchor) = found[1], found[2].partition("#")
        if not address or re.match(r"[a-z]+:", address):
            return found[0]
        path = os.path.normpath(os.path.join(os.path.dirname(page), address))
        place = places.get(path) or places.get(f"{path}/README.md")
        if place is None and (ROOT / path).exists():
            return words if words.strip("`") == path else f"{words} (`{path}`)"
        if place is None:
            return found[0]  # made later, or broken: MkDocs reports broken links
        place = os.path.relpath(place, os.path.dirname(places[page]) or ".")
        return f"{found[0][0] if found[0][0] == '!' else ''}[{words}]({place}{f'#{anchor}' if anchor else ''})"

    return IMAGE.sub(moved, LINK.sub(moved, text))


def drawing(source: str) -> str:
    """The path of a Mermaid diagram's drawing; the name is a hash of the source, so it cannot go stale.

    Draw it with https://mermaid.live or mermaid-cli: the theme would load Mermaid from a public server.
    """
    return f"docs/diagrams/{hashlib.sha256(source.encode()).hexdigest()[:12]}.svg"


def with_drawings(text: str, page: str) -> str:
    """The text of a page with drawings instead of diagrams; without a drawing, a diagram stays text."""
    def drawn(found: re.Match[str]) -> str:
        path = drawing(found[1])
        if not (ROOT / path).exists():
            print(f"{page}: a diagram is shown as text, as {path} does not exist.")
            return found[0].replace("```mermaid", "```text")
        place = os.path.relpath(path, os.path.dirname(page) or ".")
        return f"![Diagram: how the parts depend on each other]({place})"

    return DIAGRAM.sub(drawn, text)


def lay_out_pages() -> None:
    """Copy the pages to target/docs_pages, with links that work there."""
    shutil.rmtree(PAGES, ignore_errors=True)
    places = files()
    for path, place in places.items():
        (PAGES / place).parent.mkdir(parents=True, exist_ok=True)
        if path.endswith(".md"):
            text = (ROOT / path).read_text(encoding="utf-8")
            (PAGES / place).write_text(linked(with_drawings(text, path), path, places), encoding="utf-8")
        else:
            shutil.copyfile(ROOT / path, PAGES / place)


def build_dbt_docs() -> None:
    """Make dbt's documentation as one HTML file, as part of the site.

    Types and sizes come from the project's database; without one, dbt uses an empty database.
    """
    shutil.rmtree(DBT_DOCS, ignore_errors=True)
    DBT_DOCS.mkdir(parents=True)
    database = Path(os.environ.get("LEAD_SCORING_DUCKDB_PATH") or ROOT / "lead_scoring.duckdb")
    has_database = database.exists()
    environment = {**os.environ, "LEAD_SCORING_DUCKDB_PATH": str(
        database if has_database else DBT_DOCS / "empty.duckdb")}
    run(str(ROOT / ".venv" / "bin" / "dbt"), "docs", "generate", "--quiet", "--static",
        "--target-path", str(DBT_DOCS), *([] if has_database else ["--empty-catalog"]),
        environment=environment)
    (PAGES / "dbt").mkdir()
    shutil.copyfile(DBT_DOCS / "static_index.html", PAGES / "dbt" / "index.html")


def run(*command: str, environment: dict[str, str] | None = None) -> None:
    """Run a program in the project's folder; exit with its status if it fails."""
    done = subprocess.run(command, cwd=ROOT, env=environment)
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the documentation site into target/site.")
    parser.add_argument("--without-dbt", action="store_true", help="leave out dbt docs")
    without_dbt = parser.parse_args().without_dbt
    lay_out_pages()
    if without_dbt:
        (PAGES / "dbt").mkdir()
        (PAGES / "dbt" / "index.html").write_text("dbt docs were left out.\n", encoding="utf-8")
    else:
        build_dbt_docs()
    run(sys.executable, "-m", "mkdocs", "build", "--strict",
        environment={**os.environ, "NO_MKDOCS_2_WARNING": "true"})
    print("The site is in target/site. To view it: python3 -m http.server -d target/site 8000")


if __name__ == "__main__":
    main()
