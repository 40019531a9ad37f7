from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from learningcity.common.messages import Message, messages_in, placeholders

CATALOG = settings.ROOT / "locale/th/LC_MESSAGES/django.po"


class Command(BaseCommand):
    help = "Bring locale/th up to date with the texts in code and templates and compile it; --check only looks."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail if anything is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = messages_in(settings.ROOT / "learningcity")
        catalog = polib.pofile(str(CATALOG), wrapwidth=110) if CATALOG.exists() else polib.POFile(wrapwidth=110)
        if options["check"]:
            self.check_catalog(catalog, wanted)
            return
        update(catalog, wanted)
        catalog.save(str(CATALOG))
        catalog.save_as_mofile(str(CATALOG.with_suffix(".mo")))
        self.stdout.write(f"{len(catalog)} texts, {len(catalog.untranslated_entries())} not yet translated")

    def check_catalog(self, catalog: polib.POFile, wanted: dict[Message, list[str]]) -> None:
        if faults := faults_of(catalog, wanted, CATALOG.with_suffix(".mo")):
            raise CommandError("Translations:\n  " + "\n  ".join(faults))
        self.stdout.write(f"{len(wanted)} texts, all in Thai")


def key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def update(catalog: polib.POFile, wanted: dict[Message, list[str]]) -> None:
    """Add new texts, drop those that are gone, note where each one stands; keep every translation."""
    catalog.metadata = {
        "Project-Id-Version": "learningcity",
        "Language": "th",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    old = {key(entry): entry for entry in catalog}
    catalog.clear()
    for message, places in sorted(wanted.items()):
        entry = old.get(message) or polib.POEntry(
            msgid=message.singular,
            msgid_plural=message.plural,
            msgctxt=message.context or None,
            msgstr_plural={0: ""} if message.plural else {},
        )
        entry.occurrences = [(place, "") for place in places]
        catalog.append(entry)


def faults_of(catalog: polib.POFile, wanted: dict[Message, list[str]], compiled: Path) -> list[str]:
    """Return a sentence for each text without a sound translation."""
    have = {key(entry): entry for entry in catalog if not entry.obsolete}
    faults = [f"not in the catalog: {message.singular!r}" for message in wanted if message not in have]
    faults += [f"no longer used: {message.singular!r}" for message in have if message not in wanted]
    for entry in have.values():
        thai = entry.msgstr or entry.msgstr_plural.get(0, "")
        if not thai or entry.fuzzy:
            faults.append(f"not translated: {entry.msgid!r}")
        elif placeholders(thai) != placeholders(entry.msgid_plural or entry.msgid):
            faults.append(f"other placeholders: {entry.msgid!r}")
    if not compiled.exists() or compiled.read_bytes() != catalog.to_binary():
        faults.append("django.mo is not made from this django.po; run ./run manage messages")
    return faults
