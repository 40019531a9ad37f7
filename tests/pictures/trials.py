"""One way round the forms for each constraint of pictures; tests/architecture/test_constraints.py walks them."""

import datetime as dt

from tests.factories.pictures import make_picture, make_rendition


def twice(make, **same):
    make(**same)
    make(**same)


TRIALS = {
    "pictures_a_place_has_a_picture_once": lambda: twice(make_picture, sha256="a" * 64),
    "pictures_picture_is_described_in_words": lambda: make_picture(alt_th="", alt_en=""),
    "pictures_author_is_named": lambda: make_picture(author=""),
    "pictures_given_consent_is_kept_by_somebody": lambda: make_picture(
        consent="given", consent_on=dt.date(2024, 9, 17)
    ),
    "pictures_license_is_known": lambda: make_picture(license="found"),
    "pictures_consent_is_known": lambda: make_picture(consent="maybe"),
    "pictures_state_is_known": lambda: make_picture(state="lost"),
    "pictures_picture_has_a_size": lambda: make_picture(width=0),
    "pictures_withdrawal_has_a_day_and_a_reason": lambda: make_picture(withdrawn_because="rights"),
    "pictures_only_a_withdrawn_picture_has_no_file": lambda: make_picture(original=""),
    "pictures_rendition_is_made_once": lambda: twice(make_rendition, picture=make_picture()),
    "pictures_rendition_is_of_a_known_form": lambda: make_rendition(form="bmp"),
    "pictures_rendition_is_not_empty": lambda: make_rendition(size=0),
}
