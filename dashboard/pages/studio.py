"""The scoring studio: change points, decay or thresholds, see who moves, download the files."""

import difflib
from typing import Any

import altair as alt
import duckdb
import pandas as pd
import streamlit as st
from charts import BLUE, GREY
from charts import show as draw
from choices import choose_model
from language import change, column, number, t, value
from marts import ask, copy_path, has_table, version
from rescoring import Outcome, score
from rule_files import RuleFile, read
from tables import table, table_title

FILES = "select file, content from scoring.studio_files order by file"
PEOPLE = "select lead_id, name, company_name, owner_id, url from marts.leads"
TIERS = """
    select tier from scoring.tiers
    where lower(trim(scoring_model)) = lower($model) order by try_cast(rank as integer)
"""
LABELS = "select scoring_model, criterion, label from marts.criteria"
# The columns of each file that the studio changes, and those that say what a row is.
EDITABLE = {
    "engagement_criteria": ["points", "max_points", "decay", "decay_days", "decay_rate", "window_days",
                            "daily_limit", "min_count", "max_count", "min_rate"],
    "fit_criteria": ["points", "value", "min_value", "max_value", "within_days"],
    "category_limits": ["min_points", "max_points"],
    "scoring_models": ["fit_target", "engagement_target", "fit_weight", "engagement_weight", "mql_score",
                       "sql_score"],
    "grade_bands": ["min_score"],
    "tiers": ["min_score", "keep_score", "fit_grades", "engagement_grades"],
    "score_gates": ["max_score"],
}
SHOWN = {
    "engagement_criteria": ["description", "category"], "fit_criteria": ["description", "category"],
    "category_limits": ["dimension", "category"], "scoring_models": ["label"],
    "grade_bands": ["dimension", "grade"], "tiers": ["tier", "action"], "score_gates": ["gate", "description"],
}
TEXTS = ("value", "fit_grades", "engagement_grades")
DECAYS = ["none", "half_life", "linear", "step", "compound", "expire"]
CAPACITY = 10


def show() -> None:
    st.markdown(t("studio.intro"))
    if not has_table("studio_sql"):
        st.info(t("studio.none"))
        return
    files = {row.file: row.content for row in ask(FILES).itertuples() if row.file in EDITABLE}
    model = choose_model("studio_model")
    if model is None:
        st.info(t("app.nothing_scored"))
        return
    st.session_state.setdefault("studio_round", 0)
    edited = edit(files, model)
    changed = {name: text for name, text in edited.items() if text != files[name]}
    live = outcome(tuple(sorted(files.items())), version())
    if not same_as_marts(live):
        st.error(t("studio.stale"))
        return
    if not changed:
        st.info(t("studio.unchanged"))
        return
    if st.button(t("studio.reset")):
        st.session_state.studio_round += 1
        st.rerun()
    then = outcome(tuple(sorted({**files, **changed}.items())), version())
    if then.mistakes:
        st.error(t("studio.mistakes") + "\n\n" + "\n".join(f"- {sentence}" for sentence in then.mistakes))
        return
    compare(live, then, model)
    download(files, changed)


def edit(files: dict[str, str], model: str) -> dict[str, str]:
    """Tables to edit, a tab for each file; returns the files' texts with the edits."""
    names = [name for name in EDITABLE if name in files]
    texts = {}
    for name, tab in zip(names, st.tabs([t(f"studio.{name}") for name in names])):
        with tab:
            st.caption(t(f"studio.{name}_help"))
            file = read(files[name])
            texts[name] = file.edited(edits_of(file, name, model))
    return texts


def edits_of(file: RuleFile, name: str, model: str) -> dict[tuple[int, str], str]:
    """An editable table of a model's rows; returns the changed cells, as rule_files.Edits."""
    places = [place for place, row in enumerate(file.rows)
              if row.get("scoring_model", "").strip().lower() == model.lower()]
    if not places:
        st.info(t("studio.no_rows"))
        return {}
    columns = [heading for heading in EDITABLE[name] if heading in file.header]
    shown = [heading for heading in SHOWN[name] if heading in file.header]
    frame = pd.DataFrame([{heading: file.rows[place][heading] for heading in [*shown, *columns]}
                          for place in places])
    settings: dict[str, Any] = {
        heading: st.column_config.TextColumn(column("model_label" if heading == "label" else heading))
        for heading in shown}
    for heading in columns:
        numbers = pd.to_numeric(frame[heading].str.strip().replace("", None), errors="coerce")
        is_number = heading not in TEXTS and heading != "decay" and (
            numbers.notna() | (frame[heading].str.strip() == "")).all()
        if heading == "decay":
            settings[heading] = st.column_config.SelectboxColumn(column(heading), options=["", *DECAYS])
        elif is_number:
            frame[heading] = numbers.astype(float)
            settings[heading] = st.column_config.NumberColumn(column(heading), format="%g")
        else:
            settings[heading] = st.column_config.TextColumn(column(heading))
    given = st.data_editor(
        frame, hide_index=True, disabled=shown, column_config=settings,
        alt=f"{t(f'studio.{name}')}: {table_title(frame)}", placeholder="",
        height=min(420, 38 + 35 * len(frame)), key=f"{name}_{model}_{st.session_state.studio_round}")
    edits = {}
    for heading in columns:
        for place, before, after in zip(places, frame[heading], given[heading]):
            if not (before == after or (pd.isna(before) and pd.isna(after))):
                edits[place, heading] = cell_text(after)
    return edits


def cell_text(cell: Any) -> str:
    """The text of an edited cell in the file."""
    if cell is None or pd.isna(cell):
        return ""
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)


@st.cache_data(show_spinner=False, max_entries=20)
def outcome(files: tuple[tuple[str, str], ...], copy: tuple[int, int]) -> Outcome:
    """The outcome of the rules in files; copy: the version of the readers' copy, part of the cache key."""
    return score(copy_path(), dict(files))


def same_as_marts(live: Outcome) -> bool:
    """Whether the studio's SQL gives the scores of the marts if nothing is edited."""
    try:
        found = ask("select lead_id, scoring_model, score, tier, qualification from marts.lead_scores")
    except duckdb.Error:
        return False
    keys = ["lead_id", "scoring_model"]
    if live.scores is None:
        return False
    both = [frame[found.columns].sort_values(keys).reset_index(drop=True) for frame in (found, live.scores)]
    return both[0].equals(both[1])


def compare(live: Outcome, then: Outcome, model: str) -> None:
    """Who moves, and how many MQLs a week the edited rules make."""
    st.header(t("studio.effect"))
    now_scores, then_scores = (of_model(outcome.scores, model) for outcome in (live, then))
    moved = now_scores.merge(then_scores, on="lead_id", suffixes=("", "_then"))
    moved["score_change"] = moved.score_then - moved.score
    places = st.columns(4)
    changes = moved[moved.tier != moved.tier_then]
    places[0].metric(t("studio.changes"), number(len(changes)), border=True, height="stretch",
                     help=t("studio.changes_help", leads=number((moved.score_change != 0).sum())))
    qualified = ("mql", "sql")
    for place, words, before, after, decimals in (
            (places[1], "studio.qualified", moved.qualification.isin(qualified).sum(),
             moved.qualification_then.isin(qualified).sum(), 0),
            (places[2], "studio.sqls", (moved.qualification == "sql").sum(),
             (moved.qualification_then == "sql").sum(), 0),
            (places[3], "studio.per_week", live.new_mqls.get(model, 0.0), then.new_mqls.get(model, 0.0), 2)):
        place.metric(t(words), number(after, decimals), t("studio.from", before=number(before, decimals),
                     change=change(after - before, decimals)), delta_color="off", delta_arrow="off", border=True,
                     height="stretch")
    st.caption(t("studio.per_week_help"))
    tiers_chart(moved, model)
    movers(live, then, model, moved)


def of_model(frame: pd.DataFrame | None, model: str) -> pd.DataFrame:
    """The rows of a scoring model; an outcome with mistakes has none."""
    return pd.DataFrame() if frame is None else frame[frame.scoring_model == model]


def tiers_chart(moved: pd.DataFrame, model: str) -> None:
    """How many leads are in each tier, now and with the edited rules, the best tier first."""
    order = ask(TIERS, model=model).tier.tolist()
    counts = pd.DataFrame({"now": moved.tier.value_counts(), "then": moved.tier_then.value_counts()}).fillna(0)
    counts = counts.reindex([*order, *(name for name in counts.index if name not in order)]).fillna(0)
    counts = counts.reset_index(names="tier")
    long = counts.melt("tier", ["now", "then"], "rules", "leads")
    long["tier"], long["rules"] = long.tier.map(value), long.rules.map(lambda name: t(f"studio.{name}"))
    domain = [t("studio.now"), t("studio.then")]
    chart = alt.Chart(long).mark_bar().encode(
        y=alt.Y("tier:N", sort=[value(name) for name in counts.tier], title=None),
        yOffset=alt.YOffset("rules:N", sort=domain),
        x=alt.X("leads:Q", title=t("funnel.leads")),
        color=alt.Color("rules:N", title=None, scale=alt.Scale(domain=domain, range=[GREY, BLUE])),
        tooltip=["tier:N", "rules:N", "leads:Q"])
    draw(chart, t("studio.tiers_alt"), 60 + 44 * len(counts))


def movers(live: Outcome, then: Outcome, model: str, moved: pd.DataFrame) -> None:
    st.subheader(t("studio.movers"))
    only = st.toggle(t("studio.only"), value=True, key="studio_only")
    rows = moved[moved.tier != moved.tier_then] if only else moved[moved.score_change != 0]
    if rows.empty:
        st.info(t("studio.nobody"))
        return
    rows = rows.merge(because(live, then, model), on="lead_id", how="left").merge(
        ask(PEOPLE), on="lead_id", how="left")
    rows = rows.reindex(rows.score_change.abs().sort_values(ascending=False, kind="stable").index)
    table(rows[["name", "company_name", "owner_id", "score", "score_then", "score_change", "tier", "tier_then",
                "biggest_criterion", "points_change", "url"]], {
        "score": "points", "score_then": "points", "score_change": "change", "tier": "word",
        "tier_then": "word", "points_change": "change"}, key="studio_movers", height=420)


def because(live: Outcome, then: Outcome, model: str) -> pd.DataFrame:
    """The criterion whose points changed most for each lead: lead_id, biggest_criterion, points_change."""
    keys = ["lead_id", "criterion"]
    now_rows, then_rows = (of_model(outcome.ledger, model)[[*keys, "points"]] for outcome in (live, then))
    both = now_rows.merge(then_rows, on=keys, how="outer", suffixes=("", "_then"))
    both = both.fillna({"points": 0, "points_then": 0})
    both["points_change"] = both.points_then - both.points
    both = both[both.points_change != 0]
    both = both.reindex(both.points_change.abs().sort_values(ascending=False, kind="stable").index)
    labels = ask(LABELS)
    both = both.merge(labels[labels.scoring_model == model], on="criterion", how="left")
    both["biggest_criterion"] = both.label.fillna(both.criterion)
    return both.drop_duplicates("lead_id")[["lead_id", "biggest_criterion", "points_change"]]


def download(files: dict[str, str], changed: dict[str, str]) -> None:
    st.header(t("studio.download"))
    st.markdown(t("studio.download_help"))
    for name, text in changed.items():
        lines = difflib.unified_diff(
            files[name].splitlines(), text.splitlines(), f"a/seeds/scoring/{name}.csv",
            f"b/seeds/scoring/{name}.csv", lineterm="", n=0)
        st.code("\n".join(lines), language="diff", wrap_lines=True)
        st.download_button(t("studio.file", file=f"{name}.csv"), text.encode(), f"{name}.csv", "text/csv",
                           key=f"download_{name}")
