"""The data of a place: bring files, and describe what they become."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.common.columnar.refusals import Refused
from learningcity.harvest.queries.origins import copy_of
from learningcity.moderation import actions as moderation
from learningcity.moderation.registry import authority, kind_named
from learningcity.opendata import actions
from learningcity.opendata.enums import Standing
from learningcity.opendata.models import Dataset, Upload
from learningcity.opendata.queries import entry_of
from learningcity.opendata.queries.score import score_of
from learningcity.opendata.queries.suggesting import names_of_files, suggested
from learningcity.opendata.queries.uses import uses_of
from learningcity.workspace.forms.datasets import DescribeForm, WithdrawForm
from learningcity.workspace.queries.datasets import IN_WORK, KIND, field_address, scored, waiting_in
from learningcity.workspace.views.asking import NETWORK, acting, insist, place_in

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def place_data(request: HttpRequest, place: str) -> HttpResponse:
    """Show the datasets of a place and the files that wait, and take in more."""
    slug = place_in(place)
    if request.method == "POST":
        return bring(request, place)
    insist(request, "moderation.see_queue", slug)
    return show(request, place, form_for(slug))


def show(request: HttpRequest, place: str, form: DescribeForm) -> HttpResponse:
    slug = place_in(place)
    name = authority().name_of(slug)
    if slug and str(name) == slug:
        raise Http404(slug)
    page = Paginator(kind_named(KIND).records_in(slug), PER_PAGE).get_page(request.GET.get("page"))
    uploads = list(waiting_in(slug))
    context = {
        "place": place,
        "name": name,
        "uploads": uploads,
        "chosen": form["uploads"].value() or [],
        "form": form,
        "page": page,
        "scored": scored(page.object_list),  # type: ignore[arg-type]
        "gone": kind_named("return").records_in(slug)[:PER_PAGE],
        "in_work": any(upload.standing in IN_WORK for upload in uploads),
        "may_bring": acting(request).has_perm("opendata.upload", slug),  # type: ignore[arg-type]
    }
    return render(request, "workspace/datasets/place.html", context, status=400 if form.errors else 200)


def form_for(slug: str, data: Any = None) -> DescribeForm:
    """Return the form that leads from files to a description."""
    ready = [upload for upload in waiting_in(slug) if upload.standing == Standing.READY]
    datasets = [(str(each.pk), str(each.title)) for each in kind_named(KIND).records_in(slug)]
    return DescribeForm(data, uploads=[(str(each.token), each.name) for each in ready], datasets=datasets)


def bring(request: HttpRequest, place: str) -> HttpResponse:
    """Take in the files that came, each for itself: one that is refused does not keep the others out."""
    insist(request, "opendata.upload", place_in(place))
    taken, files = [], request.FILES.getlist("files")
    for file in files:
        try:
            taken.append(received(request, file, place_in(place)))
        except Refused as problem:
            messages.error(request, f"{file.name}: {problem}")
    if not files:
        messages.error(request, _("Choose at least one file."))
    one = len(taken) == len(files) == 1
    address = reverse("upload", args=[taken[0].token]) if one else reverse("place-data", args=[place])
    # The script that shows how far the sending is goes there itself: a redirect would swallow the messages.
    if request.headers.get("X-Sending"):
        return JsonResponse({"address": address})
    return redirect(address)


def received(request: HttpRequest, file: UploadedFile, place: str) -> Upload:
    return actions.receive_upload(file, file.name or "", place, by=acting(request))


@require_POST
def data_describe(request: HttpRequest, place: str) -> HttpResponse:
    """Begin the proposal that makes a dataset, or its next version, of files; what is known is filled in."""
    slug = place_in(place)
    insist(request, "moderation.propose", slug)
    form = form_for(slug, request.POST)
    if not form.is_valid():
        return show(request, place, form)
    tokens, key = form.cleaned_data["uploads"], form.cleaned_data["dataset"]
    chosen = list(Upload.objects.filter(token__in=tokens, place=slug).order_by("received_at"))
    values: dict[str, Any] = {"uploads": tokens} if key else suggested(slug, chosen)
    if key and (replaced := gone_on_from(request, brought(int(key)), chosen)):
        values["keeps"] = [name for name, _label in names_of_files(brought(int(key))) if name not in replaced]
        messages.success(request, _("What the columns mean was taken over from the version before."))
    proposal = moderation.begin((KIND, slug, key), uuid4(), by=acting(request))
    moderation.save_draft(proposal, values, proposal.version, by=acting(request))
    return redirect(f"{reverse('proposal', args=[proposal.pk])}{'#id_uploads' if key else ''}")


def gone_on_from(request: HttpRequest, dataset: Dataset, uploads: list[Upload]) -> list[str]:
    """Take over what was said of the version before, and return the tables whose places the files take."""
    found = [actions.go_on_from(upload, dataset, by=acting(request)) for upload in uploads]
    return [name for name in found if name]


@require_safe
@never_cache
def dataset_care(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how well a dataset is described, and what to do next."""
    dataset = brought(pk)
    insist(request, "moderation.see_queue", dataset.place)
    entry = entry_of(dataset)
    score = score_of(entry)
    context = {
        "dataset": dataset,
        "copy": copy_of(dataset),
        "place": dataset.place or NETWORK,
        "name": authority().name_of(dataset.place),
        "entry": entry,
        "score": score,
        "to_do": [(each, field_address(entry, each)) for each in score.to_do],
        "uses": uses_of(dataset),
        "has_tables": any(offer.is_table for offer in entry.offers),
        "may_write": acting(request).has_perm("moderation.propose", dataset.place),  # type: ignore[arg-type]
        "may_withdraw": acting(request).has_perm("opendata.withdraw", dataset) and not dataset.is_withdrawn,
    }
    return render(request, "workspace/datasets/care.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def dataset_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a dataset; its address says from then on why."""
    dataset = brought(pk)
    insist(request, "opendata.withdraw", dataset)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.withdraw_dataset(dataset, said["reason_th"], said["reason_en"], by=acting(request))
        messages.success(request, _("Withdrawn. Its address says why from now on."))
        return redirect("place-data", dataset.place or NETWORK)
    context = {"dataset": dataset, "form": form, "place": dataset.place or NETWORK}
    return render(request, "workspace/datasets/withdraw.html", context, status=400 if form.errors else 200)


def brought(pk: int) -> Dataset:
    """Return a dataset that somebody brought.

    :raises Http404: if there is none; what the platform itself knows is looked after where it is known.
    """
    return get_object_or_404(Dataset, pk=pk, publication="")
