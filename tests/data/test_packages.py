"""What the platform publishes, with the real facts, as Data Packages that other programs find valid."""

import io
import json
import zipfile

import frictionless
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from learningcity.opendata.actions import keep_snapshots
from learningcity.opendata.models import Dataset, Version
from learningcity.opendata.queries import catalog, entries
from learningcity.opendata.registry import publications
from tests.proofs import proves

PROFILES = settings.ROOT.parent / "shared" / "data" / "frictionless"
NAMES = "https://datapackage.org/profiles/2.0/"
pytestmark = [
    pytest.mark.django_db,
    # frictionless and jsonschema use what has been replaced since.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return {name: tmp_path_factory.mktemp(name.lower()) for name in ("TABLE_SHELF", "MEDIA_ROOT")}


@pytest.fixture(scope="module")
def snapshots(_real_data, folders):
    with override_settings(**folders):
        return keep_snapshots()


@pytest.fixture(autouse=True)
def _same_files(_own_files, folders, settings):
    """Keep the files of this module, not those of each test."""
    for name, folder in folders.items():
        setattr(settings, name, folder)


def faults(descriptor):
    """Return what the profile of Data Package 2.0 holds against a description."""
    if not PROFILES.exists():
        pytest.skip(f"The profiles are not in {PROFILES}.")
    said = {path.name: DRAFT7.create_resource(json.loads(path.read_text())) for path in PROFILES.glob("*.json")}
    known = Registry().with_resources((f"{NAMES}{name}", profile) for name, profile in said.items())
    validator = Draft7Validator(said["datapackage.json"].contents, registry=known)
    return [f"{list(fault.path)}: {fault.message[:200]}" for fault in validator.iter_errors(descriptor)]


def errors(folder):
    """Return what frictionless holds against a package, its rows and keys included."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    return report.flatten(["name", "fieldName", "rowNumber", "note"])


def test_every_publication_is_a_dataset_with_a_version(snapshots):
    assert {version.dataset.publication for version in snapshots} == {one.name for one in publications()}
    assert Version.objects.count() == Dataset.objects.count() == len(publications())


def test_a_second_look_keeps_no_second_version(snapshots):
    assert keep_snapshots() == []
    assert Version.objects.filter(number=2).count() == 0


def test_the_license_is_the_strictest_that_a_source_asks_for(snapshots):
    licenses = dict(Dataset.objects.values_list("slug", "license"))

    assert (licenses["agreements"], licenses["profiles"]) == ("CC-BY-4.0", "CC-BY-SA-3.0-IGO")


@proves("Data Package 2.0", by="frictionless")
@proves("Table Schema 2.0", by="frictionless")
@proves("Data Package 2.0", by="jsonschema")
@proves("Table Schema 2.0", by="jsonschema")
def test_the_whole_platform_is_one_valid_package(snapshots, tmp_path):
    call_command("dump_platform", tmp_path / "all", verbosity=0)
    said = json.loads((tmp_path / "all" / "datapackage.json").read_text())

    assert len(said["resources"]) == len(publications())
    assert faults(said) == []
    assert errors(tmp_path / "all") == []


@proves("Data Package 2.0", by="frictionless")
@proves("Table Schema 2.0", by="frictionless")
@proves("Data Package 2.0", by="jsonschema")
@proves("Table Schema 2.0", by="jsonschema")
def test_every_dataset_is_a_valid_package(snapshots, client, tmp_path):
    for entry in entries(catalog()):
        answer = client.get(f"{entry.path}1/datapackage.zip")
        folder = tmp_path / entry.dataset.slug
        zipfile.ZipFile(io.BytesIO(b"".join(answer))).extractall(folder)
        said = json.loads(client.get(f"{entry.path}latest/datapackage.json").content)

        assert faults(json.loads((folder / "datapackage.json").read_text())) == []
        assert faults(said) == []
        assert errors(folder) == []


def test_dump_platform_wants_a_folder(snapshots, tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(CommandError, match="no folder"):
        call_command("dump_platform", tmp_path / "file")
