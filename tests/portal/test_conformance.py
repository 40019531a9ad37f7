"""What the page of standards claims, the tests prove; and what they prove, it shows."""

import ast
import json

import pytest
from django.conf import settings
from django.utils import translation
from lxml import html

from learningcity.portal.queries import conformance
from learningcity.portal.registry.standards import STANDARDS, TOOLS
from tests import proofs
from tests.factories.cities import make_city
from tests.factories.opendata import make_dataset

CLAIMED = {standard.name for standard in STANDARDS}


def proofs_in_the_tests():
    """Return the standards that any test proves, with the program that proves them."""
    for path in (settings.ROOT / "tests").rglob("*.py"):
        tree = ast.parse(path.read_text())
        named = {
            node.targets[0].id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "proves":
                said = [node.args[0], node.keywords[0].value]
                yield tuple(named[one.id] if isinstance(one, ast.Name) else ast.literal_eval(one) for one in said)


def test_every_standard_that_is_claimed_is_proven_and_the_other_way_round():
    assert {standard for standard, _tool in proofs_in_the_tests()} == CLAIMED


def test_every_proof_on_record_is_of_a_standard_that_is_claimed_and_by_a_test_that_is_there():
    recorded = json.loads(conformance.PROOFS.read_text())["proofs"]

    assert {(proof["standard"], proof["tool"]) for proof in recorded} <= set(proofs_in_the_tests())


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "day"), [("", "21 พฤศจิกายน 2569"), ("/en", "21 November 2026")])
def test_the_page_says_when_and_by_what(client, monkeypatch, tmp_path, prefix, day):
    standard = STANDARDS[0].name
    proof = {
        "standard": standard,
        "tool": "pyshacl",
        "tool_version": "0.40.1",
        "checks": 12,
        "proven_on": "2026-11-21",
        "commit": "e88292f",
    }
    monkeypatch.setattr(conformance, "PROOFS", tmp_path / "conformance.json")
    conformance.PROOFS.write_text(json.dumps({"proofs": [proof]}))

    page = " ".join(html.fromstring(client.get(f"{prefix}/conformance/").content).text_content().split())

    assert f"{day}: pyshacl 0.40.1 (" in page
    with translation.override(prefix.strip("/") or "th"):
        assert (str(STANDARDS[0].purpose) in page, "e88292f" in page) == (True, True)


@pytest.mark.django_db
def test_addresses_of_which_there_are_many_lead_to_one_of_them(client):
    make_city(slug="khon-kaen")
    make_dataset(slug="towns", publication="cities")

    root = html.fromstring(client.get("/en/conformance/").content)

    links = root.xpath("//section//a/@href")
    assert "/data/towns/latest/cities.geojson" in links
    assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.django_db
def test_the_page_is_there_where_nothing_was_proven_yet(client, monkeypatch, tmp_path):
    monkeypatch.setattr(conformance, "PROOFS", tmp_path / "none.json")

    page = client.get("/en/conformance/")

    assert (page.status_code, page.content.decode().count("not yet proven")) == (200, len(STANDARDS))


def test_every_program_that_proves_something_is_told_in_plain_words():
    assert {tool for _standard, tool in proofs_in_the_tests()} == set(TOOLS)


def test_a_run_writes_what_passed_and_keeps_what_others_proved(tmp_path):
    file = tmp_path / "conformance.json"
    proofs.record(file, {("B 1", "pytest"): 3})
    proofs.record(file, {("A 2", "pytest"): 1})

    said = json.loads(file.read_text())["proofs"]

    assert [(proof["standard"], proof["tool"], proof["checks"]) for proof in said] == [
        ("A 2", "pytest", 1),
        ("B 1", "pytest", 3),
    ]
    assert said[0]["tool_version"] == pytest.__version__
    assert len(said[0]["commit"].rstrip("+")) == 10


def test_the_addresses_of_standards_lead_somewhere(client, db):
    # What needs a dataset is an example; all others must be there.
    answers = {
        one.address: client.get(one.address).status_code for one in STANDARDS if one.address and "<" not in one.address
    }

    assert set(answers.values()) == {200}
