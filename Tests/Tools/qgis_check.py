"""Opens what `razmin remaining` wrote in QGIS, as GeoPackage and as GeoJSON, and draws the GeoPackage.

    qgis_check.py --razmin .build/debug/razmin --pictures docs/images sample-surveys/nis-apron ...

QGIS must find every layer valid, with as many features as the GeoJSON has, say nothing about it, and take the colours from
the GeoPackage by itself. A picture of the first survey, PICTURES/qgis-NAME.png, is what a user sees who drags the file in.
GDAL's validate_gpkg.py must find nothing either. Needs Debian's python3-qgis, qgis-providers and python3-gdal; run it with QT_QPA_PLATFORM=offscreen.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter

from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsMapRendererParallelJob, QgsMapSettings,
    QgsProject, QgsRectangle, QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

STATES = ("cancelled", "reduced", "cleared", "remaining")
SIZE, MARGIN = QSize(900, 620), 1.08


def written(razmin, survey, kind, folder):
    path = os.path.join(folder, f"{os.path.basename(survey)}.{kind}")
    run = subprocess.run([razmin, "remaining", survey, "--format", kind, "-o", path], capture_output=True, text=True)
    assert run.returncode in (0, 1, 2), f"{survey} {kind}: exit {run.returncode}: {run.stderr}"
    return path


def opened(source, name):
    layer = QgsVectorLayer(source, name, "ogr")
    assert layer.isValid(), f"{source}: {layer.error().message()}"
    assert layer.error().isEmpty(), f"{source}: {layer.error().message()}"
    provider = layer.dataProvider()
    assert not provider.hasErrors(), f"{source}: {provider.errors()}"
    assert layer.crs().authid() in ("EPSG:4326", "OGC:CRS84"), f"{source}: {layer.crs().authid()}"
    return layer


def colours(layer):
    """What the layer is drawn in: the value of the column or None, to fill and stroke."""
    def pair(symbol):
        return symbol.symbolLayer(0).fillColor(), symbol.symbolLayer(0).strokeColor()

    renderer = layer.renderer()
    if renderer.type() == "categorizedSymbol":
        assert renderer.classAttribute() == "hazard_class", renderer.classAttribute()
        # Symbols belong to the categories, which must stay alive.
        categories = renderer.categories()
        return {category.value(): pair(category.symbol()) for category in categories}
    assert renderer.type() == "singleSymbol", renderer.type()
    return {None: pair(renderer.symbol())}


def wanted(properties):
    fill, stroke = QColor(properties["fill"]), QColor(properties["stroke"])
    fill.setAlpha(int(properties["fill-opacity"] * 255 + 0.5))
    return fill, stroke


def check(survey, razmin, folder):
    package, text = (written(razmin, survey, kind, folder) for kind in ("gpkg", "geojson"))
    # GDAL's own reading of the standard, every check of the content included.
    validator = [sys.executable, "-m", "osgeo_utils.samples.validate_gpkg", "-k", "--extra", "--warning-as-error", package]
    verdict = subprocess.run(validator, capture_output=True, text=True)
    assert verdict.returncode == 0, f"{survey}: {verdict.stdout}{verdict.stderr}"
    with open(text, encoding="utf-8") as file:
        features = json.load(file)["features"]
    assert features, f"{survey}: nothing to look at"
    assert opened(text, "geojson").featureCount() == len(features), f"{survey}: GeoJSON"
    counts = Counter(feature["properties"]["layer"] for feature in features)
    layers, checked = [], 0
    for state in STATES:
        layer = opened(f"{package}|layername={state}", state)
        assert layer.featureCount() == counts[state], f"{survey}: {state} has {layer.featureCount()}, not {counts[state]}"
        assert len(list(layer.getFeatures())) == counts[state], f"{survey}: {state} cannot be read"
        found = colours(layer)
        for feature in features:
            properties = feature["properties"]
            if properties["layer"] != state:
                continue
            got = found[properties["hazard_class"] if None not in found else None]
            assert got == wanted(properties), f"{survey}: {state} is drawn in {[c.name(QColor.HexArgb) for c in got]}"
            checked += 1
        layers.append(layer)
    return layers, checked


def draw(layers, path):
    """North up, in metres of the zone of UTM that the land is in."""
    box = QgsRectangle()
    for layer in layers:
        if layer.featureCount():
            box.combineExtentWith(layer.extent())
    middle = box.center()
    crs = QgsCoordinateReferenceSystem(f"EPSG:{32601 + int((middle.x() + 180) // 6)}")
    settings = QgsMapSettings()
    settings.setLayers(list(reversed(layers)))
    settings.setDestinationCrs(crs)
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), crs, QgsProject.instance())
    extent = transform.transformBoundingBox(box)
    extent.scale(MARGIN)
    settings.setExtent(extent)
    settings.setOutputSize(SIZE)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert not job.errors(), [error.message for error in job.errors()]
    assert job.renderedImage().save(path, "PNG"), path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--razmin", required=True)
    parser.add_argument("--pictures", required=True)
    parser.add_argument("surveys", nargs="+")
    options = parser.parse_args()
    application = QgsApplication([], False)
    said = []
    QgsApplication.messageLog().messageReceived.connect(lambda text, tag, level: said.append(f"{tag}: {text}"))
    application.initQgis()
    said.clear()
    checked = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, survey in enumerate(options.surveys):
            layers, count = check(survey, options.razmin, folder)
            checked += count
            if number == 0:
                draw(layers, os.path.join(options.pictures, f"qgis-{os.path.basename(survey)}.png"))
            layers.clear()
    assert not said, said
    application.exitQgis()
    print(f"QGIS shows what razmin writes: {len(options.surveys)} surveys, {checked} features in their colours")
    return 0


if __name__ == "__main__":
    sys.exit(main())
