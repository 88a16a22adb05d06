"""The dashboard in headless Chromium: each page in both languages, at desktop and phone width.

Screenshots are written to build/dashboard, for people to look at.
"""

from pathlib import Path
from typing import Any

import pytest
from conftest import PICTURES
from visit import PAGES, WIDTHS, Visit

SEEN = ("critical", "serious")  # what axe-core must not find


@pytest.fixture(scope="module")
def visit(chromium: Any, address: str) -> Visit:
    """A visit in English at desktop width, in which tests open the pages that they need."""
    return Visit(chromium, address)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", PAGES)
def test_every_page_loads_without_a_complaint(chromium: Any, address: str, language: str, width: str) -> None:
    visit = Visit(chromium, address, language, WIDTHS[width])
    assert visit.page.locator("[data-testid=stSidebarNavLink]").count() == len(PAGES[language])
    for place, (title, name) in enumerate(zip(PAGES[language], PAGES["en"])):
        visit.open(title)
        visit.picture(PICTURES / f"{language}-{width}" / f"{place:02d}-{name.lower().replace(' ', '-')}.png")
        assert visit.errors == [], title
        assert visit.page.locator("[data-testid=stException]").count() == 0, title
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width], title
        assert visit.page.evaluate("document.documentElement.lang") == language
    assert visit.outside == [], "the page asked another machine"
    visit.page.close()


@pytest.mark.parametrize("title", PAGES["en"])
def test_axe_finds_nothing_serious(visit: Visit, title: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    visit.open(title)
    found = [(rule["id"], rule["impact"], [node["html"][:200] for node in rule["nodes"]][:3])
             for rule in Axe().run(visit.page).response["violations"] if rule["impact"] in SEEN]
    assert found == []


def test_figures_equal_the_marts(visit: Visit, query: Any) -> None:
    visit.open("Today")
    [(calls,)] = query("select count(*) from marts.call_list")
    [(late, waiting)] = query(
        "select count(*) filter (sla_status = 'breached'), count(*) filter (sla_status <> 'breached')"
        " from marts.sales_handoffs where responded_at is null")
    assert visit.metric("Leads to call") == f"{calls:,}"
    assert (visit.metric("Hand-offs overdue"), visit.metric("Hand-offs due")) == (str(late), str(waiting))
    [(name, company)] = query("select name, company_name from marts.call_list where overall_rank = 1")
    assert visit.page.get_by_text(f"1. {name}").count() == 1
    assert visit.page.get_by_text(company).count() >= 1
    visit.open("Data health")
    [(rows, rejected)] = query("select sum(raw_rows), sum(rejected_rows) from marts.row_counts")
    assert visit.metric("Raw rows") == f"{rows:,}"
    assert visit.metric("Rejected rows") == f"{rejected:,}"
    visit.open("Accounts")
    [(companies,)] = query("select count(*) from marts.account_scores where scoring_model = 'acquisition'")
    assert visit.metric("Companies") == f"{companies:,}"


def test_the_filter_of_owners_leaves_the_owners_leads(visit: Visit, query: Any) -> None:
    visit.open("Today")
    [(owner, calls)] = query("select owner_id, count(*) from marts.call_list where owner_id is not null"
                             " group by owner_id order by owner_id limit 1")
    visit.page.get_by_role("combobox", name="Owner", exact=True).click()
    visit.page.get_by_role("option", name=owner, exact=True).click()
    visit.settle()
    assert visit.metric("Leads to call") == f"{calls:,}"
    visit.page.get_by_role("combobox", name="Owner", exact=True).click()
    visit.page.get_by_role("option", name="All owners").click()


def test_the_slider_shows_what_a_cut_off_is_worth(visit: Visit, query: Any) -> None:
    visit.open("Score quality")
    slider = visit.page.get_by_role("slider").first
    start = int(visit.page.locator("[data-testid=stSliderThumbValue]").first.inner_text())
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    visit.settle()
    [(volume, precision, recall)] = query(
        "select new_leads_per_week, conversion_precision, recall from marts.backtest_thresholds"
        " where scoring_model = 'acquisition' and threshold = ?", start + 2)
    assert visit.metric("New leads per week") == f"{volume:,.1f}"
    assert visit.metric("Precision") == f"{100 * precision:.1f}%"
    assert visit.metric("Recall") == f"{100 * recall:.1f}%"
    assert visit.metric("Capacity used") == f"{100 * volume / 10:.0f}%"


def test_a_lead_is_found_and_its_ledger_adds_up(visit: Visit, query: Any) -> None:
    visit.open("One lead")
    [(lead, name, score, fit)] = query(
        "select leads.lead_id, leads.name, score, fit_points"
        " from marts.lead_scores join marts.leads using (lead_id)"
        " where scoring_model = 'acquisition' and name is not null order by score desc, lead_id limit 1 offset 3")
    visit.page.get_by_label("Search by name").fill(lead)
    visit.page.get_by_label("Search by name").press("Enter")
    visit.settle()
    assert visit.page.get_by_role("heading", name=name, level=2).count() == 1
    assert visit.metric("Score, 0 to 100") == f"{score:.1f}"
    assert visit.page.get_by_text(f"Fit: {fit:.1f} points").count() == 1


def test_a_card_opens_the_page_of_its_lead(visit: Visit, query: Any) -> None:
    visit.open("Today")
    visit.page.get_by_role("button", name="Why?").first.click()
    visit.settle()
    [(name,)] = query("select name from marts.call_list where overall_rank = 1")
    assert visit.page.get_by_role("heading", name="One lead", level=1).count() == 1
    assert visit.page.get_by_role("heading", name=name, level=2).count() == 1


def test_an_edit_in_the_studio_shows_who_moves_and_gives_the_file(visit: Visit, tmp_path: Path) -> None:
    visit.open("Scoring studio")
    visit.page.get_by_role("tab", name="Targets and thresholds").click()
    visit.page.wait_for_timeout(1000)
    before = (Path(__file__).parents[2] / "seeds" / "scoring" / "scoring_models.csv").read_text(encoding="utf-8")
    grid = visit.page.locator("[data-testid=stDataFrame]").filter(visible=True).first
    edit_cell(visit, grid, row=0, column=1, text="50")
    visit.page.get_by_text("What would change").wait_for(timeout=60_000)
    visit.settle()
    visit.picture(PICTURES / "studio-edited.png")
    assert int(visit.metric("Leads that change tier")) > 0
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Download scoring_models.csv").click()
    download.value.save_as(tmp_path / "scoring_models.csv")
    after = (tmp_path / "scoring_models.csv").read_text(encoding="utf-8")
    changed = [(old, new) for old, new in zip(before.splitlines(), after.splitlines()) if old != new]
    assert len(before.splitlines()) == len(after.splitlines()) and len(changed) == 1
    assert changed[0][1] == changed[0][0].replace(",65,", ",50,") != changed[0][0]
    assert visit.errors == []


def edit_cell(visit: Visit, grid: Any, row: int, column: int, text: str) -> None:
    """Type into a cell of an editable table, which is drawn on a canvas and reached by the keyboard."""
    box = grid.bounding_box()
    visit.page.mouse.click(box["x"] + 60, box["y"] + 52)
    visit.page.wait_for_timeout(500)
    for _ in range(row):
        visit.page.keyboard.press("ArrowDown")
    for _ in range(column):
        visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.type(text, delay=100)
    visit.page.wait_for_timeout(300)
    visit.page.keyboard.press("Enter")
