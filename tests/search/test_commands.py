import json

import pytest
from django.core.management import CommandError, call_command

from learningcity.search.models import Document
from tests.factories.search import index_entries, make_entry

pytestmark = pytest.mark.django_db


def lines(path, *objects):
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects), encoding="utf-8")
    return path


def test_reindex_says_what_it_did(only_notes, capsys):
    only_notes("Mangrove")

    call_command("reindex")
    call_command("reindex")
    call_command("reindex", "--anew")

    assert capsys.readouterr().out.splitlines() == [
        "Search: 1 added, 0 changed, 0 unchanged, 0 forgotten.",
        "Search: 0 added, 0 changed, 1 unchanged, 0 forgotten.",
        "Search: 1 added, 0 changed, 0 unchanged, 0 forgotten.",
    ]


def test_search_eval_measures_a_corpus_and_leaves_nothing_behind(tmp_path, capsys):
    index_entries(make_entry(key="ours", title_th="ป่าชายเลน"))
    passages = lines(tmp_path / "p.jsonl", {"id": "a", "text": "ป่าชายเลน"}, {"id": 2, "text": "ทุ่งนา"})
    questions = lines(tmp_path / "q.jsonl", {"text": "ชายเลน", "relevant": ["a"]}, {"text": "ทุ่งนา", "relevant": ["a"]})

    call_command("search_eval", passages, questions)

    measured = json.loads(capsys.readouterr().out)
    assert {name: measured[name] for name in ("mrr10", "recall1", "recall5", "passages", "questions")} == {
        "mrr10": 0.5,
        "recall1": 0.5,
        "recall5": 0.5,
        "passages": 2,
        "questions": 2,
    }
    assert [measured[name] > 0 for name in ("p50_ms", "p95_ms", "index_s", "index_mb")] == [True] * 4
    assert list(Document.objects.values_list("key", flat=True)) == ["ours"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"id": "a", "text": "x"}\nnonsense\n', "p.jsonl, line 2: not JSON"),
        ('{"id": "a"}\n', "p.jsonl, line 1: “text” is missing"),
        ("[1]\n", "p.jsonl, line 1: “id” is missing"),
    ],
)
def test_search_eval_names_file_line_and_reason_of_a_bad_row(tmp_path, text, problem):
    passages = tmp_path / "p.jsonl"
    passages.write_text(text, encoding="utf-8")
    questions = lines(tmp_path / "q.jsonl", {"text": "x", "relevant": []})

    with pytest.raises(CommandError, match=problem):
        call_command("search_eval", passages, questions)


def test_search_eval_without_files_or_questions_says_so(tmp_path):
    empty = lines(tmp_path / "empty.jsonl")

    with pytest.raises(CommandError, match="holds no question"):
        call_command("search_eval", empty, empty)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("search_eval", empty, tmp_path / "absent.jsonl")
