"""Files in S3-compatible storage, asked of a server that is one: kept, sent, asked where they lie, and what may go wrong."""

import importlib.util
import io
import tracemalloc

import duckdb
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from learningcity.common.checks import check_store
from learningcity.common.columnar import distant
from learningcity.common.columnar.asking import ROW, Condition, Question, ask
from learningcity.common.columnar.distant import PIECE, Distant, Pieces
from learningcity.common.columnar.pool import POOL
from learningcity.common.columnar.schema import as_schema, columns_from
from learningcity.opendata.actions import keep_file, receive_upload, versions
from learningcity.opendata.models import Dataset, Distribution
from learningcity.opendata.queries import local_path, stored, table_path
from learningcity.opendata.tasks import sweep_files, sweeping
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import examined, make_dataset, make_part, make_version, publish_uploads
from tests.opendata.bucket import ANYBODY, NOBODY, serving

pytestmark = [
    pytest.mark.django_db,
    # The client of the store leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]
PARQUET = "application/vnd.apache.parquet"


@pytest.fixture(scope="module")
def server():
    with serving() as running:
        yield running


@pytest.fixture
def use(settings):
    """What makes a bucket the place of all files."""

    def used(**options):
        place = {"BACKEND": "learningcity.common.bucket.Bucket", "OPTIONS": options}
        settings.STORAGES = {**settings.STORAGES, "default": place}

    return used


@pytest.fixture
def bucket(server, use):
    options = server.options()
    use(**options)
    return options


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    """A Parquet of some four pieces: each column is as long as one of them and cannot be made shorter."""
    path = tmp_path_factory.mktemp("made") / "made.parquet"
    rows = "SELECT i::INTEGER AS id, (hash(i) >> 1)::BIGINT AS a, (hash(i + 1000000) >> 1)::BIGINT AS b, (hash(i + 2000000) >> 1)::BIGINT AS c, (hash(i * 7) >> 1)::BIGINT AS d"
    with duckdb.connect() as engine:
        engine.execute(f"COPY ({rows} FROM range(120000) r(i)) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 122880)")
    return path.read_bytes()


@pytest.fixture
def large(bucket, content, monkeypatch):
    """A table that is asked where it lies."""
    monkeypatch.setattr(versions, "LARGE", PIECE)
    table = keep_file(io.BytesIO(content), PARQUET)
    publish("pupils", table, ["id", "a", "b", "c", "d"])
    yield table
    POOL.close()


@pytest.fixture
def moved(monkeypatch):
    """The places of every byte that comes from the store."""
    found = []
    from learningcity.common.bucket import Bucket

    parts_of = Bucket.parts_of

    def told(self, name):
        part = parts_of(self, name)
        return lambda start, end: found.append((start, end)) or part(start, end)

    monkeypatch.setattr(Bucket, "parts_of", told)
    return found


@pytest.fixture
def spoil(server, bucket, content, use):
    """What goes wrong with a file, or with the store."""
    wrong = {
        "wrong keys": {"secret_key": "wrong"},
        "no bucket": {"bucket_name": "nothing"},
        "down": {"endpoint_url": "http://127.0.0.1:9"},
    }

    def spoiled(file, problem):
        if problem == "gone":
            default_storage.delete(file.file.name)
        elif problem in wrong:
            use(**{**bucket, **wrong[problem]})
        else:
            other = bytes(len(content)) if problem == "other" else content[:-1]
            server.files.put_object(Bucket=bucket["bucket_name"], Key=file.file.name, Body=other)

    return spoiled


def publish(name, table, columns):
    schema = as_schema(columns_from({"fields": [{"name": column, "type": "integer"} for column in columns]}))
    make_version(dataset=make_dataset(slug=name), parts=[make_part(name=name, table=table, row_count=1, schema=schema)])


def question(*columns, **more):
    return Question(columns=columns, conditions=(Condition("id", "<", 3),), **more)


def test_what_is_brought_goes_to_the_store_and_comes_back_from_it(client, bucket, django_capture_on_commit_callbacks):
    city = make_city()
    officer = make_role(kind="editor", city=city).user
    file = SimpleUploadedFile("pupils.csv", b"school,pupils\nA,1\nB,2\n")
    upload = examined(receive_upload(file, file.name, city.slug, by=officer))
    dataset = make_dataset(slug="pupils", place=city.slug)
    with django_capture_on_commit_callbacks(execute=True):
        publish_uploads(dataset, upload)
    first = client.get("/data/pupils/1/pupils.csv")
    part = client.get("/data/pupils/1/pupils.csv", headers={"Range": "bytes=7-12"})
    same = client.get("/data/pupils/1/pupils.csv", headers={"If-None-Match": first["ETag"]})
    rows = client.get("/api/v1/datasets/pupils/tables/pupils?where=pupils:gt:1")

    assert b"".join(first) == b"school,pupils\nA,1\nB,2\n"
    assert (part.status_code, b"".join(part), same.status_code) == (206, b"pupils", 304)
    assert [row["school"] for row in rows.json()["items"]] == ["B"]
    assert default_storage.listdir("opendata/uploads")[1] == []


def test_the_same_bytes_lie_in_the_store_once_and_what_nobody_knows_goes(bucket, monkeypatch):
    file = keep_file(io.BytesIO(b"rows"), "text/csv")
    spoiled = default_storage.save(f"opendata/ab/ab{'0' * 62}", ContentFile(b"left"))
    again = keep_file(io.BytesIO(b"rows"), "text/csv")
    monkeypatch.setattr(sweeping, "PATIENCE", -sweeping.PATIENCE)
    sweep_files(0)

    assert (again, default_storage.exists(file.file.name), default_storage.exists(spoiled)) == (file, True, False)
    assert default_storage.listdir(f"opendata/{file.sha256[:2]}") == ([], [file.sha256])


def test_a_large_file_takes_little_memory_there_and_back(server, use, tmp_path, moved, monkeypatch):
    # The smallest parts that S3 takes, so that a smaller file shows the same.
    monkeypatch.setattr("learningcity.common.bucket.PIECE", 5 << 20)
    bucket = server.options()
    use(**bucket)
    size = 60_000_000
    path = tmp_path / "large"
    with path.open("wb") as made:
        made.truncate(size)
    tracemalloc.start()
    with path.open("rb") as brought:
        file = keep_file(brought, "application/octet-stream")
    kept = local_path(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    found = server.files.head_object(Bucket=bucket["bucket_name"], Key=file.file.name)

    assert (kept.stat().st_size, found["ETag"].rpartition("-")[2]) == (size, '12"')
    assert peak < 45_000_000
    assert max(end - start for start, end in moved) == stored.STRETCH


@pytest.mark.parametrize("problem", ["gone", "other", "shorter", "wrong keys", "no bucket", "down"])
def test_what_cannot_be_had_is_said_and_nothing_wrong_is_given(client, spoil, large, problem):
    spoil(large, problem)
    addresses = [
        "/data/pupils/1/pupils.xlsx",
        "/data/pupils/1/pupils/",
        "/api/v1/datasets/pupils/tables/pupils",
        f"/api/3/action/datastore_search?resource_id={Distribution.objects.get().uid}",
    ]
    answers = [client.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [503] * 4
    assert [answer["Content-Type"].partition(";")[0] for answer in answers] == [
        "text/html",
        "text/html",
        "application/problem+json",
        "application/json",
    ]
    assert [answer.get("Retry-After") for answer in answers[:3]] == ["60"] * 3
    assert not stored.fetched(large).exists()


def test_the_page_of_a_dataset_stays_without_its_first_rows(client, large, bucket):
    small = keep_file(io.BytesIO(b"PAR1"), PARQUET)
    publish("few", small, ["id"])
    for file in (large, small):
        default_storage.delete(file.file.name)
    pages = [client.get(f"/data/{name}/1/") for name in ("pupils", "few")]

    assert [(page.status_code, page["Cache-Control"]) for page in pages] == [(200, "no-store")] * 2


def test_a_large_table_is_asked_where_it_lies_piece_by_piece(large, content, moved, tmp_path, monkeypatch):
    monkeypatch.setattr(distant, "AHEAD", 1)
    table = table_path(Dataset.objects.get(), "pupils")
    here = tmp_path / "here"
    here.write_bytes(content)
    some, all_ = question("id", "a"), Question(limit=5, offset=119_990)
    first = (ask(table, some), ask(here, some))
    came = sum(end - start for start, end in moved)
    rest = (ask(table, all_), ask(here, all_))
    whole = table_path(Dataset.objects.get(), "pupils")

    assert isinstance(table, Distant)
    assert (first[0], rest[0]) == (first[1], rest[1])
    # One column of five, and what a Parquet says of itself.
    assert came < len(content) * 2 / 3
    assert sum(end - start for start, end in moved) == len(content)
    # Once nothing of it is missing, it is a file of this machine.
    assert (whole, whole.read_bytes()) == (stored.fetched(large), content)


def test_several_processes_share_pieces_and_trust_only_what_they_have_proven(large, content, moved, monkeypatch):
    monkeypatch.setattr(distant, "AHEAD", 1)
    table = table_path(Dataset.objects.get(), "pupils")
    first = Pieces(table)
    assert first.read(10, PIECE + 10) == content[10 : PIECE + 10]
    with table.kept.open("r+b") as kept:
        kept.write(b"spoiled")
    # The one who had proven it reads what is there; every other one looks first, and mends it.
    again = Pieces(table).read(0, 2 * PIECE)

    assert again == content[: 2 * PIECE]
    assert moved == [(0, 2 * PIECE), (0, PIECE)]
    assert first.read(0, PIECE) == content[:PIECE]


def test_whoever_makes_room_takes_nothing_from_those_who_read(large, content, settings):
    table = table_path(Dataset.objects.get(), "pupils")
    reading = Pieces(table)
    reading.read(0, 10)
    table.kept.unlink()
    other = Pieces(table)
    found = reading.read(0, len(content))

    assert (found, other.read(0, 10)) == (content, content[:10])
    assert not table.whole.exists() or table.whole.read_bytes() == content


def test_the_engine_reads_the_table_and_writes_nothing(large):
    table = table_path(Dataset.objects.get(), "pupils")
    with POOL.lent(table) as engine:
        assert engine.execute(f"SELECT count(*) FROM read_parquet('{table}')").fetchone() == (120_000,)
        for said in (
            "SELECT * FROM read_parquet('distant://other')",
            f"SELECT * FROM read_text('{table}/../other')",
            f"COPY (SELECT 1) TO '{table}' (USE_TMP_FILE false)",
            "SELECT * FROM read_text('/etc/hostname')",
            "SELECT * FROM duckdb_secrets()",
        ):
            with pytest.raises(duckdb.Error):
                engine.execute(said).fetchall()
    assert Pieces(table).read(0, 4) == b"PAR1"


@pytest.mark.skipif(not importlib.util.find_spec("chdb"), reason="ClickHouse is not installed")
def test_clickhouse_reads_the_same_place(server, large, content, settings, tmp_path):
    here = tmp_path / "here"
    here.write_bytes(content)
    asked = [
        question(ROW, "id", "a"),
        Question(groups=("id",), limit=3),
        Question(columns=("b",), offset=99_000, limit=2),
    ]
    table = table_path(Dataset.objects.get(), "pupils")
    known = [ask(here, one) for one in asked]
    settings.TABLE_ENGINE = "clickhouse"
    # The server of these tests cannot read signatures in addresses as long as it checks keys.
    server.let_in(ANYBODY)
    try:
        found = [ask(table, one) for one in asked]
    finally:
        server.let_in(NOBODY)

    assert found == known


def test_check_finds_a_bucket_that_cannot_be_used_or_is_open(server, bucket, use):
    private = check_store(None)
    # The server of these tests knows nobody without keys as long as it checks them; then it lists everything to everybody.
    server.let_in(ANYBODY)
    server.files.put_bucket_acl(Bucket=bucket["bucket_name"], ACL="public-read")
    use(**{**bucket, "default_acl": "public-read"})
    read = check_store(None)
    server.let_in(NOBODY)
    use(**{**bucket, "secret_key": "wrong"})
    refused = check_store(None)

    assert private == []
    assert [one.msg for one in read] == [
        "The bucket of S3_BUCKET can be read by anybody: make it private.",
        "The bucket of S3_BUCKET can be listed by anybody: make it private.",
    ]
    assert [one.msg for one in refused] == [
        "The bucket of S3_BUCKET cannot be used with these keys: The store refuses: SignatureDoesNotMatch."
    ]


def test_check_asks_nothing_where_files_lie_on_this_machine():
    assert check_store(None) == []
