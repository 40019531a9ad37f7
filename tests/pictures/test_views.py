import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from learningcity.moderation.models import Proposal
from learningcity.pictures.actions import publish_picture, withdraw_picture
from learningcity.pictures.enums import Reason
from learningcity.pictures.models import Picture
from tests.factories.moderation import make_proposal
from tests.factories.pictures import file_of, huge_png, make_picture, make_ready_picture, photograph

pytestmark = pytest.mark.django_db

CHANGED = {"license": "own"}
HERE = "?place=khon-kaen"


@pytest.fixture
def desk(client, officer):
    """A browser in which the officer is signed in."""
    client.force_login(officer)
    return client


def words(content=None, **changes):
    return {
        "original": SimpleUploadedFile("photo.jpg", content or file_of(), "image/jpeg"),
        "alt_th": "ห้องสมุด",
        "author": "Sample Author",
        "license": "own",
        "consent": "nobody",
        **changes,
    }


def first_file(picture):
    return picture.renditions.filter(form="webp").first().get_absolute_url()


# --- Pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_are_shown_in_both_languages(desk, language):
    picture = make_ready_picture(place="khon-kaen")
    pages = [f"/pictures/{HERE}", f"/pictures/choose/{HERE}", f"/pictures/upload/{HERE}"]
    pages += [f"/pictures/{picture.pk}/", f"/pictures/{picture.pk}/withdraw/"]

    assert [desk.get(language + page).status_code for page in pages] == [200] * 5


def test_pages_lead_back_to_the_desk_and_the_list(desk):
    picture = make_ready_picture(place="khon-kaen")
    to_desk, to_list = (
        '<li><a href="/en/workspace/">Workspace</a></li>',
        f'<li><a href="/en/pictures/{HERE}">Pictures</a></li>',
    )

    for page in (f"upload/{HERE}", f"{picture.pk}/", f"{picture.pk}/withdraw/"):
        words = desk.get(f"/en/pictures/{page}").content.decode()
        assert (words.count(to_desk), words.count(to_list)) == (1, 1)
    assert to_desk in desk.get(f"/en/pictures/{HERE}").content.decode()


def test_descriptions_in_two_languages_are_not_called_optional(desk):
    words = desk.get(f"/en/pictures/upload/{HERE}").content.decode()

    assert words.count("(one language is enough)") == 2


def test_pages_of_a_city_are_closed_to_the_officer_of_another(client, neighbor, city):
    picture = make_ready_picture(place="khon-kaen")
    client.force_login(neighbor)

    assert [client.get(f"/pictures/{page}{HERE}").status_code for page in ("", "choose/", "upload/")] == [403] * 3
    pages = ("", "withdraw/", "original/", "preview/")
    assert [client.get(f"/pictures/{picture.pk}/{page}").status_code for page in pages] == [404] * 4
    assert client.post(f"/pictures/{picture.pk}/again/").status_code == 404


def test_pictures_without_a_place_lead_to_the_only_one(desk):
    assert desk.get("/pictures/").headers["Location"] == f"/pictures/{HERE}"


def test_pictures_without_any_role_say_what_to_do(client, stranger):
    client.force_login(stranger)

    assert client.get("/pictures/").context["places"] == []


@pytest.mark.parametrize(("page", "queries"), [("", 9), ("choose/", 7)])
def test_lists_cost_the_same_for_one_and_for_three(desk, page, queries):
    def cost():
        with translation.override("en"), CaptureQueriesContext(connection) as asked:
            desk.get(f"/en/pictures/{page}{HERE}")
        return len(asked)

    make_ready_picture(place="khon-kaen")
    one = cost()
    for _ in range(2):
        make_ready_picture(place="khon-kaen")

    assert (one, cost()) == (queries, queries)


def test_list_leaves_out_withdrawn_pictures_and_those_of_others(desk, officer):
    shown = make_ready_picture(place="khon-kaen")
    make_picture(place="")
    withdraw_picture(make_picture(place="khon-kaen"), Reason.RIGHTS, by=officer)

    assert list(desk.get(f"/pictures/{HERE}").context["page"]) == [shown]


def test_upload_takes_the_picture_and_leads_to_it(desk):
    response = desk.post(f"/pictures/upload/{HERE}", words())

    picture = Picture.objects.get()
    assert response.headers["Location"] == f"/pictures/{picture.pk}/"
    assert (picture.place, picture.kind) == ("khon-kaen", "JPEG")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n", "This is a PDF"),
        (b"<svg onload='alert(1)'/>", "This is an SVG"),
        (huge_png(30_000, 30_000), "64 million points"),
        (file_of()[:500], "damaged or not whole"),
        (b"x" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_upload_of_something_else_says_so_at_the_file_and_keeps_the_words(desk, content, said):
    response = desk.post(f"/en/pictures/upload/{HERE}", words(content))

    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (400, ["original"])
    assert said in form.errors["original"][0]
    assert form["author"].value() == "Sample Author"
    assert Picture.objects.count() == 0


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"original": ""}, "original"),
        ({"alt_th": ""}, "alt_th"),
        ({"author": " "}, "author"),
        ({"license": ""}, "license"),
        ({"consent": ""}, "consent"),
        ({"consent": "given", "consent_on": "2024-09-17"}, "consent_keeper"),
        ({"consent": "given", "consent_keeper": "ห้อง 3"}, "consent_on"),
        ({"consent": "given", "consent_keeper": "ห้อง 3", "consent_on": "2567-09-17"}, "consent_on"),
    ],
)
def test_upload_without_what_must_be_said_says_so_at_the_field(desk, missing, field):
    response = desk.post(f"/en/pictures/upload/{HERE}", words() | missing)

    assert (response.status_code, list(response.context["form"].errors)) == (400, [field])


def test_picture_takes_other_words(desk):
    picture = make_picture(place="khon-kaen")

    response = desk.post(f"/pictures/{picture.pk}/", words() | {"alt_en": "A room", "original": ""})

    assert response.headers["Location"] == f"/pictures/{picture.pk}/"
    assert Picture.objects.get().alt_en == "A room"


def test_picture_that_is_published_takes_words_that_wait_for_somebody_else(desk):
    picture = publish_picture(make_ready_picture(place="khon-kaen"))
    address = f"/en/pictures/{picture.pk}/"

    first = desk.post(address, words(original=""), follow=True).content.decode()
    second = desk.post(address, words(original="", alt_th="สวน"))

    assert ("Handed in." in first, "waits until somebody else approves it" in first) == (True, True)
    assert (second.status_code, "You have a change of this waiting." in second.content.decode()) == (400, True)
    assert Picture.objects.get().alt_en == "A library"
    assert Proposal.objects.values_list("state", "values").get() == ("submitted", {**CHANGED, "alt_en": ""})


def test_picture_that_is_published_takes_no_words_that_change_nothing(desk):
    picture = publish_picture(make_ready_picture(place="khon-kaen"))
    same = {"alt_en": "A library", "license": "cc-by-4.0", "original": ""}

    answer = desk.post(f"/en/pictures/{picture.pk}/", words(**same))

    assert (answer.status_code, "Nothing is changed yet." in answer.content.decode()) == (400, True)
    assert Proposal.objects.count() == 0


def test_picture_in_a_text_that_waits_says_why_its_words_stay(desk, officer):
    picture = make_ready_picture(place="khon-kaen")
    make_proposal(place="khon-kaen", author=officer, state="submitted", values={"photo": str(picture.pk)})

    page = desk.get(f"/en/pictures/{picture.pk}/").content.decode()

    assert ("waits for approval" in page, "This picture is published" in page) == (True, False)


def test_picture_tells_how_many_sizes_are_made_and_htmx_gets_that_alone(desk):
    picture = make_picture(file_of(size=(600, 300)), place="khon-kaen")

    whole = desk.get(f"/en/pictures/{picture.pk}/").content.decode()
    part = desk.get(f"/en/pictures/{picture.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert "0 of 6 sizes are made." in whole
    assert part.strip() in whole
    assert "<html" not in part


def test_picture_again_leads_back(desk):
    picture = make_picture(place="khon-kaen", state="failed")

    assert desk.post(f"/pictures/{picture.pk}/again/").headers["Location"] == f"/pictures/{picture.pk}/"
    assert Picture.objects.get().state == "making"


def test_withdraw_withdraws_and_a_second_click_does_no_harm(desk):
    picture = make_ready_picture(place="khon-kaen")

    for _ in range(2):
        response = desk.post(f"/pictures/{picture.pk}/withdraw/", {"reason": "consent"})
        assert response.headers["Location"] == f"/pictures/{picture.pk}/"

    assert Picture.objects.get().state == "withdrawn"
    assert desk.get(f"/pictures/{picture.pk}/").status_code == 200


def test_withdraw_without_a_reason_asks_for_one(desk):
    picture = make_picture(place="khon-kaen")

    assert desk.post(f"/pictures/{picture.pk}/withdraw/").status_code == 400
    assert Picture.objects.get().state == "making"


# --- Files ------------------------------------------------------------------------------------------------------------


def test_file_of_a_public_picture_is_for_everybody_and_for_good(client):
    picture = publish_picture(make_ready_picture(place="khon-kaen"))

    response = client.get(first_file(picture))

    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/webp")
    assert response.headers["Cache-Control"] == "public, max-age=31536000, s-maxage=86400, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.cookies == {}
    assert b"".join(response)[8:12] == b"WEBP"


def test_file_of_another_picture_is_for_those_who_look_after_it(client, officer, neighbor):
    address = first_file(make_ready_picture(place="khon-kaen"))

    assert client.get(address).status_code == 404
    client.force_login(neighbor)
    assert client.get(address).status_code == 404
    client.force_login(officer)
    response = client.get(address)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, max-age=600")


def test_file_of_a_withdrawn_picture_is_gone(client, officer):
    picture = publish_picture(make_ready_picture(place="khon-kaen"))
    address = first_file(picture)
    withdraw_picture(picture, Reason.CONSENT, by=officer)

    response = client.get(address)

    assert (response.status_code, response.headers["Cache-Control"]) == (410, "no-store")


@pytest.mark.parametrize("name", ["x", "000000000000-480.webp", "..", "original"])
def test_file_of_no_rendition_is_not_found(client, name):
    picture = publish_picture(make_ready_picture())

    assert client.get(f"/pictures/{picture.pk}/{name}").status_code == 404
    assert client.get(f"/pictures/99999999999999999999/{name}").status_code == 404


def test_original_is_handed_out_to_keep_and_not_to_run(desk):
    content = photograph()
    picture = make_ready_picture(content, place="khon-kaen")

    response = desk.get(f"/pictures/{picture.pk}/original/")

    assert b"".join(response) == content
    assert response.headers["Content-Disposition"] == f'attachment; filename="picture-{picture.pk}.jpeg"'
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"


def test_original_has_no_address_under_which_a_stranger_could_find_it(client, stranger):
    picture = publish_picture(make_ready_picture(place="khon-kaen"))
    client.force_login(stranger)

    assert client.get(f"/pictures/{picture.pk}/original/").status_code == 404
    for folder in ("", "media/", "static/", "pictures/"):
        assert client.get(f"/{folder}{picture.original.name}").status_code == 404


def test_original_and_preview_of_a_withdrawn_picture_are_gone(desk, officer):
    picture = withdraw_picture(make_ready_picture(place="khon-kaen"), Reason.CONSENT, by=officer)

    assert [desk.get(f"/pictures/{picture.pk}/{page}/").status_code for page in ("original", "preview")] == [404, 404]


def test_preview_is_the_smallest_size(desk):
    from PIL import Image

    picture = make_ready_picture(file_of(size=(1000, 500)), place="khon-kaen")

    with Image.open(io.BytesIO(b"".join(desk.get(f"/pictures/{picture.pk}/preview/")))) as image:
        assert image.size == (480, 240)
