from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learningcity.portal.actions.scale import NotScratch, scale_to


class Command(BaseCommand):
    help = "Add synthetic cities to a database for measuring, until there are so many in all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("total", type=int, help="how many cities there shall be, the real ones among them")

    def handle(self, *, total: int, verbosity: int, **_options: Any) -> None:
        try:
            added = scale_to(total)
        except NotScratch as refusal:
            raise CommandError(f"Nothing was added: {refusal}.") from refusal
        if verbosity:
            self.stdout.write(f"{added} synthetic cities were added.")
