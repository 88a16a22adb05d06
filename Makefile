# make demo       sets up the project, scores the demo company and prints whom to call first
# make dashboard  shows the scores in a browser; sets itself up
# make readers-copy  copies the marts to lead_scoring_marts.duckdb, for BI tools and notebooks; seconds
# make metrics    sets MetricFlow up and lets it read the copy; seconds. make test-metrics tests them
# make docs       builds the documentation site, target/site; a minute. make test-docs tests it
# make check      after an edit: parses, lints what changed, tests the essentials; minutes
# make check-config  checks the CSV files as a spreadsheet saved them; a second
# make lint       checks the style and types of Python, the style of changed SQL, the conventions
# make test       before a merge: tests all guarantees, also on PostgreSQL and Spark
# make test-all   before a release: adds every kill, long sequences, the full comparison of engines
# make example    scores a real sales team's call log, if its data are available
# make engines    compares PostgreSQL and Spark with DuckDB, run by run, on the demo company
# make warehouses checks the SQL for Snowflake, BigQuery and Databricks, without a connection
# make test-dashboard  tests the dashboard in Chromium, with screenshots in build/dashboard
# make pipeline   sets up and tests the daily pipeline
# make measure    compares the conversion probability with scikit-learn on real and synthetic leads
# make benchmark  compares the cost of a run with that of a handwritten query; minutes
# make soak       tests random sequences of runs for an hour
# make clean      removes what the targets above made

PYTHON ?= python3
ready = .venv/.ready profiles.yml
ready_to_test = .venv/.ready_to_test profiles.yml
install = .venv/bin/python -m pip install --quiet --disable-pip-version-check -r
# The slowest files start first (tests/conftest.py); one process runs all tests of a file.
pytest = PYTHONWARNINGS=ignore:resource_tracker .venv/bin/python -m pytest -q -n 2 \
	--dist loadfile --no-loadscope-reorder

.PHONY: demo dashboard test-dashboard readers-copy metrics test-metrics docs test-docs check check-config lint test test-all example engines warehouses pipeline measure benchmark soak clean

demo: check-config $(ready)
	@.venv/bin/python scripts/demo.py

readers-copy: $(ready)
	@.venv/bin/python scripts/readers_copy.py $(if $(PARQUET),--parquet $(PARQUET))

# Shows the existing copy; makes one if there is only the project's database.
dashboard: .venv-dashboard/.ready
	@.venv-dashboard/bin/python dashboard/start.py $(or $(PORT),8501)

.venv-dashboard/.ready: dashboard/requirements.txt
	@echo "Setting up the environment .venv-dashboard: Streamlit"
	@$(PYTHON) -m venv .venv-dashboard
	@.venv-dashboard/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

test-dashboard: .venv-dashboard/.ready_to_test $(ready)
	.venv-dashboard/bin/python -m pytest -q dashboard/tests

.venv-dashboard/.ready_to_test: .venv-dashboard/.ready dashboard/requirements-test.txt
	@.venv-dashboard/bin/python -m pip install --quiet --disable-pip-version-check \
		-r dashboard/requirements-test.txt
	@touch $@

metrics: .venv-metrics/.ready $(ready)
	@.venv/bin/dbt parse --quiet --target readers --target-path target/readers
	@cp target/readers/semantic_manifest.json target/semantic_manifest.json
	@echo "Example: DBT_TARGET=readers .venv-metrics/bin/mf query --saved-query leads_by_tier"

test-metrics: .venv-metrics/.ready $(ready_to_test)
	.venv/bin/python -m pytest -q tests/test_metrics.py

.venv-metrics/.ready: requirements-metrics.txt requirements.txt
	@echo "Setting up the environment .venv-metrics: dbt, DuckDB and MetricFlow"
	@$(PYTHON) -m venv .venv-metrics
	@.venv-metrics/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-metrics.txt
	@touch .venv-metrics/.ready

docs: .venv-docs/.ready $(ready)
	@.venv-docs/bin/python scripts/build_docs.py

test-docs: .venv-docs/.ready $(ready_to_test)
	.venv/bin/python -m pytest -q tests/test_docs_site.py

.venv-docs/.ready: requirements-docs.txt
	@echo "Setting up the environment .venv-docs: MkDocs with the theme Material"
	@$(PYTHON) -m venv .venv-docs
	@.venv-docs/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-docs.txt
	@touch .venv-docs/.ready

# Needs only Python.
check-config:
	@$(PYTHON) scripts/check_config.py

check: $(ready_to_test)
	@echo "Testing the essentials, two files at a time: dbt's unit tests, conventions, the style of"
	@echo "changed SQL, mistakes in the configuration, a random company, a sequence of runs."
	$(pytest) -m check

lint: $(ready_to_test)
	$(pytest) tests/test_code.py -k "style or conventions or types" -m check

test: $(ready_to_test)
	@echo "Testing all guarantees, two files at a time; tests/README.md says which test shows what."
	@echo "Each dot is a test that passed, F one that failed, s one that cannot run here; the end says why."
	$(pytest) -m "not slow"

test-all: $(ready_to_test)
	@echo "Testing everything, which takes hours; tests/README.md says which test shows what."
	$(pytest)

example: $(ready)
	.venv/bin/python examples/edtech_crm/run.py

pipeline: $(ready_to_test)
	.venv/bin/python -m pytest -q tests/test_daily_pipeline.py

engines: $(ready_to_test)
	.venv/bin/python -u -m tests.engines.equality

measure: .venv-benchmarks/.ready
	.venv-benchmarks/bin/python -m benchmarks.probability

.venv-benchmarks/.ready: requirements-benchmarks.txt
	$(PYTHON) -m venv .venv-benchmarks
	.venv-benchmarks/bin/python -m pip install --quiet --disable-pip-version-check \
		-r requirements-benchmarks.txt
	@touch .venv-benchmarks/.ready

benchmark: $(ready)
	.venv/bin/python -m benchmarks.cost --leads 30000 --events 300000 --plot benchmarks/cost.svg

soak: $(ready_to_test)
	.venv/bin/python -m tests.sequences --hours 1

# Installs the adapters of the three services into a separate environment, .venv-warehouses.
warehouses: $(ready_to_test)
	PYTHON=$(PYTHON) .venv/bin/python -m tests.warehouses.check

.venv/.ready: requirements.txt
	@echo "Setting up the environment .venv: dbt and DuckDB"
	@$(PYTHON) -m venv .venv
	@$(install) requirements.txt
	@touch .venv/.ready

.venv/.ready_to_test: .venv/.ready requirements-dev.txt examples/agent_tools/requirements.txt \
		examples/crm_sync/requirements.txt \
		examples/daily_pipeline/requirements.txt examples/notebook/requirements.txt
	@echo "Adding to .venv what the tests need: pytest, linters, PostgreSQL, Spark, packages of the examples"
	@$(install) requirements-dev.txt
	@touch .venv/.ready_to_test

profiles.yml:
	@cp profiles.example.yml profiles.yml

clean:
	rm -rf .venv* .dagster build target logs profiles.yml lead_scoring.duckdb lead_scoring.duckdb.wal \
		lead_scoring_marts.duckdb lead_scoring_marts.duckdb.new* examples/notebook/__marimo__
