# Everything a person or CI needs, one line each: `make help`.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
export HOST PORT

.DEFAULT_GOAL := help
.PHONY: demo help install serve check test test-all screenshots bench bench-loss lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

.venv/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

.venv/.tools: .venv/.installed tests/requirements.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r tests/requirements.lock
	@touch $@

install: .venv/.installed ## prepare .venv with the locked dependencies

serve: install ## migrate, publish the packs and serve on http://127.0.0.1:8000 (PORT, HOST)
	@$(BIN)/course serve

check: .venv/.tools ## ruff, mypy --strict and the author checks on the shipped packs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/course check .

test: .venv/.tools ## the test suite, on SQLite and PostgreSQL, with a real browser
	@$(BIN)/python tests/browser.py
	@$(BIN)/python tests/nu.py
	$(BIN)/pytest -n 2 --dist loadgroup -m "not slow"

test-all: .venv/.tools ## what takes longer, too
	@$(BIN)/python tests/browser.py
	@$(BIN)/python tests/nu.py
	$(BIN)/pytest -n 2 --dist loadgroup

screenshots: .venv/.tools ## every page, phone and desktop, light and dark, into tests/shots/
	@$(BIN)/python tests/browser.py
	$(BIN)/python -m tests.pages.screenshots

demo: install ## an installation of its own (instance/demo) full of simulated learners, served on PORT
	@test -e instance/demo/course.sqlite || COURSE_INSTANCE=instance/demo $(BIN)/course demo
	@COURSE_INSTANCE=instance/demo $(BIN)/course serve

bench: .venv/.tools ## how fast it is here, beside a bare hello (BENCH_SECONDS, default 5)
	$(BIN)/python -m tests.bench.speed

bench-loss: .venv/.tools ## whether anything acknowledged is ever lost (BENCH_LOSS_ROUNDS, default 1; minutes each)
	$(BIN)/python -m tests.bench.loss

lock: ## bring the lock files up to date with pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml --extra test -c requirements.lock -o tests/requirements.lock

clean: ## remove .venv and caches (never instance/, which holds people's work)
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis build *.egg-info
