#!/usr/bin/env bash
# Usage: lint.sh SOURCES. Fails where a module imports what it may not, or where something is written that could end the
# process on bad input. Force unwraps, `try!` and `as!` are found by swift-format, by Sources/.swift-format.
set -euo pipefail
sources=$1
failures=0

complain() { # lines of grep, reason
  [ -n "$1" ] || return 0
  printf '%s\n' "$1" | sed "s|\$|  <- $2|" >&2
  failures=1
}

# What each module may import of ours and of others' (docs/architecture.md). The C libraries stand once each: one door.
declare -A may=(
  [Geometry]=""
  [Survey]="Geometry"
  [Topology]="Geometry CGEOS"
  [Overlay]="Geometry"
  [Projection]="Geometry CPROJ"
  [Notation]="Geometry"
  [Geomagnetism]="Geometry"
  [GeoPackage]="GRDB GRDBSQLite"
  [Digests]="CCrypto"
  [Formats]="Geometry Survey Digests GeoPackage CArchive CExpat CZlib CXlsxWriter"
  [Store]="Geometry Survey Digests GeoPackage GRDB GRDBSQLite"
  [Presets]="Geometry Formats"
  [Ordnance]="Survey Formats"
  [Positions]="Geometry Survey Notation Projection Presets"
  [Traverse]="Geometry Survey Projection Geomagnetism Notation Positions"
  [SurveyFolder]="Geometry Survey Formats Projection Notation Presets Positions Traverse Geomagnetism Ordnance TOMLKit"
  [LandRelease]="Geometry Survey Topology Overlay Projection"
  [History]="Geometry Survey Digests Formats"
  [Simulation]="Geometry Survey Formats"
  [razmin]="Geometry Survey Topology Projection Notation Geomagnetism GeoPackage Digests Formats Presets Ordnance Positions Traverse SurveyFolder LandRelease History Store Simulation CMalloc ArgumentParser"
)
# Parts of the platform that any module may use. Not Foundation: it pulls in ICU, 43 MB of a static binary.
platform="FoundationEssentials Glibc Musl Synchronization Dispatch"

imports='^[[:space:]]*(@[A-Za-z_]+(\([^)]*\))?[[:space:]]+)*((public|package|internal|fileprivate|private)[[:space:]]+)?import[[:space:]]+'
kinds='((struct|class|enum|protocol|func|var|let|typealias)[[:space:]]+)?'
for folder in "$sources"/*/; do
  module=$(basename "$folder")
  if [ -z "${may[$module]+known}" ]; then
    # A system library has a module map and no Swift.
    [ -f "$folder/module.modulemap" ] && continue
    complain "$folder" "module $module has no line in Tests/Tools/lint.sh"
    continue
  fi
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    imported=$(sed -E "s/^[^:]*:[0-9]+://; s/$imports$kinds//; s/[^A-Za-z0-9_].*//" <<<"$line")
    case " ${may[$module]} $platform " in
      *" $imported "*) ;;
      *) complain "$line" "$module may not import $imported" ;;
    esac
  done < <(grep -rnE "$imports" "$folder" --include='*.swift' || true)
done

# Comments may name them; code may not.
complain "$(grep -rnE '\b(fatalError|preconditionFailure|assertionFailure|unsafeBitCast)[[:space:]]*\(' "$sources" \
  --include='*.swift' | grep -vE '^[^:]*:[0-9]+:[[:space:]]*//' || true)" "may end the process, or undermine it"

find "$sources" -name '*.swift' -exec wc -l {} + | awk '$2 != "total" && $1 > 300 {
  print "warning: " $2 " has " $1 " lines; past 300 a file wants a reason" }' >&2

exit "$failures"
