# What to do with a clone. Everything that is missing is installed on the way; see README.md for what must be there.

.DEFAULT_GOAL := help
.PHONY: build run test licences load bench weigh latency lighthouse fuzz watch clean help

build: ## Build target/release/podweave, the whole program in one file
	scripts/build

run: build ## Build and serve on http://127.0.0.1:3000
	target/release/podweave

test: ## Check and test everything, in a browser too
	scripts/test

licences: ## Write anew what `podweave licences` prints, after the dependencies have changed
	scripts/licences

load: build ## Load a server on loopback with crowds, slow clients and signals, for three minutes
	scripts/load

bench: ## Measure what judging, advice, edits and pages cost, part by part
	cargo bench -p kube-dry-run
	cargo run --release -p pod-advice --example cost
	cargo bench --bench pipeline

weigh: ## Print what a browser loads, by origin
	scripts/weigh

latency: build ## Measure how soon the page follows a key press, in Chromium
	scripts/latency

lighthouse: build ## Ask Lighthouse about the start page, an editor and a check
	scripts/lighthouse

fuzz: ## Look for inputs that break what must hold for any input, for fifty minutes
	scripts/fuzz

watch: ## Serve a debug build, built anew at every change
	scripts/watch

clean: ## Remove what was built here; what other clones use too stays in ~/.cache/podweave
	cargo clean
	rm -rf end2end/node_modules end2end/test-results tools/site/node_modules

help: ## Show this
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 14
