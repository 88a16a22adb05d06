"""crm_sync: what a job writes to a CRM, once each, and the job of examples/crm_sync itself."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from datetime import date, timedelta

import duckdb
import pytest

from tests.project import ROOT
from tests.scoring_files import MODEL, VISIT, configuration, contact, criterion, event

START = date(2026, 3, 2)
NEXT = START + timedelta(days=1)
TIERS = [{"rank": "1", "tier": "warm", "min_score": "3"}, {"rank": "2", "tier": "cold"}]
MODELS = [MODEL, {**MODEL, "scoring_model": "trial", "population": "trial_users"}]
RULES = configuration(
    scoring_models=MODELS,
    activities=[VISIT, {"activity": "bounce", "source": "email", "event_name": "bounced"}],
    engagement_criteria=[
        criterion("visited", 1, description="Visited our website"),
        criterion("bounced", 0, activity="bounce"),
        criterion("tried", 7, scoring_model="trial", description="Is new")],
    score_gates=[{"gate": "bounced_mail", "criterion": "bounced", "when": "met",
                  "disqualifies": "true", "description": "Mail came back"}],
    tiers=TIERS)
SELECTED = ["int_publication", "int_score_overrides", "crm_sync_acknowledgements", "int_crm_payloads",
            "crm_sync"]
PAYLOAD = ["score", "grade", "tier", "qualification", "reason"]


def contacts(**changed):
    """Raw contacts by their id, with the cells that are changed."""
    ids = ["ann", "ben", "kept", "let", "gone", "twin", "buyer", "user", "zoe"]
    cells = {"kept": {"score_override": "80"}, "let": {"score_override": "No"},
             "ben": {"score_override": "0"}}
    return [{"score_override": None, "merged_into_contact_id": None, "deleted_at": None,
             "lifecycle_stage": None,
             **contact(name), **cells.get(name, {}), **changed.get(name, {})} for name in ids]


def visits(contact_id, number, day=START):
    return [event(f"{contact_id}-{day}-{n}", day, contact_id=contact_id) for n in range(number)]


RAW = {
    "contacts": contacts(),
    "web_events": visits("ann", 2) + visits("ben", 4) + visits("user", 1) + visits("zoe", 1),
    "email_events": [event("b", START, "bounced", contact_id="twin")],
    "product_events": [event("p", START, "logged_in", contact_id="user")],
}


@pytest.fixture(scope="module")
def first_day(project):
    """The bytes of a database with the raw tables RAW after the run for START."""
    project.forget()
    project.configure(RULES)
    project.fill(RAW)
    project.build(START)
    return project.database.read_bytes()


@pytest.fixture
def built(first_day, fresh):
    """The shared copy of the project as on the first day."""
    fresh.configure(RULES)
    fresh.database.write_bytes(first_day)
    return fresh


def waiting(project):
    """What crm_sync holds: dict lead_id -> its row; of another model than acquisition, the model
    stands after the lead.
    """
    return {key_of(row["lead_id"], row["scoring_model"]): row
            for row in project.query("select * from marts.crm_sync")}


def key_of(lead_id, scoring_model):
    return lead_id if scoring_model == "acquisition" else f"{lead_id} {scoring_model}"


def change(project, *statements):
    """Run SQL statements on the database."""
    with duckdb.connect(str(project.database)) as connection:
        for statement in statements:
            connection.execute(statement)


def acknowledge(project, at):
    change(project,
           "insert into scoring.crm_sync_acknowledgements by name"
           f" select lead_id, scoring_model, payload_hash, timestamp '{at}' as acknowledged_at"
           " from marts.crm_sync",
           "delete from marts.crm_sync where (lead_id, payload_hash) in"
           " (select (lead_id, payload_hash) from scoring.crm_sync_acknowledgements)")


def run_selected(project, day, **variables):
    """Run the models of crm_sync alone, on the scores that are there."""
    project.dbt("run", "--select", *SELECTED, variables=project.variables(day, variables))


def acknowledged(project):
    return {key_of(*row.values()) for row in project.query(
        "select lead_id, scoring_model from scoring.crm_sync_acknowledgements"
        " where payload_hash is not null")}


def test_what_has_changed_waits_until_it_is_acknowledged(built):
    first = waiting(built)
    # Everybody but those whose score a person keeps by hand: no and 0 do not say so.
    assert first.keys() == {
        "ann", "ben", "let", "gone", "twin", "buyer", "user", "user trial", "zoe"}
    ann = {name: first["ann"][name] for name in PAYLOAD}
    assert list(ann.values()) == [2, None, "cold", "lead", "Visited our website"]
    assert first["ben"]["tier"] == "warm"
    assert first["twin"]["reason"] == "Disqualified: Mail came back"
    assert first["gone"]["reason"] is None
    # The hash is the same on every engine, as it is made of text that none writes otherwise.
    text = "\x1f".join(["acquisition", "\x1e", "cold", "lead", "Visited our website", "20"])
    assert first["ann"]["payload_hash"] == hashlib.sha256(text.encode()).hexdigest()
    run_selected(built, START)
    assert waiting(built) == first

    # Each scoring model that scores the lead has a row of its own, unless the var leaves it out.
    assert (first["user"]["score"], first["user trial"]["score"]) == (1, 7)
    run_selected(built, START, crm_sync_models=["none", "Trial"])
    assert waiting(built) == {"user trial": first["user trial"]}
    run_selected(built, START)

    # An acknowledgement counts at once.
    acknowledge(built, "2026-03-02 12:00:00")
    assert waiting(built) == {}
    built.fill({
        **RAW,
        "contacts": contacts(
            gone={"deleted_at": f"{NEXT} 01:00:00"}, twin={"merged_into_contact_id": "ben"},
            buyer={"lifecycle_stage": "customer"}, kept={"score_override": "n/a"},
            let={"score_override": "by Eve"}),
        "web_events": RAW["web_events"] + visits("ann", 1, NEXT) + visits("let", 1, NEXT),
        "erasure_requests": [
            {"contact_id": "zoe", "email": None, "requested_at": f"{NEXT} 02:00:00"}]})
    built.build(NEXT, "--full-refresh")
    second = waiting(built)
    # A living lead that is scored no more is cleared; ids of deleted and merged ones are not sent,
    # as a CRM may take them for the survivor's.
    assert second.keys() == {"ann", "ben", "kept", "buyer"}
    assert second["ann"]["tier"] == "warm"
    assert second["ben"]["reason"] == "Disqualified: Mail came back"
    assert [second["buyer"][name] for name in PAYLOAD] == [None] * 5
    assert acknowledged(built) == {"ann", "ben", "gone", "twin", "buyer", "user", "user trial"}
    traces = built.query("select lead_id from scoring.int_crm_payloads where lead_id = 'zoe'")
    assert traces == []
    acknowledge(built, "2026-03-03 12:00:00")
    run_selected(built, NEXT)
    assert waiting(built) == {}
    assert len(built.query("select * from scoring.crm_sync_acknowledgements"
                           " where payload_hash is not null")) == len(acknowledged(built))

    # What a person kept by hand is sent again when the person lets go, changed or not.
    change(built, "update raw_crm.contacts set score_override = null where contact_id = 'let'")
    run_selected(built, NEXT)
    assert waiting(built).keys() == {"let"}
    acknowledge(built, "2026-03-03 13:00:00")

    # A run for an earlier day leaves crm_sync alone; yet it respects what a person has set since,
    # also while the raw table is empty.
    change(built, "update marts.lead_scores set score = 9 where lead_id in ('ann', 'user')"
           " and scoring_model = 'acquisition'")
    run_selected(built, NEXT)
    assert waiting(built).keys() == {"ann", "user"}
    before = waiting(built)
    change(built, "update marts.lead_scores set score = 8, as_of = date '2026-03-02'",
           "update raw_crm.contacts set score_override = 'x' where contact_id = 'ann'")
    run_selected(built, START)
    assert waiting(built) == {"user": before["user"]}
    change(built, "update marts.lead_scores set as_of = date '2026-03-03'",
           "delete from raw_crm.contacts")
    run_selected(built, NEXT)
    assert waiting(built).keys() == {"user", "user trial", "ben", "kept", "let"}


def test_each_scoring_model_is_acknowledged_and_cleared_by_itself(built):
    acknowledge(built, "2026-03-02 12:00:00")
    change(built, "delete from marts.lead_scores where lead_id = 'user' and scoring_model = 'trial'",
           # Scored and acknowledged for the first time by an earlier run of the day.
           "delete from marts.lead_score_history where lead_id = 'user'")
    for _ in range(2):
        run_selected(built, START)
        assert {key: row["score"] for key, row in waiting(built).items()} == {"user trial": None}
    # A model that is not listed is left alone, whatever the CRM has of it.
    run_selected(built, START, crm_sync_models=["acquisition"])
    assert waiting(built) == {}
    run_selected(built, START)
    acknowledge(built, "2026-03-02 13:00:00")
    run_selected(built, START)
    assert waiting(built) == {}
    # A person sets a score, and lets go of it when no model scores the lead any more.
    change(built, "update raw_crm.contacts set score_override = '80' where contact_id = 'ann'")
    run_selected(built, START)
    change(built, "update raw_crm.contacts set score_override = null where contact_id = 'ann'",
           "delete from marts.lead_scores where lead_id = 'ann'")
    run_selected(built, START)
    assert {key: row["score"] for key, row in waiting(built).items()} == {"ann": None}


@pytest.mark.slow
def test_what_an_earlier_version_acknowledged_still_counts(built):
    """Its table has no scoring_model: of the user, the CRM has the score of acquisition, of ben
    an old payload, and the buyer's fields were cleared. All three are then scored by acquisition
    no more.
    """
    hashes = {key: row["payload_hash"] for key, row in waiting(built).items()}
    cleared = hashlib.sha256("\x1f".join(["\x1e"] * 6).encode()).hexdigest()
    told = {**hashes, "ben": "of another day", "buyer": cleared}
    del told["user trial"], told["zoe"]
    change(built, "drop table scoring.crm_sync_acknowledgements",
           "create table scoring.crm_sync_acknowledgements"
           " (lead_id text, payload_hash text, acknowledged_at timestamp)",
           *(f"insert into scoring.crm_sync_acknowledgements values ('{lead}', '{payload}', now())"
             for lead, payload in told.items()))
    run_selected(built, START)
    assert waiting(built).keys() == {"user trial", "ben", "buyer", "zoe"}
    change(built, "delete from marts.lead_scores"
           " where lead_id in ('user', 'ben', 'buyer') and scoring_model = 'acquisition'")
    run_selected(built, START)
    assert {key: row["score"] for key, row in waiting(built).items()} == {
        "user": None, "user trial": 7, "ben": None, "zoe": 1}
    acknowledge(built, "2099-01-01 00:00:00")
    run_selected(built, START)
    assert waiting(built) == {}


@pytest.mark.slow
def test_a_run_that_is_stopped_before_its_day_is_recorded_changes_nothing(built):
    before = waiting(built)
    change(built, f"update marts.lead_scores set score = 9, as_of = date '{NEXT}'")
    run_selected(built, NEXT)
    assert waiting(built) == before
    change(built, f"update marts.lead_scores set score = 8, as_of = date '{START}'")
    run_selected(built, START)
    assert {row["score"] for row in waiting(built).values()} == {8}


@pytest.mark.parametrize("reasons, expected", [
    ("Visited us; Has budget", "Visited us; Has budget"),
    (f"{'a' * 200}; {'b' * 54}; c", f"{'a' * 200}"),
    (f"{'a' * 200}; {'b' * 53}; c", f"{'a' * 200}; {'b' * 53}"),
    (f"{'a' * 100}; {'b' * 153}", f"{'a' * 100}; {'b' * 153}"),
    (f"{'a' * 251} {'b' * 9}", f"{'a' * 251}..."),
    (f"{'a' * 252} {'b' * 9}", f"{'a' * 252}..."),
    (f"{'a' * 200} {'b' * 60}", f"{'a' * 200}..."),
    ("é" * 300, "é" * 252 + "..."),
    (None, None),
])
def test_reasons_are_cut_at_a_whole_reason_or_word(reason_sql, reasons, expected):
    with duckdb.connect() as connection:
        [found] = connection.execute(reason_sql, [reasons]).fetchone()
    assert found == expected
    assert found is None or len(found) <= 255


@pytest.fixture(scope="module")
def reason_sql(project):
    """SQL that makes the reason of the parameter, as the macros do."""
    rendered = project.dbt(
        "compile", "--inline",
        "with given as (select ? as reasons) select {{ fitting_reasons('given.reasons') }} from given")
    return rendered.results[0].node.compiled_code


@pytest.fixture(scope="module")
def job():
    """The module of the job."""
    pytest.importorskip("dlt", reason="dlt is not installed here; requirements-dev.txt has it")
    spec = importlib.util.spec_from_file_location(
        "crm_sync_job", ROOT / "examples" / "crm_sync" / "sync.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_job_reads_the_copy_while_another_writes_and_waits_to_acknowledge(built, job, tmp_path):
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(built.database, copy)
    hold = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(4)"
    with subprocess.Popen([sys.executable, "-c", hold, str(built.database)], stdout=subprocess.PIPE,
                          text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(duckdb.IOException, match="lock"):
            job.acknowledge(job.rows_to_send(copy), built.database, wait_seconds=0)
        assert job.sync(built.database, tmp_path / "crm.duckdb", copy) == 9
    assert waiting(built) == {}


def test_the_job_sends_each_change_once(built, job, tmp_path):
    crm = tmp_path / "crm.duckdb"

    def scores():
        with duckdb.connect(str(crm), read_only=True) as connection:
            rows = connection.execute(
                "select lead_id, scoring_model, cast(score as integer) from sales.lead_scores"
            ).fetchall()
        found = {key_of(*key): score for *key, score in rows}
        assert len(rows) == len(found), "a score is in the CRM twice"
        return found

    assert job.sync(built.database, crm) == 9
    first = {"ann": 2, "ben": 4, "let": 0, "gone": 0, "twin": 0, "buyer": 0, "user": 1,
             "user trial": 7, "zoe": 1}
    assert scores() == first
    assert waiting(built) == {}
    assert job.sync(built.database, crm) == 0

    change(built, "update marts.lead_scores set score = 9 where lead_id = 'ann'")
    run_selected(built, START)
    rows = job.rows_to_send(built.database)
    assert [row["lead_id"] for row in rows] == ["ann"]
    # The job dies when the CRM has the row and before that is acknowledged.
    job.load(rows, crm)
    assert scores() == {**first, "ann": 9}
    assert job.sync(built.database, crm) == 1
    assert scores() == {**first, "ann": 9}
    assert waiting(built) == {}

    # What changes while the job is under way waits for its next run.
    change(built, "update marts.lead_scores set score = 5 where lead_id = 'ben'")
    run_selected(built, START)
    rows = job.rows_to_send(built.database)
    job.load(rows, crm)
    change(built, "update marts.lead_scores set score = 6 where lead_id = 'ben'")
    run_selected(built, START)
    job.acknowledge(rows, built.database)
    assert waiting(built).keys() == {"ben"}
    assert job.sync(built.database, crm) == 1
    assert scores() == {**first, "ann": 9, "ben": 6}

    # A person takes over in the CRM, and what changes is not sent; a lead that is scored no more
    # has its fields cleared.
    with duckdb.connect(str(crm)) as connection:
        connection.execute("update sales.lead_scores set score = 77 where lead_id = 'ann'")
    change(built, "update raw_crm.contacts set score_override = '77' where contact_id = 'ann'",
           "update marts.lead_scores set score = 3 where lead_id = 'ann'",
           "delete from marts.lead_scores where lead_id = 'buyer'")
    run_selected(built, START)
    assert job.sync(built.database, crm) == 1
    assert scores() == {**first, "ann": 77, "ben": 6, "buyer": None}
    change(built, "update raw_crm.contacts set score_override = null where contact_id = 'ann'")
    run_selected(built, START)
    assert job.sync(built.database, crm) == 1
    assert scores() == {**first, "ann": 3, "ben": 6, "buyer": None}
