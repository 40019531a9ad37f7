"""Whose certificate is believed."""

import datetime as dt
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from learningcity.common import connecting
from learningcity.common.addresses import NotFetched
from learningcity.common.fetching import Fetcher, Limits
from tests.harvest.servers import Said, serving

DAY = dt.timedelta(days=1)


def certificate(folder, host):
    """Write a certificate that a host signed for itself, and its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - DAY, now + DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{host}.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def asked(settings, file, trusted):
    """Ask a server behind TLS, of whose certificate we believe so much."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with serving(lambda *_: Said(b"good"), context) as server:
        settings.HARVEST_TEST_SERVERS = [server.site]
        fetcher = Fetcher(frozenset([server.site]), pause=0, limits=Limits(1000, 2, 2))
        connecting.trust.cache_clear()
        try:
            if trusted:
                connecting.trust().load_verify_locations(file)
            return fetcher.get(f"https://{server.site}/").read()
        except NotFetched as refusal:
            return refusal.obstacle
        finally:
            connecting.trust.cache_clear()


@pytest.mark.parametrize(
    ("host", "trusted", "expected"),
    [("localhost", True, b"good"), ("localhost", False, "certificate"), ("data.example.org", True, "certificate")],
)
def test_certificate_must_be_believed_and_of_the_host(settings, tmp_path, host, trusted, expected):
    assert asked(settings, certificate(tmp_path, host), trusted) == expected
    assert threading.active_count() < 20
