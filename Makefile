# One command each. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := demo

.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(READY) ## make .venv with the locked dependencies

demo: $(READY) ## audit the bundled campaign and say where the report is
	$(BIN)/vetting demo --out $(DEMO)

test: $(READY) ## run the whole test suite (k=EXPR to choose)
	$(BIN)/python -m pytest -n auto --dist loadgroup $(if $(k),-k "$(k)")

check: $(READY) ## formatting, lint, types, rules, tests, coverage: what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/vetting rules check
	$(BIN)/python -m pytest -n auto --dist loadgroup tests/vetting/judging tests/vetting/scoring tests/sweeps/test_every_rule.py --cov=vetting.judging --cov=vetting.scoring --cov-report=term:skip-covered --cov-fail-under=95
	$(BIN)/python -m pytest -n auto --dist loadgroup

bench: $(READY) ## speed and quality figures, with their baselines
	@for script in $$(grep -l __main__ benchmarks/*.py); do name=$$(basename $$script .py); \
	  echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

docs: $(READY) ## write the reference pages that are made from the code
	$(BIN)/python -m vetting.reference docs/reference

new: $(READY) ## scaffold one thing: kind=rule|detector|measure|importer id=my-id [family=engagement]
	@if [ "$(kind)" = rule ]; then $(BIN)/vetting rules new $(id) --in rules/$(or $(family),drafts); else $(BIN)/python -m vetting.scaffolding $(kind) $(id); fi

train: $(READY) ## train the comment models again from the data in VETTING_DATA
	$(BIN)/python -m sentiment.training.make

lock: ## compile the locked requirements (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group dev -o requirements-dev.txt

.PHONY: help setup demo test check bench docs new train lock
