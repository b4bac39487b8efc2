# Every target does the whole of its work on a bare Debian 12 with the Swift toolchain: what is missing is installed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

SWIFT_BUILD := swift build --explicit-target-dependency-import-check error
SWIFT_TEST := swift test --explicit-target-dependency-import-check error
BUILD_PACKAGES := libgeos-dev libproj-dev libexpat1-dev zlib1g-dev libssl-dev libarchive-dev libxlsxwriter-dev libsqlite3-dev pkg-config make tzdata
TEST_PACKAGES := python3-venv gdal-bin gpsbabel proj-bin geographiclib-tools
PYTHON := .venv/bin/python
BENCH_PYTHON := .venv-bench/bin/python
INSTALLED := .build-install/release/razmin

DEMO := sample-surveys/nis-apron
PICTURES := nis-apron village-strike
SAMPLES := $(addprefix sample-surveys/,nis-apron village-strike three-years two-returns turning-points receivers gaps-and-overlaps eod-spot broken/find-no-fadeout)
ORACLE_SURVEYS ?= 80
FUZZ_SECONDS ?= 60
# With eyes at every branch, and the address sanitizer, in a build of its own. New files are only seen without the cache.
FUZZ_BUILD := swift build --package-path Tests/Fuzzing --scratch-path .build-fuzz --disable-build-manifest-caching \
  -c release --sanitize=address -Xswiftc -sanitize=fuzzer -Xcc -fsanitize=fuzzer-no-link -Xcxx -fsanitize=fuzzer-no-link
JOBS ?= 1
BENCH_SIZES ?= S,M
BENCH_PAIRS ?= 3
BENCH_JOBS ?=
CORPUS ?=
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: help
help: ## List the targets.
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' Makefile | while IFS=$$'\t' read -r name does; do \
	  printf '  make %-11s %s\n' "$$name" "$$does"; done

.PHONY: demo
demo: build-packages ## Build, and show what is cleared and what remains of the sample survey of an apron.
	$(SWIFT_BUILD) -c release
	@mkdir -p .build-demo
	@Tests/Tools/demo.sh .build/release/razmin $(DEMO) .build-demo

.PHONY: test
test: debug-build oracle ## Run every test: the Python oracle, then the Swift tests.
	$(SWIFT_TEST)

.PHONY: oracle
oracle: debug-build .venv/.done ## Compare razmin with the Python oracle over random surveys (ORACLE_SURVEYS=80), and with the schema.
	$(PYTHON) Tests/Oracle/oracle.py self-test
	$(PYTHON) Tests/Oracle/schema.py docs/geojson.schema.json --razmin .build/debug/razmin
	$(PYTHON) Tests/Oracle/oracle.py many $(ORACLE_SURVEYS) --razmin .build/debug/razmin
	$(PYTHON) Tests/Tools/schema.py .build/debug/razmin docs/geojson.schema.json $(SAMPLES)
	$(PYTHON) Tests/Oracle/boxes.py --razmin .build/debug/razmin $(addprefix sample-surveys/,village-strike nis-apron three-years)
	$(PYTHON) Tests/Oracle/writers.py --razmin .build/debug/razmin $(SAMPLES)

.PHONY: qgis-check
qgis-check: debug-build ## Open what razmin writes in QGIS, compare, and draw docs/images/qgis-nis-apron.png (installs QGIS: large).
	@Tests/Tools/need.sh python3-qgis qgis-providers python3-gdal
	QT_QPA_PLATFORM=offscreen /usr/bin/python3 Tests/Tools/qgis_check.py --razmin .build/debug/razmin \
	  --pictures docs/images $(addprefix sample-surveys/,$(PICTURES))

.PHONY: corpus
corpus: debug-build .venv/.done ## Read a folder of real logs, compare with its manifest, do the main job on them (CORPUS=dir).
	@test -d "$(CORPUS)" || { echo "make corpus needs CORPUS=dir, a folder with manifest.tsv" >&2; exit 64; }
	$(PYTHON) Tests/Corpus/corpus.py "$(CORPUS)" --razmin .build/debug/razmin
	$(PYTHON) Tests/Corpus/corpus.py "$(CORPUS)" --razmin .build/debug/razmin --main-job
	RAZMIN_CORPUS="$(abspath $(CORPUS))" $(SWIFT_TEST) --filter 'ProjectionTests.(GieTests|BalkansTests)'

.PHONY: peers
peers: debug-build .venv/.done ## Read real logs with razmin, gpsbabel and GDAL; write docs/corpus.md (CORPUS=dir).
	@test -d "$(CORPUS)" || { echo "make peers needs CORPUS=dir, a folder with manifest.tsv" >&2; exit 64; }
	$(PYTHON) Tests/Corpus/peers.py "$(CORPUS)" --razmin .build/debug/razmin -o docs/corpus.md

.PHONY: lint
lint: build-packages ## Check format, imports, the arrows between modules, the codes, and what may not be written in Sources.
	swift format lint --strict --recursive Sources Tests Package.swift
	Tests/Tools/lint-test.sh
	Tests/Tools/lint.sh Sources
	Tests/Tools/codes.sh Sources docs/findings.md
	$(SWIFT_BUILD)

.PHONY: format
format: ## Format the Swift sources in place.
	swift format --in-place --recursive Sources Tests Package.swift

.PHONY: bench
bench: installed-build bench-peers ## Time razmin beside what users run instead, and write docs/performance.md (BENCH_SIZES=S,M,L, BENCH_JOBS=A,D, BENCH_PAIRS=3).
	$(BENCH_PYTHON) Tests/Benchmarks/bench.py --razmin $(INSTALLED) --sizes $(BENCH_SIZES) --pairs $(BENCH_PAIRS) \
	  $(if $(BENCH_JOBS),--jobs $(BENCH_JOBS))

.PHONY: bench-peers
bench-peers: .venv-bench/.done ## Install all that make bench runs beside razmin, and say what there is of it.
	@$(BENCH_PYTHON) Tests/Benchmarks/versions.py

.PHONY: bench-large
bench-large: installed-build ## Read a GPX and an NMEA log of a gigabyte, and write docs/large-files.md.
	python3 Tests/Benchmarks/large.py --razmin $(INSTALLED) --page docs/large-files.md

.PHONY: bench-store
bench-store: installed-build ## Time a store of 10 000 hazards and 1 000 000 fixes; write its table into docs/store.md.
	python3 Tests/Benchmarks/store.py --razmin $(INSTALLED) --page docs/store.md

.PHONY: fuzz
fuzz: build-packages test-packages ## Hunt in every reader with libFuzzer (FUZZ_SECONDS=60 each, JOBS=1, FUZZ_SEEDS=dirs, FUZZ_TARGETS=names).
	$(FUZZ_BUILD)
	python3 Tests/Tools/fuzz.py .build-fuzz/release/RazminFuzz --seconds $(FUZZ_SECONDS) --jobs $(JOBS) \
	  --samples sample-surveys $(FUZZ_SEEDS) $(if $(FUZZ_TARGETS),--targets $(FUZZ_TARGETS),--table docs/fuzzing.md)

.PHONY: sanitize
sanitize: build-packages .venv/.done ## Run the Swift tests under the address and the thread sanitizer.
	LSAN_OPTIONS=suppressions=$(CURDIR)/Tests/Tools/leaks-of-others.txt \
	  $(SWIFT_TEST) --sanitize=address --scratch-path .build-asan
	$(SWIFT_TEST) --sanitize=thread --scratch-path .build-tsan

.PHONY: coverage
coverage: build-packages .venv/.done ## Measure the lines of the library modules that the Swift tests reach; under 85 % fails.
	# The executable is tested by running it, some of it cut off: such runs leave broken profiles, and are not seen here.
	$(SWIFT_TEST) --skip RazminTests --enable-code-coverage --scratch-path .build-coverage
	Tests/Tools/coverage.sh .build-coverage 85

.PHONY: docs
docs: debug-build .venv/.done ## Write docs/commands.md from the help of every command, and draw the pictures.
	$(PYTHON) Tests/Tools/commands.py .build/debug/razmin > .build/commands.md
	mv .build/commands.md docs/commands.md
	@mkdir -p docs/images
	for survey in $(PICTURES); do \
	  .build/debug/razmin remaining sample-surveys/$$survey -o .build/$$survey.geojson; \
	  $(PYTHON) Tests/Tools/picture.py .build/$$survey.geojson docs/images/$$survey.png; \
	done

.PHONY: install
install: installed-build ## Install the binary and the shell completions (PREFIX=/usr/local).
	install -D -m 755 $(INSTALLED) "$(DESTDIR)$(PREFIX)/bin/razmin"
	@for shell in bash:bash-completion/completions/razmin zsh:zsh/site-functions/_razmin \
	    fish:fish/vendor_completions.d/razmin.fish; do \
	  $(INSTALLED) --generate-completion-script "$${shell%%:*}" > .build-install/completion; \
	  install -D -m 644 .build-install/completion "$(DESTDIR)$(PREFIX)/share/$${shell#*:}"; \
	done

# The Swift runtime is linked in, so that the installed binary does not need the toolchain; it also starts sooner.
.PHONY: installed-build
installed-build: build-packages
	$(SWIFT_BUILD) -c release --static-swift-stdlib --scratch-path .build-install

.PHONY: debug-build
debug-build: build-packages
	$(SWIFT_BUILD)

.PHONY: build-packages
build-packages:
	@command -v swift >/dev/null || { echo "Razmin needs the Swift 6.2 toolchain or later: https://swift.org/install" >&2; exit 1; }
	@Tests/Tools/need.sh $(BUILD_PACKAGES)

.PHONY: test-packages
test-packages:
	@Tests/Tools/need.sh $(TEST_PACKAGES)

.venv/.done: Tests/Oracle/requirements.txt | test-packages
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --requirement Tests/Oracle/requirements.txt
	touch $@

.PHONY: bench-packages
bench-packages:
	@Tests/Tools/bench_peers.sh

# DuckDB's extension is a package apart: without it the others are installed all the same, and its row says FAILED.
.venv-bench/.done: Tests/Benchmarks/requirements.txt | bench-packages
	python3 -m venv .venv-bench
	$(BENCH_PYTHON) -m pip install --quiet --disable-pip-version-check --requirement Tests/Benchmarks/requirements.txt
	$(BENCH_PYTHON) -m pip install --quiet --disable-pip-version-check duckdb-extension-spatial || \
	  echo "DuckDB's spatial extension is not installed: its row will say so" >&2
	touch $@
