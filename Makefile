# The two commands of a fresh machine are `make sandbox` and `make test`; CI runs `make check`.
PYTHON ?= python3.11
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE :=  # the tests start hundreds of processes, and each would compile everything anew

.PHONY: sandbox story test check lock chaos postgresql benchmarks format clean

.venv: .venv/installed

.venv/installed: requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || python3 -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch .venv/installed

sandbox: .venv/installed
	$(BIN)/ladderbot sandbox

story: .venv/installed
	$(BIN)/ladderbot sandbox --story

test: .venv/installed
	$(BIN)/python -m pytest -n 3 --dist worksteal

check: .venv/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 3 --dist worksteal
	$(BIN)/ladderbot sandbox --story

format: .venv/installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

chaos: .venv/installed
	$(BIN)/python -m tests.faults.chaos
	TIMES=20 $(BIN)/python -m pytest -q -n 2 tests/program_feedback/test_crashes.py tests/program_feedback/test_who_wrote_what.py

postgresql: .venv/installed
	STAGE=postgresql $(BIN)/python -m pytest -q -n 3 --dist worksteal tests/handlers

benchmarks: .venv/installed
	$(BIN)/python -m benchmarks

lock: .venv/installed
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --custom-compile-command "make lock" pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --custom-compile-command "make lock" --group dev pyproject.toml -o requirements/dev.txt

clean:
	rm -rf .venv build *.egg-info
