"""./run shots: pictures of the public pages, narrow and wide, in both languages, light and dark."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from learningcity.config.launch.children import children
from learningcity.config.launch.local import environment, state_folder
from learningcity.config.launch.prepare import prepare
from learningcity.config.launch.problems import CannotStart, insist_on_free_port
from learningcity.config.launch.site import wait_for_page, web_server

WIDTHS = (360, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("", "/en")
# Pages that no sitemap lists, in Thai; the English ones follow from them.
UNLISTED = ("/search/?q=การเรียนรู้", "/search/?q=ไม่มีคำนี้แน่", "/styleguide/", "/account/login/", "/no-such-page/")
# Many pages are made alike, and two of a kind show what there is to see.
MOST_OF_A_KIND = 2
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def main(words: list[str]) -> None:
    """Start the site, visit every page in every way, and write the pictures.

    :raises CannotStart: if the site does not start or there is no Chromium.
    """
    parser = argparse.ArgumentParser(prog="./run shots")
    parser.add_argument("--port", type=int, default=8008)
    parser.add_argument("--into", type=Path, default=state_folder() / "shots")
    parser.add_argument("paths", nargs="*", help="these pages only, e.g. /cities/")
    options = parser.parse_args(words)
    chromium = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not chromium:
        raise CannotStart("No Chromium was found (Debian: apt install chromium).")
    insist_on_free_port(options.port)
    with environment(state_folder()) as variables:
        variables["SITE_URL"] = site = f"http://localhost:{options.port}"
        prepare(state_folder(), variables)
        with children(variables) as group:
            group.start("web server", *web_server(options.port))
            wait_for_page(group, options.port)
            pages = options.paths or [*listed_pages(site), *UNLISTED]
            take_pictures(chromium, [site + path for path in in_both_languages(pages)], options.into)


def listed_pages(site: str) -> list[str]:
    """Return the Thai pages of the sitemap, a few of each kind."""
    with urllib.request.urlopen(f"{site}/sitemap.xml", timeout=30) as answer:  # noqa: S310 -- our own http
        addresses = re.findall(r"<loc>([^<]+)</loc>", answer.read().decode())
    kinds: dict[str, list[str]] = {}
    for path in (urlsplit(address).path for address in addresses):
        if path != "/en/" and not path.startswith("/en/"):
            kinds.setdefault(str(Path(path).parent), []).append(path)
    return [path for paths in kinds.values() for path in paths[: MOST_OF_A_KIND if len(paths) > 20 else None]]


def in_both_languages(paths: list[str]) -> Iterator[str]:
    for path in paths:
        yield from (language + path for language in LANGUAGES)


def take_pictures(chromium: str, addresses: list[str], folder: Path) -> None:
    """Write one picture per page, width and color scheme."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow, and only this command needs it

    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width in WIDTHS:
            for scheme in SCHEMES:
                size: Any = {"width": width, "height": 800}
                context = browser.new_context(viewport=size, color_scheme=scheme)
                page = context.new_page()
                for address in addresses:
                    page.goto(address, wait_until="networkidle")
                    page.screenshot(path=folder / f"{name_of(address)}-{width}-{scheme}.png", full_page=True)
                context.close()
                print(f"{width} px, {scheme}: {len(addresses)} pages", flush=True)
        browser.close()
    print(f"The pictures are in {folder}.")


def name_of(address: str) -> str:
    """Return a file name that tells the page."""
    parts = urlsplit(address)
    return re.sub(r"[^\w]+", "-", f"{parts.path}-{parts.query}").strip("-") or "home"


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotStart as problem:
        sys.exit(str(problem))
