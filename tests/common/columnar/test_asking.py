"""The same questions to both engines, and what no engine is asked."""

import datetime as dt
import importlib.util

import duckdb
import pytest

from learningcity.common.columnar import asking, with_duckdb
from learningcity.common.columnar.asking import Unanswerable, ask

C, M, By, Q = asking.Condition, asking.Measure, asking.Order, asking.Question
ROWS = 2_500
NASTY = "a'b\\c\"d;--\n\tx%_{v0: String}$v0"


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("asked") / "it's a table.parquet"
    engine = duckdb.connect()
    engine.execute(
        """CREATE TABLE t AS SELECT i::BIGINT AS id, (2550 + i % 20)::INTEGER AS year, 'เมือง ' || (i * 7919 % 78) AS city,
        CASE WHEN i % 2 = 0 THEN 'หญิง' ELSE 'ชาย' END AS sex, CASE WHEN i % 7 = 0 THEN NULL ELSE i * 31 % 1000 END AS pupils,
        (i * 37 % 1000) / 8.0::DOUBLE AS score, DATE '1950-06-15' + (i % 400)::INT AS day, i % 3 = 0 AS "open",
        TIMESTAMP '2024-09-17 08:30:00.25' + INTERVAL (i) MINUTE AS seen,
        CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN 'École ' || i WHEN 2 THEN 'โรงเรียนบ้าน ' || i ELSE 'School ' || i END AS name
        FROM range(?) r(i)""",
        [ROWS],
    )
    engine.execute("INSERT INTO t (id, name, city, pupils) VALUES (?, ?, '\\N', 9000000000000000000)", [ROWS, NASTY])
    engine.execute("INSERT INTO t (id, name, city, pupils) VALUES (?, '', 'O''Hara', 9000000000000000000)", [ROWS + 1])
    engine.execute("COPY t TO ? (FORMAT parquet, ROW_GROUP_SIZE 500)", [str(path)])
    return path


def where(*conditions, **more):
    return Q(conditions=tuple(C(*one) for one in conditions), limit=50, **more)


QUESTIONS = [
    Q(),
    Q(limit=5, offset=2_480),
    Q(limit=32_000, columns=("id", "name")),
    Q(offset=99_999),
    Q(limit=0),
    Q(columns=("_id", "city"), limit=3, offset=7),
    where(("year", "=", 2555)),
    where(("year", "!=", "2555")),
    where(("pupils", "<", 30), ("pupils", ">=", 10)),
    where(("pupils", ">", "500"), sort=(By("pupils", True),)),
    where(("score", "<=", 12.125)),
    where(("score", "=", "0.125")),
    where(("city", "=", "เมือง 12")),
    where(("city", "=", "\\N")),
    where(("city", "=", "O'Hara")),
    where(("name", "=", NASTY)),
    where(("name", "contains", NASTY[2:9])),
    where(("name", "contains", "%")),
    where(("name", "contains", "_{v0")),
    where(("name", "=", "")),
    where(("city", "in", ["เมือง 1", "เมือง 2", "x' OR '1'='1"])),
    where(("year", "in", [2550, "2551"])),
    where(("day", "=", "1950-06-20")),
    where(("day", ">=", dt.date(1951, 7, 1)), ("day", "<", "1951-07-04")),
    where(("seen", ">", "2024-09-17T08:35:00.25")),
    where(("seen", "<=", "2024-09-17T15:35:00.250000+07:00")),
    where(("open", "=", True), columns=("id", "open")),
    where(("open", "=", "false"), columns=("id",)),
    where(("name", "contains", "บ้าน")),
    where(("name", "starts", "School 1")),
    where(("name", "has", "SCHOOL 13")),
    where(("name", "has", "éCOLE")),
    where(("name", "missing", True)),
    where(("pupils", "missing", False), ("year", "=", 2557)),
    where(("_id", ">", 2_400), ("_id", "<=", 2_405), columns=("_id", "id")),
    Q(text="โรงเรียน 12"),
    Q(text="école หญิง"),
    Q(text="nobody wrote this"),
    Q(text="A'B\\C"),
    Q(text=r"S.hool (1|2) \d+ [a-z]* ^École$ \E"),
    where(("name", "has", NASTY)),
    Q(sort=(By("score"), By("id", True)), limit=20),
    Q(sort=(By("name"),), limit=20, columns=("id", "name")),
    Q(sort=(By("name", True),), limit=30, offset=1_990, columns=("id", "name")),
    Q(sort=(By("_id", True),), limit=3),
    Q(distinct=True, columns=("year",)),
    Q(distinct=True, columns=("sex", "year"), sort=(By("year", True),), limit=7, offset=3),
    Q(distinct=True, columns=("city",), text="เมือง", limit=5),
    Q(groups=("year",)),
    Q(groups=("sex",), measures=(M("count"), M("count", "pupils"), M("sum", "pupils"), M("avg", "pupils"))),
    Q(groups=("city",), measures=(M("sum", "score"),), sort=(By("sum_score", True),), limit=5),
    Q(groups=("open",), measures=(M("min", "name"), M("max", "day"), M("min", "score"), M("max", "seen"))),
    Q(measures=(M("sum", "pupils"), M("count"), M("avg", "score"))),
    where(("year", "=", 2555), groups=("sex", "city"), measures=(M("count"),), sort=(By("count", True),)),
]


@pytest.mark.skipif(not importlib.util.find_spec("chdb"), reason="chdb is not installed")
def test_both_engines_answer_alike(table, settings):
    answers = {}
    for engine in ("duckdb", "clickhouse"):
        settings.TABLE_ENGINE = engine
        answers[engine] = [ask(table, question) for question in QUESTIONS]

    for question, first, second in zip(QUESTIONS, *answers.values(), strict=True):
        assert first == second, question
    assert len(QUESTIONS) >= 40


@pytest.mark.parametrize("question", QUESTIONS)
def test_total_is_the_number_of_all_rows(table, question):
    everything = Q(
        **{
            name: getattr(question, name)
            for name in ("columns", "conditions", "text", "groups", "measures", "distinct")
        },
        limit=32_000,
    )

    assert ask(table, question).total == len(ask(table, everything).rows)


def test_answers_are_what_plain_python_finds(table):
    rows = ask(table, Q(limit=32_000, columns=("id", "year", "pupils", "city"))).rows
    of_2555 = [row for row in rows if row[1] == 2555 and row[2] is not None]

    assert ask(table, where(("year", "=", 2555), ("pupils", "missing", False))).total == len(of_2555)
    summary = ask(table, Q(conditions=(C("year", "=", 2555),), measures=(M("sum", "pupils"), M("count", "pupils"))))
    assert summary.rows == [(sum(row[2] for row in of_2555), len(of_2555))]
    assert summary.columns == {"sum_pupils": "integer", "count_pupils": "integer"}


def test_sums_are_larger_than_64_bits_where_they_must(table):
    answer = ask(table, where(("id", ">=", ROWS), measures=(M("sum", "pupils"),)))

    assert answer.rows == [(18_000_000_000_000_000_000,)]


def test_pages_fit_together_whatever_the_order(table):
    for question in (Q(), Q(sort=(By("sex"),)), Q(sort=(By("open", True),)), where(("sex", "=", "ชาย"))):
        whole = ask(table, Q(conditions=question.conditions, sort=question.sort, limit=32_000)).rows
        pages = [
            ask(table, Q(conditions=question.conditions, sort=question.sort, limit=400, offset=at)).rows
            for at in range(0, 2_800, 400)
        ]

        assert [row for page in pages for row in page] == whole


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        (Q(columns=("nothing",)), "columns"),
        (Q(columns=('id" FROM t; DROP TABLE t; --',)), "columns"),
        (Q(columns=("id", "id")), "columns"),
        (Q(sort=(By("score; DROP"),)), "sort"),
        (Q(limit=-1), "limit"),
        (Q(limit=32_001), "limit"),
        (Q(offset=-1), "offset"),
        (Q(offset=100_001, sort=(By("id"),)), "offset"),
        (Q(groups=("id",), columns=("id",)), "columns"),
        (Q(groups=("no",)), "groups"),
        (Q(groups=("sex",), sort=(By("city"),)), "sort"),
        (Q(distinct=True, columns=("sex",), sort=(By("city"),)), "sort"),
        (Q(measures=(M("median", "id"),)), "measures"),
        (Q(measures=(M("sum", "name"),)), "measures"),
        (Q(measures=(M("sum"),)), "measures"),
        (Q(measures=(M("sum", "no"),)), "measures"),
        (Q(measures=(M("count"), M("count"))), "measures"),
        (Q(text="a " * 30), "text"),
        (Q(text="\x00"), "text"),
        (where(("no", "=", 1)), "conditions"),
        (where(("id", "~", 1)), "conditions"),
        (where(("id", "=", "1 OR 1=1")), "conditions"),
        (where(("id", "=", 2**63)), "conditions"),
        (where(("id", "=", 1.5)), "conditions"),
        (where(("id", "=", True)), "conditions"),
        (where(("id", "=", None)), "conditions"),
        (where(("id", "=", {"a": 1})), "conditions"),
        (where(("id", "in", 5)), "conditions"),
        (where(("id", "in", [])), "conditions"),
        (where(("id", "in", list(range(1_001)))), "conditions"),
        (where(("id", "contains", "1")), "conditions"),
        (where(("score", "=", "nan")), "conditions"),
        (where(("score", "=", "1" * 400)), "conditions"),
        (where(("day", "=", "17 กันยายน 2567")), "conditions"),
        (where(("seen", "=", "soon")), "conditions"),
        (where(("open", "=", "perhaps")), "conditions"),
        (where(("name", "=", "a\x00b")), "conditions"),
        (where(("name", "=", "\ud800")), "conditions"),
        (where(("name", "=", "x" * 10_001)), "conditions"),
        (where(("name", "=", ["a"])), "conditions"),
        (where(*[("id", "=", 1)] * 51), "conditions"),
        (where(sort=(By("id"),) * 5_000), "sort"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(table, question, parameter):
    with pytest.raises(Unanswerable) as refused:
        ask(table, question)

    assert refused.value.parameter == parameter


def test_a_group_with_the_name_of_its_measure_is_refused(tmp_path):
    path = tmp_path / "counted.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS count, 2 AS sum_count) TO '{path}' (FORMAT parquet)")

    for question in (Q(groups=("count",)), Q(groups=("sum_count",), measures=(M("sum", "count"),))):
        with pytest.raises(Unanswerable) as refused:
            ask(path, question)
        assert refused.value.parameter == "measures"
    assert ask(path, Q(groups=("count",), measures=(M("count", "count"),))).rows == [(1, 1)]


def test_an_answer_of_endless_cells_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "long.parquet"
    duckdb.execute(f"COPY (SELECT repeat('a', 1000) AS a FROM range(500)) TO '{path}' (FORMAT parquet)")
    monkeypatch.setattr(with_duckdb, "MOST_LETTERS", 400_000)

    with pytest.raises(Unanswerable) as refused:
        ask(path, Q(limit=500))

    assert refused.value.parameter == "limit"
    assert len(ask(path, Q(limit=400)).rows) == 400


def test_a_total_is_counted_once(table, monkeypatch):
    question = where(("city", "=", "เมือง 7"), columns=("id",))
    first = ask(table, Q(conditions=question.conditions, limit=2))
    monkeypatch.setattr(asking.Compiler, "total", None)
    second = ask(table, Q(conditions=question.conditions, limit=2, offset=2, sort=(By("id", True),)))

    assert second.total == first.total


def test_types_of_are_those_of_table_schema(table):
    assert asking.types_of(table) == {
        "id": "integer",
        "year": "integer",
        "city": "string",
        "sex": "string",
        "pupils": "integer",
        "score": "number",
        "day": "date",
        "open": "boolean",
        "seen": "datetime",
        "name": "string",
    }
