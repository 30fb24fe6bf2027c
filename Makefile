# Everything a newcomer needs: `make demo`, `make test`. Nothing is installed outside .venv/.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Every test process would compile the project anew where the surroundings forbid writing it down.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench mutants lock clean

help: ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/run.stamp ## set up, then watch photos become a film (highlight.mp4)
	$(BIN)/highlight-bot demo --out highlight.mp4

test: $(VENV)/dev.stamp ## set up, then run every check and test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder

check: $(VENV)/dev.stamp ## the quick part of `make test`: lint, types, layers
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

fix: $(VENV)/dev.stamp ## format and repair what lint can repair
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: $(VENV)/dev.stamp ## measure the renderer and the services beside their peers and limits
	$(BIN)/python -m bench

mutants: $(VENV)/dev.stamp ## put faults into bot/core and count what the tests notice (ARGS=--all)
	$(BIN)/python -m mutants $(ARGS)

lock: ## renew the lock files from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements-dev.lock

clean: ## remove the environment and everything made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage build *.egg-info

# The environment. Locked and hash-checked; the project itself is linked in without contacting an index.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(not (3, 11) <= v[:2] < (3, 15))' || \
	  { echo "Python 3.11 to 3.14 is needed; this is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python's venv module is missing. On Debian or Ubuntu this helps: sudo apt-get install python3-venv"; exit 1; }

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up (once; about a minute) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@# compat: a plain path, so that a folder called bot where somebody stands does not hide the package
	@$(PIP) --no-index --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@
