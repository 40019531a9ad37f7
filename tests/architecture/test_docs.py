"""What the documents promise: that their links lead somewhere, and that every command is told."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")]


def test_links_between_documents_lead_somewhere():
    links = [
        (page, link)
        for page in PAGES
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
        if ":" not in link
    ]

    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []
    assert len(links) > 50


def test_every_command_of_ours_stands_on_the_page_of_commands():
    told = (ROOT / "docs/guides/commands.md").read_text()

    assert [name for name, app in get_commands().items() if app.startswith("learningcity.") and name not in told] == []
