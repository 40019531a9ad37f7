"""How well the engine answers, on a small corpus of our own and, where it is at hand, on a published one."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

pytestmark = pytest.mark.django_db

CORPUS = Path(__file__).parent / "corpus"
XQUAD = settings.ROOT.parent / "shared" / "data" / "thai-search" / "xquad.th.json"


def measured(capsys, passages: Path, questions: Path) -> dict[str, float]:
    call_command("search_eval", passages, questions)
    return json.loads(capsys.readouterr().out)


def test_small_corpus_is_answered_without_a_miss(capsys):
    found = measured(capsys, CORPUS / "passages.jsonl", CORPUS / "questions.jsonl")

    assert (found["mrr10"], found["recall1"], found["questions"]) == (1.0, 1.0, 60)


@pytest.mark.skipif(not XQUAD.exists(), reason="the folder ../shared with the XQuAD passages is absent")
def test_xquad_is_answered_better_than_by_words_alone(capsys, tmp_path):
    paragraphs = [each for article in json.loads(XQUAD.read_text())["data"] for each in article["paragraphs"]]
    passages, questions = tmp_path / "passages.jsonl", tmp_path / "questions.jsonl"
    passages.write_text(
        "".join(json.dumps({"id": number, "text": each["context"]}) + "\n" for number, each in enumerate(paragraphs))
    )
    questions.write_text(
        "".join(
            json.dumps({"text": question["question"], "relevant": [number]}) + "\n"
            for number, each in enumerate(paragraphs)
            for question in each["qas"]
        )
    )

    found = measured(capsys, passages, questions)

    assert (found["passages"], found["questions"]) == (240, 1190)
    assert found["mrr10"] >= 0.97
