from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from learningcity.common.columnar.intake import Refused, examine
from learningcity.common.columnar.quality import in_words


class Command(BaseCommand):
    help = "Print as JSON what a file of data is, and what is noticeable about it; nothing is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_words: str, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        with tempfile.TemporaryDirectory(prefix="learningcity-") as folder:
            try:
                found = examine(path.resolve(), path.name, folder=Path(folder))
            except Refused as problem:
                raise CommandError(str(problem)) from problem
        said = {
            "format": found.format,
            "row_count": found.row_count,
            **found.as_json(),
            "schema": found.schema,
            "problems": [asdict(one) for one in in_words(found.problems)],
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
