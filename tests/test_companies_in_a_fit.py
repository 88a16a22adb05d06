"""The leads of a company convert together, so a fit counts what they say once.

dbt compiles the two models once; they run on tables made here.
"""

import math
import random

import duckdb
import pytest

MODELS = ("int_fit_measures", "int_fit_penalties")


@pytest.fixture(scope="module")
def compiled(project):
    """The models' compiled SQL: dict name -> SQL."""
    results = project.dbt("compile", "--select", *MODELS, variables={
        "demo_data": False, "evaluate": True}).results
    return {result.node.name: result.node.compiled_code
            for result in results if result.node.name in MODELS}


@pytest.fixture
def database(project, tmp_path):
    """A connection to an empty database of the project's name, with a schema scoring."""
    with duckdb.connect(str(tmp_path / project.database.name)) as connection:
        connection.execute("create schema scoring")
        yield connection


def table(connection, name, rows):
    """A table of schema scoring from a list of dicts with the same keys."""
    columns = ", ".join(f"${column} as {column}" for column in rows[0])
    connection.execute(f"create table scoring.{name} as select {columns} where false", rows[0])
    for row in rows:
        connection.execute(f"insert into scoring.{name} select {columns}", row)


def rows_of(connection, sql):
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def gain(row, rate):
    """How much better than a constant rate a row's probability predicts its outcome."""
    def likelihood(share):
        return math.log(share if row["is_converted"] else 1 - share)
    return likelihood(row["probability"]) - likelihood(rate)


def test_errors_of_the_later_measures_count_a_company_once(compiled, database):
    draw = random.Random(3)
    rows = []
    for company in range(60):
        converted = float(draw.random() < 0.4)
        for _ in range(draw.randint(1, 9)):
            probability = min(max(draw.gauss(0.3 + 0.2 * converted, 0.1), 0.01), 0.99)
            rows.append({"scoring_model": "m", "observation_id": len(rows), "company": company,
                         "is_converted": converted, "probability": probability})
    day = "2026-01-01"
    table(database, "int_later_probabilities", [
        {**{name: value for name, value in row.items() if name != "company"}, "observation_weight": 1.0}
        for row in rows])
    table(database, "int_fit_observations", [
        {"scoring_model": "m", "as_of": day, "observation_id": row["observation_id"],
         "lead_id": str(row["observation_id"]), "cluster_id": str(row["company"]),
         "is_converted": row["is_converted"], "is_later": True} for row in rows])
    table(database, "int_calibration", [
        {"scoring_model": "m", "left_out": "nothing", "slope": 1.0, "intercept": 0.0}])
    table(database, "int_scores", [
        {"scoring_model": "m", "as_of": day, "lead_id": str(row["observation_id"]),
         "score": row["observation_id"] % 7} for row in rows])

    [measured] = rows_of(database, compiled["int_fit_measures"])

    rate = sum(row["is_converted"] for row in rows) / len(rows)
    mean = sum(gain(row, rate) for row in rows) / len(rows)
    by_company = [sum(gain(row, rate) - mean for row in rows if row["company"] == company)
                  for company in range(60)]
    error = math.sqrt(sum(part * part for part in by_company)) / len(rows)
    as_if_independent = math.sqrt(sum((gain(row, rate) - mean) ** 2 for row in rows)) / len(rows)
    assert measured["log_loss_error"] == pytest.approx(error)
    assert error > 1.5 * as_if_independent

    converted = len({row["company"] for row in rows if row["is_converted"]})
    auc = measured["auc"]
    # Hanley and McNeil 1982, with companies instead of leads.
    variance = (
        auc * (1 - auc) + (converted - 1) * (auc / (2 - auc) - auc ** 2)
        + (59 - converted) * (2 * auc ** 2 / (1 + auc) - auc ** 2)
    ) / (converted * (60 - converted))
    assert measured["auc_error"] == pytest.approx(math.sqrt(variance))


def test_the_penalty_is_chosen_as_if_a_company_had_one_lead(compiled, database):
    """Twenty leads do not prove that the weaker penalty is better; ten times as many companies like
    theirs do, ten times as many leads of the same companies do not."""
    observations, cells = [], []
    for model, copies in (("leads", 1), ("companies", 10), ("colleagues", 10)):
        for lead in range(20):
            for _ in range(copies):
                number = len(observations)
                cluster = lead if model == "colleagues" else number
                observations.append({
                    "scoring_model": model, "observation_id": number, "cluster_id": str(cluster),
                    "fold": lead % 3, "is_converted": float(lead < 12), "observation_weight": 1.0})
                cells.append({"scoring_model": model, "observation_id": number, "bin_id": 0, "amount": 1.0})
    models = ("leads", "companies", "colleagues")
    table(database, "int_fit_observations", observations)
    table(database, "int_fit_rows", cells)
    table(database, "int_fit_bins", [
        {"scoring_model": model, "bin_id": 0, "mean_amount": 0.0} for model in models])
    table(database, "int_fit_init", [
        {"scoring_model": model, "fit_number": 4 * (penalty > 1) + fold, "penalty": penalty,
         "left_out": f"fold_{fold}", "bin_id": 0, "weight": weight}
        for model in models for penalty, weight in ((1, 0.4), (625, 0.0)) for fold in range(3)])

    chosen = {row["scoring_model"]: row["penalty"] for row in rows_of(
        database, f"select * from ({compiled['int_fit_penalties']}) where is_chosen")}

    assert chosen == {"leads": 625, "companies": 1, "colleagues": 625}
