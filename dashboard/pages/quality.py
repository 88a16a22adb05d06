"""Whether the score predicts who converts, from which score a call is worthwhile, which points are better."""

import altair as alt
import pandas as pd
import streamlit as st
from charts import BLUE, GREY, ORANGE, VERMILLION, rows_high
from charts import show as draw
from choices import choose_model
from language import day, number, percent, t, value
from marts import ask
from tables import table

SUMMARY = """
    select method, evaluated_on, first_observed_on, last_observed_on, leads, conversions, conversion_rate,
        auc, auc_low, auc_high, top_decile_lift, brier_score, average_converted_score, lost_leads,
        average_lost_score, mqls, mqls_never_opportunity
    from marts.backtest_summary where scoring_model = $model order by method
"""
CALIBRATION = """
    select decile, leads, average_probability, conversion_rate, conversion_rate_low, conversion_rate_high,
        is_calibrated
    from marts.backtest_calibration where scoring_model = $model and method = $method order by decile
"""
THRESHOLDS = """
    select threshold, leads, lead_share, new_leads_per_week, conversions, conversion_precision,
        conversion_precision_low, conversion_precision_high, recall, is_mql_score,
        is_recommended_for_recall, is_recommended_for_capacity
    from marts.backtest_thresholds where scoring_model = $model order by threshold
"""
BANDS = """
    select group_name, group_rank, leads, conversions, conversion_rate, conversion_rate_low,
        conversion_rate_high, lift, revenue
    from marts.backtest_bands
    where scoring_model = $model and grouped_by = $grouped_by order by group_rank
"""
SUGGESTED = """
    select coalesce(criteria.label, insight.criterion) as label, insight.dimension, insight.leads,
        insight.conversion_rate, insight.lift, insight.points, insight.suggested_points,
        insight.suggested_points - insight.points as points_change, insight.suggestion,
        insight.suspected_leakage
    from marts.criterion_insight as insight
    left join marts.criteria as criteria using (scoring_model, criterion)
    where insight.scoring_model = $model
    order by insight.suggestion <> 'measured', abs(insight.suggested_points - insight.points) desc
"""


def show() -> None:
    model = choose_model("quality_model")
    summary = ask(SUMMARY, model=model)
    if summary.empty:
        st.info(t("quality.none"))
        return
    score = summary[summary.method == "score"].iloc[0]
    st.markdown(t("quality.intro", day=day(score.evaluated_on), leads=number(score.leads),
                  conversions=number(score.conversions), first=day(score.first_observed_on),
                  last=day(score.last_observed_on)))
    places = st.columns(4)
    places[0].metric(t("quality.auc"), number(score.auc, 2), border=True, help=t(
        "quality.auc_help", low=number(score.auc_low, 2), high=number(score.auc_high, 2)))
    places[1].metric(t("quality.lift"), f"{number(score.top_decile_lift, 1)} ×", border=True,
                     help=t("quality.lift_help"))
    places[2].metric(t("quality.rate"), percent(score.conversion_rate, 1), border=True)
    places[3].metric(t("quality.lost_mqls"), number(score.mqls_never_opportunity), border=True,
                     help=t("quality.lost_mqls_help", mqls=number(score.mqls)))
    cut_off(str(model))
    won_and_lost(str(model), score)
    calibration(str(model), summary)
    suggested_points(str(model))


def cut_off(model: str) -> None:
    st.header(t("quality.cut_off"))
    st.markdown(t("quality.cut_off_help"))
    rows = ask(THRESHOLDS, model=model)
    given = rows[rows.is_mql_score.fillna(False).astype(bool)]
    start = int(given.threshold.iloc[0]) if len(given) else 50
    left, right = st.columns([3, 1])
    cut = left.slider(t("quality.slider"), 0, 100, start, key=f"cut_{model}")
    capacity = right.number_input(t("quality.capacity"), 0, 10000, 10, key="capacity",
                                  help=t("quality.capacity_help"))
    row = rows[rows.threshold == cut].iloc[0]
    places = st.columns(4)
    places[0].metric(t("quality.volume"), number(row.new_leads_per_week, 1), border=True)
    places[1].metric(t("quality.precision"), percent(row.conversion_precision, 1), border=True, help=t(
        "quality.precision_help", low=percent(row.conversion_precision_low, 1),
        high=percent(row.conversion_precision_high, 1)))
    places[2].metric(t("quality.recall"), percent(row.recall, 1), border=True, help=t("quality.recall_help"))
    used = row.new_leads_per_week / capacity if capacity else None
    places[3].metric(t("quality.used"), percent(used), border=True, help=t("quality.used_help"))
    if used is not None and used > 1:
        st.warning(t("quality.over", leads=number(row.new_leads_per_week - capacity, 1)))
    marks = [(name, rows[rows[name].fillna(False).astype(bool)].threshold) for name in (
        "is_mql_score", "is_recommended_for_recall", "is_recommended_for_capacity")]
    st.caption(" · ".join(t(f"quality.{name}", score=number(found.iloc[0]))
                          for name, found in marks if len(found)) or t("quality.no_marks"))
    shown = {"conversion_precision": t("quality.precision"), "recall": t("quality.recall")}
    long = rows.melt("threshold", list(shown), "measure", "share")
    long["words"] = long.measure.map(shown)
    lines = alt.Chart(long).mark_line(strokeWidth=3).encode(
        x=alt.X("threshold:Q", title=t("quality.slider"), scale=alt.Scale(domain=[0, 100])),
        y=alt.Y("share:Q", title=t("quality.share"), axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1])),
        color=alt.Color("words:N", title=None, scale=alt.Scale(domain=[*shown.values()], range=[BLUE, ORANGE])),
        strokeDash=alt.StrokeDash("words:N", title=None, scale=alt.Scale(
            domain=[*shown.values()], range=[[1, 0], [6, 3]])),
        tooltip=["threshold:Q", alt.Tooltip("words:N", title=" "),
                 alt.Tooltip("share:Q", format=".1%", title=" ")])
    rule = alt.Chart(pd.DataFrame({"threshold": [cut]})).mark_rule(color=GREY, strokeWidth=2).encode(
        x="threshold:Q")
    draw(alt.layer(lines, rule), t(
        "quality.cut_off_alt", score=cut, precision=percent(row.conversion_precision, 1),
        recall=percent(row.recall, 1)), 280)


def won_and_lost(model: str, score: pd.Series) -> None:
    st.header(t("quality.won_lost"))
    if not pd.isna(score.average_converted_score):
        st.markdown(t("quality.won_lost_text", won=number(score.average_converted_score, 1),
                      conversions=number(score.conversions), lost=number(score.average_lost_score, 1),
                      leads=number(score.lost_leads)))
    bands = ask(BANDS, model=model, grouped_by="score_band")
    if bands.empty:
        return
    order = bands.group_name.tolist()
    base = alt.Chart(bands).encode(
        y=alt.Y("group_name:N", sort=order, title=t("quality.band")),
        tooltip=["group_name:N", alt.Tooltip("conversion_rate:Q", format=".1%", title=t("quality.rate")),
                 alt.Tooltip("leads:Q", title=t("funnel.observations"))])
    axis = alt.Axis(format=".0%", tickCount=5)
    chart = alt.layer(
        base.mark_bar(color=BLUE).encode(x=alt.X("conversion_rate:Q", title=t("quality.rate"), axis=axis)),
        base.mark_rule(color="#333333", strokeWidth=2).encode(
            x="conversion_rate_low:Q", x2="conversion_rate_high:Q"),
    ).properties(height=rows_high(len(bands)))
    draw(chart, t("quality.won_lost_alt"))
    with st.expander(t("quality.table")):
        table(bands.drop(columns="group_rank"), {
            "leads": "count", "conversions": "count", "conversion_rate": "share", "conversion_rate_low": "share",
            "conversion_rate_high": "share", "lift": "ratio", "revenue": "count"}, key="score_bands")


def calibration(model: str, summary: pd.DataFrame) -> None:
    st.header(t("quality.calibration"))
    methods = summary.method.tolist()
    first = methods.index("scorecard") if "scorecard" in methods else 0
    method = st.selectbox(t("quality.method"), methods, index=first, format_func=value, key="quality_method")
    rows = ask(CALIBRATION, model=model, method=method)
    if rows.empty:
        st.info(t("quality.no_calibration"))
        return
    st.markdown(t("quality.calibration_help"))
    high = float(max(rows.conversion_rate_high.max(), rows.average_probability.max()))
    axis = alt.Axis(format=".0%", tickCount=5)
    base = alt.Chart(rows).encode(
        x=alt.X("average_probability:Q", title=t("quality.predicted"), axis=axis),
        tooltip=[alt.Tooltip("average_probability:Q", format=".1%", title=t("quality.predicted")),
                 alt.Tooltip("conversion_rate:Q", format=".1%", title=t("quality.observed")),
                 alt.Tooltip("leads:Q", title=t("funnel.observations"))])
    ideal = alt.Chart(pd.DataFrame({"x": [0, high], "y": [0, high]})).mark_line(
        color=GREY, strokeDash=[6, 4]).encode(x="x:Q", y="y:Q")
    chart = alt.layer(
        ideal,
        base.mark_rule(color=BLUE, strokeWidth=2, opacity=0.6).encode(
            y=alt.Y("conversion_rate_low:Q", title=t("quality.observed"), axis=axis), y2="conversion_rate_high:Q"),
        base.mark_point(color=BLUE, filled=True, size=90).encode(y="conversion_rate:Q"))
    draw(chart, t("quality.calibration_alt"), 320)
    apart = int((~rows.is_calibrated.fillna(True).astype(bool)).sum())
    if apart:
        st.warning(t("quality.apart", groups=apart))
    else:
        st.success(t("quality.calibrated"))
    with st.expander(t("quality.methods")):
        table(summary[["method", "leads", "conversions", "auc", "auc_low", "auc_high", "top_decile_lift",
                       "brier_score"]], {
            "method": "word", "leads": "count", "conversions": "count", "auc": "ratio", "auc_low": "ratio",
            "auc_high": "ratio", "top_decile_lift": "ratio", "brier_score": "fine"}, key="methods")


def suggested_points(model: str) -> None:
    st.header(t("quality.suggested"))
    rows = ask(SUGGESTED, model=model)
    measured = rows[rows.suggestion == "measured"]
    if measured.empty:
        st.info(t("quality.no_suggestion"))
        return
    st.markdown(t("quality.suggested_help"))
    first = measured.head(12)
    chart = alt.Chart(first).encode(y=alt.Y("label:N", sort=first.label.tolist(), title=None))
    draw(alt.layer(
        chart.mark_rule(color=GREY).encode(x=alt.X("points:Q", title=t("lead.points")), x2="suggested_points:Q"),
        chart.mark_point(color=GREY, filled=True, size=90, shape="square").encode(x="points:Q"),
        chart.mark_point(color=VERMILLION, filled=True, size=110, shape="diamond").encode(x="suggested_points:Q"),
    ).properties(height=rows_high(len(first))), t("quality.suggested_alt"))
    st.caption(t("quality.marks"))
    leaks = rows.suspected_leakage.notna().any()
    table(rows if leaks else rows.drop(columns="suspected_leakage"), {
        "dimension": "word", "leads": "count", "conversion_rate": "share", "lift": "ratio", "points": "points",
        "suggested_points": "points", "points_change": "change", "suggestion": "word"},
        key="suggested", height=420)
