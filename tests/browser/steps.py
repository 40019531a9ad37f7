"""What several journeys do."""

from axe_playwright_python.sync_playwright import Axe

AXE = Axe()


def insist_on_accessibility_by_day_and_night(page):
    """Fail on any violation that axe finds in the light colors or in the dark ones, which change nothing but colors."""
    page.emulate_media(color_scheme="dark")
    insist_on_accessibility(page, "{runOnly: ['color-contrast', 'link-in-text-block'], resultTypes: ['violations']}")
    page.emulate_media(color_scheme="light")
    insist_on_accessibility(page)


def insist_on_accessibility(page, options="{resultTypes: ['violations']}"):
    """Fail on any violation that axe finds on the page as it stands."""
    # Half a megabyte, which a page that was looked at before has already.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    violations = page.evaluate(f"axe.run({options}).then(found => found.violations)")
    told = [(page.url, each["id"], [node["html"][:150] for node in each["nodes"]]) for each in violations]
    # In words, because pytest explains only what is asserted in the tests themselves.
    assert told == [], told


def reach(page, selector):
    """Press the tab key until the element has the focus, as somebody without a mouse does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} on {page.url} cannot be reached by keyboard")


def press(page, selector):
    """Press a link or a button by keyboard and wait for the page to which it leads."""
    reach(page, selector)
    # A navigation alone would not do: the first save gives a form another address without loading it.
    with page.expect_event("domcontentloaded"):
        page.keyboard.press("Enter")


def click(page, selector):
    """Click a link or a button and wait for the page to which it leads."""
    with page.expect_event("domcontentloaded"):
        page.click(selector)


def path_of(page, live_server):
    """Return the address of the page without the server's name."""
    return page.url.removeprefix(live_server.url)
