# Om de Hoek. `make run` and `make test` do all set-up themselves; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export RASA_TELEMETRY_ENABLED := false
export UV_NO_PROGRESS := 1
PY := .venv/bin/python
BOT := bot/.venv/bin/python
UV := $(PY) -m uv

.PHONY: run test check train evaluate bench clean help setup

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1	/' | expand -t 18

run: setup train  ## set everything up and start the assistant
	@.venv/bin/omdehoek run

test: setup train  ## set everything up and run the tests
	@scripts/run_tests

check: setup format lint types validate test  ## everything that CI checks

setup: .venv/.made bot/.venv/.made

.venv/.made: pyproject.toml requirements.lock
	@echo "== environment of the door, the actions and the domain (.venv)"
	@scripts/make_venv
	@touch $@

bot/.venv/.made: bot/pyproject.toml bot/requirements.lock .venv/.made
	@echo "== environment of Rasa (bot/.venv), about 2.7 GB, one minute"
	@scripts/make_bot_venv
	@touch $@

train: setup  ## train the model, if there is none for this content
	@echo "== model: trained once for each change of the content, three to four minutes"
	@PYTHONWARNINGS=ignore TF_CPP_MIN_LOG_LEVEL=3 $(BOT) -m bot.train

evaluate: setup train  ## how well messages are understood: make evaluate SET=folder PEERS=epochs
	@$(PY) -m benchmarks.evaluate $(SET) $(if $(PEERS),--peers $(PEERS))

bench: setup train  ## speed of a whole conversation, next to stock Rasa
	@$(PY) benchmarks/conversation.py

.PHONY: torture test-postgresql
test-postgresql: setup  ## the tests of every door once more, with PostgreSQL behind it in place of SQLite
	@OMDEHOEK_TEST_DOORS=postgresql $(PY) -m pytest -q -n 2 --dist loadfile tests/api

torture: setup train  ## kill every part 200 times under load, and compare what was seen with the journal
	@$(PY) -m tests.durability

.PHONY: audit
audit: setup  ## known weaknesses in both lock files (asks the internet)
	@scripts/audit

.PHONY: format lint types validate lock widget
format:
	@echo "== format"
	@.venv/bin/ruff format --check .

lint:
	@echo "== lint"
	@.venv/bin/ruff check .
	@.venv/bin/lint-imports --no-cache

types:
	@echo "== types, once an environment"
	@.venv/bin/mypy
	@bot/.venv/bin/mypy --config-file bot/mypy.ini -p bot

validate: setup
	@echo "== rasa data validate"
	@PYTHONPATH=. PYTHONWARNINGS=ignore $(BOT) -m rasa data validate --domain domain.yml --config config.yml --data data/dialogue --fail-on-warnings

widget:  ## make the one script of the chat from api/pages/chat (needs Node and `npm ci` in tests/npm)
	@node scripts/make_widget.mjs

lock:  ## make the lock files anew
	@$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --extra dev pyproject.toml -o requirements.lock
	@$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.10 --extra dev bot/pyproject.toml -o bot/requirements.lock
	@$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -c requirements.lock pyproject.toml -o deploy/api.lock

clean:  ## remove environments, models and local state
	@rm -rf .venv bot/.venv bot/models var .mypy_cache .ruff_cache .pytest_cache .rasa
