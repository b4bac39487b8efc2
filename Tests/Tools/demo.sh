#!/usr/bin/env bash
# Usage: demo.sh RAZMIN SURVEY FOLDER. Prints the survey's ledger and writes what is cleared and what remains.
set -euo pipefail
razmin=$1 survey=$2 folder=$3

"$razmin" ledger "$survey" | tee "$folder/ledger.txt"
"$razmin" remaining "$survey" -o "$folder/remaining.geojson"

cat <<MESSAGE

The ledger:     $folder/ledger.txt
The polygons:   $folder/remaining.geojson (open it in QGIS, or: ogrinfo -al -so $folder/remaining.geojson)
The raw input:  $survey
MESSAGE
