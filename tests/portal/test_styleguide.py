import pytest


@pytest.mark.parametrize("path", ["/styleguide/", "/en/styleguide/", "/styleguide/?page=10"])
@pytest.mark.django_db
def test_styleguide_shows_every_part_to_anybody(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_styleguide_asks_the_database_for_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/styleguide/")
