"""What the form of a dataset says at each field: what is meant, and a real example."""

from django.utils.translation import gettext_lazy as _

from learningcity.common.content import Pair

DATASET_PAIRS = {
    "title": Pair(
        label=_("Title"),
        hint=_("What the data are about, where, and from when to when: it is read in lists of thousands."),
        example=_("“สถานศึกษาในสังกัดเทศบาลนครขอนแก่น ปีการศึกษา 2567”, “Schools of Khon Kaen City Municipality, 2024”"),
        longest=300,
    ),
    "notes": Pair(
        label=_("Description"),
        hint=_("What one row is, how it was counted, what is missing, and what one must not conclude from it."),
        example=_(
            "“One row for each school of the municipality on 10 June. Pupils are those enrolled, not those present. "
            "Child development centers are not among them.”"
        ),
        rows=5,
    ),
    "keywords": Pair(
        label=_("Keywords"),
        hint=_("Words that people would search for, with commas between them."),
        example=_("“โรงเรียน, นักเรียน, เทศบาล”, “schools, pupils, municipality”"),
        longest=2_000,
    ),
    "news": Pair(
        label=_("What is new in this version"),
        hint=_("One sentence for those who took the data away before; empty for the first version."),
        example=_("“Adds the school year 2567; two schools that were counted twice are put right.”"),
        required="",
        longest=500,
    ),
    "origin": Pair(
        label=_("Where the data come from"),
        hint=_("The register, survey or program in which they were written down."),
        example=_("“ทะเบียนนักเรียน สำนักการศึกษา เทศบาลนครขอนแก่น”, “Register of pupils, Bureau of Education”"),
        longest=300,
    ),
    "maintainer": Pair(
        label=_("Contact"),
        hint=_("The office that answers questions; an office stays when a person leaves."),
        example=_("“กองยุทธศาสตร์และงบประมาณ”, “Division of Strategy and Budget”"),
        longest=200,
    ),
}
DATASET_HELP = {
    "data_type": _(
        "“Records” if each row is a thing or a case, for instance a list of learning places; “statistics” if each row is a "
        "count; “maps and places” if the rows have coordinates."
    ),
    "uploads": _("Those that were brought and read. A file of the same name as one that stays takes its place."),
    "keeps": _("The files of the newest version. Take the mark away, and the next version does not have the file."),
    "category": _(
        "Only public data are ever shown. Do not bring personal data, data on security or secrets at all: a file that is "
        "not here cannot get out."
    ),
    "license": _(
        "What others may do with it. For data of an office the Open Government License is usual: anybody may use them and "
        "names the source."
    ),
    "allow_harvest": _(
        "Then gdcatalog.go.th and data.go.th may show it too, with a link to this page. For public data only."
    ),
    "objectives": _("As the government catalogue asks; most often “the mission of the office”."),
    "maintainer_email": _("It is public. Take the mailbox of the office, for instance data@kkmuni.go.th."),
    "coverage": _("The smallest places that can be told apart, for instance “municipality” or “single points”."),
    "first_year": _("Of the data, not of the file. Buddhist or Christian: 2560 or 2017."),
    "last_year": _("The same as the first for data of a single year."),
    "rhythm": _("How often you will bring a new version: a promise that readers see."),
    "interval": _("For instance 2 with “monthly” if it is brought twice a month; mostly 1, or empty."),
    "is_high_value": _("On the government's list of data of high value; leave it out if you do not know."),
    "is_reference": _("Others rely on its codes or names, for instance a list of subdistricts."),
    "is_official_statistics": _("It is one of the official statistics of the National Statistical Office's plan."),
    "landing_page": _("Where the office itself tells of these data, if it does."),
}
