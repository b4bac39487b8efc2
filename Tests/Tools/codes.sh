#!/usr/bin/env bash
# Usage: codes.sh SOURCES PAGE. Fails where the codes of findings and problems in the sources are not those on the page.
set -euo pipefail
sources=$1 page=$2

# A code stands in quotation marks, or in brackets behind the blank after a message. Comments name codes and files: they are left
# out, and so are names of files.
used=$(grep -rhE '"' "$sources" --include='*.swift' | grep -vE '^[[:space:]]*//' \
  | grep -oE '"[a-z]+\.[a-z]+(-[a-z]+)*"| \[[a-z]+\.[a-z]+(-[a-z]+)*\]' | tr -d '"[] ' \
  | grep -vE '\.(toml|geojson|kml|ini|csv)$' | sort -u)
# In a table, the cell of the first column.
listed=$(grep -E '^\| `' "$page" | cut -d'|' -f2 | grep -oE '`[^`]+`' | tr -d '`' | sort)

fail() { printf '%s: %s\n' "$1" "$2" | tr '\n' ' ' >&2; echo >&2; exit 1; }
twice=$(uniq -d <<<"$listed")
[ -z "$twice" ] || fail "listed twice in $page" "$twice"
missing=$(comm -23 <(printf '%s\n' "$used") <(printf '%s\n' "$listed"))
[ -z "$missing" ] || fail "codes in $sources that $page does not explain" "$missing"
gone=$(comm -13 <(printf '%s\n' "$used") <(printf '%s\n' "$listed"))
[ -z "$gone" ] || fail "codes in $page that $sources does not give" "$gone"
