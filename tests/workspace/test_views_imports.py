import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from learningcity.common import quotas
from learningcity.imports import actions, tasks
from learningcity.imports.models import Import
from learningcity.imports.queries import proposal_of
from learningcity.moderation import actions as moderation
from learningcity.opendata.models import Observation
from tests.factories.cities import make_city, make_role
from tests.factories.imports import HEADINGS, as_upload, make_import, make_upload, text

pytestmark = pytest.mark.django_db

PATH = "/en/workspace/imports/"


@pytest.fixture
def upload(content, officers, place):
    return make_import(content, by=officers[0], place=place)


def page(client, user, path):
    client.force_login(user)
    answer = client.get(path)
    return answer, answer.content.decode()


def test_imports_lead_to_their_guide(client, officers, upload):
    for path in (PATH, f"{PATH}new/facts/", f"{PATH}{upload.pk}/"):
        assert 'href="/en/help/use-a-spreadsheet/"' in page(client, officers[0], path)[1]


def test_imports_lists_the_tables_and_what_was_brought(client, officers, upload):
    answer, words = page(client, officers[0], PATH)

    assert answer.status_code == 200
    assert f'href="/en/workspace/imports/{upload.pk}/"' in words
    assert 'href="/en/workspace/imports/new/facts/"' in words
    assert '<meta name="robots" content="noindex">' in words


def test_imports_lists_those_of_other_cities_to_nobody_else(client, upload):
    stranger = make_role(kind="editor", city=make_city()).user

    assert f"/imports/{upload.pk}/" not in page(client, stranger, PATH)[1]


@pytest.mark.parametrize("path", ["", "submit/", "discard/", "answer/"])
def test_an_import_of_another_city_is_not_there(client, upload, path):
    client.force_login(make_role(kind="approver", city=make_city()).user)
    address = f"{PATH}{upload.pk}/{path}"

    answer = client.post(address) if path in ("submit/", "discard/") else client.get(address)

    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["new/dreams/", "template/dreams.xlsx", "9999/"])
def test_what_does_not_exist_is_not_found(client, officers, path):
    assert page(client, officers[0], PATH + path)[0].status_code == 404


def test_a_list_of_three_costs_as_many_queries_as_one_of_one(client, officers, place):
    client.force_login(officers[0])

    def queries(count):
        for _ in range(count):
            make_upload(place=place, by=officers[0])
        with CaptureQueriesContext(connection) as asked:
            client.get(PATH)
        return len(asked)

    assert queries(1) == queries(2)


def test_a_page_of_many_rows_costs_as_many_queries_as_one_of_one(client, officers, place, content):
    client.force_login(officers[0])

    def queries(count):
        rows = [("learners", "", "1", str(2500 + n), "report") for n in range(count)]
        brought = make_import(text([HEADINGS, *rows]), by=officers[0], place=place)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{PATH}{brought.pk}/")
        return len(asked)

    assert queries(1) == queries(60)


def test_template_is_a_workbook(client, officers):
    client.force_login(officers[0])
    answer = client.get(f"{PATH}template/facts.xlsx")

    assert answer["Content-Disposition"] == 'attachment; filename="facts.xlsx"'
    assert load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0].title == "Facts in numbers"


def test_a_file_is_brought_and_its_page_shows_how_far_it_is(client, officers, content, place):
    client.force_login(officers[0])

    answer = client.post(f"{PATH}new/facts/", {"place": place, "file": as_upload(content, "sample.csv")})

    upload = Import.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{PATH}{upload.pk}/")
    words = client.get(answer["Location"]).content.decode()
    assert "Is being checked: It begins in a moment." in words
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in words


def test_a_harmful_file_is_refused_beside_its_field(client, officers, place):
    client.force_login(officers[0])

    answer = client.post(f"{PATH}new/facts/", {"place": place, "file": as_upload(b"%PDF-1.7", "a.xlsx")})

    assert (answer.status_code, Import.objects.count()) == (400, 0)
    assert answer.context["form"].errors == {
        "file": ["This is a PDF, whatever its name says. Save the table itself as .xlsx or .csv."]
    }


def test_a_file_too_many_is_refused_beside_its_field(client, officers, place, monkeypatch):
    monkeypatch.setattr(quotas, "TABLES_A_DAY", 0)
    client.force_login(officers[0])

    answer = client.post(f"{PATH}new/facts/", {"place": place, "file": as_upload(b"a,b\n1,2\n", "a.csv")})

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["file"])


def test_a_file_for_another_city_is_refused(client, officers, content):
    client.force_login(officers[0])

    answer = client.post(f"{PATH}new/facts/", {"place": make_city().slug, "file": as_upload(content, "a.csv")})

    assert (answer.status_code, Import.objects.count()) == (400, 0)


def test_progress_is_a_fragment_until_the_work_is_done(client, officers, content, place):
    upload = actions.upload_table(as_upload(content), "facts", place, by=officers[0])
    client.force_login(officers[0])
    address = f"{PATH}{upload.pk}/"

    under_way = client.get(address, headers={"HX-Request": "true"})
    tasks.check_rows(upload.pk)
    done = client.get(address, headers={"HX-Request": "true"})

    assert under_way.content.decode().lstrip().startswith('<div id="progress"')
    assert done["HX-Refresh"] == "true"


def test_rows_are_shown_with_their_verdicts(client, officers, upload):
    _answer, words = page(client, officers[0], f"{PATH}{upload.pk}/?show=refused")

    assert "“wrong” is not a number; write 102909 or 13.75, without a unit." in words
    assert "2567" not in words.split("<tbody>")[1].split("</tbody>")[0]
    assert f'href="{PATH}{upload.pk}/answer/"' in words


def test_the_file_comes_back_with_its_faults_marked(client, officers, upload):
    client.force_login(officers[0])

    answer = client.get(f"{PATH}{upload.pk}/answer/")

    assert answer["Content-Disposition"] == 'attachment; filename="sample-checked.csv"'
    assert b"is not a number" in b"".join(answer.streaming_content)


def test_from_handing_in_to_undoing(client, officers, upload):
    editor, approver = officers
    address = f"{PATH}{upload.pk}/"

    client.force_login(editor)
    refused = client.post(f"{address}submit/", {"mode": "all"})
    assert (refused.status_code, refused.context["form"].non_field_errors()[0][:21]) == (400, "Some rows are refused")
    assert client.post(f"{address}submit/", {"mode": "good", "note": "Counted."})["Location"] == address
    assert "It waits for approval." in client.get(address).content.decode()
    assert client.post(f"{address}apply/").status_code == 403

    client.force_login(approver)
    assert "Approve and write the rows" in client.get(address).content.decode()
    assert client.post(f"{address}apply/")["Location"] == address
    tasks.apply_rows(upload.pk)
    assert Observation.objects.count() == 1
    assert "Undo the import" in client.get(address).content.decode()
    assert client.post(f"{address}undo/")["Location"] == address
    tasks.undo_rows(upload.pk)
    assert "Everything is as it was before." in client.get(address).content.decode()
    assert Observation.objects.count() == 0


def test_two_clicks_say_that_it_is_done_already(client, officers, upload):
    client.force_login(officers[0])
    address = f"{PATH}{upload.pk}/"
    client.post(f"{address}submit/", {"mode": "good"})

    words = client.post(f"{address}submit/", {"mode": "good"}, follow=True).content.decode()

    assert "Somebody was faster, or it is done already." in words


def seen_on(client, user, address):
    """Return what the page of an import says that this person sees."""
    client.force_login(user)
    return client.get(address).context["seen"]


def test_approving_what_was_checked_again_meanwhile_asks_to_look_again(client, officers, upload):
    editor, approver = officers
    address = f"{PATH}{upload.pk}/"
    actions.submit_import(upload, "good", by=editor)
    seen, version = seen_on(client, approver, address), proposal_of(upload).version
    moderation.recall(proposal_of(upload), by=editor)
    actions.check_again(upload, by=editor)
    tasks.check_rows(upload.pk)
    actions.submit_import(upload, "good", by=editor)

    client.force_login(approver)
    words = client.post(f"{address}apply/", {"seen": seen}, follow=True).content.decode()
    client.post(f"/en/workspace/queue/{proposal_of(upload).pk}/", {"now": "", "seen": version})

    upload.refresh_from_db()
    assert "This is how it stands now." in words
    assert upload.state == "checked"
    assert client.post(f"{address}apply/", {"seen": seen_on(client, approver, address)})["Location"] == address
    assert Import.objects.get().state == "applying"


@pytest.mark.parametrize("verb", ["submit", "check", "discard"])
def test_a_page_of_an_earlier_check_does_nothing(client, officers, upload, verb):
    address = f"{PATH}{upload.pk}/"
    seen = seen_on(client, officers[0], address)
    actions.check_again(upload, by=officers[0])
    tasks.check_rows(upload.pk)

    client.post(f"{address}{verb}/", {"mode": "good", "seen": seen})

    assert (Import.objects.get().state, proposal_of(upload)) == ("checked", None)


def test_discard_leads_back_to_the_list(client, officers, upload):
    client.force_login(officers[0])

    assert client.post(f"{PATH}{upload.pk}/discard/")["Location"] == PATH


def test_check_again_shows_the_work(client, officers, upload):
    client.force_login(officers[0])

    assert client.post(f"{PATH}{upload.pk}/check/")["Location"] == f"{PATH}{upload.pk}/"
    assert Import.objects.get().state == "uploaded"


def test_an_unknown_verb_is_not_found(client, officers, upload):
    client.force_login(officers[0])

    assert client.post(f"{PATH}{upload.pk}/shout/").status_code == 404


def test_a_file_that_cannot_be_read_shows_why(client, officers, place):
    upload = make_import(text([("a", "b"), ("1", "2")]), by=officers[0], place=place)

    assert "No headings were found." in page(client, officers[0], f"{PATH}{upload.pk}/")[1]


@pytest.mark.parametrize("name", ["queue/", "queue/{pk}/", "proposals/{pk}/", "proposals/{pk}/preview/"])
def test_an_import_stands_in_the_queue_like_any_other_content(client, officers, upload, name):
    actions.submit_import(upload, "good", by=officers[0])

    answer, words = page(client, officers[1], "/en/workspace/" + name.format(pk=proposal_of(upload).pk))

    assert answer.status_code == 200
    assert "Facts in numbers from “sample.csv”: 1 new, 0 changed" in words
    assert (f'href="{PATH}{upload.pk}/"' in words) == (name == "queue/{pk}/")


def test_a_desk_with_an_import_in_hand_is_shown(client, officers, upload):
    actions.submit_import(upload, "good", by=officers[0])

    assert [page(client, officer, "/en/workspace/")[0].status_code for officer in officers] == [200, 200]


def test_import_is_no_record_that_anybody_could_type(client, officers, upload):
    client.force_login(officers[0])

    for address in (f"/en/workspace/edit/import/{upload.pk}/", f"/en/workspace/edit/import/{upload.pk}/save/"):
        assert (client.get(address).status_code, client.post(address, {"mode": "all"}).status_code) in {
            (404, 404),
            (405, 404),
        }
    assert proposal_of(upload) is None


@pytest.mark.parametrize("state", ["draft", "returned", "submitted"])
def test_proposal_of_an_import_leads_to_its_rows(client, officers, upload, state):
    actions.submit_import(upload, "good", by=officers[0])
    proposal = proposal_of(upload)
    if state == "draft":
        moderation.recall(proposal, by=officers[0])
    if state == "returned":
        moderation.send_back(proposal, "Mend the second row.", by=officers[1])
    client.force_login(officers[0])

    for path in ("", "submit/", "preview/"):
        answer = client.get(f"/en/workspace/proposals/{proposal.pk}/{path}")
        assert (path, answer.status_code < 400) == (path, True)
    for officer in officers:
        client.force_login(officer)
        for path in ("", "save/"):
            assert client.post(f"/en/workspace/proposals/{proposal.pk}/{path}", {"mode": "all"}).status_code < 500
