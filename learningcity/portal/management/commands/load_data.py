from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from learningcity.common.loading import Refused
from learningcity.opendata.actions import keep_snapshots
from learningcity.portal.actions.load import Loaded, load_folder


class Command(BaseCommand):
    help = "Bring the database up to what the files under data/ say; nothing is stored if one row is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.ROOT / "data", help="default: data/")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    @transaction.atomic
    def handle(self, *, folder: Path, dry_run: bool, verbosity: int, **_options: Any) -> None:
        try:
            loaded = load_folder(folder)
        except Refused as refused:
            rows = "\n".join(f"  {problem}" for problem in refused.problems)
            raise CommandError(f"Nothing was stored, because of:\n{rows}") from refused
        if dry_run:
            transaction.set_rollback(True)
        else:
            keep_snapshots()
        if verbosity:
            self.report(loaded)
            if dry_run:
                self.stdout.write("This was a dry run: nothing was stored.")

    def report(self, loaded: list[Loaded]) -> None:
        self.stdout.write(f"{'file':26}{'added':>8}{'changed':>9}{'unchanged':>11}")
        for file in loaded:
            self.stdout.write(f"{file.file:26}{file.added:8}{file.changed:9}{file.unchanged:11}")
        for file in loaded:
            for name in file.only_stored:
                self.stdout.write(f"{file.file}: {name} is in the database but not in the file; it stays.")
            for name in file.kept:
                self.stdout.write(
                    f"{file.file}: {name} was changed on the site, and in the file since; the site’s stays."
                )
