"""Whatever somebody brings: a sentence that says why it is not taken, bounded memory, and nothing left behind."""

import io
import json
import resource
import zipfile

import pytest
from django.utils import translation

from learningcity.common.columnar import intake, limits, sniffing
from learningcity.common.columnar.intake import Refused
from tests.common.columnar.bringing import bring, rows_of


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 240_000_000)
    return file.getvalue()


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


THAI = "จังหวัด,จำนวน\nขอนแก่น,1\n".encode()
BAD = {
    "a PDF": (b"%PDF-1.7 ... %%EOF", "a.csv", "This is a PDF, whatever its name says"),
    "half a PDF": (b"%PDF-1.7 ...", "a.pdf", "The file breaks off"),
    "a picture": (b"\x89PNG\r\n\x1a\n....", "a.csv", "This is a picture"),
    "a web page": (b"<!DOCTYPE html><table>", "a.csv", "This is a web page"),
    "a packed file": (b"\x1f\x8b\x08....", "a.csv", "This is a packed file"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "a.xls", "This is an old Excel file"),
    "nothing": (b"", "a.csv", "The file is empty"),
    "blanks": (b"\xef\xbb\xbf \r\n\r\n", "a.csv", "The file is empty"),
    "NULs": (b"a,b\n1,\0\n2,3\n", "a.csv", "The file holds NUL bytes"),
    "letters of two kinds": (THAI + "เชียงใหม่,2\n".encode("cp874"), "a.csv", "The letters change in line 3"),
    "letters of western Europe": ("né,âge\nRené,1\nZoë,2\n".encode("latin-1"), "a.csv", "neither UTF-8 nor Thai"),
    "letters of nobody": (b"a,b\n\xa1\xdb\xff,1\n", "a.csv", "The letters in line 2"),
    "100,000 columns": (",".join(f"c{n}" for n in range(100_000)) + "\n1\n", "a.csv", "more than 1,000 columns"),
    "100,000 cells": ("a,b\n1,2\n1,2\n" + "," * 100_000 + "1\n", "a.csv", "has 100001 cells"),
    "a cell of 50 MB": (b'a,b\n1,"' + b"x" * 50_000_000 + b'"\n', "a.csv", "Row 2 is longer"),
    "a cell of 50 MB in lines": (b'a,b\n1,"' + b"xxxxxxxxx\n" * 5_000_000 + b'"\n', "a.csv", "a cell holds more"),
    "a row that is too long": ("a,b\n1,2\n3,4,5\n", "a.csv", "Row 3 has 3 cells, but there are 2 columns: “5”"),
    "a lost quotation mark": ('a,b\n1,"x\n3,4\n', "a.csv", "a quotation mark is missing"),
    "no workbook": (archive(a="b"), "a.xlsx", "damaged"),
    "a bomb": (bomb(), "a.xlsx", "far more than its size shows"),
    "half a Parquet": (b"PAR1" + b"x" * 50, "a.parquet", "The file breaks off"),
    "no Parquet": (b"PAR1" + b"x" * 50 + b"PAR1", "a.parquet", "The file is damaged"),
    "a deep JSON": ("[" * 1_000_000, "a.json", "nested too deeply"),
    "a deep record": ('[{"a":' + "[" * 100_000 + "]" * 100_000 + "}]", "a.json", "nested too deeply"),
    "a giant record": ('[{"a":"' + "x" * 20_000_000 + '"}]', "a.json", "longer than 16,000,000 letters"),
    "a giant cell": ('[{"a":"' + "x" * 2_000_000 + '"}]', "a.json", "more than 1,000,000 letters"),
    "a giant number": ("[" + "1" * 100_000 + "]", "a.json", "This is no JSON"),
    "too many names": (json.dumps([{f"n{n}": 1 for n in range(2_000)}]), "a.json", "more than 1,000 columns"),
    "no JSON": ('[{"a":1},{"a":]', "a.json", 'This is no JSON: near “{"a":]”'),
    "half a JSON": ('[{"a":1},{"a"', "a.json", "This is no JSON"),
    "more than a JSON": ('[{"a":1}] x', "a.json", "nothing more is expected"),
    "no number": ('[{"a":NaN}]', "a.json", "This is no JSON"),
    "no records": ("[1, 2]", "a.json", "Entry 1 of this file is no record"),
    "no record": ("[]", "a.json", "There is no record"),
    "records of nothing": ("[{}, {}]", "a.json", "have no names"),
    "features of nothing": ('{"type": "FeatureCollection", "features": []}', "a.geojson", "There is no record"),
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("what", BAD)
def test_bad_files_are_refused_with_a_sentence_and_leave_nothing(tmp_path, what):
    content, name, sentence = BAD[what]

    with pytest.raises(Refused) as refused:
        bring(tmp_path, content, name)

    assert sentence in str(refused.value)
    assert [path.name for path in tmp_path.glob("made/*")] == []


def test_a_file_far_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.write(b"a,b\n")
        file.truncate(5_000_000_000)

    with pytest.raises(Refused, match="larger than 1,500 MB"):
        intake.examine(path, "a.csv", folder=tmp_path / "made")


def test_headings_alone_are_a_table_without_rows(tmp_path):
    found = bring(tmp_path, "a,b\n")

    assert (found.row_count, rows_of(found)) == (0, [])
    assert [problem["kind"] for problem in found.problems] == ["header_only"]


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("learningcity.common.columnar.spreading.MOST_ROWS", 2)

    with pytest.raises(Refused, match=r"more than .* rows"):
        bring(tmp_path, '[{"a":1},{"a":2},{"a":3}]', "a.json")


def test_what_nobody_foresaw_is_a_sentence_too(tmp_path, monkeypatch, caplog):
    def fail(*_given):
        raise OverflowError

    monkeypatch.setitem(intake.READERS, "csv", fail)

    with pytest.raises(Refused, match="could not be read"):
        bring(tmp_path, "a\n1\n")
    assert caplog.records[0].message == "a file could not be examined"


def test_a_cell_of_50_mb_takes_little_memory(tmp_path):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused):
        bring(tmp_path, b'a,b\n1,"' + b"x" * 50_000_000 + b'"\n')

    # Fifty for the bytes that this test holds itself.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def test_another_kind_of_file_than_the_name_says_is_told(tmp_path):
    found = bring(tmp_path, '[{"a": 1}]', "a.xlsx")

    assert found.problems[0] == {"kind": "other_kind", "column": "", "title": "", "suffix": ".xlsx", "format": "JSON"}
    assert (limits.LARGEST_UPLOAD, sniffing.too_large()[:11]) == (1_500_000_000, "The file is")
