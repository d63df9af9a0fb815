# Rapport. `make` alone lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
export PYTHONPATH := $(CURDIR)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.venv/bin/uv: requirements-uv.txt
	@python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

.venv/.runtime: .venv/bin/uv requirements.txt
	@echo "setting up .venv (once, about a minute)"
	@.venv/bin/uv pip install --quiet --python $(PY) --compile-bytecode --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@.venv/bin/uv pip install --quiet --python $(PY) --compile-bytecode --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: demo
demo: .venv/.runtime ## First load, three scheduled days, gate, publication: the whole main job on sandbox data
	@$(PY) -m demo $(if $(WORLD),--world "$(WORLD)")

.PHONY: up
up: .venv/.runtime ## The demo, left running with the Airflow UI on loopback until Ctrl-C
	@$(PY) -m demo --stay $(if $(WORLD),--world "$(WORLD)")

.PHONY: analyst
analyst: .venv/.runtime ## A city's lake and warehouse to edit the SQL on, without Airflow; says how to build one model
	@$(PY) -m demo.analyst $(if $(PEOPLE),--people $(PEOPLE)) $(if $(DAYS),--days $(DAYS))

.PHONY: truth
truth: .venv/.runtime ## How near the marts come to the truth: a city of 20,000, twice (PEOPLE=, DAYS=, NOISE=, DOCS=docs)
	@mkdir -p data/truth
	@$(PY) -m truth $(if $(PEOPLE),--people $(PEOPLE)) $(if $(DAYS),--days $(DAYS)) $(if $(NOISE),--noise $(NOISE)) \
		$(if $(DOCS),--docs "$(DOCS)")

.PHONY: lint
lint: .venv/.dev ## ruff, mypy --strict, import-linter, sqlfluff
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/lint-imports
	@$(MAKE) --no-print-directory -j 2 types sql

.PHONY: types sql
types: .venv/.dev
	@.venv/bin/mypy
sql: .venv/.dev
	@.venv/bin/sqlfluff lint -q -p 2 dbt_project

.PHONY: test
test: .venv/.dev lint ## Everything: lint, unit, contract, architecture, dags, dbt, journey
	@$(PY) -m pytest -n 2 --dist loadfile

.PHONY: test-real
test-real: .venv/.dev ## The extractor against a real Bluesky network (npm, PostgreSQL, Redis; ten minutes)
	@tests/real/install.sh
	@$(PY) -m pytest tests/real

.PHONY: test-vendors
test-vendors: .venv/.dev ## A city of each vendor beyond the demo's, through its extractor and all models (ten minutes)
	@$(PY) -m pytest -n 2 --dist loadfile tests/vendors

.PHONY: test-demo
test-demo: .venv/.dev ## The demo itself under test: its end, a second run, Ctrl-C (a quarter of an hour)
	@RAPPORT_TEST_DEMO=1 $(PY) -m pytest tests/journey/test_demo.py

.PHONY: test-faults
test-faults: .venv/.dev ## Every fault of a vendor, and kills: 40 of an extraction, 10 of a build (KILLS=5; half an hour)
	@RAPPORT_KILLS=$(or $(KILLS),5) $(PY) -m pytest -n 2 --dist loadfile tests/faults

.PHONY: test-histories
test-histories: .venv/.dev ## Incremental equals full refresh over random histories (HISTORIES=240; half an hour)
	@RAPPORT_HISTORIES=$(or $(HISTORIES),240) $(PY) -m pytest tests/dbt/test_histories.py

.PHONY: checklist
checklist: .venv/.dev ## Everything that goes wrong at vendors, at every source, and 576 random sequences of it (ten minutes)
	@RAPPORT_CHECKLIST=full $(PY) -m pytest -n 2 --dist loadfile tests/contract/checklist

JUDGES := sdk tap-mailchimp tap-klaviyo airbyte-klaviyo airbyte-hubspot

data/conformance/%/.done: tests/conformance/requirements-%.txt .venv/bin/uv
	@.venv/bin/uv venv --quiet --clear --python $(PY) data/conformance/$*
	@.venv/bin/uv pip install --quiet --python data/conformance/$*/bin/python --require-hashes -r $<
	@touch $@

.PHONY: conformance
conformance: .venv/.dev $(JUDGES:%=data/conformance/%/.done) ## Judges that nobody here wrote: Prism, SDKs, other people's extractors (npm; three minutes)
	@tests/conformance/install.sh
	@.venv/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))" > \
		"$$(data/conformance/sdk/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/rapport.pth"
	@data/conformance/sdk/bin/python -m pytest tests/conformance

data/benchmarks/peers/.done: .venv/bin/uv benchmarks/requirements-peers.txt
	@.venv/bin/uv venv --quiet --python $(PY) data/benchmarks/peers
	@.venv/bin/uv pip install --quiet --python data/benchmarks/peers/bin/python --compile-bytecode \
		--require-hashes -r benchmarks/requirements-peers.txt
	@touch $@

.PHONY: bench
bench: .venv/.runtime data/benchmarks/peers/.done ## Speed against peers and limits, as ratios, into benchmarks/report.json
	@$(PY) -m benchmarks

.PHONY: test-bench
test-bench: .venv/.runtime data/benchmarks/peers/.done ## Whether the benchmarks still run, over a five-hundredth of the rows; keeps no figure (five minutes)
	@RAPPORT_BENCH_FEWER=500 $(PY) -m benchmarks --rounds 1

.PHONY: identity-diff
identity-diff: .venv/.runtime ## What the identity seeds as they are now would change about who is who; writes a CSV beside the warehouse, nothing else
	@$(PY) -m publishing identity-diff

.PHONY: score-diff
score-diff: .venv/.runtime ## Who would move by the score's seeds as they are now, and by how much; writes a CSV beside the warehouse, nothing else
	@$(PY) -m publishing score-diff

.PHONY: fit-weights
fit-weights: .venv/.runtime ## Propose weights of the score that go better with later orders, with their back-test; applies nothing
	@$(PY) -m publishing fit-weights $(if $(VERSION),--version $(VERSION))

.PHONY: identity-judge
identity-judge: .venv/.runtime ## The optional rule likely_person on public sets of known people (DATA=folder)
	@$(PY) -m benchmarks.linkage $(if $(DATA),"$(DATA)")

.PHONY: derive
derive: .venv/.runtime ## Write again what is derived from the declarations of the vendors and of the models
	@$(PY) -m extractors.derive
	@$(PY) -m publishing.concepts
	@$(PY) -m publishing.contracts

.PHONY: lock
lock: .venv/bin/uv ## Lock the requirements again, with hashes and without addresses
	@for r in requirements requirements-dev benchmarks/requirements-peers $(JUDGES:%=tests/conformance/requirements-%); do \
		.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		$$([[ $$r == */requirements-sdk ]] && echo "-c requirements-dev.txt") -q $$r.in -o $$r.txt; done
