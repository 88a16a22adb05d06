"""The dashboard: pages over the readers' copy, in English and Spanish.

Usage: make dashboard; or, in this folder, streamlit run app.py. LEAD_SCORING_MARTS_PATH is the path
of the readers' copy (default: lead_scoring_marts.duckdb in the project's folder).
"""

from datetime import datetime, timezone
from pathlib import Path
from types import ModuleType

import streamlit as st
from language import choose_language, day, moment, t
from marts import about, copy_path
from pages import (
    accounts,
    data_health,
    drift,
    funnel,
    lead,
    model_card,
    quality,
    scoring_models,
    segments,
    studio,
    today,
    what_if,
)

OLD_DAYS = 2
# Otherwise labels and numbers of metrics are cut off, and each fills a phone screen; captions are
# too pale.
STYLE = """<style>
    [data-testid=stMainBlockContainer] {padding-top: 3.5rem; padding-bottom: 2rem}
    [data-testid=stMetricValue] {font-size: 1.75rem}
    [data-testid=stMetricLabel] p {white-space: normal}
    [data-testid=stCaptionContainer], [data-testid=stCaptionContainer] * {color: #555555; opacity: 1}
    @media (max-width: 640px) {
        h1 {font-size: 2rem !important}
        h2 {font-size: 1.5rem !important}
        [data-testid=stColumn]:has([data-testid=stMetric]) {
            flex: 1 1 calc(50% - 1rem) !important; min-width: calc(50% - 1rem) !important}
    }
</style>"""


def page(module: ModuleType, title: str, icon: str, is_first: bool = False) -> st.Page:
    """The page of a module, whose function show draws it."""

    def draw() -> None:
        if not copy_path().exists():
            st.title(title)
            st.info(t("app.no_copy"))
            return
        st.title(title)
        module.show()
        tell_age()

    address = module.__name__.removeprefix("pages.").replace("_", "-")
    return st.Page(draw, title=title, icon=f":material/{icon}:", url_path=address, default=is_first)


def tell_age() -> None:
    """Show which run the figures come from, and whether it is old."""
    run = about()
    days = (datetime.now(timezone.utc).date() - run["as_of"].date()).days
    if days >= OLD_DAYS:
        st.warning(t("app.old", day=day(run["as_of"]), days=days))
    st.caption(t("app.about", day=day(run["as_of"]), moment=moment(run["copied_at"]),
                 version=run["project_version"]))


def main() -> None:
    icon = Path(__file__).with_name("icon.svg")
    st.set_page_config(page_title="Lead scoring", page_icon=str(icon), layout="wide")
    st.html(STYLE)
    choose_language()
    pages = {
        "today": page(today, t("today.title"), "call", is_first=True),
        "lead": page(lead, t("lead.title"), "person_search"),
        "accounts": page(accounts, t("accounts.title"), "domain"),
        "studio": page(studio, t("studio.title"), "tune"),
        "what_if": page(what_if, t("what_if.title"), "compare_arrows"),
        "models": page(scoring_models, t("models.title"), "rule"),
        "segments": page(segments, t("segments.title"), "donut_small"),
        "funnel": page(funnel, t("funnel.title"), "filter_alt"),
        "quality": page(quality, t("quality.title"), "verified"),
        "card": page(model_card, t("card.title"), "badge"),
        "drift": page(drift, t("drift.title"), "trending_down"),
        "health": page(data_health, t("health.title"), "monitor_heart"),
    }
    st.session_state.pages = pages
    # No sections: Streamlit renders them as lists that screen readers cannot follow.
    st.navigation(list(pages.values()), expanded=True).run()


main()
