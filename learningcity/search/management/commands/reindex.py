from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from learningcity.search.actions import reindex_all


class Command(BaseCommand):
    help = "Bring the search in step with all public records, and count how frequent each word is."

    def handle(self, **options: Any) -> None:
        done = reindex_all()
        self.stdout.write(
            f"Search: {done.added} added, {done.changed} changed, {done.unchanged} unchanged, {done.forgotten} forgotten."
        )
