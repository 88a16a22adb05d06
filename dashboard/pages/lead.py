"""One lead: how good it is, why, what changed, what comes next, what it did."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st
from charts import BLUE, GREY, ORANGE, bars, waterfall
from charts import show as draw
from choices import MODELS
from language import NOTHING, change, day, number, percent, t, value
from marts import ask
from tables import table

FOUND = """
    select leads.lead_id, leads.name, leads.company_name, max(scores.score) as score
    from marts.leads as leads
    inner join marts.lead_scores as scores using (lead_id)
    where
        $words = ''
        or contains(lower(concat_ws(' ', leads.name, leads.company_name, leads.email, leads.lead_id)), $words)
    group by all
    order by score desc, leads.lead_id
    limit 50
"""
LEAD = "select * from marts.leads where lead_id = $lead_id"
SCORES = """
    select
        scores.*, tiers.tier as published_tier, tiers.tier_since, tiers.previous_tier, tiers.changed_because,
        worth.expected_value, worth.expected_amount, worth.expected_amount_low, worth.expected_amount_high,
        worth.segment, worth.segment_deals
    from marts.lead_scores as scores
    left join marts.lead_tiers as tiers using (lead_id, scoring_model)
    left join marts.lead_values as worth using (lead_id, scoring_model)
    where scores.lead_id = $lead_id
    order by scores.score desc, scores.scoring_model
"""
HISTORY = """
    select score_date as day, score from marts.lead_score_history
    where lead_id = $lead_id and scoring_model = $model
    union
    select as_of as day, score from marts.lead_scores
    where lead_id = $lead_id and scoring_model = $model
    union
    select as_of as day, score from marts.lead_scores_by_day
    where lead_id = $lead_id and scoring_model = $model
    order by day
"""
THRESHOLDS = "select mql_score, sql_score from marts.what_if_reach where scoring_model = $model"
LEDGER = """
    select
        ledger.dimension, coalesce(criteria.label, ledger.criterion) as label, ledger.category,
        ledger.points, ledger.evidence, ledger.last_occurred_on, ledger.criterion
    from marts.lead_score_ledger as ledger
    left join marts.criteria as criteria using (scoring_model, criterion)
    where ledger.lead_id = $lead_id and ledger.scoring_model = $model and ledger.points <> 0
    order by ledger.points desc, label
"""
CHANGES = """
    select
        changes.to_date, changes.cause, coalesce(criteria.label, changes.criterion) as label,
        changes.points_change
    from marts.lead_score_changes as changes
    left join marts.criteria as criteria using (scoring_model, criterion)
    where changes.lead_id = $lead_id and changes.scoring_model = $model
    order by changes.to_date desc, abs(changes.points_change) desc
"""
OUTLOOK = "select * from marts.lead_outlook where lead_id = $lead_id and scoring_model = $model"
CHANNELS = """
    select channel, occurrences, active_days, first_on, last_on
    from marts.channel_engagement where lead_id = $lead_id order by engagement_rank
"""
PRODUCTS = """
    select product, visits, uses, last_on, interest_share, is_owned
    from marts.product_interest where lead_id = $lead_id order by interest_rank
"""
STAGE = "select stage, stage_since, last_sign_on from marts.buying_stage where lead_id = $lead_id"
PROBABILITY = """
    select reason, odds_ratio from marts.probability_reasons
    where lead_id = $lead_id and scoring_model = $model
    order by reason_rank
"""


def show() -> None:
    lead_id = chosen_lead()
    if lead_id is None:
        st.info(t("lead.none"))
        return
    [lead] = ask(LEAD, lead_id=lead_id).to_dict("records")
    scores = ask(SCORES, lead_id=lead_id)
    about(lead)
    labels = {row.scoring_model: row.label for row in ask(MODELS).itertuples()}
    models = scores.scoring_model.tolist()
    model = models[0] if len(models) == 1 else st.segmented_control(
        t("choices.model"), models, default=models[0],
        format_func=lambda name: labels.get(name, name)) or models[0]
    score = scores[scores.scoring_model == model].iloc[0]
    figures(score)
    over_time(lead_id, model)
    why(lead_id, model, score)
    what_changed(lead_id, model)
    what_comes(lead_id, model, score)
    what_it_did(lead_id)


def chosen_lead() -> str | None:
    """The lead that the reader searches and chooses; the one that another page opened at first."""
    asked = st.session_state.pop("lead_id", None)
    if asked is not None:
        st.session_state.lead_words = asked
    words = st.text_input(t("lead.search"), placeholder=t("lead.placeholder"), key="lead_words")
    found = ask(FOUND, words=words.strip().lower())
    if found.empty:
        return None
    names = {row.lead_id: f"{row.name or t('today.no_name')} · {row.company_name or NOTHING} · {row.lead_id}"
             for row in found.itertuples()}
    return str(st.selectbox(t("lead.choose", leads=len(names)), list(names), format_func=lambda key: names[key]))


def about(lead: dict[str, Any]) -> None:
    st.header(str(lead["name"] or t("today.no_name")))
    facts = [lead["job_title"], lead["company_name"], lead["country"], lead["email"],
             t("today.owned_by", owner=t("today.nobody_owns") if pd.isna(lead["owner_id"]) else lead["owner_id"]),
             value(lead["consent"]), t("lead.touched", day=day(lead["last_touch_on"])),
             t("lead.active", day=day(lead["last_activity_on"]))]
    if lead["open_deals"]:
        facts.append(t("lead.deals", deals=number(lead["open_deals"])))
    st.markdown(" · ".join(str(fact) for fact in facts if fact and not pd.isna(fact)))
    if lead["url"]:
        st.link_button(t("tables.open_in_crm"), lead["url"])


def figures(score: pd.Series) -> None:
    places = st.columns(5)
    places[0].metric(t("lead.score"), number(score.score, 1), border=True)
    places[1].metric(t("lead.grade"), score.grade or NOTHING, border=True, help=t("lead.grade_help"))
    places[2].metric(t("lead.tier"), value(score.published_tier), border=True,
                     help=t("lead.tier_help", day=day(score.tier_since)))
    places[3].metric(t("lead.probability"), percent(score.conversion_probability, 1), border=True,
                     help=t("lead.probability_help"))
    places[4].metric(t("lead.value"), number(score.expected_value), border=True,
                     help=t("lead.no_value_help") if pd.isna(score.expected_value) else t(
                         "lead.value_help", amount=number(score.expected_amount),
                         low=number(score.expected_amount_low), high=number(score.expected_amount_high),
                         deals=number(score.segment_deals), segment=score.segment))
    if score.is_disqualified:
        st.warning(score.top_reasons)


def over_time(lead_id: str, model: str) -> None:
    st.subheader(t("lead.over_time"))
    history = ask(HISTORY, lead_id=lead_id, model=model)
    if len(history) < 2:
        st.info(t("lead.no_history"))
        return
    history["day"] = pd.to_datetime(history["day"])
    line = alt.Chart(history).mark_line(interpolate="step-after", point=True, color=BLUE).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m-%d", labelAngle=0, tickCount=5)),
        y=alt.Y("score:Q", title=t("lead.score_axis"), scale=alt.Scale(domain=[0, 100])),
        tooltip=[alt.Tooltip("day:T", format="%Y-%m-%d", title=" "), alt.Tooltip("score:Q", format=".1f")])
    layers = [line]
    thresholds = ask(THRESHOLDS, model=model)
    for name, colour in (("mql_score", ORANGE), ("sql_score", GREY)):
        if not thresholds.empty and not pd.isna(thresholds[name][0]):
            rule = pd.DataFrame({"y": [thresholds[name][0]], "text": [name[:3].upper()]})
            base = alt.Chart(rule).encode(y="y:Q")
            layers += [base.mark_rule(color=colour, strokeDash=[6, 4]),
                       base.mark_text(align="left", dx=4, dy=-7, color="#333333").encode(
                           text="text:N", x=alt.value(0))]
    draw(alt.layer(*layers), t("lead.over_time_alt", first=number(history.score.iloc[0], 1),
                               last=number(history.score.iloc[-1], 1)), 260)


def why(lead_id: str, model: str, score: pd.Series) -> None:
    st.subheader(t("lead.why"))
    ledger = with_limits(ask(LEDGER, lead_id=lead_id, model=model))
    if ledger.empty:
        st.info(t("lead.no_points"))
        return
    places = st.columns(2)
    for place, dimension, points in zip(
            places, ("fit", "engagement"), (score.fit_points, score.engagement_points)):
        rows = ledger[ledger.dimension == dimension].copy()
        with place:
            st.markdown(f"**{value(dimension)}**: {number(points, 1, t('lead.points'))}")
            if not rows.empty:
                # Two criteria with the same label get separate bars.
                twice = rows.label.duplicated(keep=False)
                rows.loc[twice, "label"] = rows.label + " (" + rows.criterion + ")"
                draw(waterfall(rows, "label", "points", t("lead.sum"), t("lead.points")),
                     t("lead.why_alt", dimension=value(dimension), points=number(points, 1)))
    with st.expander(t("lead.ledger")):
        table(ledger.drop(columns="criterion"), {
            "dimension": "word", "points": "change", "last_occurred_on": "day"}, key="ledger")
    reasons = ask(PROBABILITY, lead_id=lead_id, model=model)
    if not reasons.empty:
        with st.expander(t("lead.why_probability")):
            st.caption(t("lead.weights"))
            table(reasons, {"odds_ratio": "ratio"}, key="probability")


def with_limits(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with texts for the limits of categories, which the marts call limit:<dimension>:<category>."""
    rows["label"] = [t("lead.limit", category=label.split(":", 2)[2]) if label.startswith("limit:") else label
                     for label in rows.label]
    return rows


def what_changed(lead_id: str, model: str) -> None:
    st.subheader(t("lead.changed"))
    changes = with_limits(ask(CHANGES, lead_id=lead_id, model=model))
    if changes.empty:
        st.info(t("lead.no_changes"))
        return
    table(changes, {"to_date": "day", "cause": "word", "points_change": "change"}, key="changes")


def what_comes(lead_id: str, model: str, score: pd.Series) -> None:
    st.subheader(t("lead.next"))
    outlook = ask(OUTLOOK, lead_id=lead_id, model=model)
    if outlook.empty:
        st.info(t("lead.no_outlook"))
        return
    row = outlook.iloc[0]
    if pd.isna(row.lost_on):
        st.success(t("lead.keeps", tier=value(row.tier)))
    else:
        st.warning(t("lead.loses", tier=value(row.tier), day=day(row.lost_on), days=number(row.days_left)))
    places = st.columns(3)
    places[0].metric(t("lead.now"), number(score.score, 1), border=True, height="stretch")
    for place, words, later in ((places[1], "lead.in_7", row.score_in_7_days),
                                (places[2], "lead.in_30", row.score_in_30_days)):
        difference = later - score.score
        place.metric(t(words), number(later, 1), change(difference, 1) if abs(difference) >= 0.05 else None,
                     border=True, height="stretch")


def what_it_did(lead_id: str) -> None:
    st.subheader(t("lead.activity"))
    channels, products = ask(CHANNELS, lead_id=lead_id), ask(PRODUCTS, lead_id=lead_id)
    stage = ask(STAGE, lead_id=lead_id)
    if channels.empty:
        st.info(t("lead.no_activity"))
        return
    if not stage.empty and stage.stage[0]:
        st.markdown(t("lead.stage", stage=value(stage.stage[0]), day=day(stage.stage_since[0])))
    shown = channels.assign(channel=channels.channel.map(value))
    draw(bars(shown, "channel", "occurrences", t("lead.occurrences")), t("lead.activity_alt"))
    table(channels, {"channel": "word", "occurrences": "count", "active_days": "count",
                     "first_on": "day", "last_on": "day"}, key="channels")
    if not products.empty:
        st.markdown(f"**{t('lead.products')}**")
        table(products.assign(is_owned=products.is_owned.map({True: t("lead.owned"), False: ""})), {
            "visits": "count", "uses": "count", "last_on": "day", "interest_share": "share"}, key="products")
