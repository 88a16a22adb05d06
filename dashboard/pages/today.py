"""Whom to call, who became an MQL, which hand-offs are due."""

import pandas as pd
import streamlit as st
from language import NOTHING, number, percent, t, value
from marts import ask
from tables import table

CALLS = """
    select
        overall_rank, name, company_name, owner_id, action, reasons, order_reason, tier, score,
        conversion_probability, expected_value, is_within_capacity, due_at, last_touch_on, email, url,
        model_label, scoring_model, lead_id
    from marts.call_list
    order by overall_rank
"""
# Which of these calls fit into the owners' days; hours are 0 without the var call_hours_per_day.
CAPACITY = """
    select
        owner_id, hours_per_day, leads_within_capacity, value_within_capacity, leads_in_next_hour,
        value_of_next_hour, due_handoffs_beyond_capacity
    from marts.call_capacity
"""
# Since when a lead has been an MQL; the first publication of a model finds many at once.
NEW_MQLS = """
    select
        qualifications.mql_reached_on, leads.name, leads.company_name, leads.owner_id,
        scores.qualification, scores.score, scores.top_reasons, leads.url,
        qualifications.scoring_model, qualifications.lead_id
    from marts.lead_qualifications as qualifications
    inner join marts.lead_scores as scores using (lead_id, scoring_model)
    inner join marts.leads as leads using (lead_id)
    where
        qualifications.mql_reached_on > scores.as_of - interval 7 day
        and qualifications.mql_lost_on is null
    order by qualifications.mql_reached_on desc, scores.score desc
"""
HANDOFFS = """
    select
        handoffs.sla_status, handoffs.due_at, leads.name, leads.company_name, handoffs.owner_id,
        handoffs.tier, handoffs.score, handoffs.handed_off_at, handoffs.first_attempt_at, leads.url,
        handoffs.scoring_model, handoffs.lead_id
    from marts.sales_handoffs as handoffs
    left join marts.leads as leads using (lead_id)
    where handoffs.responded_at is null
    order by handoffs.due_at
"""
CARDS = 10


def show() -> None:
    calls, mqls, handoffs = ask(CALLS), ask(NEW_MQLS), ask(HANDOFFS)
    if calls.empty and handoffs.empty and mqls.empty:
        st.info(t("today.empty"))
        return
    calls, mqls, handoffs = chosen(calls, mqls, handoffs)
    overdue = handoffs[handoffs.sla_status == "breached"]
    figures = st.columns(4)
    figures[0].metric(t("today.calls"), number(len(calls)), border=True)
    figures[1].metric(t("today.overdue"), number(len(overdue)), border=True)
    figures[2].metric(t("today.due"), number(len(handoffs) - len(overdue)), border=True)
    figures[3].metric(t("today.mqls"), number(len(mqls)), border=True)

    st.header(t("today.first"))
    if calls.empty:
        st.info(t("today.nobody"))
    what_the_day_holds()
    for call in calls.head(CARDS).itertuples():
        card(call)
    if len(calls) > CARDS:
        with st.expander(t("today.all", leads=number(len(calls)))):
            unknown = [name for name in ("expected_value", "is_within_capacity") if calls[name].isna().all()]
            fits = calls.is_within_capacity.map({True: t("today.yes"), False: t("today.no")})
            table(calls.assign(is_within_capacity=fits).drop(columns=["scoring_model", *unknown]), {
                "overall_rank": "count", "score": "points", "conversion_probability": "share",
                "expected_value": "count", "due_at": "moment", "last_touch_on": "day", "tier": "word"},
                key="calls")

    st.header(t("today.handoffs"))
    if handoffs.empty:
        st.success(t("today.no_handoffs"))
    else:
        table(handoffs.drop(columns=["scoring_model", "lead_id"]), {
            "sla_status": "word", "due_at": "moment", "handed_off_at": "moment",
            "first_attempt_at": "moment", "score": "points", "tier": "word"}, key="handoffs")

    st.header(t("today.new_mqls"))
    if mqls.empty:
        st.info(t("today.no_mqls"))
    else:
        table(mqls.drop(columns=["scoring_model", "lead_id"]), {
            "mql_reached_on": "day", "qualification": "word", "score": "points"}, key="mqls")


def what_the_day_holds() -> None:
    """How far the hours of the chosen owners go, and what one more would be worth."""
    owner, days = st.session_state.today_owner, ask(CAPACITY)
    # `nobody` has no day, but a reader may ask what an hour for the leads without owner is worth.
    days = days[days.owner_id != "nobody" if owner == "all" else days.owner_id == owner]
    # An owner's day holds the calls of all scoring models.
    if days.empty or st.session_state.today_model != "all":
        return
    sums = days.sum(numeric_only=True, min_count=1)
    if sums.hours_per_day:
        st.caption(t("today.capacity", hours=number(sums.hours_per_day, 1),
                     leads=number(sums.leads_within_capacity), value=number(sums.value_within_capacity)))
        if sums.due_handoffs_beyond_capacity:
            st.warning(t("today.beyond", handoffs=number(sums.due_handoffs_beyond_capacity)))
    if not pd.isna(sums.value_of_next_hour):
        st.caption(t("today.next_hour", leads=number(sums.leads_in_next_hour),
                     value=number(sums.value_of_next_hour)))


def chosen(*frames: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of the owner and the scoring model that the reader chooses."""
    owners = sorted({str(owner) for frame in frames for owner in frame.owner_id.dropna()})
    models = sorted({str(model) for frame in frames for model in frame.scoring_model})
    labels = {str(row.scoring_model): str(row.model_label) for row in frames[0].itertuples()}
    names = {"all": t("today.all_owners"), "nobody": t("today.nobody_option")}
    left, right = st.columns(2)
    owner = left.selectbox(t("today.owner"), ["all", *owners, "nobody"], key="today_owner",
                           format_func=lambda name: names.get(name, name))
    model = right.selectbox(t("today.model"), ["all", *models], key="today_model",
                            format_func=lambda name: t("today.all_models") if name == "all"
                            else labels.get(name, name))
    kept = []
    for frame in frames:
        if owner == "nobody":
            frame = frame[frame.owner_id.isna()]
        elif owner != "all":
            frame = frame[frame.owner_id == owner]
        kept.append(frame if model == "all" else frame[frame.scoring_model == model])
    return kept


def card(call) -> None:  # type: ignore[no-untyped-def]  # a row of CALLS
    """A lead to call, with what the caller needs."""
    with st.container(border=True):
        left, right = st.columns([4, 1], vertical_alignment="center")
        who = f"**{call.overall_rank}. {call.name or t('today.no_name')}**"
        left.markdown(who + (f" · {call.company_name}" if call.company_name else ""))
        left.markdown(f":blue[**{call.action}**]" if call.action else t("today.no_action"))
        left.markdown(call.reasons or NOTHING)
        owner = t("today.nobody_owns") if pd.isna(call.owner_id) else call.owner_id
        left.caption(f"{call.order_reason or ''} {t('today.owned_by', owner=owner)}")
        right.markdown(t("today.worth", score=number(call.score, 1), tier=value(call.tier))
                       + ("" if pd.isna(call.conversion_probability) else
                          "  \n" + t("today.probability", share=percent(call.conversion_probability, 1)))
                       + ("" if pd.isna(call.expected_value) else
                          "  \n" + t("today.value", value=number(call.expected_value))))
        if call.url:
            right.link_button(t("tables.open_in_crm"), call.url)
        if right.button(t("today.why"), key=f"why_{call.lead_id}", help=t("today.why_help", name=call.name)):
            st.session_state.lead_id = call.lead_id
            st.switch_page(st.session_state.pages["lead"])
