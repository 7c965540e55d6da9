# `make demo` sets everything up and prints the coverage matrix; `make test` sets everything up and
# runs all checks. Both need only Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WHEEL := build/wheel

# The tests of the pages need Chromium: it is installed where that is allowed, else they are skipped.
define CHROMIUM
if { command -v chromium || command -v chromium-browser || command -v google-chrome; } > /dev/null; then :; \
elif [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null \
  && { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends chromium; } > /dev/null 2>&1; then :; \
else echo "Without Chromium the tests of the pages are skipped. To run them: apt-get install chromium"; fi
endef

SHARED := -n auto --maxprocesses 4 --dist loadfile
IN_WHEEL := wheel beginning cli coverage web

.PHONY: demo test long format lint types checkout wheel suites office reference bench fuzz clean

demo: $(VENV)/demo
	@$(BIN)/metrograph check --severity violation
	@echo
	@$(BIN)/metrograph coverage

$(VENV)/demo: pyproject.toml constraints.txt
	@echo "Setting up (once) ..."
	@$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'metrograph needs Python 3.11 or newer; choose one with: make PYTHON=python3.12')"
	@$(PYTHON) -m venv $(VENV)
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev: $(VENV)/demo
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@$(CHROMIUM)
	@touch $@

test: lint types checkout wheel

format: $(VENV)/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev
	$(BIN)/mypy

checkout: $(VENV)/dev
	$(BIN)/python -m pytest $(SHARED)

# What a user installs: the wheel, unpacked, with no checkout on the path. It must hold every file, and
# run from there: commands, pages, the examples of the package. (By default pytest puts the checkout
# before all else; tests/test_wheel.py sees that.)
wheel: $(VENV)/dev
	rm -rf $(WHEEL) build/dist
	$(BIN)/python -m build --no-isolation --wheel --outdir build/dist . > /dev/null
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(WHEEL) build/dist/*.whl
	cd build && PYTHONPATH=$(abspath $(WHEEL)) METROGRAPH_TESTED=wheel ../$(BIN)/python -m pytest -c ../pyproject.toml --rootdir .. --import-mode append $(SHARED) --pyargs $(addprefix ../tests/test_,$(addsuffix .py,$(IN_WHEEL))) metrograph

# Suites of others, which are not part of the project: where ../shared is not there, a sentence says so.
suites: $(VENV)/dev
	$(BIN)/python -m tests.suites

# The report to the Board, opened in LibreOffice: it is not installed by make, see tests/office.py.
office: $(VENV)/dev
	$(BIN)/python -m tests.office

reference: $(VENV)/dev
	$(BIN)/python -m tests.reference
	$(BIN)/python -m tests.picture

# What takes long by nature: tests marked so, and all that other tests try a part of.
long: $(VENV)/dev
	METROGRAPH_LONG=1 $(BIN)/python -m pytest $(SHARED) -m "long or not long"
	$(MAKE) fuzz INPUTS=200

bench: $(VENV)/dev
	$(BIN)/python bench/run.py

# Inputs of every form, changed by chance. SECONDS ends it before all INPUTS are through.
fuzz: SEED ?= 1
fuzz: INPUTS ?= 2000
fuzz: $(VENV)/dev
	$(BIN)/python -m fuzz --seed $(SEED) --inputs $(INPUTS) $(if $(SECONDS),--seconds $(SECONDS))

clean:
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis
