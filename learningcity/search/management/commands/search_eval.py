from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learningcity.search.actions import write
from learningcity.search.management.scratch import scratch_bytes, scratch_tables, without_inverted_index
from learningcity.search.queries import search
from learningcity.search.registry import Entry
from learningcity.search.tasks import count_terms

HELP = """Index a corpus into a scratch space with the site's engine, ask it questions, and print how well it answers.

PASSAGES has lines of {"id": "…", "text": "…"}, QUESTIONS lines of {"text": "…", "relevant": ["id", …]}.
The scratch space belongs to this connection alone: the site's documents are neither read nor touched, nothing is left
behind, and either role may do it. The site's languages are not needed: any text is indexed as the Thai body."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How well, how fast, and at what cost the engine answers."""

    mrr10: float
    recall1: float
    recall5: float
    p50_ms: float
    p95_ms: float
    passages: int
    questions: int
    index_s: float
    index_mb: float


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("passages", type=Path, metavar="PASSAGES.jsonl")
        parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")

    def handle(self, passages: Path, questions: Path, **options: Any) -> None:
        asked = list(_lines(questions, {"text": str, "relevant": list}))
        if not asked:
            raise CommandError(f"{questions} holds no question.")
        with scratch_tables():
            began = time.perf_counter()
            with without_inverted_index():
                counts = write("passage", (_entry(line) for line in _lines(passages, {"id": (str, int), "text": str})))
                count_terms()
            index_s = time.perf_counter() - began
            measured = _measure(asked, passages=sum(counts.values()), index_s=index_s)
        self.stdout.write(json.dumps(asdict(measured), indent=2))


def _measure(asked: list[dict[str, Any]], *, passages: int, index_s: float) -> Measured:
    # The first one pays for reading the dictionary.
    search(asked[0]["text"], language="th")
    ranks, times = [], []
    for question in asked:
        began = time.perf_counter()
        results = search(question["text"], language="th")
        times.append(time.perf_counter() - began)
        relevant = {str(key) for key in question["relevant"]}
        ranks.append(next((rank for rank, hit in enumerate(results.hits, 1) if hit.key in relevant), None))
    times.sort()
    found = [rank for rank in ranks if rank]
    return Measured(
        mrr10=round(sum(1 / rank for rank in found) / len(asked), 4),
        recall1=round(sum(rank == 1 for rank in found) / len(asked), 4),
        recall5=round(sum(rank <= 5 for rank in found) / len(asked), 4),
        p50_ms=round(times[len(times) // 2] * 1000, 2),
        p95_ms=round(times[int(len(times) * 0.95)] * 1000, 2),
        passages=passages,
        questions=len(asked),
        index_s=round(index_s, 2),
        index_mb=round(scratch_bytes() / 1e6, 2),
    )


def _entry(line: dict[str, Any]) -> Entry:
    return Entry(key=str(line["id"]), address="/", body_th=line["text"])


def _lines(path: Path, fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file, one a line.

    :raises CommandError: naming file, line and reason.
    """
    try:
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                if text.strip():
                    yield _object(text, fields, f"{path}, line {number}")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{path} cannot be read: {problem}") from None


def _object(text: str, fields: dict[str, Any], place: str) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError as problem:
        raise CommandError(f"{place}: not JSON: {problem}") from None
    for name, kind in fields.items():
        if not isinstance(line, dict) or not isinstance(line.get(name), kind):
            raise CommandError(f"{place}: “{name}” is missing or of a wrong type.")
    return line
