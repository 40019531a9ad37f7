"""The pages on which files are brought, described, proposed as datasets, and withdrawn."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learningcity.moderation import actions as moderation
from learningcity.moderation.models import Proposal
from learningcity.opendata.models import Dataset, Upload
from learningcity.opendata.queries import newest_version
from tests.factories.cities import make_role
from tests.factories.opendata import examined, make_dataset, make_upload, make_version
from tests.factories.tables import make_table_part

pytestmark = pytest.mark.django_db
# Always the same: tests that run side by side must have the same names.
NOBODYS = "6afef5bf-09a0-4d71-89f2-70a04d6ebe0c"
ROWS = "โรงเรียน,นักเรียน,วันที่\nวัดกลาง,120,17/9/2567\nเทศบาล 1,90,18/9/2567\n".encode()
PATH = "/en/workspace/khon-kaen/data/"


def file_of(content=ROWS, name="โรงเรียน 2567.csv"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def upload(desk_of, officer):
    desk_of(officer).post(PATH, {"files": file_of()})
    return examined(Upload.objects.get())


def page_of(upload):
    return f"/en/workspace/uploads/{upload.token}/"


def test_empty_list_says_what_to_do(desk_of, officer):
    page = desk_of(officer).get(PATH).content.decode()

    for words in ("No file waits", "None is published yet.", 'enctype="multipart/form-data"', "noindex"):
        assert words in page


def test_secretariat_publishes_for_the_whole_network(desk_of):
    secretariat = make_role(kind="secretariat", city=None).user
    # Who works for all needs a second factor.
    Authenticator.objects.create(user=secretariat, type="webauthn", data={"name": "key"})
    answer = desk_of(secretariat).post("/en/workspace/-/data/", {"files": file_of()})
    upload = examined(Upload.objects.get())
    desk_of(secretariat).post("/en/workspace/-/data/describe/", {"uploads": [str(upload.token)]})

    assert (upload.place, answer["Location"]) == ("", page_of(upload))
    assert (Proposal.objects.get().place, Proposal.objects.get().values["coverage"]) == ("", "country")
    assert desk_of(secretariat).get("/en/workspace/-/data/").status_code == 200


def test_desk_and_place_lead_to_the_data(desk_of, officer):
    for path in ("/en/workspace/", "/en/workspace/khon-kaen/"):
        assert f'href="{PATH}"' in desk_of(officer).get(path).content.decode()


def test_one_file_leads_to_its_page_with_progress(desk_of, officer):
    answer = desk_of(officer).post(PATH, {"files": file_of()})
    upload = Upload.objects.get()
    page = desk_of(officer).get(answer["Location"]).content.decode()

    assert (answer.status_code, answer["Location"]) == (302, page_of(upload))
    assert (upload.place, upload.by, upload.name) == ("khon-kaen", officer, "โรงเรียน 2567.csv")
    assert ('<meta http-equiv="refresh" content="3">' in page, "Received: 0%" in page) == (True, True)


def test_progress_is_fetched_alone_and_gives_way_to_the_page(desk_of, officer, upload):
    htmx = {"HX-Request": "true"}
    done = desk_of(officer).get(page_of(upload), headers=htmx)
    Upload.objects.update(standing="reading", progress=40)
    part = desk_of(officer).get(page_of(upload), headers=htmx).content.decode()

    assert done.headers["HX-Refresh"] == "true"
    assert ("Being read: 40%" in part, "<html" in part) == (True, False)


def test_several_files_come_at_once_and_one_refused_keeps_no_other_out(desk_of, officer):
    files = [file_of(), file_of(b"", "empty.csv"), file_of(b"%PDF-1.7 ", "table.csv"), file_of(ROWS, "b.csv")]

    answer = desk_of(officer).post(PATH, {"files": files}, follow=True)
    page = answer.content.decode()

    assert answer.redirect_chain == [(PATH, 302)]
    assert "empty.csv: " in page
    assert {"โรงเรียน 2567.csv", "b.csv"} <= {upload.name for upload in Upload.objects.all()}
    assert not Upload.objects.filter(name="empty.csv").exists()


def test_sending_by_script_is_told_where_to_go(desk_of, officer):
    answer = desk_of(officer).post(PATH, {"files": file_of()}, headers={"X-Sending": "1"})

    assert answer.json() == {"address": page_of(Upload.objects.get())}


def test_no_file_is_said(desk_of, officer):
    assert "Choose at least one file." in desk_of(officer).post(PATH, {}, follow=True).content.decode()


def test_file_for_a_place_that_is_not_there_is_refused(desk_of, officer):
    desk = desk_of(officer)

    assert desk.post("/en/workspace/atlantis/data/", {"files": file_of()}).status_code == 403
    assert desk.get("/en/workspace/atlantis/data/").status_code == 403
    assert not Upload.objects.exists()


def test_page_shows_what_was_found(desk_of, officer, upload):
    page = desk_of(officer).get(page_of(upload)).content.decode()

    for words in ("2 rows", "3 columns", "utf-8", "วัดกลาง", "Describe and propose", "What was noticed"):
        assert words in page


def test_titles_and_meanings_are_kept(desk_of, officer, upload):
    name = upload.schema["fields"][1]["name"]
    said = {f"{name}:title_en": "Pupils", f"{name}:description_th": "ที่ลงทะเบียน", f"{name}:unit": "คน", "x:unit": "?"}

    answer = desk_of(officer).post(page_of(upload), said)

    upload.refresh_from_db()
    field = upload.schema["fields"][1]
    assert answer["Location"] == page_of(upload)
    assert (field["title_en"], field["title_th"], field["unit"]) == ("Pupils", "นักเรียน", "คน")
    assert (field["description_th"], upload.standing) == ("ที่ลงทะเบียน", "ready")


def test_letters_that_no_database_keeps_are_left_out(desk_of, officer, upload):
    name = upload.schema["fields"][1]["name"]
    desk_of(officer).post(page_of(upload), {f"{name}:title_en": "Pu\x00pils", "choose": "\x00:date"})

    upload.refresh_from_db()
    assert upload.schema["fields"][1]["title_en"] == "Pupils"


@pytest.mark.parametrize("name", ["a\x00b.csv", "../../etc/passwd", "a" * 400 + ".csv", "\u202egpj.csv"])
def test_strange_names_of_files_do_no_harm(desk_of, officer, name):
    answer = desk_of(officer).post(PATH, {"files": file_of(ROWS, name)}, follow=True)

    assert answer.status_code == 200


@pytest.mark.parametrize("how", ["select", "button"])
def test_column_is_read_otherwise_as_chosen(desk_of, officer, upload, how):
    name = upload.schema["fields"][2]["name"]
    said = {f"{name}:type": "date"} if how == "select" else {"choose": f"{name}:date"}
    desk_of(officer).post(page_of(upload), said)
    upload.refresh_from_db()

    assert (upload.standing, upload.found["choices"]["types"]) == ("received", {name: "date"})
    assert examined(upload).schema["fields"][2]["type"] == "date"


@pytest.mark.parametrize("said", [{"choose": "nothing:date"}, {"choose": "x"}, {"sheet": "other"}, {"a:type": "x"}])
def test_choices_that_are_none_change_nothing(desk_of, officer, upload, said):
    name = upload.schema["fields"][2]["name"]
    desk_of(officer).post(page_of(upload), {**said, f"{name}:type": "money"})
    upload.refresh_from_db()

    assert upload.standing == "ready"


def test_wide_table_is_described_part_by_part(desk_of, officer):
    row = ",".join(f"c{number}" for number in range(130))
    desk_of(officer).post(PATH, {"files": file_of(f"{row}\n{row}\n".encode(), "wide.csv")})
    upload = examined(Upload.objects.get())
    desk = desk_of(officer)

    assert [len(desk.get(f"{page_of(upload)}?from={first}").context["rows"]) for first in (0, 60, 120)] == [60, 60, 10]
    for wrong in ("-1", "x", "999", "9" * 50, "²"):
        assert desk.get(page_of(upload), {"from": wrong}).context["first"] == 0


def test_refused_file_says_why(desk_of, officer):
    upload = make_upload(place="khon-kaen", by=officer, standing="refused", refusal="It is a picture.")

    assert "It is a picture." in desk_of(officer).get(page_of(upload)).content.decode()


@pytest.mark.parametrize("token", ["1", "x", NOBODYS])
def test_file_that_is_not_there_is_not_found(desk_of, officer, token):
    assert desk_of(officer).get(f"/en/workspace/uploads/{token}/").status_code == 404


def test_file_is_deleted(desk_of, officer, upload):
    answer = desk_of(officer).post(f"{page_of(upload)}drop/")

    assert (answer["Location"], Upload.objects.exists()) == (PATH, False)


def test_description_begins_with_what_is_known(desk_of, officer, upload):
    answer = desk_of(officer).post(f"{PATH}describe/", {"uploads": [str(upload.token)]})

    proposal = Proposal.objects.get()
    assert answer["Location"] == f"/en/workspace/proposals/{proposal.pk}/"
    assert (proposal.kind, proposal.place, proposal.key) == ("dataset", "khon-kaen", "")
    assert (proposal.values["title_th"], proposal.values["category"]) == ("โรงเรียน 2567", "public")
    assert proposal.values["uploads"] == [str(upload.token)]
    page = desk_of(officer).get(answer["Location"]).content.decode()
    assert ('value="โรงเรียน 2567"' in page, f'value="{upload.token}"' in page) == (True, True)


def test_next_version_of_a_dataset_begins_with_its_words(desk_of, officer, upload):
    dataset = make_version(dataset=make_dataset(place="khon-kaen")).dataset

    desk_of(officer).post(f"{PATH}describe/", {"uploads": [str(upload.token)], "dataset": str(dataset.pk)})

    proposal = Proposal.objects.get()
    assert (proposal.key, proposal.values) == (str(dataset.pk), {"uploads": [str(upload.token)]})


def test_next_version_is_recognized_by_its_columns_and_goes_on(desk_of, officer, upload):
    dataset = make_dataset(place="khon-kaen")
    make_version(dataset=dataset, parts=[make_table_part(name="schools", schema=upload.schema)])
    desk = desk_of(officer)
    page = desk.get(page_of(upload)).content.decode()
    said = {"uploads": [str(upload.token)], "dataset": str(dataset.pk)}
    answer = desk.post(f"{PATH}describe/", said, follow=True)

    assert f'<option value="{dataset.pk}" selected>' in page
    assert "taken over from the version before" in answer.content.decode()
    upload.refresh_from_db()
    assert (upload.found["replaces"], Proposal.objects.get().values["keeps"]) == ("schools", [])


@pytest.mark.parametrize("said", [{}, {"uploads": ["x"]}, {"uploads": [NOBODYS]}, {"dataset": "1"}, {"dataset": "x"}])
def test_description_needs_a_file_of_the_place(desk_of, officer, upload, said):
    answer = desk_of(officer).post(f"{PATH}describe/", said)

    assert (answer.status_code, Proposal.objects.exists()) == (400, False)


def test_files_of_another_place_are_not_described(desk_of, officer, upload):
    Upload.objects.update(place="chiang-mai")

    answer = desk_of(officer).post(f"{PATH}describe/", {"uploads": [str(upload.token)]})

    assert (answer.status_code, Proposal.objects.exists()) == (400, False)


def test_dataset_is_proposed_approved_and_published_with_its_file(desk_of, client, officer, approver, upload):
    desk_of(officer).post(f"{PATH}describe/", {"uploads": [str(upload.token)]})
    proposal = Proposal.objects.get()
    more = {"notes_th": "หนึ่งแถวคือหนึ่งโรงเรียน", "origin_th": "ทะเบียน", "objectives": ["mission"], "rhythm": "year"}
    more |= {"maintainer_th": "กองการศึกษา", "maintainer_email": "data@example.org", "keywords_th": "โรงเรียน"}
    moderation.save_draft(proposal, more, proposal.version, by=officer)
    preview = desk_of(officer).get(f"/en/workspace/proposals/{proposal.pk}/preview/").content.decode()
    assert ("วัดกลาง" in preview, Dataset.objects.exists()) == (True, False)
    moderation.submit(proposal, by=officer)
    address = f"/en/workspace/queue/{proposal.pk}/"
    assert f'<a href="{page_of(upload)}">โรงเรียน 2567.csv</a>' in desk_of(approver).get(address).content.decode()
    # What nobody approved yet must not lie anywhere but with the uploads.
    assert default_storage.listdir("opendata") == (["uploads"], [])
    moderation.approve(proposal, by=approver)
    decided = desk_of(approver).get(address).content.decode()
    assert ("published already or was dropped" in decided, str(upload.token) in decided) == (True, False)

    dataset = Dataset.objects.get()
    client.logout()
    page = client.get(f"/data/{dataset.slug}/")
    assert (page.status_code, "วัดกลาง" in page.content.decode()) == (200, True)
    assert (newest_version(dataset).number, Upload.objects.exists()) == (1, False)


@pytest.mark.parametrize("state", [{"publication": "cities"}, {"withdrawn_at": timezone.now(), "reason_en": "Gone."}])
def test_nobody_edits_what_the_platform_knows_or_what_is_withdrawn(desk_of, approver, state):
    dataset = make_dataset(place="khon-kaen", **state)

    assert desk_of(approver).get(f"/en/workspace/edit/dataset/{dataset.pk}/").status_code == 404


@pytest.mark.parametrize(("category", "status"), [("public", 200), ("personal", 404)])
def test_history_of_what_nobody_may_see_is_not_public(client, category, status):
    dataset = make_version(dataset=make_dataset(category=category)).dataset

    assert client.get(f"/en/history/dataset/{dataset.pk}/").status_code == status


def test_list_scores_its_datasets_and_care_leads_to_the_fields(desk_of, officer):
    dataset = make_version(dataset=make_dataset(place="khon-kaen"), parts=[make_table_part()]).dataset
    desk = desk_of(officer)
    listed = desk.get(PATH).content.decode()
    care = desk.get(f"/en/workspace/datasets/{dataset.pk}/").content.decode()

    assert f'href="/en/workspace/datasets/{dataset.pk}/"' in listed
    assert f'href="/en/workspace/edit/dataset/{dataset.pk}/#id_notes_th"' in care
    assert "Withdraw …" not in care


def test_advice_leads_to_the_very_box_of_a_column_and_to_where_files_are_brought(desk_of, officer):
    dataset = make_version(dataset=make_dataset(place="khon-kaen"), parts=[make_table_part(name="rows")]).dataset
    desk = desk_of(officer)
    care = desk.get(f"/en/workspace/datasets/{dataset.pk}/").content.decode()
    fields = newest_version(dataset).distributions.get().schema["fields"]
    column = next(field["name"] for field in fields if not field.get("description"))
    field = f"rows__{column}__meaning_th"
    edit = f"/en/workspace/edit/columns/{dataset.pk}/"

    assert f'href="{edit}#id_{field}"' in care
    assert f'id="id_{field}"' in desk.get(edit).content.decode()
    # What is typed into a box of a column is saved like everything else.
    saved = desk.post(f"{edit}save/", {"changes": f'{{"{field}": "หนึ่งแถว"}}'}).json()
    assert (Proposal.objects.get().values, "problem" in saved) == ({field: "หนึ่งแถว"}, False)


def test_faults_of_columns_stand_at_their_boxes_with_what_was_typed(desk_of, officer, upload):
    answer = desk_of(officer).post(page_of(upload), {"rongrian:name": "Select *", "rongrian:unit": "แห่ง"})
    page = answer.content.decode()

    assert (answer.status_code, 'href="#c-rongrian:name"' in page, 'value="Select *"' in page) == (400, True, True)
    assert ('value="แห่ง"' in page, 'id="c-rongrian:name-faults"' in page) == (True, True)


def test_key_is_kept_and_shown(desk_of, officer, upload):
    desk = desk_of(officer)
    names = [field["name"] for field in upload.schema["fields"]]
    desk.post(page_of(upload), {f"{names[0]}:name": names[0], f"{names[0]}:key": "on"})
    upload.refresh_from_db()

    assert upload.schema["primaryKey"] == [names[0]]
    assert f'name="{names[0]}:key" checked' in desk.get(page_of(upload)).content.decode()


def test_withdrawn_datasets_stay_in_the_list_with_their_tombstones(desk_of, officer):
    said = {"withdrawn_at": timezone.now(), "reason_en": "Counted twice."}
    dataset = make_version(dataset=make_dataset(place="khon-kaen", slug="schools", **said)).dataset
    desk = desk_of(officer)
    again = f"/en/workspace/edit/return/{dataset.pk}/"

    for path in (PATH, f"/en/workspace/datasets/{dataset.pk}/"):
        page = desk.get(path).content.decode()
        assert [words in page for words in ("Counted twice.", 'href="/en/data/schools/"', f'href="{again}"')] == [
            True
        ] * 3
    assert "Why it is published again" in desk.get(again).content.decode()


def test_care_warns_of_data_that_nobody_sees(desk_of, officer):
    dataset = make_dataset(place="khon-kaen", category="personal")

    assert "Nobody sees these data." in desk_of(officer).get(f"/en/workspace/datasets/{dataset.pk}/").content.decode()


def test_withdrawal_needs_a_reason_and_leaves_a_tombstone(desk_of, client, approver):
    dataset = make_version(dataset=make_dataset(place="khon-kaen", slug="schools")).dataset
    address = f"/en/workspace/datasets/{dataset.pk}/withdraw/"
    silent = desk_of(approver).post(address, {})
    said = desk_of(approver).post(address, {"reason_en": "Counted wrongly."})

    assert (silent.status_code, said["Location"]) == (400, PATH)
    client.logout()
    assert client.get("/data/schools/").status_code == 410


def test_stranger_and_editor_withdraw_nothing(desk_of, officer, stranger):
    dataset = make_dataset(place="khon-kaen")

    for person in (officer, stranger):
        address = f"/en/workspace/datasets/{dataset.pk}/withdraw/"
        assert desk_of(person).post(address, {"reason_en": "Gone."}).status_code == 403
    assert Dataset.objects.get().withdrawn_at is None


def test_what_the_platform_knows_is_not_looked_after_here(desk_of, approver):
    dataset = make_dataset(publication="cities")

    assert desk_of(approver).get(f"/en/workspace/datasets/{dataset.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_however_long(desk_of, officer, count, django_assert_num_queries):
    for _number in range(count):
        make_upload(place="khon-kaen", by=officer, standing="ready")
        make_version(dataset=make_dataset(place="khon-kaen"))
    desk = desk_of(officer)
    desk.get(PATH)

    with django_assert_num_queries(16):
        desk.get(PATH)
