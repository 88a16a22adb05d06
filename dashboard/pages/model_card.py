"""What to know of a fit of the conversion probability before anybody relies on it."""

import pandas as pd
import streamlit as st
from choices import choose_model
from language import day, number, percent, t, value
from marts import ask
from tables import table

CARDS = """
    select cards.*, versions.is_live
    from marts.model_cards as cards
    join marts.scorecard_versions as versions using (version, scoring_model)
    where cards.scoring_model = $model
    order by cards.version desc
"""
SEGMENTS = """
    select segment, segment_value, observations, conversions, conversion_rate, expected_rate, expectation, auc,
        is_ranked_worse
    from marts.scorecard_segments
    where scoring_model = $model and version = $version
    order by is_ranked_worse desc, expectation = 'within_chance', segment, observations desc
"""


def show() -> None:
    st.markdown(t("card.intro"))
    model = choose_model("card_model")
    cards = ask(CARDS, model=model)
    if cards.empty:
        st.info(t("card.none"))
        return
    versions = cards.version.tolist()
    version = st.selectbox(t("card.version"), versions, key="card_version", format_func=lambda number_of: t(
        "card.version_of", version=number_of, day=day(cards.fitted_on[versions.index(number_of)])))
    card = cards[cards.version == version].iloc[0]
    status(card)
    st.header(t("card.data"))
    st.markdown(t("card.data_text", horizon=number(card.horizon_days), first=day(card.first_observed_on),
                  last=day(card.last_observed_on), observations=number(card.observations),
                  conversions=number(card.conversions), population=value(card.population)))
    if pd.notna(card.strongest_facts):
        st.markdown(t("card.facts", facts=number(card.facts), strongest=card.strongest_facts))
    st.markdown(t("card.leaks", leaks=card.suspected_leaks) if pd.notna(card.suspected_leaks)
                else t("card.no_leaks"))
    if pd.notna(card.later_conversion_rate):
        measures(card)
        segments(str(model), int(version))
    if pd.notna(card.last_usable_on):
        st.header(t("card.limits"))
        st.markdown(t("card.limits_text", until=day(card.last_usable_on)))


def status(card: pd.Series) -> None:
    """Whether the version is in use, and why not."""
    if card.is_live:
        st.success(t("card.live", until=day(card.last_usable_on)))
    elif card.status == "used":
        st.info(t("card.replaced"))
    else:
        st.warning(t("card.refused", because=card.status_because))


def measures(card: pd.Series) -> None:
    """How well the version predicted leads to which it was not fitted."""
    st.header(t("card.measures"))
    st.markdown(t("card.measured_on", observations=number(card.later_observations), day=day(card.measured_from)))
    places = st.columns(4)
    places[0].metric(t("card.auc"), number(card.auc, 3), border=True, help=t(
        "card.auc_help", low=number(card.auc_low, 3), high=number(card.auc_high, 3)))
    places[1].metric(t("card.score_auc"), number(card.score_auc, 3), border=True)
    places[2].metric(t("card.expected"), percent(card.later_expected_rate, 1), border=True)
    places[3].metric(t("card.converted"), percent(card.later_conversion_rate, 1), border=True)
    if card.drift == "none":
        st.markdown(t("card.no_drift"))
    else:
        st.warning(t(f"card.{card.drift}"))


def segments(model: str, version: int) -> None:
    """Parts of the market for which it ranks worse, or expects too much or too little."""
    st.header(t("card.segments"))
    rows = ask(SEGMENTS, model=model, version=version)
    if rows.empty:
        st.info(t("card.no_segments"))
        return
    noticed = rows[rows.is_ranked_worse | (rows.expectation != "within_chance")]
    if noticed.empty:
        st.success(t("card.all_alike", segments=number(len(rows))))
    else:
        st.warning(t("card.not_alike", segments=number(len(noticed)), all=number(len(rows))))
    rows["is_ranked_worse"] = rows.is_ranked_worse.map({True: t("card.worse"), False: t("card.alike")})
    table(rows, {"segment": "word", "observations": "count", "conversions": "count", "conversion_rate": "share",
                 "expected_rate": "share", "expectation": "word", "auc": "fine"},
          key="card_segments", height=420)
