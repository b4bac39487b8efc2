"""Draws what `razmin remaining` wrote: a map in the colours of its features, with legend, scale bar and north arrow.

Usage: picture.py REMAINING.geojson PICTURE.png
"""

import json
import math
import sys

import geopandas
import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plot
from matplotlib.colors import to_rgba
from matplotlib.patches import Patch, Polygon, Rectangle

INK = "#222222"
SIZE, DPI = (8.6, 5.8), 110
HATCH = {"reopened by a find": "////", "worked too shallow": "...."}


def has(row, name):
    value = row.get(name)
    return value is not None and value == value


def kind(row):
    """What the legend tells apart: the layer, the class of what remains, and why it remains."""
    if row["layer"] != "remaining":
        return row["layer"], None
    why = "reopened by a find" if has(row, "reopened_by") else "worked too shallow" if has(row, "worked") else None
    return f"remaining ({row['hazard_class']})", why


def square_metres(area):
    return f"{area:,.0f} m²".replace(",", "\u202f")


def ground(axes, features):
    """Draws the features; gives the entries of the legend, in the order of the file."""
    areas, entries = {}, {}
    for _, row in features.iterrows():
        name, why = kind(row)
        fill, edge = to_rgba(row["fill"], row["fill-opacity"]), to_rgba(row["stroke"])
        style = {"facecolor": fill, "edgecolor": edge, "linewidth": 0.6, "hatch": HATCH.get(why)}
        # What remains is drawn over the rest: a stripe thinner than a line must look like what it is.
        geopandas.GeoSeries([row.geometry]).plot(ax=axes, zorder=2 if row["layer"] == "remaining" else 1, **style)
        areas[name, why] = areas.get((name, why), 0) + row["area_m2"]
        entries.setdefault((name, why), style)
    return [Patch(label=f"{', '.join(filter(None, key))}\n{square_metres(areas[key])}", **style)
            for key, style in entries.items()]


def scale_bar(axes, west, base, width, thick):
    power = 10 ** math.floor(math.log10(width / 3))
    length = max(step * power for step in (1, 2, 5) if step * power <= width / 3)
    for part in range(4):
        axes.add_patch(Rectangle((west + part * length / 4, base), length / 4, thick, edgecolor=INK, linewidth=0.8,
                                 facecolor=INK if part % 2 == 0 else "white"))
    for metres in (0, length / 2, length):
        axes.text(west + metres, base - thick / 2, f"{metres:g}" + (" m" if metres == length else ""), ha="center",
                  va="top", fontsize=9, color=INK)


def north_arrow(axes, x, foot, size):
    """Points up: the map is drawn in a frame whose north is up in its middle."""
    axes.add_patch(Polygon([(x, foot + size), (x - size * 0.3, foot), (x, foot + size * 0.25), (x + size * 0.3, foot)],
                           facecolor=INK))
    axes.text(x + size * 0.45, foot + size / 2, "N", ha="left", va="center", fontsize=13, fontweight="bold", color=INK)


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        account = json.load(file)["razmin"]
    features = geopandas.read_file(source)
    middle = features.union_all().envelope.centroid
    features = features.to_crs(f"+proj=aeqd +lon_0={middle.x} +lat_0={middle.y} +ellps=WGS84")

    figure, axes = plot.subplots(figsize=SIZE, dpi=DPI)
    legend = ground(axes, features)
    west, south, east, north = features.total_bounds
    width, height = east - west, north - south
    base = south - height * 0.1
    scale_bar(axes, west, base, width, height / 70)
    north_arrow(axes, east - height * 0.06, base - height * 0.035, height * 0.09)
    axes.set_xlim(west - width * 0.02, east + width * 0.02)
    axes.set_ylim(base - height * 0.07, north + height * 0.02)
    axes.set_aspect("equal")
    axes.set_axis_off()
    day = f"as of {account['as_of']}" if account["as_of"] else "as of the last record"
    axes.set_title(f"{account['name']}, {day}", fontsize=11, color=INK, loc="left")
    axes.legend(handles=legend, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9,
                labelspacing=1.0, handlelength=1.8, handleheight=1.4)
    figure.savefig(target, bbox_inches="tight", pad_inches=0.12, metadata={"Software": None})


main()
