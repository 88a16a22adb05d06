"""Companies: which to contact first, who is engaged there, which roles are missing."""

import pandas as pd
import streamlit as st
from charts import ORANGE, bars
from charts import show as draw
from choices import choose_model
from language import day, number, t, value
from marts import ask
from tables import table

ACCOUNTS = """
    select
        company_name, account_score, missing_buying_roles, buying_roles, leads, engaged_leads,
        decision_makers, connected_decision_makers, open_deals, last_activity_on, is_customer, company_id
    from marts.account_scores
    where scoring_model = $model
    order by account_score desc, company_name
"""
PEOPLE = """
    select leads.name, leads.job_title, scores.score, scores.tier, scores.top_reasons, leads.owner_id, leads.url
    from marts.leads as leads
    inner join marts.lead_scores as scores using (lead_id)
    where leads.company_id = $company_id and scores.scoring_model = $model
    order by scores.score desc
"""


def roles(cell: str | None) -> str:
    """A list of roles, separated by ;, as text."""
    return ", ".join(value(role) for role in cell.split(";")) if isinstance(cell, str) and cell else ""


def show() -> None:
    st.markdown(t("accounts.intro"))
    model = choose_model("accounts_model")
    if model is None:
        st.info(t("app.nothing_scored"))
        return
    accounts = ask(ACCOUNTS, model=model)
    if accounts.empty:
        st.info(t("accounts.none"))
        return
    left, right = st.columns(2)
    words = left.text_input(t("accounts.search"), key="accounts_words").strip().lower()
    missing = sorted({role for cell in accounts.missing_buying_roles.dropna() for role in cell.split(";")})
    role = right.selectbox(t("accounts.lacks"), ["any", *missing], key="accounts_role",
                           format_func=lambda name: t("accounts.any") if name == "any" else value(name))
    if words:
        accounts = accounts[accounts.company_name.fillna("").str.lower().str.contains(words, regex=False)]
    if role != "any":
        accounts = accounts[accounts.missing_buying_roles.fillna("").str.split(";").map(lambda cell: role in cell)]
    figures = st.columns(3)
    figures[0].metric(t("accounts.companies"), number(len(accounts)), border=True)
    engaged = accounts[accounts.engaged_leads > 0]
    figures[1].metric(t("accounts.engaged"), number(len(engaged)), border=True)
    lacking = int(accounts.missing_buying_roles.notna().sum())
    figures[2].metric(t("accounts.lacking"), number(lacking), border=True)
    if accounts.empty:
        st.info(t("accounts.not_found"))
        return
    if not engaged.empty:
        counted = engaged.missing_buying_roles.dropna().str.split(";").explode().value_counts()
        frame = pd.DataFrame({"role": [value(name) for name in counted.index], "companies": counted.to_numpy()})
        if not frame.empty:
            st.header(t("accounts.missing"))
            draw(bars(frame, "role", "companies", t("accounts.companies"), ORANGE), t("accounts.missing_alt"))
    st.header(t("accounts.list"))
    st.caption(t("accounts.select"))
    shown = accounts.assign(
        buying_roles=accounts.buying_roles.map(roles),
        missing_buying_roles=accounts.missing_buying_roles.map(roles),
        is_customer=accounts.is_customer.map({True: t("accounts.yes"), False: t("accounts.no")}))
    place = table(shown.drop(columns="company_id"), {
        "account_score": "points", "leads": "count", "engaged_leads": "count", "decision_makers": "count",
        "connected_decision_makers": "count", "open_deals": "count", "last_activity_on": "day"},
        key="accounts", height=420, selectable=True)
    account = accounts.iloc[place if place is not None and place < len(accounts) else 0]
    st.header(t("accounts.people", company=account.company_name or account.company_id))
    st.markdown(t("accounts.roles", present=roles(account.buying_roles) or t("accounts.no_roles"),
                  missing=roles(account.missing_buying_roles) or t("accounts.no_roles"),
                  day=day(account.last_activity_on)))
    table(ask(PEOPLE, company_id=account.company_id, model=model),
          {"score": "points", "tier": "word"}, key="people")
