import pytest
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext, override


@pytest.mark.parametrize(
    ("text", "thai"),
    [("Confirm Access", "ยืนยันว่าเป็นท่าน"), ("Password Reset", "ตั้งรหัสผ่านใหม่"), ("Sign In", "เข้าสู่ระบบ")],
)
def test_our_thai_stands_before_that_of_the_libraries(text, thai):
    with override("th"):
        assert gettext(text) == thai


def test_rules_for_passwords_are_told_in_thai():
    with override("th"):
        texts = [str(text) for text in password_validators_help_texts()]

    assert texts
    assert all("รหัสผ่าน" in text for text in texts)
