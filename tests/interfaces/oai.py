"""What several tests of OAI-PMH share: the schemas, and an answer as a tree."""

from functools import cache

import pytest
from django.conf import settings
from lxml import etree

FOLDER = settings.ROOT.parent / "shared" / "data" / "oai"
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"


# The schema of DataCite's kernel 4.4, if somebody has put it there.
DATACITE = FOLDER.parent / "datacite" / "kernel-4.4" / "metadata.xsd"
PAYLOAD, KERNEL = (
    "{http://schema.datacite.org/oai/oai-1.1/}oai_datacite",
    "{http://datacite.org/schema/kernel-4}resource",
)


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
    envelope = etree.fromstring(response.content)
    for record in list(envelope.iter(PAYLOAD)):
        # The protocol has no schema for it: it is looked at by itself, and its place in the envelope is held by Dublin Core.
        record.getparent().replace(
            record, etree.fromstring('<dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"/>')
        )
    schema().assertValid(envelope)
    return tree


@cache
def kernel():
    """Return the schema of DataCite's kernel, if it is at hand."""
    if not DATACITE.exists():
        pytest.skip(f"{DATACITE} is not there.")
    return etree.XMLSchema(etree.parse(DATACITE, etree.XMLParser(no_network=True)))


def resources_in(tree):
    """Return what stands in the envelopes of DataCite, after it has been found valid."""
    found = [etree.fromstring(etree.tostring(one)) for one in tree.iter(KERNEL)]
    for resource in found:
        kernel().assertValid(resource)
    return found


def code(tree):
    errors = tree.findall(f"{OAI}error")
    return errors[0].get("code") if errors else ""


def texts(tree, name, space=OAI):
    return [found.text for found in tree.iter(f"{space}{name}")]
