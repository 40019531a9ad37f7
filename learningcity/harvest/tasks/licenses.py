"""Under which license something is offered, read from what other catalogs say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from learningcity.harvest.enums import Reason
from learningcity.harvest.tasks.remote import text_of
from learningcity.opendata.enums import License

CREATIVE_COMMONS = re.compile(
    r"^(?:https?://)?(?:www\.)?creativecommons\.org/(?:licenses/(?P<kind>by(?:-sa|-nc)?)/(?P<version>[0-9.]+)|publicdomain/zero/1\.0)"
    r"(?:/(?P<port>[a-z]{2,3}))?(?:[/#?].*)?$"
)
KINDS = {"by": License.CC_BY, "by-sa": License.CC_BY_SA, "by-nc": License.CC_BY_NC}
# What says nothing.
UNSAID = {"", "notspecified", "license not specified", "none", "unknown", "ไม่ระบุ", "ไม่ทราบ", "-"}
NAMES = {
    **{license_.value.lower(): license_ for license_ in License if license_ != License.UNKNOWN},
    # CKAN's own list of licenses; its texts are those of version 4.0.
    "cc-by": License.CC_BY,
    "cc-by-sa": License.CC_BY_SA,
    "cc-nc": License.CC_BY_NC,
    "cc-zero": License.CC0,
    "cc0": License.CC0,
    "cc by 4.0": License.CC_BY,
    "cc by-sa 4.0": License.CC_BY_SA,
    "cc by-nc 4.0": License.CC_BY_NC,
    "creative commons attribution 4.0": License.CC_BY,
    "creative commons attribution 4.0 international": License.CC_BY,
    "creative commons zero v1.0 universal": License.CC0,
    # The choices of the Thai government catalogue.
    "creative commons attributions": License.CC_BY,
    "creative commons attribution": License.CC_BY,
    "creative commons attribution share-alike": License.CC_BY_SA,
    "creative commons non-commercial (any)": License.CC_BY_NC,
    "open government license - thailand": License.OGL_TH,
    "open government license thailand": License.OGL_TH,
    "dga-open-government-license": License.OGL_TH,
    "สัญญาอนุญาตให้ใช้ข้อมูลภาครัฐแบบเปิดของประเทศไทย": License.OGL_TH,
}
# Where CKAN's list says that its licenses stand.
OPEN_DEFINITION = re.compile(r"^https?://(?:www\.)?opendefinition\.org/licenses/")
OGL_TH = re.compile(r"^https?://(?:www\.)?data\.go\.th/pages/dga-open-government-license/?$")


def license_from(said: Iterable[object], otherwise: str) -> tuple[str, str, str]:
    """Return (license, reason why the record is refused, what was said) of what a record says, the surest word first.

    Where it says nothing, the license counts that was entered for the origin; never where it says something else.
    """
    words = [word for each in said if (word := text_of(each, 200)).lower() not in UNSAID]
    # The address of another version says more than a name without any.
    if other := next((word for word in words if CREATIVE_COMMONS.match(word.lower()) and not license_named(word)), ""):
        return "", Reason.OTHER_LICENSE, other
    for word in words:
        if known := license_named(word):
            return known, "", ""
    if words:
        return "", Reason.OTHER_LICENSE, words[0]
    return (otherwise, "", "") if otherwise else ("", Reason.NO_LICENSE, "")


def license_named(word: str) -> str:
    """Return the license that a word or an address means, or nothing."""
    lower = word.lower()
    if OGL_TH.match(lower):
        return License.OGL_TH.value
    found = CREATIVE_COMMONS.match(lower)
    if not found:
        known = NAMES.get(OPEN_DEFINITION.sub("", lower))
        return known.value if known else ""
    if not found["kind"]:
        return License.CC0.value
    if (found["kind"], found["version"], found["port"]) == ("by-sa", "3.0", "igo"):
        return License.CC_BY_SA_IGO.value
    # Older versions, and those of one country, are other texts.
    return KINDS[found["kind"]].value if found["version"] == "4.0" else ""
