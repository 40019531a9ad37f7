from itertools import count
from typing import Any

from learningcity.harvest.models import Copy, Finding, Host, Origin, Run, Twin
from tests.factories.accounts import make_user
from tests.factories.opendata import make_dataset

_numbers = count(1)


def make_host(**changes: Any) -> Host:
    return Host.objects.create(**{"name": f"host-{next(_numbers)}.example.org", **changes})


def make_origin(**changes: Any) -> Origin:
    number = next(_numbers)
    if "by" not in changes:
        changes["by"] = make_user()
    address = f"https://catalog-{number}.example.org"
    return Origin.objects.create(**{"title": f"Catalog {number}", "kind": "ckan", "address": address, **changes})


def make_run(**changes: Any) -> Run:
    if "origin" not in changes:
        changes["origin"] = make_origin()
    return Run.objects.create(**changes)


def make_finding(**changes: Any) -> Finding:
    if "run" not in changes:
        changes["run"] = make_run()
    return Finding.objects.create(**{"remote_id": f"record-{next(_numbers)}", **changes})


def make_copy(**changes: Any) -> Copy:
    if "origin" not in changes:
        changes["origin"] = make_origin()
    if "dataset" not in changes:
        changes["dataset"] = make_dataset()
    return Copy.objects.create(**{"remote_id": f"record-{next(_numbers)}", "fingerprint": "0" * 64, **changes})


def make_twin(**changes: Any) -> Twin:
    if "origin" not in changes:
        changes["origin"] = make_origin()
    if "copy" not in changes:
        changes["copy"] = make_copy()
    return Twin.objects.create(**{"remote_id": f"record-{next(_numbers)}", **changes})
