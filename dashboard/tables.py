"""Tables: headings in the reader's language, numbers with suitable decimals."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st
from language import column, day, moment, number, percent, t, value

Format = Callable[[Any], str]
FORMATS: dict[str, Format] = {
    "count": lambda cell: number(cell),
    "points": lambda cell: number(cell, 1),
    "change": lambda cell: number(cell, 1, sign=True),
    "share": lambda cell: percent(cell, 1),
    "ratio": lambda cell: number(cell, 2),
    "fine": lambda cell: number(cell, 4),
    "day": day,
    "moment": moment,
    "word": value,
}
CRM_LINK = "url"


def table_title(frame: pd.DataFrame) -> str:
    """The name of a table for screen readers: its first columns."""
    return t("tables.alt", columns=", ".join(column(str(name)) for name in frame.columns[:4]))


def table(frame: pd.DataFrame, formats: Mapping[str, str], key: str | None = None,
          height: int | None = None, selectable: bool = False) -> int | None:
    """Show a frame; returns the position of the selected row, if rows can be selected.

    formats: dict column -> name of FORMATS for columns that are not plain text. Columns are shown in the
    frame's order under the words column.<name>; a column url becomes a link.
    """
    if CRM_LINK in frame.columns and frame[CRM_LINK].isna().all():
        frame = frame.drop(columns=CRM_LINK)
    settings: dict[str, Any] = {name: st.column_config.Column(column(name)) for name in frame.columns}
    if CRM_LINK in frame.columns:
        settings[CRM_LINK] = st.column_config.LinkColumn(column(CRM_LINK), display_text=t("tables.open_in_crm"))
    for name in ("reasons", "order_reason", "action", "evidence", "asks_for", "top_reasons"):
        if name in frame.columns:
            settings[name] = st.column_config.TextColumn(column(name), width="large")
    shown = {name: FORMATS[kind] for name, kind in formats.items() if name in frame.columns}
    frame = frame.copy()
    for name in frame.columns:
        if name not in shown and frame[name].dtype == object:
            frame[name] = frame[name].where(frame[name].notna(), "")
    given: dict[str, Any] = {"hide_index": True, "column_config": settings, "alt": table_title(frame),
                             "placeholder": ""}
    if key:
        given["key"] = key
    if height:
        given["height"] = height
    styled = frame.style.format(shown)  # type: ignore[arg-type]
    if not selectable:
        st.dataframe(styled, **given)
        return None
    chosen = st.dataframe(styled, on_select="rerun", selection_mode="single-row", **given)
    rows = chosen["selection"]["rows"]
    return int(rows[0]) if rows else None
