"""Whether the raw data can be trusted: how fresh, what was rejected, unmatched, unreadable, automated."""

import altair as alt
import streamlit as st
from charts import BLUE, GREY, PURPLE, SKY, VERMILLION, bars, rows_high
from charts import show as draw
from language import day, moment, number, percent, t
from marts import about, ask
from tables import table

COUNTS = "select * from marts.row_counts order by raw_rows desc"
CHANNELS = """
    select channel, max(last_on) as last_on, date_diff('day', max(last_on), $as_of) as days_ago,
        sum(occurrences) as occurrences
    from marts.channel_engagement group by channel order by last_on desc, channel
"""
REJECTED = """
    select source_table, reason, sum(row_count) as row_count, min(row_key) as example_key
    from marts.rejected_rows group by source_table, reason order by row_count desc
"""
UNMATCHED = """
    select source_table, matched_to, identity, occurrences, what_they_did, first_on, last_on
    from marts.unmatched_activity
    order by matched_to <> 'stranger', requests = 0, occurrences desc
"""
UNREADABLE = """
    select source_table, column_name, cell_count, share_of_rows, example_pattern
    from marts.unreadable_cells order by share_of_rows desc
"""
MACHINES = """
    select rule, count(distinct event_id) as events,
        count(distinct case when is_automated then event_id end) as automated_events
    from marts.automated_activity group by rule order by automated_events desc
"""
FILTERED = """
    select coalesce(sum(automated_by_user_agent), 0) as by_user_agent,
        coalesce(sum(automated_by_signs), 0) as by_signs, coalesce(sum(occurrences), 0) as counted
    from marts.lead_automated_activity where activity = 'any'
"""
FILTERED_POINTS = """
    select points.scoring_model as model_label, criteria.label, count(*) as leads,
        sum(points.filtered_points) as filtered_points
    from marts.lead_automated_points as points
    left join marts.criteria as criteria using (scoring_model, criterion)
    group by all order by abs(sum(points.filtered_points)) desc, criteria.label
"""
PARTS = {"used_rows": BLUE, "superseded_rows": SKY, "rejected_rows": VERMILLION, "erased_rows": PURPLE}


def show() -> None:
    run = about()
    counts = ask(COUNTS)
    rejected = ask(REJECTED)
    places = st.columns(4)
    places[0].metric(t("health.as_of"), day(run["as_of"]), border=True,
                     help=t("health.copied", moment=moment(run["copied_at"])))
    places[1].metric(t("health.raw_rows"), number(counts.raw_rows.sum()), border=True)
    places[2].metric(t("health.rejected_rows"), number(counts.rejected_rows.sum()), border=True)
    activity = counts[counts.lead_rows.notna()]
    share = activity.lead_rows.sum() / activity.used_rows.sum() if activity.used_rows.sum() else None
    places[3].metric(t("health.matched"), percent(share, 1), border=True, help=t("health.matched_help"))

    st.header(t("health.fresh"))
    channels = ask(CHANNELS, as_of=run["as_of"].date())
    if channels.empty:
        st.info(t("health.no_activity"))
    else:
        st.caption(t("health.fresh_help"))
        table(channels, {"channel": "word", "last_on": "day", "days_ago": "count", "occurrences": "count"},
              key="fresh")

    st.header(t("health.rows"))
    if counts.empty:
        st.info(t("health.no_rows"))
        return
    long = counts.melt("source_table", list(PARTS), "part", "rows_of_part")
    long["words"] = long.part.map(lambda name: t(f"health.{name}"))
    long["share_of_rows"] = long.rows_of_part / long.groupby("source_table").rows_of_part.transform("sum")
    chart = alt.Chart(long).mark_bar().encode(
        y=alt.Y("source_table:N", sort=counts.source_table.tolist(), title=None),
        x=alt.X("rows_of_part:Q", stack="normalize", title=t("health.share"), axis=alt.Axis(format=".0%")),
        color=alt.Color("words:N", title=None, scale=alt.Scale(
            domain=[t(f"health.{name}") for name in PARTS], range=[*PARTS.values()])),
        tooltip=["source_table:N", alt.Tooltip("words:N", title=" "),
                 alt.Tooltip("rows_of_part:Q", format=",.0f", title=t("health.raw_rows"))],
    ).properties(height=rows_high(len(counts)))
    draw(chart, t("health.rows_alt"))
    table(counts, {name: "count" for name in counts.columns if name != "source_table"}, key="rows")

    st.header(t("health.rejected"))
    if rejected.empty:
        st.success(t("health.no_rejected"))
    else:
        table(rejected, {"row_count": "count"}, key="rejected")

    st.header(t("health.unmatched"))
    unmatched = ask(UNMATCHED)
    if unmatched.empty:
        st.success(t("health.no_unmatched"))
    else:
        st.caption(t("health.unmatched_help"))
        table(unmatched, {"matched_to": "word", "occurrences": "count", "first_on": "day", "last_on": "day"},
              key="unmatched", height=320)

    st.header(t("health.unreadable"))
    unreadable = ask(UNREADABLE)
    if unreadable.empty:
        st.success(t("health.no_unreadable"))
    else:
        table(unreadable, {"cell_count": "count", "share_of_rows": "share"}, key="unreadable")

    st.header(t("health.machines"))
    row, machines = ask(FILTERED).iloc[0], ask(MACHINES)
    if machines.empty and not row.by_user_agent:
        st.success(t("health.no_machines"))
        return
    st.markdown(t("health.filtered", agents=number(row.by_user_agent), signs=number(row.by_signs)))
    if not machines.empty:
        draw(bars(machines, "rule", "automated_events", t("health.automated"), GREY), t("health.machines_alt"))
        table(machines, {"events": "count", "automated_events": "count"}, key="machines")
    points = ask(FILTERED_POINTS)
    if not points.empty:
        st.caption(t("health.filtered_points"))
        table(points, {"leads": "count", "filtered_points": "points"}, key="filtered_points")
