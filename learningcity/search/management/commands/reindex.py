from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from learningcity.search.actions import rebuild_all, reindex_all


class Command(BaseCommand):
    help = "Bring the search in step with all public records, and count how frequent each word is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anew",
            action="store_true",
            help="index what has not changed too: after a change of data/search/words.txt",
        )

    def handle(self, *, anew: bool, **options: Any) -> None:
        done = rebuild_all() if anew else reindex_all()
        self.stdout.write(
            f"Search: {done.added} added, {done.changed} changed, {done.unchanged} unchanged, {done.forgotten} forgotten."
        )
