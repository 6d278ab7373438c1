# The same targets for people and for CI. `make help` lists them.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

# The first Python on this machine that is new enough; `make PYTHON=… test` chooses another.
PYTHONS := python3 python3.13 python3.12 python3.11
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
COMPLETE := import ensurepip, venv
PYTHON ?= $(shell for python in $(PYTHONS); do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)

PORT ?= 8000
WORKERS ?= 2
LOCKER := uv==0.13.9

BIN := .venv/bin
CODE := bot handlers digests models tests
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: .venv/runtime ## run the whole bot with Stockholm's groups and invented members, and print the address
	@$(BIN)/samverkan demo --port $(PORT)

.PHONY: test
test: .venv/development chromium lint pytest ## install all that is needed, then check everything

.PHONY: install
install: .venv/development ## make .venv with everything that development needs

.PHONY: lint
lint: .venv/development ## check format, style, types and the arrows between the folders
	@$(BIN)/ruff format --check --quiet $(CODE) || { echo "Run 'make format'." >&2; exit 1; }
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

# Compiled code is kept also where the environment says otherwise, or each process compiles it anew.
.PHONY: pytest
pytest: .venv/development ## run the tests on SQLite and PostgreSQL, with coverage
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal \
		--cov --cov-report term:skip-covered --quiet

.PHONY: format
format: .venv/development ## put the code in the house's format
	@$(BIN)/ruff check --quiet --fix-only $(CODE)
	@$(BIN)/ruff format $(CODE)

.PHONY: bench
bench: .venv/development ## measure requests, look-ups among 100 × the seats, statistics, sending, and digests
	@$(BIN)/python -m tests.benchmarks

.PHONY: emulator
emulator: node .venv/development .emulator/installed ## run our Slack calls and installation against a foreign emulator (needs Node)
	@$(BIN)/pytest -m emulator --numprocesses $(WORKERS) tests/emulator

.PHONY: faults
faults: .venv/development ## kill, crash and break everything at full size, and write the README's figures
	@$(BIN)/python -m tests.faults

.PHONY: referee
referee: .venv/development ## hold the statistics to cases from elsewhere
	@$(BIN)/python -m tests.referee tests/referee/cases.json

.PHONY: acceptance
acceptance: .venv/development ## reach the statistics' acceptance figures by full simulations (about half an hour)
	@nice -n 10 $(BIN)/python -m tests.acceptance

.PHONY: node
node:
	@command -v node >/dev/null && command -v npm >/dev/null || \
		{ echo "make emulator needs Node.js 20 or newer with npm; the other targets do not." >&2; exit 1; }
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || \
		{ echo "make emulator needs Node.js 20 or newer; this is $$(node --version)." >&2; exit 1; }

.emulator/installed: tests/emulator/package.json tests/emulator/package-lock.json | node
	@echo "Installing the Slack emulator ..."
	@mkdir -p .emulator
	@cp tests/emulator/package.json tests/emulator/package-lock.json .emulator/
	@npm ci --prefix .emulator --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null
	@touch $@

.PHONY: screenshot
screenshot: .venv/development chromium ## remake the README's picture of the demo page
	@$(BIN)/python -m tests.screenshot

.PHONY: lock
lock: .venv/development ## choose the newest dependencies that have been out for a week, and write their hashes
	@$(PIP) install '$(LOCKER)'
	@rm -f requirements.lock requirements-dev.lock
	@$(LOCK) --group build --output-file requirements.lock
	@$(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock

# A lock holds for every supported Python and platform and names no address.
LOCK = $(BIN)/uv --quiet pip compile pyproject.toml --universal --python-version 3.11 \
	--no-config --only-binary :all: --exclude-newer "7 days" --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links

.PHONY: clean
clean: ## remove all that the other targets have made
	@rm -rf .venv .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache \
		.emulator .ruff_cache *.egg-info
	@find $(CODE) -name __pycache__ -prune -exec rm -rf {} +

# The environment is filled again only when a lock changes. A lock names all that is needed, so
# nothing is resolved anew: else a release that came after the lock can be asked for without a hash.
.venv/runtime: requirements.lock | .venv/bin/python
	@echo "Installing what the bot needs ..."
	@$(PIP) install --require-hashes --no-deps --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/development: requirements-dev.lock .venv/runtime
	@echo "Installing what development needs ..."
	@$(PIP) install --require-hashes --no-deps --requirement requirements-dev.lock
	@touch $@

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none of these is it: $(PYTHONS)." >&2; exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "$(PYTHON) is older than Python 3.11." >&2; exit 1; }
	@$(PYTHON) -c '$(COMPLETE)' 2>/dev/null || .ci/debian python3-venv || true
	@$(PYTHON) -c '$(COMPLETE)' 2>/dev/null || \
		{ echo "$(PYTHON) has no venv module; on Debian and Ubuntu the package is python3-venv." >&2; exit 1; }
	@$(PYTHON) -m venv .venv

# Tests that need a browser are skipped, with the reason, where it cannot be had.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
		command -v google-chrome >/dev/null || .ci/debian chromium || \
		echo "Chromium is not here and may not be installed; its tests will be skipped." >&2
