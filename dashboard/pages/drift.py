"""Whether today's leads still resemble those on which the score was evaluated."""

import altair as alt
import streamlit as st
from charts import BLUE, ORANGE, VERMILLION, rows_high
from charts import show as draw
from choices import choose_model
from language import number, t, value
from marts import ask
from tables import table

DRIFT = """
    select drift.week_end_on, drift.measure, coalesce(criteria.label, drift.criterion) as label,
        drift.leads, drift.reference_leads, drift.met_share as share_now, drift.reference_met_share, drift.psi,
        drift.drift
    from marts.score_drift as drift
    left join marts.criteria as criteria using (scoring_model, criterion)
    where drift.scoring_model = $model
    order by drift.week_end_on, drift.psi desc
"""
SHOWN = 15


def show() -> None:
    st.markdown(t("drift.intro"))
    model = choose_model("drift_model")
    rows = ask(DRIFT, model=model)
    if rows.empty:
        st.info(t("quality.none"))
        return
    rows["week"] = rows.week_end_on.dt.strftime("%Y-%m-%d")
    last = rows[rows.week_end_on == rows.week_end_on.max()]
    whole = last[last.measure == "score"].iloc[0]
    criteria = last[last.measure == "criterion"]
    places = st.columns(3)
    places[0].metric(t("drift.score"), value(whole.drift), border=True,
                     help=t("drift.psi", psi=number(whole.psi, 3)))
    for place, name in ((places[1], "slight"), (places[2], "strong")):
        place.metric(t(f"drift.{name}"), number((criteria.drift == name).sum()), border=True)
    st.header(t("drift.of_score"))
    scores = rows[rows.measure == "score"]
    domain = [value(name) for name in ("stable", "slight", "strong")]
    chart = alt.Chart(scores.assign(words=scores.drift.map(value))).mark_bar(size=36).encode(
        x=alt.X("week:N", title=t("drift.week"), axis=alt.Axis(labelAngle=0)),
        y=alt.Y("psi:Q", title=t("drift.measure")),
        color=alt.Color("words:N", title=None, scale=alt.Scale(domain=domain, range=[BLUE, ORANGE, VERMILLION])),
        tooltip=["week:N", alt.Tooltip("psi:Q", format=".3f"), alt.Tooltip("words:N", title=" ")])
    draw(chart, t("drift.of_score_alt", drift=value(whole.drift)), 240)
    st.header(t("drift.of_criteria"))
    moved = criteria[criteria.drift != "stable"].sort_values("psi", ascending=False)
    if moved.empty:
        st.success(t("drift.none"))
    else:
        first = moved.head(SHOWN)
        base = alt.Chart(first).encode(
            y=alt.Y("label:N", sort=first.label.tolist(), title=None))
        axis = alt.Axis(format=".0%", tickCount=5)
        draw(alt.layer(
            base.mark_rule(color="#666666").encode(
                x=alt.X("reference_met_share:Q", title=t("drift.share"), axis=axis), x2="share_now:Q"),
            base.mark_point(color="#666666", filled=True, size=90, shape="square").encode(
                x="reference_met_share:Q"),
            base.mark_point(color=VERMILLION, filled=True, size=110, shape="diamond").encode(x="share_now:Q"),
        ).properties(height=rows_high(len(first))), t("drift.of_criteria_alt"))
        st.caption(t("drift.marks"))
    shown = last[["label", "measure", "drift", "psi", "reference_met_share", "share_now", "leads",
                  "reference_leads"]]
    table(shown, {"measure": "word", "drift": "word", "psi": "fine", "reference_met_share": "share",
                  "share_now": "share", "leads": "count", "reference_leads": "count"}, key="drift", height=420)
