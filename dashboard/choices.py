"""Choices that several pages offer."""

import streamlit as st
from language import t
from marts import ask

MODELS = """
    select scoring_model, coalesce(max(model_label), scoring_model) as label, count(*) as leads
    from marts.lead_scores
    left join (select distinct scoring_model, model_label from marts.call_list) as labels
        using (scoring_model)
    group by scoring_model
    order by scoring_model
"""


def choose_model(key: str, only: list[str] | None = None) -> str | None:
    """The scoring model that the reader chooses, of those in `only`; None if there is none."""
    labels = {row.scoring_model: row.label for row in ask(MODELS).itertuples()
              if only is None or row.scoring_model in only}
    if not labels:
        return None
    return str(st.selectbox(t("choices.model"), list(labels), format_func=lambda name: labels[name], key=key))
