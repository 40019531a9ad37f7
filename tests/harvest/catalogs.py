"""A catalog that behaves like CKAN, as others have it: pages, what changed, what went, errors and files."""

import json
import re
from urllib.parse import parse_qs, urlsplit

from tests.harvest.servers import Said

TABLE = "โรงเรียน,นักเรียน\nวัดกลาง,120\nเทศบาล 1,90\n".encode()


def counts(run):
    return [getattr(run, name) for name in ("found", "new", "changed", "unchanged", "gone", "refused")]


def resource(server, path, **changes):
    return {"id": path, "url": server.at(path), "name": "โรงเรียน", "format": "CSV", **changes}


def package(number, **changes):
    return {
        "id": f"id-{number:03}",
        "name": f"dataset-{number:03}",
        "title": f"ชุดข้อมูล {number}",
        "notes": "คำอธิบาย\nสองบรรทัด",
        "private": False,
        "state": "active",
        "license_id": "cc-by",
        "license_url": "http://www.opendefinition.org/licenses/cc-by",
        "metadata_modified": f"2026-01-01T00:00:{number % 60:02}.000000",
        "organization": {"id": "o", "title": "เทศบาลตัวอย่าง"},
        "maintainer": "ฝ่ายข้อมูล",
        "maintainer_email": "data@example.org",
        "tags": [{"name": "ตัวอย่าง"}, {"name": "sample"}],
        "resources": [],
        "extras": [],
        **changes,
    }


class Catalog:
    """What the server knows, and how it is today."""

    def __init__(self, *packages):
        self.packages = {one["id"]: one for one in packages}
        self.files = {}
        # Answers that come first, whatever is asked.
        self.first = []
        self.knows_fq = True
        self.rows = 100

    def put(self, number, **changes):
        self.packages[f"id-{number:03}"] = package(number, **changes)

    def answer(self, path, headers):
        if self.first:
            said = self.first.pop(0)
            if said:
                return said
        asked = urlsplit(path)
        given = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path in self.files:
            return self.file(asked.path, headers)
        action = asked.path.removeprefix("/api/3/action/")
        if action == "package_search":
            return self.search(given)
        if action == "package_list":
            return good(sorted(one["name"] for one in self.packages.values()))
        if action == "package_show" and given.get("id") in self.packages:
            return good(self.packages[given["id"]])
        return Said(b'{"success": false, "error": {"__type": "Not Found Error"}}', status=404)

    def search(self, given):
        found = sorted(self.packages.values(), key=lambda one: str(one["id"]))
        if fq := given.get("fq"):
            since = re.fullmatch(r"metadata_modified:\[(\S+)Z TO \*\]", fq)
            if not since or not self.knows_fq:
                return Said(b'{"success": false, "error": {"__type": "Search Query Error"}}', status=400)
            found = [one for one in found if one["metadata_modified"] >= since[1]]
        start, rows = int(given.get("start", 0)), min(int(given.get("rows", 10)), self.rows)
        return good({"count": len(found), "results": found[start : start + rows]})

    def file(self, path, headers):
        body, etag = self.files[path], f'"{hash(self.files[path])}"'
        if headers.get("If-None-Match") == etag:
            return Said(status=304, headers={"ETag": etag})
        return Said(body, headers={"ETag": etag})


def good(result):
    return Said(json.dumps({"help": "", "success": True, "result": result}, ensure_ascii=False).encode())
