"""The words with which resources and places are described: those of schema.org, LRMI and W3C where these have any."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LifeStage(TextChoices):
    """For whom something is, by the stage of life."""

    EARLY = "early", _("early childhood")
    SCHOOL = "school", _("school age")
    YOUTH = "youth", _("youth")
    WORKING = "working", _("working age")
    OLDER = "older", _("older people")
    ALL = "all", _("people of all ages")


class ResourceKind(TextChoices):
    """What kind of resource it is (learningResourceType)."""

    LESSON = "lesson", _("lesson plan")
    TEXTBOOK = "textbook", _("textbook")
    READING = "reading", _("reading or article")
    STORY = "story", _("storybook")
    VIDEO = "video", _("video")
    AUDIO = "audio", _("audio or podcast")
    COURSE = "course", _("course")
    EXERCISE = "exercise", _("exercise or test")
    GAME = "game", _("game")
    GUIDE = "guide", _("guide for teachers or facilitators")
    TOOL = "tool", _("tool or software")
    DATA = "data", _("data")
    COLLECTION = "collection", _("collection")


class PlaceKind(TextChoices):
    """What kind of place it is."""

    LIBRARY = "library", _("library")
    MUSEUM = "museum", _("museum or heritage center")
    CULTURE = "culture", _("cultural center")
    COMMUNITY = "community", _("community learning center")
    SCIENCE = "science", _("science center or planetarium")
    DIGITAL = "digital", _("center for digital skills")
    FAMILY = "family", _("youth or family center")
    SCHOOL = "school", _("school")
    UNIVERSITY = "university", _("university or college")
    TEMPLE = "temple", _("temple or religious place")
    PARK = "park", _("park or garden")
    MARKET = "market", _("market")
    OTHER = "other", _("another place")


class Subject(TextChoices):
    """What it is about."""

    READING = "reading", _("reading and writing")
    LANGUAGES = "languages", _("languages")
    MATHEMATICS = "mathematics", _("mathematics")
    SCIENCE = "science", _("science")
    DIGITAL = "digital", _("digital skills")
    ARTS = "arts", _("arts, music and crafts")
    HERITAGE = "heritage", _("local history and heritage")
    HEALTH = "health", _("health and well-being")
    ENVIRONMENT = "environment", _("environment and climate")
    WORK = "work", _("skills for work")
    MONEY = "money", _("money and enterprise")
    CITIZENSHIP = "citizenship", _("citizenship and living together")
    FAMILY = "family", _("family and parenting")
    SAFETY = "safety", _("safety and disasters")
    TEACHING = "teaching", _("teaching and facilitating")


class Level(TextChoices):
    """How far along the way of education (educationalLevel)."""

    EARLY = "early", _("early childhood education")
    PRIMARY = "primary", _("primary")
    LOWER_SECONDARY = "lower_secondary", _("lower secondary")
    UPPER_SECONDARY = "upper_secondary", _("upper secondary")
    VOCATIONAL = "vocational", _("vocational")
    HIGHER = "higher", _("higher education")
    NON_FORMAL = "non_formal", _("non-formal education")


class Audience(TextChoices):
    """Who uses it (educationalRole)."""

    LEARNER = "learner", _("learners")
    PARENT = "parent", _("parents and guardians")
    TEACHER = "teacher", _("teachers")
    FACILITATOR = "facilitator", _("facilitators and volunteers")
    OFFICER = "officer", _("people who work for a city")
    DISABILITY = "disability", _("people with disabilities and those who assist them")
    OUTSIDE = "outside", _("people out of school or out of work")
    NEWCOMER = "newcomer", _("people who are new to the country")
    PUBLIC = "public", _("the general public")


class Sense(TextChoices):
    """What somebody must be able to do in order to take it in: words of the W3C vocabulary for accessMode."""

    TEXTUAL = "textual", _("reading")
    VISUAL = "visual", _("seeing")
    AUDITORY = "auditory", _("hearing")
    TACTILE = "tactile", _("touching")


class Accessibility(TextChoices):
    """What makes a resource usable with a disability: words of the W3C vocabulary for accessibilityFeature."""

    CAPTIONS = "captions", _("captions")
    TRANSCRIPT = "transcript", _("transcript")
    SIGN_LANGUAGE = "signLanguage", _("sign language")
    AUDIO_DESCRIPTION = "audioDescription", _("audio description")
    SYNCHRONIZED = "synchronizedAudioText", _("text read aloud")
    ALTERNATIVE_TEXT = "alternativeText", _("pictures described in words")
    STRUCTURE = "structuralNavigation", _("headings to move by")
    LARGE_PRINT = "largePrint", _("large print")
    CONTRAST = "highContrastDisplay", _("high contrast")
    BRAILLE = "braille", _("braille")
    TACTILE = "tactileObject", _("objects to touch")


class PlaceAccess(TextChoices):
    """What makes a place usable for people who need it."""

    WHEELCHAIR = "wheelchair", _("wheelchair access")
    TOILET = "toilet", _("accessible toilet")
    PARKING = "parking", _("parking for people with disabilities")
    GUIDE_PATHS = "guide_paths", _("tactile paths")
    SIGN_LANGUAGE = "sign_language", _("staff who know sign language")
    BRAILLE = "braille", _("braille or audio materials")
    QUIET = "quiet", _("quiet room or hours")
    CHILDREN = "children", _("room for small children")


class Format(TextChoices):
    """In which form it comes."""

    WEB = "web", _("web page")
    DOCUMENT = "document", _("document to print")
    BOOK = "book", _("book on paper")
    VIDEO = "video", _("video")
    AUDIO = "audio", _("audio")
    APP = "app", _("app")
    DATA = "data", _("data file")


class Cost(TextChoices):
    """Whether it costs anything; nothing is said where nobody knows."""

    FREE = "free", _("free of charge")
    PAID = "paid", _("costs money")


class Language(TextChoices):
    """In which language it speaks, by its tag (BCP 47)."""

    THAI = "th", _("Thai")
    ENGLISH = "en", _("English")
    NORTHERN = "nod", _("Northern Thai")
    ISAN = "tts", _("Isan")
    SOUTHERN = "sou", _("Southern Thai")
    PATTANI_MALAY = "mfa", _("Pattani Malay")
    MALAY = "ms", _("Malay")
    NORTHERN_KHMER = "kxm", _("Northern Khmer")
    KHMER = "km", _("Khmer")
    LAO = "lo", _("Lao")
    BURMESE = "my", _("Burmese")
    SHAN = "shn", _("Shan")
    KAREN = "ksw", _("S’gaw Karen")
    HMONG = "hmn", _("Hmong")
    CHINESE = "zh", _("Chinese")
    ARABIC = "ar", _("Arabic")
    THAI_SIGN = "tsq", _("Thai Sign Language")
    NONE = "zxx", _("without words")


class Opening(TextChoices):
    """When a place is open besides the hours of an office."""

    WEEKEND = "weekend", _("on Saturdays or Sundays")
    SATURDAY = "saturday", _("Saturday")
    SUNDAY = "sunday", _("Sunday")
    EVENING = "evening", _("in the evening, after 18:00")


# Levels of the International Standard Classification of Education (ISCED 2011); what is not formal has none.
ISCED: dict[str, tuple[int, ...]] = {
    Level.EARLY: (0,),
    Level.PRIMARY: (1,),
    Level.LOWER_SECONDARY: (2,),
    Level.UPPER_SECONDARY: (3,),
    Level.VOCATIONAL: (3, 4, 5),
    Level.HIGHER: (5, 6, 7, 8),
    Level.NON_FORMAL: (),
}
# What of a place stands in other words at schema.org.
PLACE_TYPES = {
    PlaceKind.LIBRARY: "Library",
    PlaceKind.MUSEUM: "Museum",
    PlaceKind.SCHOOL: "School",
    PlaceKind.UNIVERSITY: "CollegeOrUniversity",
    PlaceKind.COMMUNITY: "EducationalOrganization",
    PlaceKind.DIGITAL: "EducationalOrganization",
    PlaceKind.TEMPLE: "PlaceOfWorship",
    PlaceKind.PARK: "Park",
}
# Degrees between which Thailand lies, with a margin: latitude, longitude. Numbers in the other order lie outside.
THAILAND = ((5, 21), (97, 106))


class Need(TextChoices):
    """What somebody needs in order to use a resource or a place."""

    SEEING = "seeing", _("I see little or nothing")
    HEARING = "hearing", _("I hear little or nothing")
    MOVING = "moving", _("I use a wheelchair or walk with difficulty")
    QUIET = "quiet", _("I need quiet")
    CHILDREN = "children", _("I bring small children")


# Who cannot use a sense can use what does not take it.
SPARED: dict[str, Sense] = {Need.SEEING: Sense.VISUAL, Need.HEARING: Sense.AUDITORY}
# What meets each need: features of resources, and of places.
MEETS: dict[str, tuple[list[str], list[str]]] = {
    Need.SEEING: (
        [
            Accessibility.AUDIO_DESCRIPTION,
            Accessibility.SYNCHRONIZED,
            Accessibility.ALTERNATIVE_TEXT,
            Accessibility.STRUCTURE,
            Accessibility.LARGE_PRINT,
            Accessibility.CONTRAST,
            Accessibility.BRAILLE,
            Accessibility.TACTILE,
        ],
        [PlaceAccess.GUIDE_PATHS, PlaceAccess.BRAILLE],
    ),
    Need.HEARING: (
        [Accessibility.CAPTIONS, Accessibility.TRANSCRIPT, Accessibility.SIGN_LANGUAGE],
        [PlaceAccess.SIGN_LANGUAGE],
    ),
    Need.MOVING: ([], [PlaceAccess.WHEELCHAIR, PlaceAccess.TOILET, PlaceAccess.PARKING]),
    Need.QUIET: ([], [PlaceAccess.QUIET]),
    Need.CHILDREN: ([], [PlaceAccess.CHILDREN]),
}
