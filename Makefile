# Everything starts from Python 3.11+ alone. `make demo` and `make test` do their own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check -q install --require-hashes --no-deps --only-binary=:all:

.PHONY: setup demo test fuzz check e2e bench chaos format messages coverage clean

setup: $(STAMPS)/package $(STAMPS)/front $(STAMPS)/locale ## what the others do first

$(STAMPS)/venv:
	@echo "setup 1/4  Python environment in $(VENV)"
	@$(PYTHON) tools/python_version.py
	@$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements/run.txt requirements/build.txt
	@echo "setup 2/4  libraries, pinned by hash (about a minute the first time)"
	@$(PIP) -r requirements/run.txt
	@$(PIP) -r requirements/build.txt
	@touch $@

$(STAMPS)/package: $(STAMPS)/run pyproject.toml tools/hatch_metadata.py
	@echo "setup 3/4  konveyer itself"
	@$(BIN)/python -m pip --disable-pip-version-check -q install --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/front: $(STAMPS)/run package.json package-lock.json $(shell find frontend -type f 2>/dev/null)
	@echo "setup 4/4  front end (Node comes from a Python package)"
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python tools/front_end.py
	@touch $@

$(STAMPS)/locale: $(STAMPS)/run $(shell find src/konveyer/locale -name '*.po' 2>/dev/null)
	@$(BIN)/python tools/messages.py compile
	@touch $@

$(STAMPS)/test: $(STAMPS)/run requirements/test.txt
	@echo "setup      test tools"
	@$(PIP) -r requirements/test.txt
	@touch $@

$(STAMPS)/e2e: $(STAMPS)/test requirements/e2e.txt
	@echo "setup      browser driver"
	@$(PIP) -r requirements/e2e.txt
	@touch $@

demo: setup ## a year of a made-up firm; stays in the foreground, DETACH=1 returns
	@$(BIN)/python tools/demo.py $(if $(DETACH),--detach,)

test: setup $(STAMPS)/test ## the whole suite but browser, chaos and bench
	@$(BIN)/python -m pytest -n 2 $(ARGS)

fuzz: setup $(STAMPS)/test ## thousands of made-up requests to the API, others each time; about a quarter of an hour
	@KONVEYER_LONG=1 $(BIN)/python -m pytest -n 2 tests/web/permissions/test_generated.py tests/web/permissions/test_strange.py $(ARGS)

check: setup $(STAMPS)/test ## formatting, lint, types, import contracts, translations, coverage page
	@echo "check 1/6  format";       $(BIN)/ruff format --check -q src tests tools bench
	@echo "check 2/6  lint";         $(BIN)/ruff check -q src tests tools bench
	@echo "check 3/6  types";        $(BIN)/mypy
	@echo "check 4/6  imports";      $(BIN)/lint-imports --no-cache > .venv/imports.log || (cat .venv/imports.log; exit 1)
	@echo "check 5/6  translations"; $(BIN)/python tools/messages.py check
	@echo "check 6/6  coverage";     $(BIN)/python tools/coverage.py --check

e2e: setup $(STAMPS)/e2e ## the browser tests (Debian's chromium)
	@$(BIN)/python -m pytest tests/e2e -p no:randomly -n 2 --dist loadfile $(ARGS)

bench: setup $(STAMPS)/test ## speed, each figure against its limit in the same run
	@$(BIN)/python -m bench $(ARGS)

chaos: setup $(STAMPS)/test ## kill -9, twenty times
	@$(BIN)/python -m pytest tests/chaos $(ARGS)

format:
	@$(BIN)/ruff format -q src tests tools bench && $(BIN)/ruff check -q --fix src tests tools bench

messages: ## gather the texts of the interface into the catalogues
	@$(BIN)/python tools/messages.py gather

coverage: ## make docs/coverage.md from the markers on the tests
	@$(BIN)/python tools/coverage.py

clean:
	rm -rf $(VENV) node_modules src/konveyer/static/dist
