"""The sizes of one photograph of 24 million points: `python -m bench.pictures` prints JSON.

Ours makes all nine renditions from pixels alone, as the worker does. Beside it stands the plain way with the same library: read
the photograph whole, turn it, make it smaller, save it, nine times over. Each runs in a process of its own, for its memory.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable

from PIL import Image, ImageOps

from bench.own import memory
from learningcity.common import images
from learningcity.config.launch.local import ROOT, python

SIZE = (6000, 4000)
WIDTHS = (480, 960, 1600)
ROUNDS = 3


def run() -> dict[str, dict[str, float]]:
    """Return what both ways take."""
    content = photograph()
    results = {}
    for way in WAYS:
        command = python("-m", "bench.pictures", way)
        results[way] = json.loads(
            subprocess.run(command, cwd=ROOT, check=True, input=content, stdout=subprocess.PIPE).stdout
        )
    return results


def photograph() -> bytes:
    """Return a photograph that is made up: soft shapes with the grain of a sensor, lying on its side."""
    shapes = Image.effect_noise((60, 40), 90).resize(SIZE, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(SIZE, 12)
    bands = [Image.blend(shapes.rotate(turn), grain, 0.15) for turn in (0, 90, 180)]
    turned = Image.Exif()
    turned[0x0112] = 6
    file = io.BytesIO()
    Image.merge("RGB", bands).save(file, "JPEG", quality=92, exif=turned)
    return file.getvalue()


def ours(content: bytes) -> int:
    images.measure(io.BytesIO(content))
    made = 0
    for width in WIDTHS:
        drawn = images.fresh(io.BytesIO(content), width)
        made += len([images.written(drawn, form) for form in images.SAVED_AS])
    return made


def plainly(content: bytes) -> int:
    made = 0
    for width in WIDTHS:
        for how in images.SAVED_AS.values():
            with Image.open(io.BytesIO(content)) as image:
                upright = ImageOps.exif_transpose(image).convert("RGB")
            height = round(upright.height * width / upright.width)
            upright.resize((width, height), Image.Resampling.LANCZOS).save(io.BytesIO(), **how)  # type: ignore[arg-type]
            made += 1
    return made


def measured(way: Callable[[bytes], int], content: bytes) -> dict[str, float]:
    empty, seconds = memory(), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        made = way(content)
        seconds.append(time.perf_counter() - began)
    return {
        "original_mb": len(content) / 1e6,
        "seconds": min(seconds),
        "renditions_per_second": made / min(seconds),
        "memory_mb": memory() - empty,
    }


WAYS = {"ours": ours, "plain": plainly}

if __name__ == "__main__":
    print(json.dumps(measured(WAYS[sys.argv[1]], sys.stdin.buffer.read()) if sys.argv[1:] else run(), indent=1))
