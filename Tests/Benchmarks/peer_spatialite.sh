#!/bin/sh
# `razmin remaining` in SpatiaLite, from ready lines and cells (ready_lines.py): peer_spatialite.sh DATABASE OUT
# One buffer of all lines of a log is the union of their buffers, and faster. Uniting what is one polygon already would
# node it all over again, hence the counts.
set -eu
command -v spatialite >/dev/null || { echo "spatialite: not installed" >&2; exit 127; }
exec spatialite -silent -bail -noheader -list "$1" >"$2" <<'SQL'
create temp table swaths as select st_buffer(st_collect(geom), max(half), 8) g from lines group by log;
create temp table released as select st_union(geom) g from cells group by grid;
create temp table gone as
  select h.rank rank, 1 step, b.geom g
    from hazards h join hazards b on b.rank < h.rank and st_intersects(h.geom, b.geom)
  union all select h.rank, 2, r.g from hazards h join released r on st_intersects(h.geom, r.g)
  union all select h.rank, 3, s.g from hazards h join swaths s on st_intersects(h.geom, s.g);
create temp table single as select rank, step, g from gone group by rank, step having count(*) = 1
  union all select rank, step, st_union(g) from gone group by rank, step having count(*) > 1;
create temp table a as select h.id, h.rank rank, case when s.g is null then h.geom else st_difference(h.geom, s.g) end g
  from hazards h left join single s on s.rank = h.rank and s.step = 1;
create temp table b as select a.id, a.rank rank, case when s.g is null then a.g else st_difference(a.g, s.g) end g
  from a left join single s on s.rank = a.rank and s.step = 2;
create temp table c as select b.id,
    st_transform(case when s.g is null then b.g else st_difference(b.g, s.g) end, 4326) g
  from b left join single s on s.rank = b.rank and s.step = 3;
select '{"type":"FeatureCollection","features":[';
select group_concat('{"type":"Feature","properties":{"hazard_id":"' || id || '","layer":"remaining","area_m2":'
  || coalesce(st_area(g, 1), 0) || '},"geometry":' || coalesce(asgeojson(g, 9), 'null') || '}', ',' || char(10)) from c;
select ']}';
SQL
