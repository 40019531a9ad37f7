import pytest
from allauth.mfa.models import Authenticator

from tests.factories.accounts import make_user
from tests.factories.notices import make_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = make_user(is_staff=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "s3cret"})
    client.force_login(user)
    return client


def test_staff_see_what_became_of_a_letter_and_nothing_that_it_says(staff):
    letter = make_letter(subject="The subject", text="The way in", headers={"X-Sample": "The header"})

    pages = [staff.get(f"/en/admin/notices/letter/{path}") for path in ("", f"{letter.pk}/change/")]

    assert [page.status_code for page in pages] == [200, 200]
    assert ["waits to be sent" in page.content.decode() for page in pages] == [True, True]
    for words in ("The subject", "The way in", "The header"):
        assert [words in page.content.decode() for page in pages] == [False, False]


@pytest.mark.parametrize("question", ["state__exact=failed", "kind__exact=notices", "q=reader@example.org"])
def test_staff_find_letters_by_state_kind_and_address(staff, question):
    make_letter()

    assert staff.get(f"/admin/notices/letter/?{question}").status_code == 200


@pytest.mark.parametrize("question", ["text__contains=key", "headers__has_key=X", "html=x", "owner__password__regex=."])
def test_administration_answers_no_question_about_what_a_letter_says(staff, question):
    assert staff.get(f"/admin/notices/letter/?{question}").status_code == 400
