import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
# The first has no window to draw and takes a third less time.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def skip(reason: str) -> None:
    """Skip, unless whoever runs the tests insists on a browser."""
    if os.environ.get("LEARNINGCITY_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the whole run."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not path:
        skip("no Chromium found: install one (Debian: apt install chromium) to run the browser tests")
    # Playwright's loop lives in this thread, and Django would refuse to talk to the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Complaints:
    """What the browser complained about."""

    words: list[str] = field(default_factory=list)

    def listen(self, page: Any) -> None:
        page.on("pageerror", lambda error: self.words.append(str(error)))
        page.on("console", lambda said: self.words.append(said.text) if said.type == "error" else None)


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """What the browser complained about so far; a test that leaves anything in `words` fails."""
    complaints = Complaints()
    yield complaints
    assert complaints.words == []


@pytest.fixture
def page(browser: Any, complaints: Complaints) -> Iterator[Any]:
    """A fresh page of a visitor from Thailand at 1280 px."""
    context = browser.new_context(locale="th-TH", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints.listen(page)
    yield page
    context.close()


@pytest.fixture
def phone(browser: Any, complaints: Complaints) -> Iterator[Any]:
    """A fresh page at 360 px, the narrowest that we promise to serve."""
    context = browser.new_context(locale="th-TH", viewport={"width": 360, "height": 740}, has_touch=True)
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints.listen(page)
    yield page
    context.close()
