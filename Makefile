# The commands a person types. `make` alone lists them.

ADDR ?=
DATA ?= data
TARGETS ?=
target_dir = $${CARGO_TARGET_DIR:-target}

.PHONY: help run test dev bench bench-canvas screenshots fuzz api-fuzz faults webhook-interop fmt lint site clean

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:[^#]*## /\t/' | expand -t 14

run: site ## Build Patchbay and start it with its sandbox (ADDR=127.0.0.1:PORT, DATA=DIR)
	@cargo build --release --bin patchbay
	@exec "$(target_dir)/release/patchbay" serve --sandbox --data '$(DATA)' $(if $(ADDR),--addr '$(ADDR)')

test: ## Check and test everything; the last line counts the tests
	@bash .ci/test.sh

dev: ## Run server and site, rebuilt on change, at http://127.0.0.1:8080
	@bash .ci/dev.sh

bench: site ## Measure speed, page size, start time and memory
	@bash .ci/bench.sh

bench-canvas: site ## Measure the canvas against other editors, into docs/performance.md
	@bash .ci/bench-canvas.sh

screenshots: site ## Take the pictures under docs/screenshots anew
	@bash .ci/screenshots.sh

fuzz: ## Look for inputs that break the domain (RUNS=N per target, TARGETS='import …', SEED=N)
	@bash .ci/fuzz.sh $(TARGETS)

api-fuzz: ## Try the API with Schemathesis from PyPI (RUNS=N per operation, SEED=N)
	@bash .ci/api-fuzz.sh

faults: ## Try every fault and the long runs over kill -9, with figures (FLOWS=N, KILLS=N, ROWS=N)
	@bash .ci/faults.sh

webhook-interop: ## Verify signatures of webhooks by two foreign libraries (COUNT=N, SEED=N)
	@bash .ci/webhook-interop.sh

fmt: ## Format the sources
	@cargo fmt --all

lint: ## The checks of `make test`, without its tests
	@bash .ci/test.sh checks

site: ## Build the site into app/dist
	@bash .ci/site.sh

clean: ## Remove what was built; the data directory stays
	@cargo clean
	@rm -rf app/dist tests/artifacts
