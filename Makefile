# Căn Cứ. "make help" lists the targets.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8765
APT := $(shell command -v apt-get 2>/dev/null)
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run test lint bench format clean install install-dev system-test

help: ## what one can do here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/.runtime: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.runtime

install: $(VENV)/.runtime ## what the program needs, into .venv

install-dev: $(VENV)/.dev ## what its tests need too

run: install ## load the shipped corpus and serve the web pages
	$(BIN)/cancu ingest corpus
	$(BIN)/cancu serve --port $(PORT)

# Programs the tests drive: OCR, LibreOffice, a browser, a database server; and a font. Already there: nothing happens.
system-test:
	@need=""; \
	command -v tesseract >/dev/null || need="$$need tesseract-ocr"; \
	tesseract --list-langs 2>/dev/null | grep -q '^vie$$' || need="$$need tesseract-ocr-vie"; \
	command -v soffice >/dev/null || need="$$need libreoffice-writer-nogui"; \
	command -v chromium >/dev/null || need="$$need chromium"; \
	ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || need="$$need postgresql"; \
	test -f /usr/share/fonts/truetype/dejavu/DejaVuSerifCondensed.ttf || need="$$need fonts-dejavu"; \
	if [ -n "$$need" ]; then \
	  if [ -n "$(APT)" ]; then \
	    $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$need >/dev/null; \
	  else echo "Please install:$$need"; exit 1; fi; \
	fi

test: install-dev system-test lint ## everything that must hold
	$(BIN)/python -m pytest -n 2 -q

lint: install-dev ## ruff, mypy, import order
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install-dev ## write the code in house style
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: install-dev ## measure speed and quality, beside a peer
	$(BIN)/python -m tests.benchmarks

clean: ## remove what was installed and built
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
