"""Features with what must be said of them around them (RFC 7946: longitude first, WGS 84)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from learningcity.common.text import LocalText


def write_geojson(features: Path, title: LocalText, credit: Mapping[str, str], target: Path) -> None:
    """Write features, one in each line of a file, as a collection; license and source stand in it as foreign members."""
    said = {"type": "FeatureCollection", "name": title.en or title.th, "title_th": title.th, "title_en": title.en}
    head = json.dumps(said | dict(credit), ensure_ascii=False)
    with features.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as file:
        file.write(f'{head[:-1]}, "features": [\n')
        between = ""
        for line in lines:
            file.write(f"{between}{line.rstrip()}")
            between = ",\n"
        file.write("\n]}\n")
