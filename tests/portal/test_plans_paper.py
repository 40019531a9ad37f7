"""The plan on one page of paper."""

import datetime as dt
import re
import shutil
import subprocess
import time

import pytest
from django.utils import translation

from learningcity.plans.queries import read_plan, shown_plan
from learningcity.portal.exports.plans import plan_as_pdf, plan_on_paper
from tests.factories.cities import make_city
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.partners import make_commitment, make_organization
from tests.factories.plans import make_action, make_objective, make_plan, make_target, make_win
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
FIELDS = ("planning", "involvement", "celebration", "accessibility", "monitoring", "funding")


@pytest.fixture
def plan():
    city = make_city(slug="nakhon-tua-yang", name_th="เทศบาลนครตัวอย่าง", name_en="Sample City")
    return make_plan(city=city, title_th="แผนเมืองแห่งการเรียนรู้", adopted_on=dt.date(2023, 9, 17))


def fill(plan, rows):
    """Give every field so many objectives, each with a target that was measured and two actions."""
    indicator = make_indicator(name_th="จำนวนแหล่งเรียนรู้", unit_th="แห่ง")
    start = make_observation(city=plan.city, indicator=indicator, value=62)
    make_observation(city=plan.city, indicator=indicator, value=91, observed_on=dt.date(2026, 9, 30))
    for field in FIELDS:
        for _ in range(rows):
            objective = make_objective(plan=plan, field=field)
            make_target(objective=objective, baseline=start, value=120)
            make_action(objective=objective, state="under_way", title_th="เปิดศาลาวัดเป็นห้องเรียนภาคค่ำ")
            make_action(objective=objective)
    make_win(plan=plan)


def on_paper(plan, language="th"):
    with translation.override(language):
        return plan_on_paper(read_plan(shown_plan(plan.city), on=TODAY), plan.city, on=TODAY)


def document(plan, language="th"):
    with translation.override(language):
        return plan_as_pdf(read_plan(shown_plan(plan.city), on=TODAY), plan.city, on=TODAY)


def outlined(text):
    """Return a heading as it stands in the outline of a PDF."""
    return text.encode("utf-16-be").hex().upper().encode()


def test_paper_is_served_as_a_pdf_for_everybody(client, plan):
    response = client.get("/cities/nakhon-tua-yang/plan.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="plan-nakhon-tua-yang-th.pdf"'
    # So that the page cache keeps it until anything on the site changes.
    assert response.headers["Cache-Control"].startswith("public")
    assert response.content.startswith(b"%PDF-1.7")


def test_paper_of_a_city_without_a_plan_is_not_found(client):
    make_city(slug="nakhon-tua-yang")

    assert client.get("/cities/nakhon-tua-yang/plan.pdf").status_code == 404


@pytest.mark.parametrize("language", ["th", "en"])
def test_paper_is_tagged_in_its_language_with_its_fonts_inside(plan, language):
    fill(plan, 1)

    made = document(plan, language)

    assert b"/MarkInfo<</Marked true" in made
    assert f"/Lang({language})".encode() in made
    assert made.count(b"/FontFile2") == 2
    assert b"pdfuaid:part>1<" in made


@pytest.mark.parametrize("rows", [0, 1, 8, 30])
def test_paper_is_one_page_however_long_the_plan_is(plan, rows):
    fill(plan, rows)

    assert b"/Type/Pages/Count 1/" in document(plan)


def test_short_plan_stands_on_paper_whole(plan):
    objective = make_objective(plan=plan, title_th="ทุกชุมชนมีที่เรียน")
    make_action(objective=objective)

    made = document(plan)

    assert outlined("ทุกชุมชนมีที่เรียน") in made


def test_long_plan_shows_an_objective_of_every_field(plan):
    fill(plan, 20)
    first = [field.objectives[0].objective.title_th for field in read_plan(shown_plan(plan.city), on=TODAY).fields]

    made = document(plan)

    assert [title for title in first if outlined(title) not in made] == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext reads what stands on the paper")
def test_long_plan_says_honestly_how_much_is_left_out(plan, tmp_path):
    fill(plan, 20)
    (tmp_path / "plan.pdf").write_bytes(document(plan, "en"))

    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "plan.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout

    shown = len(re.findall(r"Objective \d|Action \d|of the way|Small win \d", text))
    assert f"… and {6 * 20 * 4 + 1 - shown} more, on the page of the plan." in text


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext reads what stands on the paper")
def test_thai_words_are_whole_when_they_are_copied_from_the_paper(plan, tmp_path):
    fill(plan, 1)
    (tmp_path / "plan.pdf").write_bytes(document(plan))

    text = subprocess.run(["pdftotext", tmp_path / "plan.pdf", "-"], capture_output=True, check=True, text=True).stdout

    for word in ("เทศบาลนครตัวอย่าง", "จำนวนแหล่งเรียนรู้", "เปิดศาลาวัดเป็นห้องเรียนภาคค่ำ", "17 กันยายน 2567", "21 พฤศจิกายน 2569"):
        assert word in text


def test_paper_marks_what_stands_in_the_other_language(plan):
    make_objective(plan=plan, title_th="ทุกชุมชนมีที่เรียน", title_en="")

    in_english, in_thai = document(plan, "en"), document(plan, "th")

    assert b"/Lang(en)" in in_english
    assert b"/Lang(th)" in in_english
    assert b"/Lang(en)" not in in_thai


def test_paper_tells_start_newest_number_and_target_with_buddhist_years(plan):
    fill(plan, 1)

    target = next(row for row in on_paper(plan)["rows"] if row["kind"] == "target")

    assert target["numbers"] == ["62 แห่ง (17 กันยายน 2567)", "91 แห่ง (30 กันยายน 2569)", "120 แห่ง (พ.ศ. 2570)"]
    assert target["share"] == 0.5


def test_paper_shows_first_what_is_late(plan):
    objective = make_objective(plan=plan)
    make_action(objective=objective, title_en="In time", state="under_way")
    make_action(objective=objective, title_en="Too late", ends_on=dt.date(2025, 1, 1), ends_precision="year")

    actions = sorted((row["rank"], row["title"], row["state"]) for row in on_paper(plan, "en")["rows"][1:])

    assert [row[1:] for row in actions] == [("Too late", "Planned, late"), ("In time", "Under way")]


def test_paper_says_that_the_time_of_a_target_is_over(plan):
    make_target(objective=make_objective(plan=plan), due_on=dt.date(2025, 1, 1))

    target = on_paper(plan, "en")["rows"][1]

    assert target["reading"] == "Not measured since the start. Its time is over."


def test_paper_names_the_partner_whose_promise_stands_behind_an_action(plan):
    promise = make_commitment(
        city=plan.city, state="confirmed", organization=make_organization(name_en="Sample University")
    )
    make_action(objective=make_objective(plan=plan), commitment=promise)

    assert on_paper(plan, "en")["rows"][1]["detail"] == "the city's officer (editor) · with Sample University"


def test_paper_names_the_sources_and_how_many_more_there_are(plan):
    objective = make_objective(plan=plan)
    for number in range(1, 7):
        own = {"baseline_value": 1, "baseline_on": dt.date(2024, 1, 1), "baseline_source": make_source()}
        make_target(objective=objective, position=number, indicator=make_indicator(), **own)

    sources = on_paper(plan, "en")["sources"]

    assert sources.count("Document") == 4
    assert sources.endswith("… and 3 more sources")


def test_paper_says_that_a_plan_is_closed(plan):
    plan.state = "closed"
    plan.save()

    assert {"label": "State", "value": "closed"} in on_paper(plan, "en")["facts"]


def test_empty_plan_says_so(plan):
    said = on_paper(plan, "en")

    assert (said["rows"], said["total"]) == ([], 0)
    assert document(plan).startswith(b"%PDF")


@pytest.mark.parametrize(
    "title",
    ['#read("/etc/passwd")', "#panic()", "*_$`<>@\\", "งานวัด 🎉", "孔子学院", "ก" * 300, "{n}", "A" * 300],
)
def test_whatever_people_wrote_stays_text_on_one_page(plan, title):
    make_objective(plan=plan, title_th=title)
    make_action(objective=make_objective(plan=plan), title_th=title, text_th=title)
    plan.title_th = title
    plan.save()

    assert b"/Type/Pages/Count 1/" in document(plan)


def test_what_looks_like_a_command_is_written_out(plan):
    make_objective(plan=plan, title_th='#read("/etc/passwd")')

    assert b'/Title(#read("/etc/passwd"))' in document(plan)


def test_paper_is_made_quickly_enough_to_be_made_on_request(plan):
    fill(plan, 20)
    document(plan)
    living = read_plan(shown_plan(plan.city), on=TODAY)

    begun = time.process_time()
    plan_as_pdf(living, plan.city, on=TODAY)

    assert time.process_time() - begun < 0.3
