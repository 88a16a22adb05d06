"""A marimo notebook on the readers' copy: the call list of an owner, scores by tier, conversion by score.

To open it: marimo edit examples/notebook/lead_scores.py. README.md in this folder explains more.
"""

import marimo

app = marimo.App(width="medium", app_title="Lead scores")


@app.cell
def _():
    import os
    from pathlib import Path

    import duckdb
    import marimo as mo

    return Path, duckdb, mo, os


@app.cell
def _(Path, duckdb, os):
    path = Path(os.environ.get("LEAD_SCORING_MARTS_PATH") or Path.cwd() / "lead_scoring_marts.duckdb")

    def rows(sql, *values):
        """Rows of a query as a list of dict; the file is opened read-only, for this query only."""
        with duckdb.connect(path, read_only=True) as connection:
            cursor = connection.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row)) for row in cursor.fetchall()]

    return (rows,)


@app.cell
def _(mo, rows):
    copy = rows("select as_of, copied_at from marts.readers_copy")[0]
    mo.md(f"# Lead scores as of {copy['as_of']}\n\nCopied for readers at {copy['copied_at']:%Y-%m-%d %H:%M} UTC.")
    return


@app.cell
def _(mo, rows):
    owners = rows("select distinct coalesce(owner_id, '') as owner from marts.call_list order by 1")
    owner = mo.ui.dropdown([row["owner"] for row in owners], value=owners[-1]["owner"], label="Owner")
    owner
    return (owner,)


@app.cell
def _(mo, owner, rows):
    calls = rows("""
        select
            call_rank, name, company_name, action, order_reason, reasons,
            cast(score as double) as score
        from marts.call_list
        where coalesce(owner_id, '') = ?
        order by call_rank""", owner.value)
    mo.ui.table(calls, selection=None, label="Whom to call today, in this order")
    return (calls,)


@app.cell
def _(mo, rows):
    tiers = rows("""
        select
            scoring_model, tier, count(*) as leads, cast(avg(score) as double) as mean_score
        from marts.lead_scores
        group by all
        order by scoring_model, mean_score desc""")
    mo.ui.table(tiers, selection=None, label="Leads and mean score by tier")
    return (tiers,)


@app.cell
def _(mo, rows):
    bands = rows("""
        select scoring_model, group_name as score, leads, conversions, conversion_rate
        from marts.backtest_bands
        where grouped_by = 'score_band'
        order by scoring_model, group_rank""")
    mo.ui.table(bands, selection=None, label="Outcomes of past leads, by their score at the time")
    return (bands,)


if __name__ == "__main__":
    app.run()
