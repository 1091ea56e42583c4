# The commands a person types. The work is in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run build test dev fmt bench soak clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## set up, build and serve on http://127.0.0.1:3000
	@scripts/run

build: ## set up and build target/release/breakeven, one program with everything inside
	@scripts/setup
	@scripts/build

test: ## everything that CI checks
	@scripts/test

dev: ## serve, and rebuild on each change
	@scripts/setup
	@node scripts/dev.mjs

fmt: ## format the Rust code
	@cargo fmt --all

bench: ## measure evaluation, chart and page
	@cargo bench -p model -p app -p server --features app/ssr --benches

soak: ## the slow extras: benches, load, dependency check
	@scripts/soak

clean: ## remove what was built here
	@rm -rf target node_modules end2end/node_modules end2end/test-results
