"""Everything is private unless it stands on the reviewed list beside this file."""

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RegexPattern

LIST = Path(__file__).with_name("public_pages.txt")
REVIEWED = {line for line in LIST.read_text().splitlines() if line and not line.startswith("#")}
# Before it can be sent, a form needs the cookie that proves where it came from; no page needs more.
FORMS = {"report", "account_login", "account_reset_password", "account_reset_password_from_key"}


def patterns(resolver, before="", namespace=""):
    """Return (name, example of an address, pattern) of everything that the site answers to."""
    for entry in resolver.url_patterns:
        path = before + example(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", path, entry
        else:
            yield from patterns(entry, path, f"{entry.namespace}:" if entry.namespace else namespace)


def example(pattern):
    """Return an address that the pattern fits: 1 is a number, a word and a part of a path."""
    if isinstance(pattern, RegexPattern):
        word = re.sub(r"\(\?P<\w+>(\w*)[^)]*\)", lambda group: group.group(1) or "1", str(pattern))
        return word.strip("^$")
    return re.sub(r"<[^>]+>", "1", str(pattern))


SITE = list(patterns(get_resolver()))
PUBLIC = {name for name, _, entry in SITE if not getattr(entry.callback, "login_required", True)}


def test_pages_marked_public_are_the_reviewed_ones():
    assert sorted(PUBLIC) == sorted(REVIEWED)


def test_examples_lead_where_they_should():
    astray = [
        name for name, path, _ in SITE if (found := get_resolver().resolve(f"/{path}")) and found.view_name != name
    ]

    # The administration answers to anything below it, and has nameless addresses from olden times.
    assert {name for name in astray if name != "admin:None"} == set()


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_other_page_leads_a_stranger_to_sign_in(client, language):
    # The administration leads to its own address first, and that one, no exception here, to ours.
    ways_in = tuple(f"/{language}{door}/login/?next=" for door in ("account", "admin"))
    answers = [
        (name, answer)
        for name, path, _ in SITE
        if name not in REVIEWED
        for answer in (client.get(f"/{language}{path}"), client.post(f"/{language}{path}"))
    ]

    open_doors = [name for name, answer in answers if not answer.get("Location", "").startswith(ways_in)]
    assert open_doors == []
    assert client.get(f"/{language}admin/login/").headers["Location"].startswith(ways_in[0])


@pytest.mark.django_db
def test_public_pages_give_strangers_no_cookie(client):
    given = {}
    for name, path, _ in SITE:
        if name in REVIEWED:
            client.cookies.clear()
            given[name] = set(client.get(f"/{path}").cookies)

    assert {name: cookies for name, cookies in given.items() if cookies} == {name: {"csrftoken"} for name in FORMS}
