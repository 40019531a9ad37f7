import pytest
from allauth.mfa.models import Authenticator

from tests.factories.accounts import make_user
from tests.factories.pictures import make_picture

pytestmark = pytest.mark.django_db


def test_administration_shows_a_picture_without_its_file_and_where_the_consent_lies(client):
    user = make_user(is_staff=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "s3cret"})
    client.force_login(user)
    picture = make_picture(consent="given", consent_on="2024-09-17", consent_keeper="Cabinet 3", author="Sample Author")

    page = client.get(f"/admin/pictures/picture/{picture.pk}/change/").content.decode()

    assert [word for word in ("Cabinet 3", picture.original.name) if word in page] == []
    assert "Sample Author" in page
