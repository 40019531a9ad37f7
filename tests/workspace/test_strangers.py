"""Every address that is about somebody's city, promise, picture or proposal, asked by everybody whose business it is not."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from learningcity.imports import urls as imports
from learningcity.notices import urls as notices
from learningcity.partners.queries import organizations_of
from learningcity.pictures import urls as pictures
from learningcity.portal import urls as portal
from learningcity.workspace import urls as workspace
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.harvest import make_host, make_origin, make_run, make_twin
from tests.factories.imports import make_upload
from tests.factories.moderation import make_note, make_officer, make_proposal, make_report, make_revision
from tests.factories.notices import make_notice
from tests.factories.opendata import make_dataset, make_upload as make_data_upload
from tests.factories.partners import (
    make_agreement,
    make_clerk,
    make_commitment,
    make_evidence,
    make_file,
    make_mentor_pair,
    make_organization,
    make_visit,
)
from tests.factories.pictures import make_picture
from tests.factories.plans import make_action, make_objective, make_plan

pytestmark = pytest.mark.django_db

# What is everybody's own, or everybody's; what it shows is asked for by the rows of the one who is signed in.
OWN = {
    *("workspace", "workspace-queue", "workspace-reports", "imports", "import-new", "import-template"),
    # An officer may enter one for their own city; whoever has none is refused in the tests of harvesting.
    *("harvest", "harvest-new", "harvest-newest"),
    # Names its place in the query, and has strangers of its own in the tests of imports.
    "import-records",
    *("notices", "notices-read-all", "notices-settings", "team", "pictures"),
}
# Open to everybody who has the secret in the address.
SECRET = {"partner-invitation", "unsubscribe"}
PUBLIC = {"history", "report", "help", "help-guide"}


@dataclass(frozen=True)
class Theirs:
    """A city with one of everything, of which nobody else may learn more than is public."""

    place: str
    # Addresses by name: what stands in them, and what is asked for behind them.
    words: dict[str, list[Any]]


@pytest.fixture
def theirs(city, officer):
    note = make_note(city=city)
    proposal = make_proposal(key=str(note.pk), place=city.slug, author=officer, state="submitted")
    upload = make_upload(place=city.slug, by=officer, state="checked", added=1, refused=1)
    picture = make_picture(place=city.slug, uploaded_by=officer)
    organization = make_organization(home=city)
    agreement = make_agreement(city=city)
    paper = make_file(agreement=agreement)
    promise = make_commitment(city=city, organization=organization, state="confirmed")
    evidence = make_evidence(commitment=promise, by=officer)
    visit, pair = make_visit(host=city), make_mentor_pair(mentor=city)
    plan = make_plan(city=city)
    action = make_action(objective=make_objective(plan=plan))
    role = make_role(city=city)
    data, dataset = make_data_upload(place=city.slug, by=officer), make_dataset(place=city.slug)
    run = make_run(origin=make_origin(place=city.slug, title="Open data of the province"))
    record = ["note", str(note.pk)]
    words = {
        **{name: [proposal.pk] for name in ("decision", "proposal", "proposal-save", "proposal-preview")},
        **{name: [proposal.pk] for name in ("proposal-submit", "proposal-withdraw", "proposal-recall")},
        "workspace-report": [make_report(place=city.slug).pk],
        "report-dates": [],
        "report-date-drop": [1],
        **dict.fromkeys(("record-edit", "record-save", "record-remove", "record-history", "record-erase"), record),
        "revision-restore": [make_revision(key=str(note.pk), place=city.slug, values={"text_en": "Signed"}).pk],
        **{name: [upload.pk] for name in ("import", "import-submit", "import-answer")},
        "import-do": [upload.pk, "discard"],
        "partner": [],
        **{name: [promise.pk] for name in ("partner-commitment", "partner-confirm")},
        "partner-settle": [promise.pk, "kept"],
        **{name: [evidence.pk] for name in ("evidence-check", "evidence-file")},
        "partner-file": [paper.pk],
        "organization-clerks": [organization.pk],
        "clerk-end": [make_clerk(organization=organization).pk],
        "agreement-papers": [agreement.pk],
        "paper-show": [paper.pk, "publish"],
        "visit": [visit.pk],
        "visit-do": [visit.pk, "accepted"],
        "pair-end": [pair.pk],
        "plan-action-stop": [action.pk],
        "plan-action-move": [action.pk, "start"],
        "plan-move": [plan.pk, "close"],
        **{name: [str(data.token)] for name in ("upload", "upload-drop")},
        **{name: [dataset.pk] for name in ("dataset-care", "dataset-withdraw")},
        **{name: [city.slug] for name in ("place-data", "data-describe")},
        **{name: [city.slug] for name in ("workspace-partners", "exchanges", "plan-builder", "workspace-place")},
        **{name: [run.origin.pk] for name in ("harvest-origin", "harvest-change", "harvest-begin")},
        **{name: [run.pk] for name in ("harvest-run", "harvest-stop")},
        "harvest-twin-take": [make_twin(origin=run.origin).pk],
        "harvest-hosts": [],
        "harvest-host-drop": [make_host().pk],
        "plan-begin": [city.slug, "objective"],
        **{name: [city.slug, "note"] for name in ("record-new", "record-new-save")},
        **{name: [picture.pk] for name in ("picture", "picture-again", "picture-original", "picture-preview")},
        "picture-withdraw": [picture.pk],
        **{name: [] for name in ("picture-choose", "picture-upload")},
        "notice-read": [make_notice(recipient=officer).pk],
        **{name: [] for name in ("roles", "person-invite", "role-grant")},
        **{name: [role.pk] for name in ("role-end", "role-deputy", "role-hand-over")},
    }
    return Theirs(city.slug, words)


@pytest.fixture(params=["nobody", "neighbor", "former", "clerk", "deputy_to_come"])
def somebody(request, city):
    """Whose business it is not: an account alone, the approver of another city, who was one until yesterday, and others."""
    today, day = timezone.localdate(), dt.timedelta(days=1)
    return {
        "nobody": make_user,
        "neighbor": lambda: make_officer(make_city(), kind="approver"),
        "former": lambda: make_officer(city, kind="approver", starts_on=today - 9 * day, ends_on=today),
        "clerk": lambda: make_clerk().user,
        "deputy_to_come": lambda: make_officer(city, starts_on=today + day),
    }[request.param]()


def test_every_address_has_its_strangers(theirs):
    urls = [*workspace.urlpatterns, *imports.urlpatterns, *pictures.urlpatterns, *notices.urlpatterns]
    urls += [url for url in portal.urlpatterns if str(url.pattern).startswith("roles/")]

    assert {url.name for url in urls} == {*theirs.words, *OWN, *SECRET, *PUBLIC}


def test_strangers_are_refused_at_every_address(client, theirs, somebody):
    client.force_login(somebody)
    own = {"partner"} if organizations_of(somebody).exists() else set()

    let_in = {}
    for name in theirs.words.keys() - own:
        address = f"{reverse(name, args=theirs.words[name])}?place={theirs.place}"
        for method in (client.get, client.post):
            if (status := method(address).status_code) not in (403, 404, 405):
                let_in[name, method.__name__] = status

    assert let_in == {}


def test_visitors_are_led_to_where_one_signs_in(client, theirs):
    for name, words in theirs.words.items():
        for method in (client.get, client.post):
            answer = method(f"{reverse(name, args=words)}?place={theirs.place}")
            assert (answer.status_code, answer.headers.get("Location", "").partition("?")[0]) == (
                302,
                "/account/login/",
            )


def test_lists_of_ones_own_show_strangers_nothing_of_a_city(client, theirs, somebody):
    client.force_login(somebody)

    for name in ("workspace-queue", "workspace-reports", "imports", "harvest", "notices", "team"):
        page = client.get(reverse(name)).content.decode()
        assert "Open data of the province" not in page
        assert ("Signed" in page, "A letter is missing" in page, "sample.csv" in page) == (False, False, False)
