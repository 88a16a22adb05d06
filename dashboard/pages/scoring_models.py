"""The rules: scoring models, their tiers, their criteria and points."""

import pandas as pd
import streamlit as st
from charts import bars
from charts import show as draw
from choices import choose_model
from language import number, t, value
from marts import ask, has_table
from tables import table

REACH = "select * from marts.what_if_reach where scoring_model = $model"
PUBLISHED = """
    select tier, count(*) as leads from marts.lead_tiers where scoring_model = $model
    group by tier order by leads desc
"""
TIERS = """
    select rank, tier, min_score, keep_score, fit_grades, engagement_grades, response_minutes, response_unit,
        action
    from scoring.tiers where lower(trim(scoring_model)) = lower($model) order by try_cast(rank as integer)
"""
CRITERIA = """
    select label, points, dimension, category, leads, average_points, max_points, asks_for
    from marts.criteria where scoring_model = $model
    order by dimension desc, category, points desc
"""


def show() -> None:
    st.markdown(t("models.intro"))
    model = choose_model("models_model")
    if model is None:
        st.info(t("app.nothing_scored"))
        return
    reach = ask(REACH, model=model)
    if not reach.empty:
        row = reach.iloc[0]
        places = st.columns(4)
        for place, words, points in ((places[0], "fit_target", row.fit_target),
                                     (places[1], "engagement_target", row.engagement_target)):
            place.metric(t(f"models.{words}"), number(points, 0, t("lead.points")), border=True,
                         help=t(f"models.{words}_help"))
        places[2].metric(t("models.mql_score"), number(row.mql_score), border=True)
        places[3].metric(t("models.sql_score"), number(row.sql_score), border=True)
        if row.is_mql_reachable is not None and not pd.isna(row.is_mql_reachable) and not row.is_mql_reachable:
            st.error(t("models.unreachable", score=number(row.highest_score, 1)))
    st.header(t("models.tiers"))
    published = ask(PUBLISHED, model=model)
    tiers = ask(TIERS, model=model) if has_table("tiers") else pd.DataFrame()
    if not published.empty:
        order = [*tiers.tier] if len(tiers) else []
        order += [name for name in published.tier if name not in order]
        shown = published.assign(words=published.tier.map(value))
        draw(bars(shown, "words", "leads", t("funnel.leads"), order=[value(name) for name in order]),
             t("models.tiers_alt"))
    if len(tiers):
        table(tiers, {"tier": "word", "response_unit": "word"}, key="tiers")
    st.header(t("models.criteria"))
    rows = ask(CRITERIA, model=model)
    dimension = st.segmented_control(t("models.dimension"), ["fit", "engagement"], format_func=value,
                                     default=None, key="models_dimension", help=t("models.dimension_help"))
    table(rows if dimension is None else rows[rows.dimension == dimension], {
        "dimension": "word", "points": "change", "max_points": "points", "leads": "count",
        "average_points": "change"}, key="criteria", height=560)
    st.caption(t("models.change"))
