"""One way round the forms for each constraint of the catalog; tests/architecture/test_constraints.py walks them."""

from django.utils import timezone

from learningcity.opendata.models import Distribution, File, Use, Version
from tests.factories.opendata import (
    make_dataset,
    make_indicator,
    make_observation,
    make_part,
    make_upload,
    make_version,
)


def one_publication_twice():
    make_dataset(publication="cities")
    make_dataset(publication="cities")


def one_number_of_a_version_twice():
    version = make_version()
    Version.objects.create(dataset=version.dataset, number=version.number)


def one_name_of_a_file_twice():
    version = make_version()
    Distribution.objects.create(version=version, name="table", format="csv", file=make_part().file)


def a_table_without_rows():
    version, file = make_version(), make_part().file
    Distribution.objects.create(version=version, name="rows", format="csv", file=file, table=file)


def make_use(**changes):
    Use.objects.create(**{"dataset": make_dataset(), "month": "2026-11-01", "way": "csv", "count": 1, **changes})


def one_month_counted_twice():
    dataset = make_dataset()
    make_use(dataset=dataset)
    make_use(dataset=dataset)


TRIALS = {
    "opendata_uses_are_counted_together": one_month_counted_twice,
    "opendata_uses_are_counted_by_month": lambda: make_use(month="2026-11-02"),
    "opendata_way_is_known": lambda: make_use(way="fax"),
    "opendata_what_was_not_used_is_not_counted": lambda: make_use(count=0),
    "opendata_indicator_has_an_address_of_its_own": lambda: make_indicator(slug="compare"),
    "opendata_sex_is_known": lambda: make_observation(sex="x"),
    "opendata_disability_is_known": lambda: make_observation(disability="x"),
    "opendata_ages_are_in_order": lambda: make_observation(age_to=5),
    "opendata_a_district_has_a_code_and_a_name": lambda: make_observation(district_code="4001"),
    "opendata_a_publication_is_one_dataset": one_publication_twice,
    "opendata_dataset_has_a_title": lambda: make_dataset(title_th="", title_en=""),
    "opendata_only_public_data_may_be_harvested": lambda: make_dataset(category="personal", allow_harvest=True),
    "opendata_years_are_in_order": lambda: make_dataset(first_year=2024, last_year=2023),
    "opendata_withdrawal_has_a_reason": lambda: make_dataset(withdrawn_at=timezone.now()),
    "opendata_data_type_is_known": lambda: make_dataset(data_type="rumors"),
    "opendata_rhythm_is_known": lambda: make_dataset(rhythm="often"),
    "opendata_coverage_is_known": lambda: make_dataset(coverage="moon"),
    "opendata_category_is_known": lambda: make_dataset(category="hidden"),
    "opendata_license_is_known": lambda: make_dataset(license="found"),
    "opendata_fingerprint_is_sha256": lambda: File.objects.create(sha256="a", size=1, media_type="text/csv"),
    "opendata_versions_are_numbered_once": one_number_of_a_version_twice,
    "opendata_versions_begin_with_one": lambda: Version.objects.create(dataset=make_dataset(), number=0),
    "opendata_names_of_files_are_used_once": one_name_of_a_file_twice,
    "opendata_a_table_has_a_number_of_rows": a_table_without_rows,
    "opendata_standing_is_known": lambda: make_upload(standing="lost"),
    "opendata_no_more_than_all_is_read": lambda: make_upload(progress=101),
    "opendata_refusal_has_a_reason": lambda: make_upload(standing="refused"),
}
