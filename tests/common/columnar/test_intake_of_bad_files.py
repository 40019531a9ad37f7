"""Whatever somebody brings: a sentence that says why it is not taken, bounded memory, and nothing left behind."""

import io
import json
import resource
import tempfile
import zipfile
from pathlib import Path

import duckdb
import pytest
from django.utils import translation

from learningcity.common.columnar import bombs, intake, limits, rewriting, sniffing, spreading
from learningcity.common.columnar.intake import Refused
from learningcity.common.columnar.workbook import FRAME
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


def parquet(rows):
    """Return what a query finds as Parquet in one group, so that what stands in it again and again is stored once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        duckdb.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000000)")
        return path.read_bytes()


def lying_about_rows(said):
    """Return a Parquet of 300 rows that says it has another number of them, between 64 and 8,191."""
    content = parquet("SELECT i FROM range(300) r(i)")
    number = said * 2
    foot = content.rindex(b"\x16\xd8\x04", 0, -8)
    return content[: foot + 1] + bytes([number & 0x7F | 0x80, number >> 7]) + content[foot + 3 :]


def sheet_of_one_text(times):
    """Return a workbook whose cells all hold one long text, which is stored once."""
    cells = "".join('<c t="s"><v>0</v></c>' for _cell in range(100))
    return archive(
        **{
            "[Content_Types].xml": FRAME["[Content_Types].xml"],
            "_rels/.rels": FRAME["_rels/.rels"],
            "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
            '<sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
            'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>',
            "xl/sharedStrings.xml": '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
            + "x" * 9_000
            + "</t></si></sst>",
            "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            "<sheetData>" + f"<row>{cells}</row>" * times + "</sheetData></worksheet>",
        }
    )


def outline(letters):
    """Return GeoJSON of one feature whose outline is that long."""
    line = ",".join(["[100.1,13.1]"] * (letters // 13))
    geometry = f'{{"type":"LineString","coordinates":[{line}]}}'
    return f'{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{geometry}}}]}}'


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
    "1 GB in a Parquet of 1 kB": (
        parquet("SELECT repeat('x', 30_000) AS a FROM range(40_000)"),
        "a.parquet",
        "far more than its size shows",
    ),
    "2 GB in records of a Parquet": (
        parquet("SELECT {'a': repeat('x', 300_000)} AS a FROM range(7_000)"),
        "a.parquet",
        "memory",
    ),
    "a cell of 2 MB in a Parquet": (
        parquet("SELECT repeat('x', 2_000_000) AS a"),
        "a.parquet",
        "A cell holds more than 1,000,000 letters",
    ),
    "a Parquet that says too many rows": (lying_about_rows(8_000), "a.parquet", "The file is damaged"),
    "a Parquet that says too few rows": (lying_about_rows(70), "a.parquet", "The file is damaged"),
    "a Parquet with 2,000 columns": (
        parquet("SELECT " + ", ".join(f"1 AS c{n}" for n in range(2_000))),
        "a.parquet",
        "more than 1,000 columns",
    ),
    "a large outline": (outline(4_100_000), "a.geojson", "longer than 4,000,000 letters"),
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


WIDE = ",".join(f"c{number}" for number in range(500))
SWELLING = {
    "rows of one cell under many headings": (f"{WIDE}\n" + "1\n" * 5_000, "a.csv"),
    "records of nothing before one of many names": (f"[{'{},' * 5_000}{json.dumps(dict.fromkeys(WIDE.split(',')))}]", "a.json"),
    "many columns of nothing": (
        parquet("SELECT " + ", ".join(f"NULL::INT AS c{n}" for n in range(500)) + " FROM range(5_000)"), "a.parquet"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SWELLING)
def test_small_files_of_very_many_cells_are_refused(tmp_path, monkeypatch, what):
    for module in (bombs, rewriting, spreading):
        monkeypatch.setattr(module, "MOST_CELLS", 2_000_000)

    with pytest.raises(Refused, match="more than 2,000,000 cells"):
        bring(tmp_path, *SWELLING[what])


@pytest.mark.parametrize(
    ("content", "name"), [(sheet_of_one_text(50), "a.xlsx"), (json.dumps([{"a": "x" * 9_000}] * 1_500), "a.json")]
)
def test_text_is_written_anew_up_to_a_bound(tmp_path, monkeypatch, content, name):
    monkeypatch.setattr(bombs, "MOST_LETTERS", 10_000_000)

    with pytest.raises(Refused, match="far more than its size shows"):
        bring(tmp_path, content, name)
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.csv")) == 0


def test_disk_is_not_filled_while_a_file_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(bombs, "MOST_SCRATCH", 100_000)

    with pytest.raises(Refused, match="far more than its size shows"):
        bring(tmp_path, parquet("SELECT uuid() AS a FROM range(20_000)"), "a.parquet")
    assert list((tmp_path / "made").iterdir()) == []


def test_parts_of_a_workbook_are_never_unpacked_whatever_they_are_called(tmp_path):
    content = archive(**{"xl/workbook.xml": "<x/>", "../../escaped": "x", "/etc/escaped": "x", "inner.zip": bomb()})

    with pytest.raises(Refused):
        bring(tmp_path, content, "a.xlsx")
    assert [path for path in tmp_path.rglob("*") if "escaped" in path.name] == []


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
