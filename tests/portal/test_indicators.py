"""Indicators as everybody sees them: the list, one of them, a city's, cities beside each other, and the files."""

import csv
import datetime as dt
import gzip
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from learningcity.portal.views.indicators import PAGE_SIZE
from tests.factories.cities import make_city, make_network
from tests.factories.opendata import make_catalog, make_indicator, make_observation
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

BAD = ["'; DROP TABLE opendata_observation; --", "\x01", "ก" * 5000, "-1", "../../etc/passwd", "<script>"]


@pytest.fixture
def learners():
    return make_indicator(slug="learners", name_th="ผู้เรียน", name_en="Learners")


@pytest.fixture
def source():
    return make_source(slug="report", title_th="รายงาน", title_en="Report")


def in_year(year, **said):
    return make_observation(observed_on=dt.date(year, 1, 1), observed_precision="year", **said)


def words_of(response):
    return response.content.decode()


def graph_of(response):
    text = words_of(response)
    start = text.index('<script type="application/ld+json">') + len('<script type="application/ld+json">')
    return json.loads(text[start : text.index("</script>", start)])["@graph"]


def test_indicators_tell_how_many_cities_have_numbers_since_when(client, learners):
    city = make_city()
    in_year(2020, indicator=learners, city=city)
    in_year(2024, indicator=learners, city=city)
    in_year(2024, indicator=learners, network=make_network())
    # Of some of the people of another city only.
    in_year(1999, indicator=learners, sex="female")

    (one,) = client.get("/indicators/").context["indicators"]

    assert (one.city_count, one.network_count, one.first.year, one.last.year) == (1, 1, 2020, 2024)


def test_indicators_without_any_say_what_will_stand_here(client):
    assert "Nothing is counted here yet" in words_of(client.get("/en/indicators/"))


def test_indicator_without_numbers_says_so(client, learners):
    assert "No number of this yet" in words_of(client.get("/en/indicators/learners/"))


def test_indicator_shows_both_of_two_contradicting_sources_with_their_doubts(client, learners, source):
    city = make_city(slug="sample", name_en="Sample City")
    make_observation(indicator=learners, city=city, value=62, source=source)
    make_observation(indicator=learners, city=city, value=59, qualifier="more_than", certainty="uncertain")

    page = client.get("/en/indicators/learners/")

    told = [(str(row[2].value), str(row[3].value)) for row in page.context["table"].rows]
    assert told == [("more than 59", "The sources differ; uncertain"), ("62", "The sources differ")]
    assert 'href="/en/sources/report/"' in words_of(page)
    assert 'href="/en/cities/sample/indicators/"' in words_of(page)


def test_indicator_of_many_cities_is_told_page_by_page(client, learners):
    for _ in range(PAGE_SIZE + 1):
        make_observation(indicator=learners, city=make_city(), source=make_source())
    network = make_observation(indicator=learners, network=make_network()).network

    first, second = (client.get(f"/en/indicators/learners/?page={page}") for page in (1, 2))

    assert [len(page.context["table"].rows) for page in (first, second)] == [PAGE_SIZE + 1, 1]
    assert str(network.name) not in words_of(second)
    assert client.get("/indicators/learners/?page=3").status_code == 404


def test_indicator_draws_lines_over_time_with_gaps(client, learners):
    city = make_city()
    for year in (2018, 2019, 2022, 2023):
        in_year(year, indicator=learners, city=city, value=year)

    page = words_of(client.get("/en/indicators/learners/"))

    assert page.count('<line class="chart-grid"') == 3
    assert page.count('class="chart-line chart-0"') == 2


def test_indicator_tells_machines_what_it_is_and_its_numbers(client, learners):
    city = make_city(slug="sample")
    in_year(2024, indicator=learners, city=city, value=500, qualifier="more_than")
    in_year(2023, indicator=learners, city=city, value=400)
    in_year(2023, indicator=learners, city=city, value=200, sex="female", age_from=6)

    about, dataset, *numbers = graph_of(client.get("/en/indicators/learners/"))

    assert (about["@type"], about["identifier"], dataset["@type"]) == ("StatisticalVariable", "learners", "Dataset")
    assert [file["contentUrl"].rpartition("/")[2] for file in dataset["distribution"]] == [
        "learners.csv",
        "learners.xlsx",
        "learners.json",
        "learners.parquet",
        "sdmx.csv",
    ]
    # The newest of each; the files hold all.
    assert [(one["observationDate"], one.get("value"), one.get("minValue")) for one in numbers] == [
        ("2024", None, 500),
        ("2023", 200, None),
    ]
    assert [limit["value"] for limit in numbers[1]["additionalProperty"]] == ["female", 6]


def test_indicator_as_files_holds_every_number_with_whom_it_counts(client, learners, source):
    make_catalog()
    city = make_city(slug="sample", name_en="=Sample")
    in_year(2024, indicator=learners, city=city, value=500, source=source)
    in_year(2024, indicator=learners, city=city, value=300, sex="female", age_from=6, age_to=11, source=source)
    make_observation(city=city)

    files = {form: client.get(f"/en/indicators/learners.{form}") for form in ("csv", "xlsx", "json", "parquet")}
    content = {form: b"".join(answer.streaming_content) for form, answer in files.items()}

    rows = list(csv.DictReader(io.StringIO(content["csv"].decode())))
    said = [[row[name] for name in ("city_name_en", "value", "sex", "age_from", "age_to")] for row in rows]
    assert said == [["=Sample", "500", "", "", ""], ["=Sample", "300", "female", "6", "11"]]
    names, *cells = load_workbook(io.BytesIO(content["xlsx"])).active.values
    assert [row[names.index("Value")] for row in cells] == [500, 300]
    assert [(one["city"], one["value"], one["sex"], one["age_to"]) for one in json.loads(content["json"])] == [
        ("sample", 500, None, None),
        ("sample", 300, "female", 11),
    ]
    assert content["parquet"][:4] == b"PAR1"


@pytest.mark.parametrize("form", ["csv?bom=1", "parquet"])
def test_a_file_of_an_indicator_is_known_again_and_comes_in_parts(client, learners, form):
    make_catalog()
    make_observation(indicator=learners)
    address = f"/indicators/learners.{form}"
    whole = client.get(address)
    content = b"".join(whole.streaming_content)

    again = client.get(address, headers={"If-None-Match": whole["ETag"]})
    part = client.get(address, headers={"Range": "bytes=2-5"})
    beyond = client.get(address, headers={"Range": "bytes=9999999-"})
    head = client.head(address)

    assert [answer.status_code for answer in (again, part, beyond, head)] == [304, 206, 416, 200]
    assert (b"".join(part.streaming_content), head["Content-Length"]) == (content[2:6], str(len(content)))
    assert 'rel="license"' in head["Link"]


def test_page_of_an_indicator_leads_to_its_files(client, learners):
    make_catalog()
    make_observation(indicator=learners)

    page = words_of(client.get("/en/indicators/learners/"))

    addresses = [f'"/en/indicators/learners.{form}"' for form in ("csv", "csv?bom=1", "xlsx", "json", "parquet", "svg")]
    assert [address for address in addresses if address not in page] == []


def test_indicator_as_a_picture_is_whole_svg_in_both_tones(client, learners):
    make_observation(indicator=learners, city=make_city(name_th="<เมือง>"), value=500)
    make_observation(indicator=learners, city=make_city(), value=300)

    light, dark = (client.get(f"/indicators/learners.svg?tone={tone}") for tone in ("", "dark"))

    assert light["Content-Type"] == "image/svg+xml"
    assert "&lt;เมือง&gt;" in words_of(light)
    assert ("#fdfcf9" in words_of(light), "#12151f" in words_of(dark)) == (True, True)


@pytest.mark.parametrize("count", [0, 1])
def test_indicator_as_a_picture_says_that_there_is_nothing_to_compare(client, learners, count):
    for _ in range(count):
        make_observation(indicator=learners)

    words = ["There is no number yet.", "There is only one number so far."][count]
    assert words in words_of(client.get("/en/indicators/learners.svg"))


@pytest.mark.parametrize("path", ["none/", "none.csv", "learners.exe", "learners.geojson", "LEARNERS.csv"])
def test_what_is_not_there_is_not_found(client, learners, path):
    assert client.get(f"/indicators/{path}").status_code == 404


def test_city_shows_everything_that_is_counted_of_it(client, learners, source):
    city = make_city(slug="sample", name_en="Sample City")
    in_year(2023, indicator=learners, city=city, value=400)
    in_year(2024, indicator=learners, city=city, value=500)
    in_year(2024, indicator=learners, city=city, value=300, sex="female", source=source)
    in_year(2024, indicator=learners, city=city, value=200, sex="male", source=source)
    make_observation(indicator=learners)

    (told,) = client.get("/en/cities/sample/indicators/").context["told"]

    assert told["chart"].title == "Learners over time: Sample City"
    assert [str(row[1].value) for row in told["table"].rows] == ["2024", "2023"]
    assert [chart.words for chart in told["parts"]] == ["Women and girls: 300 people. Men and boys: 200 people"]
    assert told["parts"][0].title == "Learners, Sample City, 2024: by sex"


def test_city_without_numbers_says_so_and_its_page_leads_here(client):
    make_city(slug="sample")

    assert "No number of this city yet" in words_of(client.get("/en/cities/sample/indicators/"))
    assert client.get("/en/cities/nowhere/indicators/").status_code == 404


def test_city_with_numbers_leads_to_them(client):
    make_observation(city=make_city(slug="sample"))

    assert 'href="/en/cities/sample/indicators/"' in words_of(client.get("/en/cities/sample/"))


def test_cities_are_compared_in_the_order_in_which_they_were_chosen(client, learners):
    for slug, value in (("a", 100), ("b", 200), ("c", 300)):
        city = make_city(slug=slug, name_en=slug.upper())
        in_year(2023, indicator=learners, city=city, value=value)
        in_year(2024, indicator=learners, city=city, value=value + 1)

    page = client.get("/en/indicators/compare/?indicator=learners&city=c&city=a&city=c")

    over_time, latest = page.context["charts"]
    assert [place.of.slug for place in page.context["places"]] == ["c", "a"]
    assert over_time.title == "Learners over time: C, A"
    assert latest.title == "Learners: C, with 301 people, has more than the other place here"
    assert "“Learners: C, A”" in words_of(page)
    assert page.context["asked"] == "indicator=learners&city=c&city=a"


def test_a_fifth_city_is_left_out_and_said_so(client, learners):
    for number in range(5):
        make_observation(indicator=learners, city=make_city(slug=f"city-{number}"))
    asked = "&".join(f"city=city-{number}" for number in range(5))

    page = client.get(f"/en/indicators/compare/?indicator=learners&{asked}")

    assert len(page.context["places"]) == 4
    assert "the first four of those you chose are shown" in words_of(page)


def test_long_list_of_cities_is_narrowed_and_keeps_what_was_chosen(client, learners):
    for slug, name in (("a", "Alpha"), ("b", "Beta"), ("c", "Gamma")):
        make_observation(indicator=learners, city=make_city(slug=slug, name_en=name))

    form = client.get("/en/indicators/compare/?indicator=learners&city=c&q=alp").context["form"]

    assert [slug for slug, _name in form.fields["city"].choices] == ["c", "a"]


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("name", ["indicator", "city", "q", "page", "tone"])
def test_bad_questions_are_answered_with_a_page(client, learners, name, bad):
    make_observation(indicator=learners)
    asked = {"indicator": "learners"} | {name: bad}

    assert client.get("/indicators/compare/", asked).status_code in (200, 400)
    assert client.get("/indicators/learners/", asked).status_code in (200, 400, 404)
    assert client.get("/indicators/learners.svg", asked).status_code in (200, 400, 404)


def test_full_page_of_cities_over_ten_years_stays_small(client, learners, source):
    cities = [make_city() for _ in range(PAGE_SIZE)]
    for city in cities:
        for year in range(2015, 2025):
            in_year(year, indicator=learners, city=city, source=source)

    page = client.get("/indicators/learners/").content

    # As it is sent: compressed.
    assert (len(page) < 300_000, len(gzip.compress(page, 6)) < 25_000) == (True, True)


ADDRESSES = [
    "/indicators/",
    "/indicators/learners/",
    "/indicators/learners.svg",
    "/indicators/compare/?indicator=learners&city=city-0&city=city-1&city=city-2",
    "/cities/city-0/indicators/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_take_the_same_queries_however_many_cities_and_numbers_there_are(client, learners, address):
    def queries(number):
        city = make_city(slug=f"city-{number}")
        for year in range(2018, 2018 + number + 2):
            in_year(year, indicator=learners, city=city)
            in_year(year, indicator=learners, city=city, sex="female", value=50)
        make_observation(city=make_city() if number else city)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        return len(asked)

    one, _two, three = queries(0), queries(1), queries(2)

    assert (one, one <= 8) == (three, True)
