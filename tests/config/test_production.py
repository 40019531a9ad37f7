"""Production is the same code with other variables: it names what is missing, and nothing of the demo can be on."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from learningcity.config.demo import OF_PRODUCTION, insist_on_this_machine
from learningcity.config.env import require
from learningcity.config.launch.local import ROOT
from tools.check import PRODUCTION

OURS = {*PRODUCTION, *OF_PRODUCTION, "LEARNINGCITY_DEMO", "LEARNINGCITY_STATE", "DATABASE_OWNER_URL"}
NAMES = ["DEMO", "DEBUG", "LETTER_BACKEND", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
QUESTION = f"""
import json
from learningcity.config import settings
print(json.dumps({{name: getattr(settings, name) for name in {NAMES}}}))
"""


def python(code, **variables):
    """Run Python with these variables and no others of ours."""
    clean = {key: value for key, value in os.environ.items() if key not in OURS}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=clean | variables, cwd=ROOT, capture_output=True, text=True, check=False)


def last_line(result):
    return result.stderr.strip().splitlines()[-1]


@pytest.fixture
def nothing_set(monkeypatch):
    """An environment without a variable of ours."""
    for name in OURS:
        monkeypatch.delenv(name, raising=False)


def test_production_does_not_start_and_names_everything_that_is_missing():
    result = python("import learningcity.config.wsgi", DJANGO_SETTINGS_MODULE="learningcity.config.settings")

    assert result.returncode == 1
    assert last_line(result) == (
        "django.core.exceptions.ImproperlyConfigured: Not started: SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, SITE_URL, "
        "EMAIL_HOST are not set. See .env.example for what each one means."
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
@pytest.mark.usefixtures("nothing_set")
def test_require_takes_blanks_for_nothing(monkeypatch, name):
    monkeypatch.setenv("SECRET_KEY", "a")
    monkeypatch.setenv("ALLOWED_HOSTS", "b")
    monkeypatch.setenv(name, "  ")

    with pytest.raises(ImproperlyConfigured, match=rf"^Not started: {name} is not set\."):
        require("SECRET_KEY", "ALLOWED_HOSTS")


def test_production_has_nothing_of_the_demo():
    answer = json.loads(python(QUESTION, **PRODUCTION).stdout)

    assert answer == {
        "DEMO": False,
        "DEBUG": False,
        "LETTER_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
    }


def test_demo_does_not_start_in_production():
    result = python("import learningcity.config.settings", **{**PRODUCTION, "LEARNINGCITY_DEMO": "1"})

    assert result.returncode == 1
    assert last_line(result) == (
        "django.core.exceptions.ImproperlyConfigured: Not started: the demo runs on this machine only, and SECRET_KEY, "
        "EMAIL_HOST, SITE_URL, ALLOWED_HOSTS, DATABASE_URL point beyond it. For a real site leave LEARNINGCITY_DEMO "
        "unset."
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "x"),
        ("EMAIL_HOST", "localhost"),
        ("S3_BUCKET", "files"),
        ("SENTRY_DSN", "https://sentry.example.org/1"),
        ("BEHIND_PROXY", "1"),
        ("SITE_URL", "https://cities.example.org"),
        ("SITE_URL", "http://localhost.example.org"),
        ("ALLOWED_HOSTS", "localhost,cities.example.org"),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", "postgresql://site@db.example.org/site"),
        ("DATABASE_URL", "postgresql://site@localhost/site?host=db.example.org"),
        ("DATABASE_URL", "postgresql://site@localhost/site?hostaddr=203.0.113.7"),
        ("DATABASE_OWNER_URL", "postgresql://owner@db.example.org/site"),
    ],
)
@pytest.mark.usefixtures("nothing_set")
def test_demo_is_refused_beside(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=f"this machine only, and {name} points beyond it"):
        insist_on_this_machine()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "http://localhost:8000"),
        ("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]"),
        ("DATABASE_URL", "postgresql://site@%2Ftmp%2Fsocket/site"),
        ("DATABASE_URL", "postgresql://site@127.0.0.1:5433/site"),
        ("DATABASE_URL", "postgresql:///site"),
    ],
)
@pytest.mark.usefixtures("nothing_set")
def test_demo_runs_on_this_machine(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    assert insist_on_this_machine() is None


@pytest.mark.django_db
def test_sample_accounts_cannot_be_made_in_production(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="in the demo only"):
        call_command("sample_accounts")


def test_settings_need_no_database():
    result = python("import learningcity.config.settings", LEARNINGCITY_DEMO="1")

    assert (result.returncode, result.stderr) == (0, "")
