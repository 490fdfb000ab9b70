# Every target can be run on a clean machine; the work is done in scripts/.

.DEFAULT_GOAL := help
.PHONY: help setup dev demo test test-long lint bench lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 10

setup: ## make .venv with .venv/bin/maille
	@scripts/setup.sh

dev: ## the same, with the tools for tests, linters and benchmarks
	@scripts/setup.sh dev

demo: ## run the main job on the Chartres estate
	@scripts/setup.sh demo
	@scripts/demo.sh

# Each worker begins with a share of all tests, and who is done takes from the others' ends. By
# default the first worker would be given all of tests/integration, and the others would wait.
test: dev ## run the tests on all cores; ARGS="-k name -x" goes to pytest instead
	@.venv/bin/python -m pytest $(or $(ARGS),-n auto --dist worksteal)

test-long: dev ## the same, with twenty times the examples of every property, others each time
	@MAILLE_TEST_LONG=1 .venv/bin/python -m pytest $(ARGS)

lint: dev ## check style and types
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy

bench: dev ## run every benchmark; raw results go to benchmarks/results
	@scripts/bench.sh

lock: dev ## pin the dependencies anew; ARGS=--upgrade takes the newest
	@scripts/lock.sh $(ARGS)

clean: ## remove .venv, caches and what builds left
	@rm -rf .venv build dist tool/*.egg-info out
	@rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
