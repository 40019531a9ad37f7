"""What the worker does with files: numbers in, no decisions; the same job may run twice."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from learningcity.opendata.tasks.examining import MOST_ATTEMPTS, examine_upload, local_file
from learningcity.opendata.tasks.sweeping import sweep_files


@app.task(
    name="opendata.examine",
    pass_context=False,
    retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=10),
)
def examine(upload: int, turn: int, language: str) -> None:
    examine_upload(upload, turn, language)


__all__ = ["examine", "examine_upload", "local_file", "sweep_files"]
