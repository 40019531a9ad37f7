"""What several tests of OAI-PMH share: the schemas, and an answer as a tree."""

from functools import cache

import pytest
from django.conf import settings
from lxml import etree

FOLDER = settings.ROOT.parent / "shared" / "data" / "oai"
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"


@cache
def schema():
    if not FOLDER.exists():
        pytest.skip(f"{FOLDER} is not there.")
    return etree.XMLSchema(etree.parse(FOLDER / "all.xsd", etree.XMLParser(no_network=True)))


def ask(client, verb="", *, method="get", **arguments):
    """Return the answer as a tree, after it has been found valid; ``from_`` is the argument ``from``."""
    data = {name.rstrip("_"): value for name, value in {"verb": verb, **arguments}.items() if value}
    return valid(getattr(client, method)("/oai", data))


def valid(response):
    assert (response.status_code, response["Content-Type"]) == (200, "text/xml; charset=utf-8")
    tree = etree.fromstring(response.content)
    if not tree.findall(".//{http://schema.datacite.org/oai/oai-1.1/}oai_datacite"):
        schema().assertValid(tree)
    return tree


def code(tree):
    errors = tree.findall(f"{OAI}error")
    return errors[0].get("code") if errors else ""


def texts(tree, name, space=OAI):
    return [found.text for found in tree.iter(f"{space}{name}")]
