#!/usr/bin/env bash
# The lint itself is tested: it must accept what is right and refuse each thing it is there to refuse.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT

try() { # the module, its text; the verdict of lint.sh is the status
  rm -rf "$folder/Sources"
  mkdir -p "$folder/Sources/$1"
  printf '%s\n' "$2" > "$folder/Sources/$1/File.swift"
  "$here/lint.sh" "$folder/Sources" 2>/dev/null
}
accepts() { try "$1" "$2" || { echo "lint refuses in $1: $2" >&2; exit 1; }; }
refuses() { ! try "$1" "$2" || { echo "lint accepts in $1: $2" >&2; exit 1; }; }
format() { # the text; the verdict of swift-format with the rules for Sources is the status
  printf '%s\n' "$1" > "$folder/File.swift"
  swift format lint --strict --configuration "$root/Sources/.swift-format" "$folder/File.swift" 2>/dev/null
}

accepts Geometry '// import CGEOS would be wrong, fatalError() too'
accepts Geometry 'import FoundationEssentials'
accepts Topology 'internal import CGEOS'
accepts Survey 'public import struct Geometry.Ring'
accepts razmin 'import LandRelease'
refuses Geometry 'import Survey'
refuses Survey 'public import Formats'
refuses Survey '@testable import struct Topology.Engine'
refuses LandRelease 'private import CGEOS'
refuses razmin 'import CPROJ'
refuses SurveyFolder 'import LandRelease'
refuses Formats '  import Foundation'
refuses Unknown 'import Geometry'
refuses Geometry 'func f() { fatalError("no") }'
refuses Geometry 'func f() { preconditionFailure() }'

format 'let a = Int("1") ?? 0' || { echo "swift-format refuses what is right" >&2; exit 1; }
for wrong in 'let a = Int("1")!' 'let a = try! f()' 'let a = b as! Int'; do
  ! format "$wrong" || { echo "swift-format accepts: $wrong" >&2; exit 1; }
done

codes() { # a line of a page, a line of Swift; the verdict of codes.sh is the status
  printf '%s\n' "$1" > "$folder/page.md"
  printf '%s\n' "$2" > "$folder/Sources/Unknown/File.swift"
  "$here/codes.sh" "$folder/Sources" "$folder/page.md" 2>/dev/null
}
rm -rf "$folder/Sources"
mkdir -p "$folder/Sources/Unknown"
codes '| `a.b`, `a.c-d` | why |' 'let codes = ["a.b", "a.c-d", "survey.toml"]' || {
  echo "codes.sh refuses what is right" >&2
  exit 1
}
for page in '| `a.b` | why |' '| `a.b`, `a.c-d`, `a.e` | why |' '| `a.b`, `a.c-d`, `a.b` | why |'; do
  ! codes "$page" 'let codes = ["a.b", "a.c-d"]' || { echo "codes.sh accepts: $page" >&2; exit 1; }
done
