import datetime as dt
import re

import pytest
from django.utils import timezone, translation

from learningcity.audit.queries import head
from learningcity.plans.queries import read_plan
from learningcity.portal.queries.addresses import public_addresses
from learningcity.search.actions import index
from tests.factories.cities import make_city
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.partners import make_commitment, make_organization
from tests.factories.pictures import make_picture, make_ready_picture
from tests.factories.plans import make_action, make_objective, make_plan, make_target, make_win
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 9, 30)


@pytest.fixture
def city():
    return make_city(slug="nakhon-tua-yang", name_th="นครตัวอย่าง", name_en="Sample City")


@pytest.fixture
def plan(city):
    return make_plan(city=city, title_th="แผนเมืองแห่งการเรียนรู้", title_en="Learning city plan")


def fill(plan, rows):
    """Put so many objectives into a plan, each with a target, an action and a small win with its photo."""
    for _ in range(rows):
        objective = make_objective(plan=plan)
        number = make_observation(city=plan.city, value=100)
        make_target(objective=objective, baseline=number)
        make_observation(city=plan.city, indicator=number.indicator, value=150, observed_on=LATER)
        make_action(objective=objective, commitment=make_commitment(city=plan.city, state="confirmed"))
        make_win(plan=plan, photo=make_picture(place=plan.city.slug))


def shown(client, path="/en/cities/nakhon-tua-yang/plan/"):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def words(html):
    """Return what a reader reads of a page."""
    # Labels that stand on a phone only, where a table has become a list.
    text = re.sub(r'<span class="label".*?</span>', "", html.split("<main", 1)[1])
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_plan_shows_a_target_with_its_numbers_dates_and_sources(client, plan):
    start = make_observation(
        city=plan.city,
        value=62,
        observed_on=dt.date(2024, 1, 1),
        observed_precision="year",
        source=make_source(title_en="Annual report"),
        indicator=make_indicator(name_en="Places to learn", unit_en="places"),
    )
    make_target(objective=make_objective(plan=plan), baseline=start, value=120)
    now = make_source(title_en="Survey")
    make_observation(city=plan.city, indicator=start.indicator, value=91, observed_on=LATER, source=now)

    html = shown(client)

    assert "Start 62 places 2024 Annual report" in words(html)
    assert "Now 91 places 30 September 2026 Survey" in words(html)
    assert "Target 120 places 2027 the plan" in words(html)
    assert "Places to learn 50% of the way." in words(html)
    assert 'aria-label="From 62 places (2024) over 91 places (30 September 2026) to 120 places (2027)."' in html


def test_plan_shows_buddhist_years_in_thai(client, plan):
    fill(plan, 1)

    text = words(shown(client, "/cities/nakhon-tua-yang/plan/"))

    assert "17 กันยายน 2567" in text
    assert "พ.ศ. 2570" in text


@pytest.mark.parametrize(("value", "place"), [(150, "200.0"), (300, "390.0"), (50, "10.0")])
def test_target_is_drawn_where_its_number_stands(client, plan, value, place):
    start = make_observation(city=plan.city, value=100)
    make_target(objective=make_objective(plan=plan), baseline=start)
    make_observation(city=plan.city, indicator=start.indicator, value=value, observed_on=LATER)

    assert f'class="now" cx="{place}"' in shown(client)


def test_target_without_a_newer_number_is_drawn_without_one(client, plan):
    make_target(objective=make_objective(plan=plan))

    html = shown(client)

    assert 'class="target-bar"' in html
    assert 'class="now"' not in html
    assert "Not measured since the start." in html


def test_numbers_that_contradict_each_other_stand_side_by_side(client, plan):
    start = make_observation(city=plan.city, value=100)
    make_target(objective=make_objective(plan=plan), baseline=start)
    for value in (140, 160):
        make_observation(city=plan.city, indicator=start.indicator, value=value, observed_on=LATER)

    text = words(shown(client))

    assert "The newest numbers contradict each other." in text
    assert "Now 140 people" in text
    assert "Now 160 people" in text


def test_action_tells_its_state_owner_and_promise(client, plan):
    organization = make_organization(name_en="Sample University")
    promise = make_commitment(
        city=plan.city,
        organization=organization,
        state="confirmed",
        text_en="A hall on two evenings",
        due_on=dt.date(2025, 1, 1),
    )
    make_action(
        objective=make_objective(plan=plan),
        title_en="Open the hall",
        organization=organization,
        commitment=promise,
        state="under_way",
        ends_on=dt.date(2025, 1, 1),
        ends_precision="year",
    )

    text = words(shown(client))

    assert "Open the hall Under way late" in text
    assert "Owner: Sample University · until 2025" in text
    assert (
        "Promise behind it: Sample University – A hall on two evenings ( late )".replace(" )", ")").replace("( ", "(")
        in text
    )


def test_promise_that_only_one_side_knows_of_stays_between_them(client, plan):
    promise = make_commitment(city=plan.city, text_en="A secret hall")
    make_action(objective=make_objective(plan=plan), commitment=promise)

    assert "A secret hall" not in shown(client)


def test_action_that_was_stopped_says_why(client, plan):
    make_action(objective=make_objective(plan=plan), state="stopped", reason_en="The hall was flooded.")

    assert "Why it was stopped: The hall was flooded." in words(shown(client))


def test_action_of_a_role_names_no_person(client, plan):
    make_action(objective=make_objective(plan=plan), role="approver")

    assert "Owner: the city's officer (approver)" in words(shown(client)).replace("&#x27;", "'")


def test_small_win_shows_its_day_and_its_photo(client, plan):
    photo = make_ready_picture(place=plan.city.slug, published_at=timezone.now())
    make_win(plan=plan, note_en="Nine grandmothers came.", photo=photo)

    html = shown(client)

    assert "5 December 2024 Nine grandmothers came." in words(html)
    assert "<figure" in html.split('id="small-wins"')[1]


def test_field_without_an_objective_says_so(client, plan):
    make_objective(plan=plan, field="funding")

    assert words(shown(client)).count("No objective in this field.") == 5


def test_plan_without_anything_in_it_has_a_page(client, plan):
    assert words(shown(client)).count("No objective in this field.") == 6


def test_city_without_a_plan_says_what_a_plan_is(client, city):
    html = shown(client)

    assert "No plan is entered for this city yet" in html
    assert "Bring everybody to the table" in html
    assert '<meta name="robots" content="noindex">' in html


def test_closed_plan_stays_readable_and_says_so(client, plan):
    old = make_plan(city=plan.city, state="closed", title_en="The old plan")

    assert "This plan is closed" in shown(client, f"/en/cities/nakhon-tua-yang/plan/{old.pk}/")
    assert "The old plan" in shown(client)


def test_city_whose_only_plan_is_closed_shows_it(client, plan):
    plan.state = "closed"
    plan.save()

    assert "This plan is closed" in shown(client)


def test_plan_in_force_stands_at_one_address(client, plan):
    response = client.get(f"/en/cities/nakhon-tua-yang/plan/{plan.pk}/")

    assert response.headers["Location"] == "/en/cities/nakhon-tua-yang/plan/"


def test_plan_of_another_city_is_not_found_here(client, plan):
    other = make_plan()

    assert client.get(f"/en/cities/nakhon-tua-yang/plan/{other.pk}/").status_code == 404


def test_plan_is_found_by_another_name_of_the_city(client, plan):
    response = client.get("/en/cities/Sample City/plan/")

    assert response.headers["Location"] == "/en/cities/nakhon-tua-yang/plan/"


def test_markup_in_a_plan_stays_text(client, plan):
    make_objective(plan=plan, title_en="<script>alert(1)</script>")

    html = shown(client)

    assert "<script>alert(1)</script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_plan_takes_the_same_queries_however_much_is_in_it(client, plan, rows, django_assert_num_queries):
    fill(plan, rows)

    # The city, its plan, what is in it (6), the photos with their sizes (2), the other plans.
    with django_assert_num_queries(11):
        client.get("/en/cities/nakhon-tua-yang/plan/")


@pytest.mark.parametrize("rows", [1, 3])
def test_plans_take_the_same_queries_however_many_there_are(client, rows, django_assert_num_queries):
    for _ in range(rows):
        fill(make_plan(), rows)

    # Their number, the plans, their table.
    with django_assert_num_queries(3):
        client.get("/en/plans/")


def test_plans_show_the_cities_with_what_their_plans_hold(client, plan):
    fill(plan, 2)
    make_plan(state="closed")

    text = words(shown(client, "/en/plans/"))

    assert "Sample City Learning city plan 1 October 2023 – 30 September 2027" in text
    assert "2 objectives 2 targets 2 actions, 0 done" in text
    assert text.count("objectives") == 1


def test_plans_without_any_say_what_a_plan_is(client):
    assert "No city has entered its plan yet" in shown(client, "/en/plans/")


def test_plans_have_no_page_beyond_the_last(client):
    assert client.get("/en/plans/?page=2").status_code == 404


def test_city_page_leads_to_its_plan(client, plan):
    assert 'href="/en/cities/nakhon-tua-yang/plan/"' in shown(client, "/en/cities/nakhon-tua-yang/")


def test_city_page_without_a_plan_leads_to_none(client, city):
    assert "/plan/" not in shown(client, "/en/cities/nakhon-tua-yang/").split("<main", 1)[1]


def test_plan_in_force_stands_in_the_sitemap(plan):
    make_plan(city=make_city(slug="old"), state="closed")

    with translation.override("en"):
        addresses = list(public_addresses())

    assert "/en/plans/" in addresses
    assert [path for path in addresses if path.endswith("/plan/")] == ["/en/cities/nakhon-tua-yang/plan/"]


def test_plan_is_found_by_the_words_of_its_objectives(client, plan):
    make_objective(plan=plan, title_en="Nobody walks longer than fifteen minutes")
    index(plan)

    html = shown(client, "/en/search/?q=walks+fifteen+minutes")

    assert "/en/cities/nakhon-tua-yang/plan/" in html


def test_source_leads_to_the_plan_and_to_the_target_that_rest_on_it(client, plan):
    source = make_source(slug="report")
    plan.source = source
    plan.save()
    own = {"baseline_value": 1, "baseline_on": dt.date(2024, 1, 1), "baseline_source": source}
    target = make_target(objective=make_objective(plan=plan), indicator=make_indicator(), **own)

    html = shown(client, "/en/sources/report/")

    assert 'href="/en/cities/nakhon-tua-yang/plan/"' in html
    assert f"/en/cities/nakhon-tua-yang/plan/#objective-{target.objective_id}" in html


def test_reading_a_plan_changes_nothing(client, plan):
    before = head()

    shown(client)
    read_plan(plan, on=LATER)

    assert head() == before


def test_cities_lead_to_their_plans(client):
    assert 'href="/en/plans/"' in client.get("/en/cities/").content.decode()
