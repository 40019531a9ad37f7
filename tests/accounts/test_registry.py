import pytest

from learningcity.accounts import registry
from learningcity.accounts.actions import close_account
from learningcity.accounts.models import User
from tests.factories.accounts import make_user


def test_nothing_happens_to_accounts_while_nobody_writes_it_down(db, monkeypatch):
    user = make_user()
    monkeypatch.setattr(registry, "_witnesses", [])

    with pytest.raises(LookupError):
        close_account(user, by=None)

    assert User.objects.get().is_active
