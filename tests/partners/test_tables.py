import pytest
from django.utils import translation

from learningcity.imports import actions, exports, tasks
from learningcity.imports.registry import table_named
from learningcity.partners.models import Commitment, Organization, Party, Signatory
from learningcity.search.models import Document
from tests.factories.cities import make_city, make_role
from tests.factories.imports import make_import, text, workbook, write_import
from tests.factories.partners import make_agreement, make_commitment, make_organization, make_party
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def secretary():
    return make_role(kind="secretariat", city=None).user


@pytest.fixture
def city():
    make_source(slug="report")
    return make_city(slug="sample")


@pytest.fixture
def agreement(city):
    return make_agreement(city=city, slug="mou")


def reasons(upload):
    return [row.reasons for row in upload.rows.order_by("number") if row.reasons]


ORGANIZATIONS = ("เมือง", "ชื่อหน่วยงาน", "name in english", "ภาคส่วน", "ชื่อย่อ", "แหล่งข้อมูล")
SIGNATORIES = ("บันทึกข้อตกลง", "หน่วยงาน", "ชื่อ-สกุล", "ตำแหน่ง", "วันที่ลงนาม", "แหล่งข้อมูล")
COMMITMENTS = ("เมือง", "หน่วยงาน", "สิ่งที่ให้", "รายละเอียด", "จำนวน", "หน่วย", "ภายในวันที่")


def test_organizations_are_written_once_and_found_by_the_search(city, secretary):
    content = workbook(
        [
            ORGANIZATIONS,
            ("sample", "สถาบันตัวอย่าง", "Sample Institute", "สถาบันการศึกษา", "สตย.; SI", "report"),
            ("sample", "บริษัทตัวอย่าง", "", "ภาคเอกชน", "", "report"),
        ]
    )

    write_import(make_import(content, "organizations", by=secretary))
    again = make_import(content, "organizations", by=secretary)

    found = Organization.objects.get(name_en="Sample Institute")
    assert (found.home, found.sector, found.aliases) == (city, "education", ["สตย.", "SI"])
    assert (again.unchanged, again.added, Organization.objects.count()) == (2, 0, 2)
    assert Document.objects.filter(kind="organization").count() == 2


def test_organizations_say_at_each_cell_what_is_wrong(city, secretary):
    content = text(
        [ORGANIZATIONS, ("sample", "", "", "ดวงจันทร์", "", "report"), ("sample", "", "", "ภาครัฐ", "", "report")]
    )

    upload = make_import(content, "organizations", by=secretary)

    assert [list(row) for row in reasons(upload)] == [["sector"], ["name_th"]]


def test_parties_and_signatories_of_an_agreement_are_written(agreement, secretary):
    make_organization(name_th="สถาบันตัวอย่าง")
    parties = text([("บันทึกข้อตกลง", "หน่วยงาน", "แหล่งข้อมูล"), ("mou", "สถาบันตัวอย่าง", "report")])
    people = text(
        [
            SIGNATORIES,
            ("mou", "สถาบันตัวอย่าง", "บุคคล ตัวอย่าง", "ผู้อำนวยการ", "๑๗ กันยายน ๒๕๖๗", "report"),
            ("mou", "", "บุคคล ไม่ระบุหน่วยงาน", "", "", "report"),
        ]
    )

    write_import(make_import(parties, "parties", by=secretary))
    write_import(make_import(people, "signatories", by=secretary))
    again = make_import(people, "signatories", by=secretary)

    assert Party.objects.get().agreement == agreement
    assert list(Signatory.objects.order_by("pk").values_list("party__organization__name_th", "agreement__slug")) == [
        ("สถาบันตัวอย่าง", None),
        (None, "mou"),
    ]
    assert str(Signatory.objects.order_by("pk")[0].signed_on) == "2024-09-17"
    assert (again.unchanged, again.added) == (2, 0)


def test_signatories_of_an_organization_that_is_no_party_are_refused(agreement, secretary):
    make_organization(name_th="สถาบันตัวอย่าง")
    content = text([SIGNATORIES, ("mou", "สถาบันตัวอย่าง", "บุคคล ตัวอย่าง", "", "31 กุมภาพันธ์ 2567", "report")])
    mended = text([SIGNATORIES, ("mou", "สถาบันตัวอย่าง", "บุคคล ตัวอย่าง", "", "", "report")])

    assert [list(row) for row in reasons(make_import(content, "signatories", by=secretary))] == [["signed_on"]]
    assert [list(row) for row in reasons(make_import(mended, "signatories", by=secretary))] == [["organization"]]


def test_commitments_are_proposed_and_wait_for_both_sides(city, secretary):
    make_organization(name_th="สถาบันตัวอย่าง")
    row = ("sample", "สถาบันตัวอย่าง", "สถานที่", "ห้องประชุม", "12", "เย็น", "30/9/2570")

    write_import(make_import(text([COMMITMENTS, row]), "commitments", by=secretary))
    again = make_import(text([COMMITMENTS, row]) + b"\r\n", "commitments", by=secretary)

    promise = Commitment.objects.get()
    assert (promise.state, promise.amount, str(promise.due_on)) == ("proposed", 12, "2027-09-30")
    assert (again.unchanged, again.added) == (1, 0)
    assert not Document.objects.filter(kind="promise").exists()


def test_commitments_in_other_words_are_others_and_what_was_confirmed_stays(city, secretary):
    organization = make_organization(name_th="สถาบันตัวอย่าง")
    confirmed = make_commitment(city=city, organization=organization, text_th="ห้องประชุม", state="confirmed")
    content = text([COMMITMENTS, ("sample", "สถาบันตัวอย่าง", "สถานที่", "ห้องประชุมใหญ่", "", "", "")])

    write_import(make_import(content, "commitments", by=secretary))

    confirmed.refresh_from_db()
    assert (confirmed.state, Commitment.objects.count()) == ("confirmed", 2)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({3: ""}, "text_th"),
        ({4: "0"}, "amount"),
        ({5: ""}, "unit_th"),
        ({4: ""}, "amount"),
        ({6: "2570"}, "due_on"),
        ({6: "31/2/2567"}, "due_on"),
        ({1: "ไม่มีหน่วยงานนี้"}, "organization"),
    ],
)
def test_commitments_say_at_each_cell_what_is_wrong(city, secretary, changes, column):
    make_organization(name_th="สถาบันตัวอย่าง")
    row = ["sample", "สถาบันตัวอย่าง", "สถานที่", "ห้องประชุม", "12", "เย็น", "30/9/2570"]
    for place, words in changes.items():
        row[place] = words

    upload = make_import(text([COMMITMENTS, row]), "commitments", by=secretary)

    assert [list(found) for found in reasons(upload)] == [[column]]


def test_rows_of_another_city_are_refused_to_an_officer(agreement):
    officer = make_role(kind="editor")
    party = make_party(agreement=agreement)
    content = text([SIGNATORIES, ("mou", party.organization.slug, "บุคคล ตัวอย่าง", "", "", "report")])

    upload = make_import(content, "signatories", by=officer.user, place=officer.city.slug)

    assert [list(row) for row in reasons(upload)] == [["agreement"]]


def kin(*rows):
    """Return a file of organizations, each with its name and that of the one to which it belongs."""
    heading = ("ชื่อหน่วยงาน", "สังกัด", "เมือง", "ภาคส่วน", "แหล่งข้อมูล")
    return text([heading, *((name, parent, "sample", "การศึกษา", "report") for name, parent in rows)])


def belongs():
    return dict(Organization.objects.values_list("name_th", "parent__name_th"))


@pytest.mark.usefixtures("city")
def test_organizations_belong_to_others_of_the_same_file_in_any_order(secretary):
    rows = [("ภาควิชา", "คณะ"), ("คณะ", "มหาวิทยาลัย"), ("มหาวิทยาลัย", ""), ("สถาบัน", "มหาวิทยาลัย")]

    first = write_import(make_import(kin(*rows), "organizations", by=secretary))
    again = make_import(kin(*reversed(rows)), "organizations", by=secretary)

    assert (first.state, first.added) == ("applied", 4)
    assert belongs() == {name: parent or None for name, parent in rows}
    assert (again.unchanged, again.added) == (4, 0)

    approver = make_role(kind="secretariat", city=None).user
    actions.undo_import(first, by=approver)
    tasks.undo_rows(first.pk)
    first.refresh_from_db()
    assert (first.state, first.left, Organization.objects.count()) == ("undone", 0, 0)


def test_organizations_with_what_they_belong_to_come_back_unchanged(city, secretary):
    upper = make_organization(home=city, name_th="มหาวิทยาลัย", source=make_source(slug="other"))
    make_organization(home=city, name_th="คณะ", parent=upper, source=upper.source)

    upload = make_import(exports.records(table_named("organizations"), "sample").read(), "organizations", by=secretary)

    assert (upload.unchanged, upload.changed, upload.added, upload.refused) == (2, 0, 0, 0)


def test_organization_that_is_there_gets_a_new_one_above_it_and_loses_it_with_the_import(city, secretary):
    make_organization(name_th="คณะ", home=city)

    upload = write_import(make_import(kin(("คณะ", "มหาวิทยาลัย"), ("มหาวิทยาลัย", "")), "organizations", by=secretary))
    written = belongs()
    actions.undo_import(upload, by=make_role(kind="secretariat", city=None).user)
    tasks.undo_rows(upload.pk)

    assert written == {"คณะ": "มหาวิทยาลัย", "มหาวิทยาลัย": None}
    assert belongs() == {"คณะ": None}


@pytest.mark.usefixtures("city")
def test_organizations_that_belong_to_themselves_are_refused_at_the_cell(secretary):
    rows = [("ก", "ข"), ("ข", "ก"), ("ค", "ค"), ("ง", "ก"), ("จ", "")]

    upload = make_import(kin(*rows), "organizations", by=secretary)

    assert reasons(upload) == [
        {"parent": "By way of “ข” this row would belong to itself."},
        {"parent": "By way of “ก” this row would belong to itself."},
        {"parent": "By way of “ค” this row would belong to itself."},
        {"parent": "“ก” stands in row 2, which is refused."},
    ]
    assert write_import(upload, "good").added == 1


@pytest.mark.parametrize("rows", [[("บน", "ล่าง")], [("บน", "ใหม่"), ("ใหม่", "ล่าง")], [("ใหม่", "ล่าง"), ("บน", "ใหม่")]])
def test_organization_above_which_stands_what_is_below_it_is_refused(city, secretary, rows):
    upper = make_organization(name_th="บน", home=city)
    middle = make_organization(name_th="กลาง", home=city, parent=upper)
    make_organization(name_th="ล่าง", home=city, parent=middle)

    upload = make_import(kin(*rows), "organizations", by=secretary)

    said = f"By way of “{dict(rows)['บน']}” this row would belong to itself."
    assert reasons(upload) == [{"parent": said}]


@pytest.mark.usefixtures("city")
def test_organization_whose_upper_one_is_called_like_another_asks_for_its_key(secretary):
    content = text(
        [
            ("ชื่อหน่วยงาน", "สังกัด", "รหัส", "เมือง", "ภาคส่วน", "แหล่งข้อมูล"),
            ("คณะ", "สถาบัน", "", "sample", "การศึกษา", "report"),
            ("สถาบัน", "", "one", "sample", "การศึกษา", "report"),
            ("สถาบัน", "", "two", "sample", "การศึกษา", "report"),
            ("ภาควิชา", "two", "", "sample", "การศึกษา", "report"),
        ]
    )

    upload = make_import(content, "organizations", by=secretary)

    assert reasons(upload) == [{"parent": "Several are called “สถาบัน”; write the key instead, as in the address."}]


@pytest.mark.usefixtures("city")
def test_organizations_of_many_batches_find_what_they_belong_to(secretary, monkeypatch):
    for module in (tasks.checking, tasks.applying, tasks.undoing):
        monkeypatch.setattr(module, "BATCH", 2)
    rows = [(f"หน่วยงานที่ {number}", f"หน่วยงานที่ {number + 1}" if number < 9 else "") for number in range(10)]

    upload = write_import(make_import(kin(*rows), "organizations", by=secretary))
    written = belongs()
    actions.undo_import(upload, by=make_role(kind="secretariat", city=None).user)
    tasks.undo_rows(upload.pk)

    assert written == {name: parent or None for name, parent in rows}
    assert Organization.objects.count() == 0


@pytest.mark.usefixtures("city")
def test_organizations_in_a_chain_without_end_are_refused_where_it_becomes_too_long(secretary):
    rows = [("หน่วยงานที่ 0", ""), *((f"หน่วยงานที่ {n}", f"หน่วยงานที่ {n - 1}") for n in range(1, 3_000))]

    upload = make_import(kin(*rows), "organizations", by=secretary)

    assert (upload.added, upload.refused) == (21, 2_979)
    assert upload.rows.get(number=23).reasons == {
        "parent": "More than 20 other rows stand above this one, beginning with “หน่วยงานที่ 20”."
    }
