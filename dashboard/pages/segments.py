"""Whether the score works in each part of the market."""

import streamlit as st
from charts import BLUE, bars, intervals
from charts import show as draw
from choices import choose_model
from language import day, percent, t, value
from marts import ask
from tables import table

SEGMENTS = """
    select segment, segment_name, value_kind, leads, average_score, conversions, conversion_rate,
        conversion_rate_low, conversion_rate_high, lift, mqls, mql_share, mql_conversion_rate, mql_recall,
        evaluated_on
    from marts.backtest_segments
    where scoring_model = $model
    order by segment, leads desc
"""
MOST = 15


def show() -> None:
    model = choose_model("segments_model")
    rows = ask(SEGMENTS, model=model)
    if rows.empty:
        st.info(t("quality.none"))
        return
    st.markdown(t("segments.intro", day=day(rows.evaluated_on[0])))
    segment = st.segmented_control(t("segments.by"), sorted(rows.segment.unique()), format_func=value,
                                   default=sorted(rows.segment.unique())[0], key="segment")
    chosen = rows[rows.segment == (segment or rows.segment.iloc[0])].copy()
    kinds = {"others": t("segments.others"), "missing": t("segments.missing")}
    chosen["segment_name"] = [
        name if name and kind not in kinds else kinds.get(kind, t("segments.missing"))
        for name, kind in zip(chosen.segment_name, chosen.value_kind)]
    chosen = chosen.groupby("segment_name", as_index=False, sort=False).first()
    best = chosen.sort_values("conversion_rate", ascending=False).iloc[0]
    st.markdown(t("segments.best", name=best.segment_name, rate=percent(best.conversion_rate, 1)))
    left, right = st.columns(2)
    order = chosen.head(MOST).segment_name.tolist()
    with left:
        st.header(t("segments.rate"))
        draw(intervals(chosen.head(MOST), "segment_name", "conversion_rate", "conversion_rate_low",
                       "conversion_rate_high", t("quality.rate"), order), t("segments.rate_alt"))
    with right:
        st.header(t("segments.leads"))
        draw(bars(chosen.head(MOST), "segment_name", "leads", t("funnel.observations"), BLUE, order),
             t("segments.leads_alt"))
    table(chosen.drop(columns=["segment", "value_kind", "evaluated_on"]), {
        "leads": "count", "average_score": "points", "conversions": "count", "conversion_rate": "share",
        "conversion_rate_low": "share", "conversion_rate_high": "share", "lift": "ratio", "mqls": "count",
        "mql_share": "share", "mql_conversion_rate": "share", "mql_recall": "share"}, key="segments")
