"""What several journeys do."""

from axe_playwright_python.sync_playwright import Axe


def insist_on_accessibility(page):
    """Fail on any violation that axe finds on the page as it stands."""
    found = Axe().run(page).response["violations"]
    assert [(page.url, each["id"], [node["html"][:150] for node in each["nodes"]]) for each in found] == []


def reach(page, selector):
    """Press the tab key until the element has the focus, as somebody without a mouse does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} on {page.url} cannot be reached by keyboard")


def path_of(page, live_server):
    """Return the address of the page without the server's name."""
    return page.url.removeprefix(live_server.url)
