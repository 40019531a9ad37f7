from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learningcity.opendata.queries import files_of, package_of_everything


class Command(BaseCommand):
    help = "Write all that is public into a folder, as one Data Package."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="is made where it is missing; what it holds is replaced")

    def handle(self, *, folder: Path, verbosity: int, **_options: Any) -> None:
        if folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        package = package_of_everything()
        if not package.items:
            raise CommandError("The catalog is empty: run load_data first.")
        for name, pieces in files_of(package):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                file.writelines(pieces)
        if verbosity:
            self.stdout.write(f"{len(package.items)} files and datapackage.json in {folder}")
