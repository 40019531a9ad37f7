import pytest
from django.core.exceptions import ImproperlyConfigured

from learningcity.config.env import database


def test_database_keeps_the_letters_of_a_socket_folder():
    address = database("postgresql://learningcity_app@%2Fvar%2FFolders%2Fx/learningcity")

    assert (address["HOST"], address["PORT"]) == ("/var/Folders/x", "")


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgresql://a:b@db.example.org:5433/site?sslmode=require", "db.example.org", "5433"),
        ("postgresql://a:b@[::1]:5433/site", "::1", "5433"),
        ("postgresql:///site", "", ""),
    ],
)
def test_database_reads_host_and_port(url, host, port):
    address = database(url)

    assert (address["HOST"], address["PORT"], address["NAME"]) == (host, port, "site")


@pytest.mark.parametrize("url", ["sqlite:///site.db", "postgresql://localhost", "mysql://a@b/c"])
def test_database_refuses_what_is_not_postgresql(url):
    with pytest.raises(ImproperlyConfigured, match="only PostgreSQL is supported"):
        database(url)
