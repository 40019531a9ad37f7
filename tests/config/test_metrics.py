import re

import pytest

TOKEN = "a-token-of-no-site"


@pytest.fixture
def scrape(client, settings):
    """Fetch the metrics with the token."""
    settings.METRICS_TOKEN = TOKEN

    def read():
        return client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()

    return read


def value(text, line):
    found = re.search(rf"^{re.escape(line)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        (TOKEN, {}),
        (TOKEN, {"authorization": "Bearer wrong"}),
        (TOKEN, {"authorization": "Bearer ไม่ใช่"}),
        (TOKEN, {"authorization": TOKEN[:-1]}),
        ("", {}),
        ("", {"authorization": "Bearer "}),
    ],
)
@pytest.mark.django_db
def test_metrics_do_not_exist_for_a_stranger(client, settings, token, headers):
    settings.METRICS_TOKEN = token

    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.django_db
def test_metrics_count_requests_by_view(client, scrape):
    line = 'learningcity_request_seconds_count{method="GET",status="200",view="healthz"}'
    before = value(scrape(), line)
    client.get("/healthz")

    assert value(scrape(), line) == before + 1


@pytest.mark.django_db
def test_metrics_give_no_row_to_an_address_that_is_no_page(client, scrape):
    client.get("/no-such-page/")

    assert "no-such-page" not in scrape()


@pytest.mark.django_db
def test_metrics_count_jobs_by_state(scrape):
    text = scrape()

    assert "# TYPE learningcity_jobs gauge" in text
    assert 'state="unknown"' not in text
