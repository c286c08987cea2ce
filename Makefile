# Thin targets; each says what it does. Repeats are fast: what is installed is remembered in .venv.
PYTHON ?= python3
BIN := .venv/bin
DONE := .venv/.done
UV_PIP := $(BIN)/uv pip install --quiet --python $(BIN)/python
VENV_HELP := Python cannot make virtual environments. Run:  apt-get install -y python3-venv

# What writes SQL of its own.
ROOMS := tests/core tests/audit tests/messaging tests/accounts tests/locations tests/uptake \
  tests/directives tests/duties tests/reports tests/people tests/checkins

.PHONY: run setup test check audit bench faults fuzz openapi lock system frontend clean

run: $(DONE)/serve frontend
	$(BIN)/vungxanh demo

setup: $(DONE)/dev frontend

test: setup system
	$(BIN)/python -m pytest -n 2 --dist loadgroup
	@for directory in /usr/lib/postgresql/*/bin; do \
	  major=$$(basename $$(dirname $$directory)); \
	  if [ -x $$directory/initdb ] && [ $$major -ge 15 ]; then \
	    echo "== the rooms' statements once more, on the system's PostgreSQL $$major"; \
	    VUNGXANH_TEST_PG=debian$$major $(BIN)/python -m pytest -n 2 -q -m "not slow" $(ROOMS) \
	      || exit 1; \
	  fi; \
	done

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy vungxanh tools bench tests
	$(BIN)/lint-imports
	$(BIN)/python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run \
	  --settings vungxanh.config.settings
	$(BIN)/vungxanh openapi --check
	$(BIN)/python -m tools.lock --check
	$(BIN)/python -m tools.check_docs
	@echo "make check: everything is in order."

# Hashes, licences and, with ADVISORIES=folder or ONLINE=1, known weaknesses of what is pinned.
audit: setup
	$(BIN)/python -m tools.audit_dependencies $(if $(ADVISORIES),--advisories $(ADVISORIES)) \
	  $(if $(ONLINE),--online)

bench: setup
	$(BIN)/python -m bench.harness

# What is killed, stopped, hindered and filled under load, each so often; a table at the end.
ROUNDS ?= 20
faults: setup
	VUNGXANH_FAULT_ROUNDS=$(ROUNDS) $(BIN)/python -m pytest -p no:randomly --timeout 3600 tests/faults

# A million small worlds through the plain and the compiled form of tracing.
fuzz: setup
	$(BIN)/python -m tools.fuzz_tracing
	$(BIN)/python -m tools.fuzz_protocol

openapi: setup
	$(BIN)/vungxanh openapi

# Resolve the versions anew and write them with their hashes.
lock: $(DONE)/venv
	$(BIN)/python -m tools.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache frontend/node_modules

$(DONE)/venv: requirements/bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv; } || \
	  { echo "$(VENV_HELP)"; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@mkdir -p $(DONE) && touch $@

$(DONE)/serve: requirements/serve.txt pyproject.toml $(DONE)/venv
	$(UV_PIP) --require-hashes -r $<
	$(UV_PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DONE)/dev: requirements/dev.txt $(DONE)/serve
	$(UV_PIP) --require-hashes -r $<
	@touch $@

# It remembers what it was built from and skips what has not changed.
frontend: $(DONE)/serve
	$(BIN)/python tools/build_frontend.py
	@$(BIN)/python -m whitenoise.compress --quiet --no-brotli vungxanh/core/static/vx

# What the tests drive and Debian carries: the browser, LibreOffice, PDF tools, Java for Spark, a
# document font that has Ỉ (that of 2012 has not), recognition of letters in pictures.
system:
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-writer-nogui"; \
	command -v pdftoppm >/dev/null || missing="$$missing poppler-utils"; \
	command -v java >/dev/null || missing="$$missing openjdk-17-jre-headless"; \
	tesseract --list-langs 2>/dev/null | grep -qx vie || \
	  missing="$$missing tesseract-ocr tesseract-ocr-vie"; \
	fc-list ':family=Liberation Serif:charset=1ec8' | grep -q . || \
	  missing="$$missing fontconfig fonts-liberation fonts-liberation2"; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	else \
	  echo "The tests need programs of the system. Run:  sudo apt-get install -y$$missing"; exit 1; \
	fi
