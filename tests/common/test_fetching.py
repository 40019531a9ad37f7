"""What is asked of other machines, and what is not."""

import gzip
import io
import socket
import time
import zlib

import pytest

from learningcity.common import addresses, connecting
from learningcity.common.addresses import Later, NotFetched, is_public, numbers_of, read_address
from learningcity.common.fetching import Fetcher, Limits, user_agent
from learningcity.common.foreign import read_json, read_xml
from tests.harvest.servers import Said, serving

LIMITS = Limits(size=100_000, seconds=1.0, connecting=0.5)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(
        b'<!ENTITY lol%d "%s">' % (n, b"&lol%s;" % (str(n - 1) if n > 1 else "").encode() * 10) for n in range(1, 10)
    )
    + b"]><lolz>&lol9;</lolz>"
)


@pytest.fixture
def ask(settings):
    """Ask a server that answers as it is told, and return what came and what it was asked."""

    def asking(answer, path="/", limits=LIMITS, allowed=None, **asked):
        with serving(answer if callable(answer) else lambda *_: answer) as server:
            settings.HARVEST_TEST_SERVERS = [server.site]
            hosts = frozenset([server.site] if allowed is None else allowed)
            return Fetcher(hosts, pause=0, limits=limits).get(server.at(path), asked), server

    return asking


def obstacle(call, *words, **more):
    with pytest.raises(NotFetched) as refusal:
        call(*words, **more)
    return refusal.value.obstacle


def test_answer_comes_with_who_we_are(ask, settings):
    settings.CONTACT_EMAIL = "hello@cities.example.org"

    answer, server = ask(Said(b"good", headers={"ETag": '"1"'}))

    assert (answer.status, answer.read(), answer.headers["etag"]) == (200, b"good", '"1"')
    assert server.asked[0][1]["User-Agent"] == user_agent()
    assert user_agent() == "LearningCityHarvester/1.0 (+http://localhost:8000/; hello@cities.example.org)"


def test_no_server_of_a_test_is_known_outside_of_tests(settings):
    from learningcity.config import settings as written

    assert written.HARVEST_TEST_SERVERS == []
    assert obstacle(read_address, "http://localhost:8000/") == "address"


@pytest.mark.parametrize(
    "text",
    [
        "ftp://data.example.org/a",
        "file:///etc/passwd",
        "gopher://data.example.org/",
        "data:text/csv,a",
        "//data.example.org/",
        "https://",
        "https://user@data.example.org/",
        "https://user:secret@data.example.org/",
        "https://data.example.org@evil.example.net/",
        "https://data.example.org:8443/",
        "https://data.example.org:80/",
        "http://data.example.org:443/",
        "https://data.example.org:99999/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://0x7f.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://localhost./",
        "https://metadata/",
        "https://data.example.org\\@evil.example.net/",
        "https://data.example.org/\r\nHost: evil.example.net",
        "https://data.example.org/ a",
        "https://①②⑦.⓪.⓪.①/",
        "https://" + "a" * 300 + ".example.org/",
        "https://data.example.org/" + "a" * 3000,
    ],
)
def test_address_that_is_no_name_in_the_world_is_refused(text):
    assert obstacle(read_address, text) == "address"


def test_address_is_taken_apart_and_put_together():
    assert str(read_address("HTTPS://Data.Example.ORG./ก?q=a[b]&c=ข#d")) == (
        "https://data.example.org/%E0%B8%81?q=a[b]&c=%E0%B8%82"
    )
    assert read_address("http://data.example.org").target == "/"
    assert read_address("https://ข้อมูล.ไทย/").host.startswith("xn--")


@pytest.mark.parametrize(
    "number",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 0.0.0.0 224.0.0.1 255.255.255.255"
    " 192.0.2.1 198.18.0.1 240.0.0.1 168.63.129.16 ::1 :: fe80::1 fc00::1 fd00:ec2::254 fec0::1 ff02::1 ::ffff:8.8.8.8"
    " ::ffff:127.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:0:1::1 2001:db8::1 fe80::1%eth0 nonsense".split(),
)
def test_number_that_is_not_of_the_public_net_is_refused(number):
    assert is_public(number) is False


@pytest.mark.parametrize("number", ["8.8.8.8", "203.150.1.1", "2a00:1450:4001:830::200e"])
def test_number_of_the_public_net_is_good(number):
    assert is_public(number) is True


def answering(monkeypatch, *lots):
    """Let the name server give one lot of numbers after another."""
    waiting = list(lots)

    def look_up(host, port, **more):
        numbers = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)


def test_host_with_one_private_number_among_public_ones_is_refused(monkeypatch):
    answering(monkeypatch, ["8.8.8.8", "10.0.0.1"])

    assert obstacle(numbers_of, read_address("https://data.example.org/")) == "private"


def test_host_that_nobody_knows_is_told(monkeypatch):
    def nobody(*words, **more):
        raise socket.gaierror

    monkeypatch.setattr(addresses.socket, "getaddrinfo", nobody)

    assert obstacle(numbers_of, read_address("https://data.example.org/")) == "name"


def test_name_is_looked_up_once_and_the_connection_goes_to_that_number(monkeypatch):
    answering(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    reached = []

    def connect(where, timeout):
        reached.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(connecting.socket, "create_connection", connect)

    assert obstacle(Fetcher(frozenset(["data.example.org"]), pause=0).get, "http://data.example.org/") == "connection"
    assert reached == [("8.8.8.8", 80)]


def test_second_request_to_a_host_that_moved_inside_is_refused(monkeypatch):
    answering(monkeypatch, ["8.8.8.8"], ["169.254.169.254"])
    monkeypatch.setattr(connecting.socket, "create_connection", lambda *_, **__: (_ for _ in ()).throw(OSError))
    fetcher = Fetcher(frozenset(["data.example.org"]), pause=0)

    assert [obstacle(fetcher.get, "http://data.example.org/") for _ in range(2)] == ["connection", "private"]


def test_certificate_must_be_that_of_the_host(monkeypatch):
    context = connecting.trust()

    assert (context.check_hostname, context.verify_mode) == (True, connecting.ssl.CERT_REQUIRED)


def test_line_that_is_not_locked_as_it_should_be_is_refused(settings):
    with serving(lambda *_: Said(b"plain")) as server:
        settings.HARVEST_TEST_SERVERS = [server.site]
        fetcher = Fetcher(frozenset([server.site]), pause=0, limits=LIMITS)

        assert obstacle(fetcher.get, f"https://{server.site}/") in ("connection", "time")


def test_host_that_was_not_allowed_is_not_asked(ask):
    assert obstacle(ask, Said(b"good"), allowed=["data.example.org"]) == "host"


@pytest.mark.parametrize(
    "there",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:1/",
        "https://data.example.org/",
        "http://localhost:1/",
        "file:///etc/passwd",
        "//evil.example.net/",
        "http://[::1]/",
        "",
    ],
)
def test_redirect_to_elsewhere_is_not_followed(ask, there):
    answer = Said(status=302, headers={"Location": there})

    assert obstacle(ask, answer, path="/list") == "redirect"


def test_redirect_on_the_same_host_is_followed_three_times(ask):
    def answer(path, headers):
        left = int(path[1:])
        return Said(status=301, headers={"Location": f"/{left - 1}"}) if left else Said(b"there")

    found, server = ask(answer, path="/3")

    assert (found.read(), found.address, server.paths) == (b"there", server.at("/0"), ["/3", "/2", "/1", "/0"])
    assert obstacle(ask, answer, path="/4") == "redirect"


def test_redirect_to_another_allowed_host_is_not_followed_either(ask):
    with serving(lambda *_: Said(b"other")) as other:
        answer = Said(status=302, headers={"Location": other.at("/")})

        assert obstacle(ask, answer, allowed=None) == "redirect"
        assert other.asked == []


def test_more_than_the_limit_is_refused_said_or_unsaid(ask):
    def pour(line):
        line.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _ in range(50):
            line.write(b"a" * 10_000)

    assert obstacle(ask, Said(b"a" * 100_001)) == "size"
    assert obstacle(ask, Said(by_hand=pour)) == "size"


def test_gzip_is_unpacked_and_a_bomb_is_not(ask):
    bomb = gzip.compress(b"\0" * 50_000_000)
    packed = {"Content-Encoding": "gzip"}

    assert ask(Said(gzip.compress(b"good" * 100), headers=packed))[0].read() == b"good" * 100
    assert (len(bomb) < 100_000, obstacle(ask, Said(bomb, headers=packed))) == (True, "size")


@pytest.mark.parametrize(
    ("body", "coding"),
    [(b"no gzip", "gzip"), (gzip.compress(b"half" * 999, mtime=0)[:40], "gzip"), (zlib.compress(b"a"), "br")],
)
def test_packing_that_is_broken_or_was_not_asked_for_is_refused(ask, body, coding):
    assert obstacle(ask, Said(body, headers={"Content-Encoding": coding})) == "content"


def drip(line, head=b"HTTP/1.1 200 OK\r\n\r\n", piece=b"a"):
    line.write(head)
    for _ in range(100):
        line.write(piece)
        line.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "])
def test_slow_drip_ends_at_its_hour_in_the_head_as_in_the_body(ask, head):
    began = time.monotonic()

    assert obstacle(ask, Said(by_hand=lambda line: drip(line, head)), limits=Limits(1000, 0.3, 0.3)) == "time"
    assert time.monotonic() - began < 2


def test_silence_ends_at_its_hour(ask):
    assert obstacle(ask, Said(by_hand=lambda line: time.sleep(0.6)), limits=Limits(1000, 0.2, 0.2)) == "time"


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"]
)
def test_what_is_no_whole_answer_is_refused(ask, said):
    assert obstacle(ask, Said(by_hand=lambda line: line.write(said))) == "connection"


def test_endless_head_is_refused(ask):
    head = b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 5000

    assert obstacle(ask, Said(by_hand=lambda line: line.write(head))) == "connection"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7), ("", 60), ("soon", 60), ("Wed, 21 Oct 2015 07:28:00 GMT", 1), ("99999999", 99999999)],
)
@pytest.mark.parametrize("status", [429, 503])
def test_pause_that_is_asked_for_is_told(ask, said, seconds, status):
    with pytest.raises(Later) as later:
        ask(Said(status=status, headers={"Retry-After": said}))

    assert (later.value.obstacle, later.value.seconds) == ("busy", seconds)


def test_status_that_is_an_answer_and_one_that_is_not(ask):
    assert [ask(Said(status=status))[0].status for status in (304, 404, 410, 400)] == [304, 404, 410, 400]
    assert [obstacle(ask, Said(status=status)) for status in (201, 401, 403, 500, 502)] == ["status"] * 5


def test_requests_wait_for_each_other(settings):
    with serving(lambda *_: Said(b"good")) as server:
        settings.HARVEST_TEST_SERVERS = [server.site]
        fetcher = Fetcher(frozenset([server.site]), pause=0.1)
        began = time.monotonic()
        for _ in range(3):
            fetcher.get(server.at("/"))

    assert time.monotonic() - began >= 0.2


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS,
        b'<!DOCTYPE a SYSTEM "http://169.254.169.254/"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b"<a>" * 100 + b"</a>" * 100,
        b"<a><b></a>",
        b"",
        b"\xff\xfe",
        b"&nbsp;",
    ],
)
def test_xml_that_is_evil_or_broken_is_refused(content):
    assert obstacle(read_xml, content) == "content"


def test_xml_is_read_with_its_names():
    root = read_xml(b'<a xmlns="urn:x" xml:lang="th"><b>1</b>2</a>')

    assert (root.tag, root.attrib, root[0].tag, root[0].text) == (
        "{urn:x}a",
        {"{http://www.w3.org/XML/1998/namespace}lang": "th"},
        "{urn:x}b",
        "1",
    )


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b"[" * 70 + b"]" * 70, b'{"a":' * 70 + b"1" + b"}" * 70, b"{", b"", b"\xff", b"NaN"]
)
def test_json_that_is_too_deep_or_broken_is_refused(content):
    assert obstacle(read_json, content) == "content"


def test_json_is_read():
    assert read_json('{"a": ["ก", 1.5]}'.encode()) == {"a": ["ก", 1.5]}


def test_reading_twice_gives_the_same(ask):
    answer, _server = ask(Said(b"good"))

    assert (answer.read(), answer.read()) == (b"good", b"good")
    assert isinstance(answer.content, io.IOBase) or answer.content.readable()
