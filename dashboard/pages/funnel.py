"""How far leads get, and how well response times are kept."""

import altair as alt
import pandas as pd
import streamlit as st
from charts import BLUE, GREEN, GREY, VERMILLION, bars
from charts import show as draw
from choices import choose_model
from language import day, number, percent, t, value
from marts import ask
from tables import table

NOW = """
    select qualification, count(*) as leads from marts.lead_scores
    where scoring_model = $model group by qualification
"""
PAST = """
    select
        sum(leads) as leads, sum(mqls) as mqls, sum(sqls) as sqls, sum(opportunities) as opportunities,
        sum(conversions) as conversions,
        sum(mqls * days_to_mql) / nullif(sum(case when days_to_mql is not null then mqls end), 0) as days_to_mql,
        sum(sqls * days_to_sql) / nullif(sum(case when days_to_sql is not null then sqls end), 0) as days_to_sql,
        sum(opportunities * days_to_opportunity)
            / nullif(sum(case when days_to_opportunity is not null then opportunities end), 0)
            as days_to_opportunity,
        sum(conversions * days_to_conversion)
            / nullif(sum(case when days_to_conversion is not null then conversions end), 0)
            as days_to_conversion
    from marts.backtest_funnel where scoring_model = $model
"""
BY_BAND = """
    select score_band, leads, mqls, sqls, opportunities, conversions, mql_share, sql_share,
        opportunity_share, conversion_share, days_to_conversion
    from marts.backtest_funnel where scoring_model = $model order by score_band desc
"""
WEEKS = """
    select week, sum(handoffs) as handoffs, sum(met) as met, sum(breached) as breached, sum(waiting) as waiting
    from marts.sla_attainment where scoring_model = $model group by week order by week
"""
OWNERS = """
    select owner_id, tier, sum(handoffs) as handoffs, sum(responded) as responded, sum(met) as met,
        sum(breached) as breached, sum(waiting) as waiting,
        sum(met) / nullif(sum(met) + sum(breached), 0) as met_share
    from marts.sla_attainment where scoring_model = $model
    group by owner_id, tier order by sum(breached) desc, owner_id, tier
"""
TIMES = """
    select week, owner_id, tier, median_minutes_to_response, p90_minutes_to_response, within_hour_share
    from marts.sla_attainment where scoring_model = $model and responded > 0
    order by week desc, owner_id, tier
"""
ORDER = ["lead", "mql", "sql", "customer", "disqualified"]
STAGES = ["leads", "mqls", "sqls", "opportunities", "conversions"]


def show() -> None:
    model = choose_model("funnel_model")
    if model is None:
        st.info(t("app.nothing_scored"))
        return
    st.header(t("funnel.now"))
    now = ask(NOW, model=model).set_index("qualification").leads
    frame = pd.DataFrame([{"stage": value(name), "leads": int(now[name])} for name in ORDER if name in now])
    draw(bars(frame, "stage", "leads", t("funnel.leads"), order=frame.stage.tolist()), t("funnel.now_alt"))
    past(model)
    response_times(model)


def past(model: str) -> None:
    st.header(t("funnel.past"))
    rows = ask(PAST, model=model)
    if rows.empty or pd.isna(rows.leads[0]):
        st.info(t("quality.none"))
        return
    row = rows.iloc[0]
    st.caption(t("funnel.past_help"))
    frame = pd.DataFrame([{"stage": t(f"funnel.{name}"), "leads": row[name]} for name in STAGES])
    draw(bars(frame, "stage", "leads", t("funnel.observations"), GREEN, frame.stage.tolist()),
         t("funnel.past_alt"))
    places = st.columns(4)
    for place, name, before, days in zip(places, STAGES[1:], STAGES, (
            row.days_to_mql, row.days_to_sql, row.days_to_opportunity, row.days_to_conversion)):
        share = row[name] / row[before] if row[before] else None
        place.metric(t("funnel.step", before=t(f"funnel.{before}"), after=t(f"funnel.{name}")),
                     percent(share, 1), border=True, help=t("funnel.days", days=number(days, 1)))
    with st.expander(t("funnel.by_band")):
        bands = ask(BY_BAND, model=model)
        bands["score_band"] = bands.score_band.map(lambda low: f"{low}–{low + 10}")
        table(bands, {**{name: "count" for name in STAGES}, "mql_share": "share", "sql_share": "share",
                      "opportunity_share": "share", "conversion_share": "share",
                      "days_to_conversion": "points"}, key="bands")


def response_times(model: str) -> None:
    st.header(t("funnel.sla"))
    weeks = ask(WEEKS, model=model)
    if weeks.empty:
        st.info(t("funnel.no_sla"))
        return
    met, breached = weeks.met.sum(), weeks.breached.sum()
    places = st.columns(4)
    places[0].metric(t("funnel.kept"), percent(met / (met + breached) if met + breached else None), border=True,
                     help=t("funnel.kept_help"))
    for place, words, count in ((places[1], "met", met), (places[2], "breached", breached),
                                (places[3], "waiting", weeks.waiting.sum())):
        place.metric(value(words), number(count), border=True)
    long = weeks.melt("week", ["met", "breached", "waiting"], "state", "handoffs_of_state")
    long["words"], long["week"] = long.state.map(value), long.week.map(day)
    chart = alt.Chart(long).mark_bar(size=40).encode(
        x=alt.X("week:N", title=t("funnel.week"), axis=alt.Axis(labelAngle=0)),
        y=alt.Y("handoffs_of_state:Q", title=t("funnel.handoffs")),
        color=alt.Color("words:N", title=None, scale=alt.Scale(
            domain=[value(name) for name in ("met", "breached", "waiting")], range=[BLUE, VERMILLION, GREY])),
        tooltip=["week:N", alt.Tooltip("words:N", title=" "), alt.Tooltip("handoffs_of_state:Q", title=" ")])
    draw(chart, t("funnel.sla_alt", met=number(met), breached=number(breached)), 240)
    owners = ask(OWNERS, model=model)
    owners["owner_id"] = owners.owner_id.replace("nobody", t("today.nobody_option"))
    table(owners, {"tier": "word", "handoffs": "count", "responded": "count", "met": "count",
                   "breached": "count", "waiting": "count", "met_share": "share"}, key="owners")
    times = ask(TIMES, model=model)
    if not times.empty:
        with st.expander(t("funnel.times")):
            table(times, {"week": "day", "tier": "word", "median_minutes_to_response": "count",
                          "p90_minutes_to_response": "count", "within_hour_share": "share"}, key="times")
