#!/usr/bin/env bash
# Installs what `make bench` runs beside razmin, from Debian: as root, or through sudo. No database service is left running:
# where PostgreSQL is new, Debian is told first to make no cluster of its own; the benchmark makes a private one.
set -euo pipefail
here=$(dirname "$0")

config=/etc/postgresql-common/createcluster.conf
if [ ! -e /usr/share/postgresql-common ]; then
  "$here/need.sh" postgresql-common
  if [ -e "$config" ]; then
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" sed -i 's/^#\? *create_main_cluster *=.*/create_main_cluster = false/' "$config"
  fi
fi
"$here/need.sh" python3-venv gdal-bin gpsbabel proj-bin postgresql postgresql-postgis spatialite-bin \
  libsqlite3-mod-spatialite
