"""Experiments find a known effect as often as they promise, and raise no more false alarms.

dbt compiles the models once; they run over thousands of simulated experiments at a time.
"""

import math
from datetime import date, timedelta
from statistics import NormalDist

import duckdb
import pytest

MODELS = ("int_current_deals", "int_experiment_starts", "int_experiment_outcomes", "experiment_plan",
          "experiment_balance", "int_experiment_counts", "experiment_results")
# The plan does not move, and who was drawn is told by other tests.
LOOKED_AT = ("int_current_deals", "int_experiment_starts", "int_experiment_outcomes",
             "int_experiment_counts", "experiment_results")
START = date(2026, 1, 1)
HORIZON = 90
READ = """
create schema scoring;
create schema marts;
create table scoring.config_experiments (
    experiment text, kind text, scoring_model text, tier text, challenger text, share double,
    starts_on date, ends_on date, smallest_effect double, power double, expected_rate double,
    treated_arm text, baseline_arm text, drawn_arm text
);
create table scoring.config_outcomes as
select 'acquisition' as scoring_model, cast(null as text) as deal_type, true as is_won
union all select 'retention', 'renewal', false;
create table scoring.int_publication (as_of date, is_published boolean);
create table scoring.int_contact_merges (as_of date, contact_id text, survivor_contact_id text);
create table scoring.dim_leads (
    as_of date, lead_id text, company_id text, created_on date, is_customer boolean,
    is_partner boolean, is_product_user boolean
);
create table marts.sales_handoffs (
    handoff_id text, lead_id text, scoring_model text, tier text, handed_off_at timestamp
);
create table scoring.int_experiment_leads (
    experiment text, lead_id text, scoring_model text, arm text, share double, entered_on date,
    entered_at timestamp, company_id text, is_first_of_account boolean, score double,
    fit_score double, engagement_score double, days_known integer, days_idle integer,
    employee_count double, country text, industry text
);
create table scoring.int_deal_leads (as_of date, deal_id text, lead_id text);
create table scoring.int_deals_as_of (
    as_of date, deal_id text, company_id text, deal_type text, is_won boolean, amount decimal(38, 9),
    closed_at timestamp, created_at timestamp, product text
);
create table scoring.int_sales_activities (
    survivor_id text, occurred_at timestamp, direction text, outcome text
);
create table scoring.int_scoring_dates (as_of date, is_run_day boolean);
"""
# Each lead is a lead of its own experiment; r is uniform, from a hash of the lead and a word.
LEADS = """
create table draws as
select
    concat('e', number) as experiment,
    concat('e', number, ' ', place) as lead_id,
    date '{start}' + cast(floor(place / {daily}) as integer) as entered_on,
    {r_arm} < {share} as is_drawn,
    {r_deal} as r_deal
from range({experiments}) as experiments (number), range({leads}) as places (place);
insert into scoring.int_experiment_leads
select
    experiment, lead_id, '{scoring_model}',
    case when is_drawn then '{drawn}' else '{usual}' end, {share}, entered_on,
    entered_on + interval 12 hour, null, true, 50 + 20 * {r_score}, 40, 60, 100, 3, null, 'DE', null
from draws;
insert into scoring.int_deals_as_of
select
    date '2000-01-01', lead_id, null, 'Renewal', {is_won}, 1000,
    entered_on + cast(1 + floor({r_day} * {horizon}) as integer), null, null
from draws
where r_deal < case when is_drawn then {drawn_rate} else {usual_rate} end;
insert into scoring.int_deal_leads select as_of, deal_id, deal_id from scoring.int_deals_as_of;
insert into scoring.config_experiments
select
    concat('e', number), '{kind}', '{scoring_model}', 'hot', null, {share}, date '{start}',
    date '{end}', {effect}, 0.8, {usual_rate}, '{treated}', '{baseline}', '{drawn}'
from range({experiments}) as experiments (number);
"""
ARMS = {"handoff": {"treated": "handed_off", "baseline": "held_back", "drawn": "held_back",
                    "usual": "handed_off"},
        "challenger": {"treated": "challenger", "baseline": "live", "drawn": "challenger",
                       "usual": "live"}}


def uniform(word):
    """SQL of a number from 0 to 1, drawn by a hash of lead_id and a word."""
    return f"(md5_number_lower(concat(lead_id, '{word}')) / 18446744073709551616.0)"


class Simulation:
    """Experiments in a DuckDB file of their own, over which the compiled models run."""

    def __init__(self, path, compiled):
        self.compiled = compiled
        self.connection = duckdb.connect(str(path / "test.duckdb"))
        self.connection.execute(READ)

    def draw(self, experiments, leads, daily, share, usual_rate, drawn_rate, effect,
             kind="handoff", scoring_model="acquisition", days=None):
        """Experiments of so many leads each, daily of whom enter a day, for so many days or all."""
        words = {f"r_{word}": uniform(word) for word in ("arm", "deal", "score", "day")}
        words["r_arm"], words["r_deal"] = (
            text.replace("lead_id", "'e', number, ' ', place") for text in (words["r_arm"], words["r_deal"]))
        days = days or math.ceil(leads / daily)
        self.connection.execute(LEADS.format(
            **words, **ARMS[kind], experiments=experiments, leads=leads, daily=daily, share=share,
            usual_rate=usual_rate, drawn_rate=drawn_rate, effect=effect, kind=kind, start=START,
            end=START + timedelta(days=days - 1), scoring_model=scoring_model, horizon=HORIZON,
            is_won=scoring_model == "acquisition"))

    def run(self, day, *models):
        """Build the models as of a day."""
        self.connection.execute("delete from scoring.int_publication")
        self.connection.execute("insert into scoring.int_publication values ($1, true)", [day])
        self.connection.execute("delete from scoring.int_scoring_dates")
        self.connection.execute("insert into scoring.int_scoring_dates values ($1, true)", [day])
        for table in ("int_deals_as_of", "int_deal_leads", "dim_leads", "int_contact_merges"):
            self.connection.execute(f"update scoring.{table} set as_of = $1", [day])
        for name in models or MODELS:
            relation, sql = self.compiled[name]
            self.connection.execute(f"create or replace table {relation} as {sql}")

    def rows(self, sql):
        cursor = self.connection.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]

    def verdicts(self):
        """How many experiments have each verdict: dict."""
        return dict(self.connection.execute(
            "select verdict, count(*) from marts.experiment_results where is_treated group by all").fetchall())


@pytest.fixture(scope="module")
def compiled(project):
    """The models' compiled SQL: dict name -> (relation, SQL)."""
    results = project.dbt("compile", "--select", *MODELS, variables={
        "demo_data": False, "evaluate": False, "experiments": True}).results
    return {result.node.name: (result.node.relation_name, result.node.compiled_code)
            for result in results if result.node.name in MODELS}


@pytest.fixture
def simulation(tmp_path, compiled):
    made = Simulation(tmp_path, compiled)
    yield made
    made.connection.close()


def needed(share, usual, drawn, effect, power=0.8):
    """Fleiss's formula in plain Python."""
    z = NormalDist().inv_cdf
    mean = share * drawn + (1 - share) * usual
    return math.ceil((
        z(0.975) * math.sqrt(mean * (1 - mean) / (share * (1 - share)))
        + z(power) * math.sqrt(drawn * (1 - drawn) / share + usual * (1 - usual) / (1 - share))
    ) ** 2 / effect ** 2)


def error(rate, count):
    return math.sqrt(rate * (1 - rate) / count)


# Kind, scoring model, share, usual rate, rate of the share: the effect is found by the plan's number
# of leads. Held-back customers leave more often, and churn is what converts a lead of retention.
EFFECTS = {
    "half held back": ("handoff", "acquisition", 0.5, 0.3, 0.15),
    "a fifth held back": ("handoff", "acquisition", 0.2, 0.2, 0.1),
    "a better challenger": ("challenger", "acquisition", 0.3, 0.1, 0.18),
    "churn of those held back": ("handoff", "retention", 0.4, 0.2, 0.32),
}


@pytest.mark.parametrize("case", EFFECTS)
def test_an_effect_of_the_smallest_size_is_found_at_the_promised_rate(simulation, case):
    kind, scoring_model, share, usual, drawn = EFFECTS[case]
    effect, experiments = abs(usual - drawn), 500
    leads = needed(share, usual, drawn, effect)
    simulation.draw(experiments, round(1.4 * leads), 20, share, usual, drawn, effect, kind, scoring_model)
    simulation.run(START + timedelta(days=round(1.4 * leads / 20) + HORIZON))
    plans = simulation.rows("select distinct leads_needed, drawn_leads_needed, usual_leads_needed"
                            " from marts.experiment_plan")
    assert [abs(row["leads_needed"] - leads) <= 1 for row in plans] == [True]
    verdicts = simulation.verdicts()
    # More is promised for the arm that is treated, except where converting is to leave.
    wanted = "lower" if scoring_model == "retention" else "higher"
    found = verdicts[wanted] / experiments
    assert 0.8 - 3 * error(0.8, experiments) < found < 0.8 + 4 * error(0.8, experiments), verdicts
    assert verdicts.keys() <= {wanted, "no difference found", "not as drawn"}


def test_false_alarms_stay_at_their_rate_also_if_somebody_looks_again_and_again(simulation):
    """Without any effect, looked at every eight days, against somebody who compares what is there."""
    experiments = 1200
    simulation.draw(experiments, 180, 2.5, 0.5, 0.3, 0.3, 0.2)
    alarmed, alarmed_peekers = set(), set()
    for days in range(HORIZON, 72 + HORIZON + 16, 8):
        simulation.run(START + timedelta(days=days), *(MODELS if days == HORIZON else LOOKED_AT))
        early, = simulation.rows("""
            select count(*) as leads from marts.experiment_results where is_treated
            and not (verdict = 'too early' and difference is null and verdict_on > $1)
            and not (verdict <> 'too early' and difference is not null and verdict_on <= $1)
            """.replace("$1", f"date '{START + timedelta(days=days)}'"))
        assert early["leads"] == 0
        alarmed |= {row["experiment"] for row in simulation.rows(
            "select experiment from marts.experiment_results where verdict in ('higher', 'lower')")}
        alarmed_peekers |= {row["experiment"] for row in simulation.rows(PEEKED)}
    verdicts = simulation.verdicts()
    assert sum(verdicts.values()) == experiments and "too early" not in verdicts
    assert abs(len(alarmed) / experiments - 0.05) < 3.5 * error(0.05, experiments), verdicts
    assert len(alarmed_peekers) / experiments > 0.1


PEEKED = """
with rates as (
    select experiment, arm = 'handed_off' as is_treated, count(*) as n, avg(cast(is_converted as integer)) as p
    from scoring.int_experiment_outcomes where is_known group by all
)
select treated.experiment from rates as treated inner join rates as baseline using (experiment)
where treated.is_treated and not baseline.is_treated and treated.n >= 20 and baseline.n >= 20
and abs(treated.p - baseline.p) > 1.96 * sqrt(
    treated.p * (1 - treated.p) / treated.n + baseline.p * (1 - baseline.p) / baseline.n)
"""


def test_a_verdict_stays_while_leads_go_on_entering(simulation):
    simulation.draw(200, 500, 5, 0.5, 0.3, 0.15, 0.15)
    told = []
    for days in (160, 200, 400):
        simulation.run(START + timedelta(days=days))
        told.append(simulation.rows("select * from marts.experiment_results order by experiment, arm"))
    entered = [sum(row.pop("entered_leads") for row in rows) for rows in told]
    assert entered == [200 * 500] * 3
    # Sums of floating-point numbers depend on the order of the rows.
    exact = [[{name: value for name, value in row.items() if not isinstance(value, float)}
              for row in rows] for rows in told]
    assert exact[0] == exact[1] == exact[2]
    assert [row["difference"] for row in told[0]] == [row["difference"] for row in told[2]]
    assert sum(row["verdict"] == "higher" for row in told[0]) > 200


def test_revenue_intervals_hold_the_true_difference(simulation):
    """1,000 for each conversion: the arms differ by 150 per lead."""
    simulation.draw(600, 330, 20, 0.5, 0.3, 0.15, 0.15)
    simulation.run(START + timedelta(days=200))
    rows = simulation.rows("select * from marts.experiment_results where is_treated")
    held = sum(row["revenue_difference_low"] < 150 < row["revenue_difference_high"] for row in rows)
    assert abs(held / 600 - 0.95) < 3.5 * error(0.95, 600)
    held = sum(row["difference_low"] < 0.15 < row["difference_high"] for row in rows)
    assert abs(held / 600 - 0.95) < 3.5 * error(0.95, 600)


def test_arms_that_are_not_as_drawn_are_told_and_alike_ones_are_not(simulation):
    """In half of the experiments, handed-off leads score more; then a third of those held back is lost."""
    simulation.draw(400, 400, 10, 0.5, 0.3, 0.3, 0.15)
    simulation.connection.execute("""
        update scoring.int_experiment_leads set score = score + 8
        where hash(experiment) % 2 = 0 and arm = 'handed_off'""")
    simulation.run(START + timedelta(days=150))
    balance = simulation.rows("select * from marts.experiment_balance")
    shares = [row for row in balance if row["measure"] == "leads"]
    assert len(shares) == 400
    for row in shares:
        z = (row["treated_leads"] - 200) / 10
        assert abs(row["p_value"] - 2 * NormalDist().cdf(-abs(z))) < 1e-6
    assert sum(row["is_unlike"] for row in shares) <= 3
    unlike = {row["experiment"] for row in balance if row["measure"] == "score" and row["is_unlike"]}
    moved = {row["experiment"] for row in simulation.rows(
        "select experiment from scoring.config_experiments where hash(experiment) % 2 = 0")}
    assert moved <= unlike and len(unlike - moved) < 0.05 * 400
    simulation.connection.execute("""
        delete from scoring.int_experiment_leads
        where arm = 'held_back' and hash(lead_id) % 3 = 0""")
    simulation.run(START + timedelta(days=150))
    assert simulation.verdicts().get("not as drawn", 0) > 0.5 * 400
