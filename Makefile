PYTHON ?= python3

# Relative paths only: they work in a folder whose name has spaces.
PY := .venv/bin/python
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
PIP := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	$(PY) -m pip --quiet --quiet --disable-pip-version-check --no-input
# Pinned though a resolve here does not show them: what an editable install is built with, what Windows asks for.
UNSEEN := editables colorama
CHROMIUM := /usr/bin/chromium
NPM := .venv/node/.installed
SECONDS ?= 60

# An environment that was moved, cut short or left behind by another Python is made anew.
SOUND := $(shell [ "$$(cat $(RUNTIME) 2>/dev/null)" = "$$PWD" ] && $(PY) -c 'import pip' 2>/dev/null && echo sound)
ifndef SOUND
$(RUNTIME): unsound
endif

.DEFAULT_GOAL := help
.PHONY: help explore test check bench fuzz format docs constraints clean python chromium node unsound

help: ## list these targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{ printf "%-18s %s\n", $$1, $$2 }'

explore: $(RUNTIME) ## install what the map needs, check it, write its page and open it
	@$(PY) -m conceptgraph check
	@$(PY) -m conceptgraph export html
	@$(PY) -m conceptgraph open

test: chromium $(DEV) $(NPM) ## install all that the checks need, a browser too, and run them
	@$(MAKE) --no-print-directory check

check: $(DEV) ## format, lint, types, import contracts, tests (those of the built wheel among them)
	$(PY) -m ruff format --check
	$(PY) -m ruff check
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo
	$(PY) -m conceptgraph check --strict --questions
	$(PY) -m conceptgraph schema --check
	$(PY) -m pytest

bench: chromium $(DEV) ## measure what commands and the page cost
	@$(PY) -m compileall -q conceptgraph
	@$(PY) benchmarks/cold.py
	@$(PY) benchmarks/growth.py
	@$(PY) benchmarks/layout.py
	@$(PY) benchmarks/page.py
	@$(PY) benchmarks/verbs.py

fuzz: $(DEV) ## look for bytes that the reader cannot take, for SECONDS (60)
	@$(PIP) install atheris
	@$(PY) tests/fuzz.py $(SECONDS)

format: $(DEV) ## bring the code into shape
	$(PY) -m ruff check --fix-only
	$(PY) -m ruff format

docs: $(DEV) ## write anew what is made from the data: its schema, the guide to its vocabulary
	$(PY) -m conceptgraph schema
	$(PY) -m conceptgraph vocabulary --lang both --output markdown > docs/vocabulary.md

constraints: python ## resolve all pinned versions anew (with the oldest Python that is supported)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "Pins that every Python can install need PYTHON=python3.11.")'
	$(PYTHON) -m venv --clear .venv/resolve
	.venv/resolve/bin/python -m pip --quiet install --editable '.[dev]' $(UNSEEN)
	{ sed '/^[^#]/d' constraints.txt; .venv/resolve/bin/python -m pip freeze --exclude conceptgraph; } > .venv/constraints.txt
	mv .venv/constraints.txt constraints.txt
	rm -rf .venv/resolve

clean: ## remove what was installed or made here
	rm -rf .fuzz .venv build dist graphs/argument-map.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find conceptgraph tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): pyproject.toml constraints.txt
	@$(MAKE) --no-print-directory python
	@echo 'Installing into .venv …'
	@[ '$(SOUND)' ] || $(PYTHON) -m venv --clear .venv
	@$(PIP) install --editable .
	@printf '%s' "$$PWD" > $@

$(DEV): $(RUNTIME)
	@echo 'Installing the tools of the checks …'
	@$(PIP) install --editable '.[dev]'
	@rm -rf .venv/wheels
	@$(PIP) wheel --wheel-dir .venv/wheels .
	@touch $@

# A copy, because npm installs beside the list of what to install.
$(NPM): .ci/package.json .ci/package-lock.json $(DEV) | node
	@echo 'Installing programs from npm that only the tests use …'
	@mkdir -p $(@D)
	@cp .ci/package.json .ci/package-lock.json $(@D)
	@npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null
	@touch $@

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo 'conceptgraph needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh .ci/debian-packages python3-venv

chromium:
	@missing=; \
	[ -x $(CHROMIUM) ] || missing=chromium; \
	dpkg-query -W -f '$${Status}' fonts-noto-cjk 2>/dev/null | grep -q 'ok installed' || \
		fc-list :lang=zh 2>/dev/null | grep -q . || missing="$$missing fonts-noto-cjk"; \
	[ -z "$$missing" ] || sh .ci/debian-packages $$missing

node:
	@missing=; \
	command -v node >/dev/null || missing=nodejs; \
	command -v npm >/dev/null || missing="$$missing npm"; \
	[ -z "$$missing" ] || sh .ci/debian-packages $$missing
