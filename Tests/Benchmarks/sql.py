"""The steps of `remaining` that DuckDB and PostGIS write alike: fixes (log, t, g) to lines, then what remains."""

JUMP = 2.5  # metres, as in peer_survey.py


def lines(make_line, kind="table"):
    """Lines of each log: spikes dropped (both neighbours far), cut at jumps, and at pauses as between lanes."""
    return [f"""create {kind} lines as
        with near as (select log, t, g, st_distance(g, lag(g) over w) a, st_distance(g, lead(g) over w) b
            from fixes window w as (partition by log order by t)),
          kept as (select log, t, g, st_distance(g, lag(g) over w) a, t - lag(t) over w pause
            from near where not (coalesce(a, 0) > {JUMP} and coalesce(b, 0) > {JUMP})
            window w as (partition by log order by t)),
          runs as (select log, t, g, sum(case when a > {JUMP} or pause > interval '10 seconds' then 1 else 0 end)
            over (partition by log order by t) run from kept)
        select log, {make_line} geom from runs group by log, run having count(*) > 1"""]


def remaining(union, buffer, one, kind="table"):
    """Hazards less those that go before them, less released cells, less swaths.

    `buffer` is one of all lines of a log, faster than a union of buffers.
    Uniting what is one polygon already would node it all over again: `one` picks it."""
    whole = f"""create {kind} "{{0}}" as
        select place, {one} g from ({{1}}) n group by place having count(*) = 1
        union all select place, {union}(g) from ({{1}}) n group by place having count(*) > 1"""
    return [
        f"create {kind} swaths as select {buffer} g from lines group by log",
        f"create {kind} released as select {union}(geom) g from cells group by grid",
        whole.format("before", "select h.place, b.geom g from hazards h join hazards b "
                     "on b.place < h.place and st_intersects(h.geom, b.geom)"),
        whole.format("of_cells", "select h.place, r.g from hazards h join released r on st_intersects(h.geom, r.g)"),
        whole.format("of_swaths", "select h.place, s.g from hazards h join swaths s on st_intersects(h.geom, s.g)"),
        f"""create {kind} ceded as select id, h.place,
            case when b.g is null then h.geom else st_difference(h.geom, b.g) end g
          from hazards h left join "before" b using (place)""",
        f"""create {kind} uncelled as select id, c.place,
            case when r.g is null then c.g else st_difference(c.g, r.g) end g
          from ceded c left join of_cells r using (place)""",
        f"""create {kind} remaining as select id, case when s.g is null then u.g else st_difference(u.g, s.g) end g
          from uncelled u left join of_swaths s using (place)"""]
