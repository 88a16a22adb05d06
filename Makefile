# make demo   sets up and scores the demo company
# make test   sets up and runs every test
# make example   scores a real sales team's call log, where its data are at hand
# make engines   compares PostgreSQL and Spark with DuckDB, run by run, on the demo company
# make warehouses   sees, without a connection, that the SQL suits Snowflake, BigQuery, Databricks
# make pipeline  sets up and tests the daily pipeline
# make measure  compares the conversion probability with scikit-learn, in an environment of its own
# make soak   tests random sequences of runs for an hour
# make clean  removes what the targets above made

PYTHON ?= python3
ready = .venv/.ready profiles.yml

.PHONY: demo test example engines warehouses pipeline measure soak clean

demo: $(ready)
	.venv/bin/dbt build
	@.venv/bin/python scripts/first_to_call.py
	@echo "The scores are in $${LEAD_SCORING_DUCKDB_PATH:-lead_scoring.duckdb}, schema marts."

# dbt's unit and data tests run on the demo company in a database of their own; whole runs,
# laws and examples are tested by pytest; style and conventions by sqlfluff and dbt-bouncer.
test: export LEAD_SCORING_DUCKDB_PATH = target/make_test.duckdb
test: $(ready) .venv/.pipeline .venv-engines/.ready
	@mkdir -p target && rm -f $(LEAD_SCORING_DUCKDB_PATH)*
	@echo "1 of 6: build the demo company and run dbt's unit and data tests; a warning fails, too"
	.venv/bin/dbt --warn-error build --quiet
	@echo "2 of 6: check the conventions (dbt-bouncer)"
	.venv/bin/dbt docs generate --quiet
	.venv/bin/dbt-bouncer
	@echo "3 of 6: check the style of the SQL (sqlfluff)"
	PYTHONWARNINGS=ignore:resource_tracker .venv/bin/sqlfluff lint --processes 0 models tests/dbt
	@echo "4 of 6: run the tests of whole runs (pytest, two files at a time)"
	.venv/bin/python -m pytest -q -n 2 --dist loadfile --ignore tests/test_crashes.py
	@echo "5 of 6: kill runs and see that the next ones make it good (pytest)"
	.venv/bin/python -m pytest -q tests/test_crashes.py
	@echo "6 of 6: compare PostgreSQL and a Spark cluster with DuckDB, run by run, on the demo company"
	.venv-engines/bin/python -u -m tests.engines.equality --short

example: $(ready)
	.venv/bin/python examples/edtech_crm/run.py

pipeline: $(ready) .venv/.pipeline
	.venv/bin/python -m pytest -q tests/test_daily_pipeline.py

engines: .venv-engines/.ready
	.venv-engines/bin/python -u -m tests.engines.equality

.venv-engines/.ready: requirements-engines.txt
	$(PYTHON) -m venv .venv-engines
	.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check \
		-r requirements-engines.txt
	@touch .venv-engines/.ready

measure: .venv-benchmarks/.ready
	.venv-benchmarks/bin/python -m benchmarks.probability

.venv-benchmarks/.ready: requirements-benchmarks.txt
	$(PYTHON) -m venv .venv-benchmarks
	.venv-benchmarks/bin/python -m pip install --quiet --disable-pip-version-check \
		-r requirements-benchmarks.txt
	@touch .venv-benchmarks/.ready

soak: $(ready)
	.venv/bin/python -m tests.sequences --hours 1

# The adapters of the three services go into an environment of their own, .venv-warehouses.
warehouses: $(ready)
	PYTHON=$(PYTHON) .venv/bin/python -m tests.warehouses.check

.venv/.ready: requirements.txt
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch .venv/.ready

.venv/.pipeline: .venv/.ready examples/daily_pipeline/requirements.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check \
		-r requirements.txt -r examples/daily_pipeline/requirements.txt
	@touch .venv/.pipeline

profiles.yml:
	cp profiles.example.yml profiles.yml

clean:
	rm -rf .venv* .dagster target logs profiles.yml lead_scoring.duckdb lead_scoring.duckdb.wal
