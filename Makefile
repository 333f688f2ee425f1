# Two commands matter: `make run` and `make test`. The rest is listed by `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
TOOLS := .tools
UV := $(TOOLS)/bin/uv
FOUND_PYTHON = $(UV) python find --no-python-downloads 3.10
LOCK := -q --upgrade --python-version 3.10 --generate-hashes --no-header --no-annotate --override requirements/overrides.txt
export UV_NO_PROGRESS := 1
export PYTHONWARNINGS := ignore

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.app ## install, train if needed, and serve the chat at http://localhost:5005
	@$(PY) -m rasa_project serve

test: $(VENV)/.dev types ## the fast tests, style, types and import directions
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports
	@$(PY) -m rasa_project check
	@$(PY) -m rasa_project train
	@$(PY) -m pytest tests/unit tests/conversations tests/safety

check: test ## everything: also services, safety and the browser
	@$(PY) -m pytest tests/browser
	@$(PY) -m pytest tests/services tests/server

train: $(VENV)/.app ## train the model if what it depends on has changed
	@$(PY) -m rasa_project train

safety: $(VENV)/.dev ## enumerate the rules and every path, mutate the rule data; writes docs/safety/report.md
	@$(PY) -W ignore -m tests.safety

mutation: $(VENV)/.dev ## put mistakes into the engine's code (about half an hour); writes docs/safety/engine_mutation.md
	@$(PY) -W ignore -m tests.safety.engine_mutation

vignettes: $(VENV)/.dev ## play the vignettes through the engine and the chat; writes docs/safety/vignettes.md
	@$(PY) -m bench.vignettes

bench-language: $(VENV)/.dev ## score intents, facts and assertion on the sets apart, and time a message
	@$(PY) -W ignore -m bench.language

bench-startup: $(VENV)/.dev ## time from command to first answer, against stock Rasa if it is installed
	@$(PY) bench/startup.py

lock: $(TOOLS)/.done ## pin requirements anew
	$(UV) pip compile $(LOCK) -o requirements/app.txt pyproject.toml
	$(UV) pip compile $(LOCK) -o requirements/dev.txt --extra dev pyproject.toml

clean: ## remove the environments, the model and caches; conversations in var/ stay
	rm -rf $(VENV) $(TOOLS) models .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(TOOLS)/.done: requirements/tools.txt
	@command -v python3 >/dev/null || { echo "Python 3 is needed and was not found."; exit 1; }
	@echo "[1/3] Making the tool environment"
	@python3 -m venv $(TOOLS) && $(TOOLS)/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

# A stamp, not bin/python: that is a link to an older file, and make would build it every time.
$(VENV)/.made: $(TOOLS)/.done
	@$(FOUND_PYTHON) >/dev/null 2>&1 || { echo "CPython 3.10 is needed (Rasa 3.6 runs on nothing newer) and was not found: install python3.10 and run this again."; exit 1; }
	@$(UV) venv -q --clear --no-python-downloads --python 3.10 $(VENV)
	@touch $@

$(VENV)/.app: $(VENV)/.made requirements/app.txt
	@echo "[2/3] Installing what the service needs (about a minute the first time)"
	@$(UV) pip install -q --python $(PY) --require-hashes --no-deps -r requirements/app.txt
	@echo "$(CURDIR)/requirements/tensorflow_standin" > $(VENV)/lib/python3.10/site-packages/tensorflow_standin.pth
	@touch $@

$(VENV)/.dev: $(VENV)/.app requirements/dev.txt
	@echo "[3/3] Installing what the tests need"
	@$(UV) pip install -q --python $(PY) --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

types: $(TOOLS)/typescript/.done ## bring TypeScript, which checks the widget's types, where npm is there

$(TOOLS)/typescript/.done: requirements/typescript/package-lock.json
	@mkdir -p $(@D) && cp requirements/typescript/package*.json $(@D)/
	@if command -v npm >/dev/null; then cd $(@D) && npm ci --silent --no-audit --no-fund; \
	else echo "npm is not here: the widget's types will not be checked."; fi
	@touch $@

.PHONY: types help run test check train safety mutation vignettes lock clean bench-startup bench-language
