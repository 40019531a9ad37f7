import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.partners.actions import attach_file, call_off, hide_file, publish_file
from learningcity.partners.actions.agreements import LARGEST
from learningcity.partners.models import Agreement, AgreementFile
from learningcity.partners.queries import AgreementSelection, select_agreements, tallies, with_standing
from tests.factories.opendata import make_observation
from tests.factories.partners import (
    PDF,
    make_agreement,
    make_announcement,
    make_clerk,
    make_file,
    make_goal,
    make_goal_link,
    make_party,
    make_target,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def agreement(cast):
    return make_agreement(city=cast.city)


def day(offset):
    return DAY + dt.timedelta(days=offset)


def standing(**changes):
    make_agreement(**changes)
    return with_standing(Agreement.objects.all(), on=DAY).latest("pk").standing


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"signed_on": None}, "drafted"),
        ({"signed_on": day(1)}, "drafted"),
        ({"signed_on": day(-1), "starts_on": day(1)}, "signed"),
        ({"signed_on": day(-1)}, "in_force"),
        ({"signed_on": day(-1), "starts_on": day(0), "ends_on": day(91)}, "in_force"),
        ({"signed_on": day(-1), "ends_on": day(90)}, "expiring"),
        ({"signed_on": day(-1), "ends_on": day(0)}, "expiring"),
        ({"signed_on": day(-9), "ends_on": day(-1)}, "ended"),
        ({"signed_on": day(-9), "ends_on": day(400), "called_off_on": day(0)}, "ended"),
        ({"signed_on": day(-9), "called_off_on": day(1)}, "in_force"),
    ],
)
def test_standing_follows_from_the_dates(dates, expected):
    assert standing(**dates) == expected


def test_standing_is_renewed_once_a_later_agreement_is_signed():
    old = make_agreement(signed_on=day(-400), ends_on=day(-30))
    make_agreement(renews=old, signed_on=None)
    before = with_standing(Agreement.objects.filter(pk=old.pk), on=DAY).get().standing

    make_agreement(renews=old, signed_on=day(-1))

    assert (before, with_standing(Agreement.objects.filter(pk=old.pk), on=DAY).get().standing) == ("ended", "renewed")


def test_agreements_are_selected_by_city_and_standing():
    wanted = make_agreement()
    make_agreement(city=wanted.city, signed_on=None)
    make_agreement()

    found = select_agreements(AgreementSelection(city=wanted.city.slug, standing="in_force"), on=DAY)

    assert list(found) == [wanted]


def test_tallies_keep_announced_and_entered_apart():
    agreement = make_agreement()
    for value, qualifier in ((59, "more_than"), (62, "exact")):
        number = make_observation(city=agreement.city, value=value, qualifier=qualifier)
        make_announcement(agreement=agreement, observation=number)
    make_party(agreement=agreement)
    make_goal_link(agreement=agreement, goal=make_goal(4))
    make_goal_link(agreement=agreement, goal=make_goal(4), target=make_target("4.7"))

    found = tallies([agreement])

    parties, goals = found[agreement.pk, "parties"], found[agreement.pk, "goals"]
    assert ([number.value for number in parties.announced], parties.entered) == ([62, 59], 1)
    # A goal counts once, however many of its targets are named.
    assert (goals.announced, goals.entered) == ([], 1)
    assert (parties.is_complete, goals.is_complete) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_tallies_take_three_queries_however_many_agreements(django_assert_num_queries, count):
    agreements = [make_agreement() for _ in range(count)]

    with django_assert_num_queries(3):
        tallies(agreements)


def test_call_off_ends_an_agreement_before_its_last_day(cast, agreement):
    assert call_off(agreement, timezone.localdate(), by=cast.approver).called_off_on == timezone.localdate()

    with pytest.raises(ValidationError):
        call_off(agreement, timezone.localdate(), by=cast.approver)


def test_call_off_of_what_was_never_signed_or_signed_later_is_refused(cast):
    for signed_on in (None, timezone.localdate()):
        drafted = make_agreement(city=cast.city, signed_on=signed_on)
        with pytest.raises(ValidationError):
            call_off(drafted, timezone.localdate() - dt.timedelta(days=1), by=cast.approver)


def test_call_off_by_a_stranger_is_refused(cast, agreement):
    for stranger in [*cast.strangers, cast.editor, cast.clerk]:
        with pytest.raises(PermissionDenied):
            call_off(agreement, timezone.localdate(), by=stranger)


def test_attach_file_keeps_it_byte_for_byte_and_private(cast, agreement):
    upload = SimpleUploadedFile("บันทึกข้อตกลง.pdf", PDF, content_type="text/html")

    file = attach_file(agreement, upload, by=cast.editor)

    assert (file.file.read(), file.visibility, file.media_type, file.size) == (
        PDF,
        "private",
        "application/pdf",
        len(PDF),
    )
    assert (file.name, "บันทึก" in file.file.name) == ("บันทึกข้อตกลง.pdf", False)


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"\xff\xd8\xff\xe0JFIF", b"%PDF-1.7 cut off", b"GIF89a%PDF-%%EOF"]
)
def test_attach_file_that_is_no_pdf_is_refused_whatever_it_is_called(cast, agreement, content):
    upload = SimpleUploadedFile("agreement.pdf", content, content_type="application/pdf")

    with pytest.raises(ValidationError) as refusal:
        attach_file(agreement, upload, by=cast.editor)

    assert (list(refusal.value.message_dict), AgreementFile.objects.count()) == (["file"], 0)


def test_attach_file_that_is_too_large_is_refused_unread(cast, agreement):
    upload = SimpleUploadedFile("agreement.pdf", PDF)
    upload.size = LARGEST + 1

    with pytest.raises(ValidationError):
        attach_file(agreement, upload, by=cast.editor)

    assert upload.tell() == 0


def test_attach_file_twice_is_refused(cast, agreement):
    attach_file(agreement, SimpleUploadedFile("a.pdf", PDF), by=cast.editor)

    with pytest.raises(ValidationError):
        attach_file(agreement, SimpleUploadedFile("b.pdf", PDF), by=cast.editor)


def test_attach_file_by_a_stranger_is_refused(cast, agreement):
    for stranger in [*cast.strangers, cast.clerk]:
        with pytest.raises(PermissionDenied):
            attach_file(agreement, SimpleUploadedFile("a.pdf", PDF), by=stranger)


def test_publish_file_and_hide_file_change_for_whom_it_is(cast, agreement):
    file = make_file(agreement=agreement)

    assert publish_file(file, by=cast.approver).visibility == "public"
    with pytest.raises(TransitionNotAllowed):
        publish_file(file, by=cast.approver)
    assert hide_file(file, by=cast.approver).visibility == "private"


def test_publish_file_by_a_stranger_is_refused(cast, agreement):
    file = make_file(agreement=agreement)

    for stranger in [*cast.strangers, cast.editor, cast.clerk]:
        with pytest.raises(PermissionDenied):
            publish_file(file, by=stranger)


def test_hide_file_by_a_stranger_is_refused(cast, agreement):
    file = make_file(agreement=agreement, visibility="public")

    for stranger in [*cast.strangers, cast.editor, cast.clerk]:
        with pytest.raises(PermissionDenied):
            hide_file(file, by=stranger)


def test_private_files_are_for_the_city_and_for_those_who_take_part(cast, agreement):
    file = make_file(agreement=agreement)
    make_party(agreement=agreement, organization=cast.organization)
    outsider = make_clerk().user

    may = [person.has_perm("partners.read_file", file) for person in (cast.editor, cast.clerk, outsider)]

    assert may == [True, True, False]
