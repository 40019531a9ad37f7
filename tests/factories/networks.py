from tests.factories.partners import make_agreement, make_commitment, make_organization, make_party
from tests.factories.sources import make_source


def make_network(count=3, **changes):
    """Make one agreement with so many parties, and return the agreement and the parties' organizations."""
    source = changes.setdefault("source", make_source())
    agreement = make_agreement(**changes)
    organizations = [make_organization(source=source) for _ in range(count)]
    for organization in organizations:
        make_party(agreement=agreement, organization=organization, source=source)
    return agreement, organizations


def make_kept(organization, **changes):
    return make_commitment(organization=organization, state="kept", **changes)


def make_bridge():
    """Make two agreements of three parties each, one of them in both, and return that one."""
    _first, (both, *_) = make_network(3)
    second, _ = make_network(2)
    make_party(agreement=second, organization=both)
    return both
