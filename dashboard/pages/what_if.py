"""A challenger compared with the live scoring model: who would move, and why."""

import altair as alt
import streamlit as st
from charts import BLUE, ORANGE
from charts import show as draw
from language import change, number, t, value
from marts import ask
from tables import table

SUMMARY = "select * from marts.what_if_summary order by challenger"
MOVERS = """
    select leads.name, leads.company_name, leads.owner_id, changed.score, changed.challenger_score,
        changed.score_change, changed.tier, changed.challenger_tier, changed.qualification,
        changed.challenger_qualification,
        coalesce(criteria.label, changed.biggest_criterion) as biggest_criterion,
        changed.biggest_points_change, changed.changes_tier, leads.url
    from marts.what_if_scores as changed
    left join marts.leads as leads using (lead_id)
    left join marts.criteria as criteria
        on changed.scoring_model = criteria.scoring_model and changed.biggest_criterion = criteria.criterion
    where changed.challenger = $challenger
    order by abs(changed.score_change) desc, leads.name
"""


def show() -> None:
    st.markdown(t("what_if.intro"))
    summary = ask(SUMMARY)
    if summary.empty:
        st.info(t("what_if.none"))
        if st.button(t("what_if.to_studio")):
            st.switch_page(st.session_state.pages["studio"])
        return
    challenger = st.selectbox(t("what_if.challenger"), summary.challenger.tolist(), key="challenger")
    row = summary[summary.challenger == challenger].iloc[0]
    st.markdown(t("what_if.live", challenger=challenger, model=row.scoring_model))
    places = st.columns(4)
    places[0].metric(t("what_if.changes"), number(row.tier_changes), border=True, height="stretch",
                     help=t("what_if.changes_help", up=number(row.moves_up), down=number(row.moves_down)))
    for place, words, now, then, decimals in (
            (places[1], "what_if.mqls", row.mqls, row.challenger_mqls, 0),
            (places[2], "what_if.sqls", row.sqls, row.challenger_sqls, 0),
            (places[3], "what_if.per_week", row.new_mqls_per_week, row.challenger_new_mqls_per_week, 2)):
        place.metric(t(words), number(then, decimals), change(then - now, decimals), border=True,
                     delta_color="off", delta_arrow="off", height="stretch")
    movers = ask(MOVERS, challenger=challenger)
    only = st.toggle(t("what_if.only"), value=True, key="only_movers")
    shown = movers[movers.changes_tier] if only else movers
    if shown.empty:
        st.success(t("what_if.nobody"))
        return
    chart = alt.Chart(shown).mark_point(filled=True, size=60, opacity=0.7).encode(
        x=alt.X("score:Q", title=t("what_if.score_now"), scale=alt.Scale(domain=[0, 100])),
        y=alt.Y("challenger_score:Q", title=t("what_if.score_then"), scale=alt.Scale(domain=[0, 100])),
        color=alt.condition("datum.score_change > 0", alt.value(BLUE), alt.value(ORANGE)),
        tooltip=["name:N", "company_name:N", "score:Q", "challenger_score:Q"])
    draw(chart, t("what_if.alt"), 340)
    table(shown.drop(columns="changes_tier"), {
        "score": "points", "challenger_score": "points", "score_change": "change", "tier": "word",
        "challenger_tier": "word", "qualification": "word", "challenger_qualification": "word",
        "biggest_points_change": "change"}, key="movers", height=480)
    st.caption(t("what_if.value", word=value("mql")))
