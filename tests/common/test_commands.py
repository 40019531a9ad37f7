import json

import pytest
from django.core.management import CommandError, call_command


def test_examine_file_prints_what_a_file_is(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("จังหวัด,จำนวน\nเลย,1\nรวม,1\n")
    call_command("examine_file", str(path))

    said = json.loads(capsys.readouterr().out)
    assert (said["format"], said["row_count"], said["schema"]["fields"][1]["name"]) == ("csv", 2, "chamnuan")
    assert [(problem["kind"], problem["rows"]) for problem in said["problems"]] == [("total", [3])]


@pytest.mark.parametrize("content", [b"%PDF-1.7", None])
def test_examine_file_says_why_it_cannot(tmp_path, content):
    path = tmp_path / "a.csv"
    if content:
        path.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("examine_file", str(path))
