#!/usr/bin/env python3
"""NMEA to GeoJSON in polars: peer_nmea.py tracks|points IN OUT.

Lines as rows, fields split by columns; checksums are not verified. Points have time, quality and sigma (of the GST that
follows); `tracks` is one line of all fixes, which needs GGA only."""
import sys

import polars as pl


def degrees(value, hemisphere, width, minus):
    """ddmm.mmmm of a column, in degrees."""
    text = pl.col(value)
    found = text.str.head(width).cast(pl.Float64) + text.str.slice(width).cast(pl.Float64) / 60
    return (pl.when(pl.col(hemisphere) == minus).then(-found).otherwise(found)).round(9)


def fields(lines, kind, count):
    of_kind = lines.filter(pl.col("line").str.starts_with(kind))
    return of_kind.select(pl.col("line").str.splitn(",", count).alias("all")).unnest("all")


def main(what, source, out):
    lines = pl.scan_csv(source, has_header=False, separator="\x01", quote_char=None, schema={"line": pl.String})
    gga = fields(lines, "$GNGGA", 11).select(
        clock="field_1", quality="field_6", height="field_9",
        lat=degrees("field_2", "field_3", 2, "S"), lon=degrees("field_4", "field_5", 3, "W"))
    place = [pl.lit("["), pl.col("lon"), pl.lit(","), pl.col("lat")]
    if what == "tracks":
        rows = gga.select(pl.concat_str(*place, pl.lit("]"))).collect().to_series()
        head = b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":' \
               b'{"type":"LineString","coordinates":['
        tail = b"]}}]}\n"
    else:
        gst = fields(lines, "$GNGST", 8).select(sigma="field_6")
        rows = pl.concat([gga, gst], how="horizontal").select(pl.concat_str(
            pl.lit('{"type":"Feature","properties":{"time":"'), "clock", pl.lit('","quality":'), "quality",
            pl.lit(',"sigma_m":'), "sigma", pl.lit('},"geometry":{"type":"Point","coordinates":'), *place, pl.lit(","),
            "height", pl.lit("]}}"))).collect().to_series()
        head, tail = b'{"type":"FeatureCollection","features":[\n', b"\n]}\n"
    with open(out, "wb") as file:
        file.write(head + ",\n".join(rows.to_list()).encode() + tail)


if __name__ == "__main__":
    main(*sys.argv[1:])
