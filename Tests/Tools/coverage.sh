#!/usr/bin/env bash
# Usage: coverage.sh SCRATCH PERCENT. Prints the coverage of the library modules; fails where fewer lines are reached.
set -euo pipefail
scratch=$1 least=$2

bin=$(swift -print-target-info | sed -nE 's|.*"runtimeResourcePath": "(.*)/lib/swift(_static)?".*|\1/bin|p')
modules=()
for folder in Sources/*/; do
  # The command is tested by running it, which this measurement does not see; system libraries hold no Swift.
  [ "$folder" = Sources/razmin/ ] || [ -f "$folder/module.modulemap" ] || modules+=("$folder")
done
report=$("$bin/llvm-cov" report "$scratch/debug/razminPackageTests.xctest" \
  -instr-profile "$scratch/debug/codecov/default.profdata" "${modules[@]}")
printf '%s\n' "$report"

# TOTAL, then regions, functions and lines: the number of each, the missed, the percentage.
awk -v least="$least" '$1 == "TOTAL" { found = 1; lines = $8; missed = $9 }
  END {
    if (!found || lines == 0) { print "no coverage was measured" > "/dev/stderr"; exit 1 }
    percent = 100 * (lines - missed) / lines
    printf "lines of the library modules reached: %d of %d, %.2f %%\n", lines - missed, lines, percent
    exit percent < least
  }' <<<"$report"
