import hashlib
import json

from tools.vendor import BUNDLE, HERE, LICENSES, SUMS


def test_committed_files_are_those_that_were_made():
    sums = dict(reversed(line.split("  ")) for line in SUMS.read_text().splitlines())

    assert sums == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (BUNDLE, LICENSES)}


def test_first_line_of_the_bundle_names_the_versions_that_are_locked():
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    first_line = BUNDLE.read_text().splitlines()[0]

    for name in json.loads((HERE / "package.json").read_text())["dependencies"]:
        assert f"{name.removeprefix('prosemirror-')} {locked[f'node_modules/{name}']['version']}" in first_line


def test_every_locked_package_has_its_checksum():
    packages = json.loads((HERE / "package-lock.json").read_text())["packages"]

    assert [
        name for name, package in packages.items() if name and not package.get("integrity", "").startswith("sha512-")
    ] == []
