# Căn Cứ. "make help" lists the targets.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8765
APT := $(shell command -v apt-get 2>/dev/null)
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run test fuzz lint bench format clean install install-dev system-run system-test

help: ## what one can do here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# Python compiles a module when it is first loaded, where it may write, and so are patterns (kb/kept_patterns.py):
# here when installed and before it serves, for a start that is a third quicker.
COMPILE = $(BIN)/python -m compileall -q kb graphs ingest webapp \
	&& env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m webapp.cli check --help >/dev/null

$(VENV)/.runtime: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[meaning]' \
	|| { echo "Without the model of meaning: search goes by words alone."; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -e .; }
	@$(COMPILE)
	@touch $@

$(VENV)/.dev: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@$(COMPILE)
	@touch $@ $(VENV)/.runtime

install: $(VENV)/.runtime ## what the program needs, into .venv

install-dev: $(VENV)/.dev ## what its tests need too

# A file that cannot be read here is named with its reason (status 1); the pages are served all the same.
run: install system-run ## load the shipped corpus and serve the web pages
	@$(COMPILE)
	$(BIN)/cancu ingest corpus || [ $$? -eq 1 ]
	$(BIN)/cancu serve --port $(PORT)

# Programs by the package that has them. Already there: nothing happens.
OCR_AND_OFFICE = \
	command -v tesseract >/dev/null || need="$$need tesseract-ocr"; \
	tesseract --list-langs 2>/dev/null | grep -q '^vie$$' || need="$$need tesseract-ocr-vie"; \
	command -v soffice >/dev/null || need="$$need libreoffice-writer-nogui";
BROWSER_AND_SERVER = \
	command -v chromium >/dev/null || need="$$need chromium"; \
	ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || need="$$need postgresql"; \
	test -f /usr/share/fonts/truetype/dejavu/DejaVuSerifCondensed.ttf || need="$$need fonts-dejavu";
GET_NEEDED = \
	if [ -n "$$need" ]; then \
	  echo "Installing:$$need"; \
	  [ -n "$(APT)" ] && $(SUDO) apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$need >/dev/null \
	  || { echo "Please install:$$need"; false; }; \
	fi

# What the program reads scans and old Word files with; without it those files are refused by name.
system-run:
	@need=""; $(OCR_AND_OFFICE) $(GET_NEEDED) || true

# What the tests drive besides: a browser, a database server; and a font.
system-test:
	@need=""; $(OCR_AND_OFFICE) $(BROWSER_AND_SERVER) $(GET_NEEDED)

test: install-dev system-test lint ## everything that must hold
	$(BIN)/python -m pytest -n 2 -q

fuzz: install-dev ## every property on new examples
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n 2 -q -m hypothesis

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
