import json
import logging

import pytest

from learningcity.common import logs


def test_json_formatter_writes_one_line_with_the_request_id():
    record = logging.LogRecord("site", logging.WARNING, "x.py", 1, "ไม่พบ %s", ("หน้า",), None)
    record.status_code = 404
    token = logs.request_id.set("abc")
    try:
        line = json.loads(logs.JsonFormatter().format(record))
    finally:
        logs.request_id.reset(token)

    assert {name: value for name, value in line.items() if name != "at"} == {
        "level": "WARNING",
        "logger": "site",
        "message": "ไม่พบ หน้า",
        "request_id": "abc",
        "status": 404,
    }


def test_json_formatter_keeps_the_request_and_its_person_out():
    record = logging.LogRecord("site", logging.ERROR, "x.py", 1, "failed", (), None)
    record.request = {"user": "somchai@example.org"}

    assert "example.org" not in logs.JsonFormatter().format(record)


def test_json_formatter_tells_what_went_wrong_on_the_same_line():
    try:
        raise ValueError("broken")
    except ValueError as error:
        record = logging.LogRecord("site", logging.ERROR, "x.py", 1, "failed", (), (ValueError, error, None))

    line = logs.JsonFormatter().format(record)

    assert (line.count("\n"), json.loads(line)["exception"]) == (0, "ValueError: broken")


@pytest.mark.parametrize(
    "path",
    ["/partner/invitations/", "/en/partner/invitations/", "/notices/unsubscribe/", "/account/password/reset/key/"],
)
def test_json_formatter_keeps_secrets_in_addresses_out(path):
    record = logging.LogRecord("site", logging.WARNING, "x.py", 1, "%s: %s", ("Bad Request", f"{path}secret-1/"), None)

    assert json.loads(logs.JsonFormatter().format(record))["message"] == f"Bad Request: {path}…/"
