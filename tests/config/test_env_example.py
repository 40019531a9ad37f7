import re

from learningcity.config.launch.local import ROOT

READ = re.compile(r"""(?:\benv(?:str|bool|int|list)|os\.environ\.get)\(["']([A-Z][A-Z0-9_]+)""")
NAMED = re.compile(r"^#?([A-Z][A-Z0-9_]+)=", re.MULTILINE)
# Set by operating systems and by Django's own entry points.
FOREIGN = {"DJANGO_SETTINGS_MODULE"}


def test_every_variable_that_is_read_is_explained():
    code = "\n".join(path.read_text() for path in (ROOT / "learningcity").rglob("*.py"))
    named = NAMED.findall((ROOT / ".env.example").read_text())

    assert sorted(set(READ.findall(code)) - FOREIGN) == sorted(named)
