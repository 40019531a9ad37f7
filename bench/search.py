"""The search engine by itself: how well, how fast, and how its index grows. `python -m bench.search 100000` goes on.

The corpus is the small one of the tests, multiplied and perturbed: phrases left out, exchanged, misspelled.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.scratch import environment
from learningcity.config.launch.local import ROOT, python, state_folder
from learningcity.config.launch.server import Server

CORPUS = ROOT / "tests" / "search" / "corpus"
SIZES = [1_000, 10_000]
LETTERS = "กขคงจชซณดตถทนบปพภมยรลวศสหอะาิีุเแ"
# The smallest of the bench's databases; only the shapes of its tables are used.
DATABASE = "bench_13"


def run(sizes: list[int] = SIZES) -> dict[str, Any]:
    """Return what the engine does with the corpus as it is, and how time and size grow when it is multiplied."""
    with tempfile.TemporaryDirectory() as folder, Server(state_folder() / "bench" / "postgres").hold() as server:
        variables = environment(server, DATABASE)
        results = {"small corpus, mrr10": evaluate(CORPUS / "passages.jsonl", variables)["mrr10"]}
        for size in sizes:
            passages = Path(folder) / f"{size}.jsonl"
            multiply(size, passages)
            measured = evaluate(passages, variables)
            results |= {
                f"{size} passages, {name}": measured[name] for name in ("p50_ms", "p95_ms", "index_s", "index_mb")
            }
    return results


def evaluate(passages: Path, variables: dict[str, str]) -> dict[str, float]:
    command = python("manage.py", "search_eval", str(passages), str(CORPUS / "questions.jsonl"))
    done = subprocess.run(command, env=variables, cwd=ROOT, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def multiply(size: int, path: Path) -> None:
    """Write a corpus of this size; the first passages are the original ones."""
    chance = random.Random(size)
    originals = [json.loads(line)["text"] for line in (CORPUS / "passages.jsonl").read_text("utf-8").splitlines()]
    phrases = [phrase for text in originals for phrase in text.split(" ")]
    with path.open("w", encoding="utf-8") as file:
        for number in range(size):
            text = originals[number] if number < len(originals) else perturbed(originals, phrases, chance)
            file.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")


def perturbed(originals: list[str], phrases: list[str], chance: random.Random) -> str:
    """Return some passages run together, about as long as a paragraph, with some phrases exchanged and misspelled."""
    made = []
    for phrase in " ".join(chance.sample(originals, 4)).split(" "):
        dice = chance.random()
        if dice < 0.1:
            continue
        kept = chance.choice(phrases) if dice < 0.4 else phrase
        place = chance.randrange(len(kept)) if dice > 0.8 else None
        made.append(kept if place is None else kept[:place] + chance.choice(LETTERS) + kept[place + 1 :])
    return " ".join(made)


if __name__ == "__main__":
    for name, value in run([int(word) for word in sys.argv[1:]] or SIZES).items():
        print(f"{name}: {value}")
