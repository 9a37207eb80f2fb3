# Everything a newcomer needs: `make demo` to see it work, `make test` to know that it does.
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := .venv/bin
DEMO := build/demo
STYLE := src/aanspraak/web/static/nl.css

.PHONY: help setup demo test lint docs bench clean

help: ## Show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

setup: .venv/ready $(STYLE) ## Install everything into .venv (uv fetches what the lock file names)

.uv/bin/uv:
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet uv

.venv/ready: pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	$(UV) sync --frozen --quiet --all-extras --all-groups --python $(PYTHON)
	touch $@

$(STYLE): styles/nl.css styles/bundle.mjs styles/package-lock.json | .venv/ready
	cd styles && PATH="$(CURDIR)/$(RUN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent
	PATH="$(CURDIR)/$(RUN):$$PATH" node styles/bundle.mjs $@

demo: .venv/ready ## See it work: cases answered, rules proven, a synthetic Netherlands monitored
	$(RUN)/python examples/demo.py $(DEMO)

lint: .venv/ready ## Style and types
	$(RUN)/ruff check
	$(RUN)/ruff format --check
	$(RUN)/mypy

test: lint $(STYLE) ## Everything CI runs
	PATH="$(CURDIR)/$(RUN):$$PATH" $(RUN)/pytest -n 2 --dist loadgroup

docs: .venv/ready ## Build the docs site in build/docs
	$(RUN)/mkdocs build --strict --site-dir build/docs

bench: .venv/ready ## Compare speed with what a user would pick instead
	$(MAKE) -C benchmarks

clean: ## Remove what was built
	rm -rf build .venv .uv $(STYLE) styles/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
