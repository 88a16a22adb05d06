"""A visit of the dashboard: open pages as a person does, and record console messages."""

from pathlib import Path
from typing import Any

PAGES = {
    "en": ["Today", "One lead", "Accounts", "Scoring studio", "What-if", "Scoring models", "Segments",
           "Funnel and response times", "Score quality", "Model card", "Drift", "Data health"],
    "es": ["Hoy", "Un lead", "Cuentas", "Estudio de puntuación", "¿Y si…?", "Modelos de puntuación", "Segmentos",
           "Embudo y tiempos de respuesta", "Calidad de la puntuación", "Ficha del modelo", "Deriva",
           "Salud de los datos"],
}
WIDTHS = {"desk": 1280, "phone": 390}


class Visit:
    """A tab with the dashboard. errors: errors of the console and of requests."""

    def __init__(self, chromium: Any, address: str, language: str = "en", width: int = 1280) -> None:
        self.width = width
        self.page = chromium.new_page(viewport={"width": width, "height": 900}, locale=language)
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", lambda message: self.errors.extend(
            [message.text] if message.type in ("error", "warning") else []))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.outside.extend(
            [] if request.url.startswith((address, "data:", "blob:")) else [request.url]))
        # Other pages are reached by clicks: their addresses make Streamlit ask in the wrong place first.
        self.page.goto(f"{address}/?lang={language}")
        self.settle()

    def settle(self) -> None:
        """Wait until Streamlit has drawn everything."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)
        self.page.wait_for_function("""() => !document.querySelector(
            '[data-testid=stSkeleton], [data-stale=true]')""", timeout=60_000)
        self.page.wait_for_timeout(1500)
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)

    def open(self, title: str) -> None:
        """Click a page in the menu."""
        self.open_menu()
        self.page.locator("[data-testid=stSidebarNavLink]", has_text=title).first.click()
        self.page.get_by_role("heading", name=title, level=1).wait_for(timeout=60_000)
        if self.width < 768:
            self.close_menu()
        self.settle()

    def open_menu(self) -> None:
        expand = self.page.locator("[data-testid=stExpandSidebarButton]")
        if expand.is_visible():
            expand.click()
            self.page.wait_for_timeout(500)

    def close_menu(self) -> None:
        collapse = self.page.locator("[data-testid=stSidebarCollapseButton] button")
        if collapse.count() and collapse.is_visible():
            collapse.click()
            self.page.wait_for_timeout(500)

    def metric(self, label: str) -> str:
        """The number of a metric."""
        found = self.page.locator("[data-testid=stMetric]", has_text=label).first
        return str(found.locator("[data-testid=stMetricValue]").inner_text())

    def picture(self, path: Path) -> None:
        """A screenshot of the whole page."""
        path.parent.mkdir(parents=True, exist_ok=True)
        height = self.page.evaluate("""() => {
            const main = document.querySelector('[data-testid=stMain]');
            return main.scrollHeight + 20; }""")
        self.page.set_viewport_size({"width": self.width, "height": int(min(max(height, 700), 6000))})
        self.page.wait_for_timeout(1200)
        self.page.screenshot(path=path)
        self.page.set_viewport_size({"width": self.width, "height": 900})
        self.page.wait_for_timeout(300)
