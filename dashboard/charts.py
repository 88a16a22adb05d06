"""Charts that colour-blind people can read, with a text for screen readers and numbers in the
reader's language.
"""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st
from language import SEPARATORS, language

# Of the palette by Okabe and Ito, which colour-blind people tell apart.
BLUE, ORANGE, GREEN, VERMILLION, PURPLE, SKY, GREY = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#666666")
ROW_HEIGHT = 26  # pixels of a bar with its label
ROOM = 1.12  # of the axis beside the longest bar, for its number


def rows_high(rows: int) -> int:
    """The height in pixels of a chart with this many rows of bars and an axis."""
    return ROW_HEIGHT * rows + 50


def show(chart: Any, description: str, height: int | None = None) -> None:
    """Draw a chart as wide as the page; description: what it shows, for screen readers."""
    if height:
        chart = chart.properties(height=height)
    point, thousands = SEPARATORS[language()]
    locale = alt.Locale(number=alt.NumberLocale(
        decimal=point, thousands=thousands, grouping=[3], currency=["", ""], minus="−"))
    chart = chart.configure(
        locale=locale, font="Source Sans, sans-serif").configure_axis(
        labelFontSize=13, titleFontSize=13, labelLimit=260, labelColor="#333333", titleColor="#333333",
    ).configure_legend(labelFontSize=13, titleFontSize=13, labelLimit=260, orient="top", columns=3, symbolSize=160)
    st.altair_chart(chart, width="stretch", theme=None, alt=description)


def bars(frame: pd.DataFrame, label: str, size: str, size_title: str, colour: str = BLUE,
         order: list[str] | None = None, form: str = ",.0f") -> alt.LayerChart:
    """Horizontal bars with their numbers, one per row of the frame; label and size are columns.

    order: the labels from top to bottom; default: the longest bar first.
    """
    if order is None:
        order = frame.sort_values(size, ascending=False)[label].tolist()
    base = alt.Chart(frame).encode(
        y=alt.Y(f"{label}:N", sort=order, title=None),
        x=alt.X(f"{size}:Q", title=size_title, axis=alt.Axis(format=form, tickCount=5),
                scale=alt.Scale(domain=[0, max(float(frame[size].max()) * ROOM, 1e-9)], nice=False)),
        tooltip=[alt.Tooltip(f"{label}:N", title=" "), alt.Tooltip(f"{size}:Q", format=form, title=size_title)])
    text = base.mark_text(align="left", dx=4, fontSize=13, color="#333333").encode(
        text=alt.Text(f"{size}:Q", format=form))
    return alt.layer(base.mark_bar(color=colour), text).properties(height=rows_high(len(frame)))


def waterfall(frame: pd.DataFrame, label: str, points: str, total: str, title: str) -> alt.LayerChart:
    """Bars that each begin where the previous one ends, and their sum, named total.

    frame: a row per step in order, with columns label (text, unique) and points (float).
    """
    steps = frame[[label, points]].set_axis(["label", "points"], axis=1).reset_index(drop=True)
    steps["end"] = steps["points"].cumsum()
    steps["start"] = steps["end"] - steps["points"]
    steps["colour"] = [BLUE if step >= 0 else VERMILLION for step in steps["points"]]
    last = float(steps["end"].iloc[-1]) if len(steps) else 0.0
    steps.loc[len(steps)] = {"label": total, "points": last, "start": 0.0, "end": last, "colour": GREY}
    steps["right"] = steps[["start", "end"]].max(axis=1)
    least, most = float(steps[["start", "end"]].min().min()), float(steps["right"].max())
    room = (most - least) * (ROOM - 1) + 1
    domain = [least - (room if least < 0 else 0), most + 2 * room]
    order = steps["label"].tolist()
    y = alt.Y("label:N", sort=order, title=None)
    base = alt.Chart(steps).encode(y=y, tooltip=[
        alt.Tooltip("label:N", title=" "), alt.Tooltip("points:Q", format="+.1f", title=title)])
    bar = base.mark_bar().encode(
        x=alt.X("start:Q", title=title, scale=alt.Scale(domain=domain, nice=False)), x2="end:Q",
        color=alt.Color("colour:N", scale=None))
    text = base.mark_text(align="left", dx=4, fontSize=13, color="#333333").encode(
        x="right:Q", text=alt.Text("points:Q", format="+.1f"))
    return alt.layer(bar, text).properties(height=rows_high(len(steps)))


def intervals(frame: pd.DataFrame, label: str, middle: str, low: str, high: str, title: str,
              order: list[str]) -> alt.LayerChart:
    """Points with their 95 % confidence intervals, one per row."""
    y = alt.Y(f"{label}:N", sort=order, title=None)
    axis = alt.Axis(format=".0%", tickCount=5)
    base = alt.Chart(frame).encode(y=y, tooltip=[
        alt.Tooltip(f"{label}:N", title=" "), alt.Tooltip(f"{middle}:Q", format=".1%", title=title)])
    line = base.mark_rule(color=BLUE, strokeWidth=3, opacity=0.5).encode(
        x=alt.X(f"{low}:Q", title=title, axis=axis), x2=f"{high}:Q")
    dot = base.mark_point(color=BLUE, filled=True, size=90).encode(x=f"{middle}:Q")
    return alt.layer(line, dot).properties(height=rows_high(len(frame)))
