from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseGone
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.accounts.models import User
from learningcity.audit.actions import TransitionNotAllowed
from learningcity.pictures import actions, queries
from learningcity.pictures.enums import Form, Reason
from learningcity.pictures.forms import UploadForm, WithdrawForm, WordsForm
from learningcity.pictures.models import Picture, Rendition

PER_PAGE = 24
# Readers may keep it for good, since other bytes would have another address; what stands between them and us, for a day,
# because a picture may be withdrawn.
FOR_GOOD = "public, max-age=31536000, s-maxage=86400, immutable"
FOR_A_WHILE = "private, max-age=600"


def addresses_for_editor(place: str) -> dict[str, str]:
    """Return where the editor of a text finds the pictures of a place."""
    where = f"?{urlencode({'place': place})}"
    return {
        "choose": reverse("picture-choose") + where,
        "upload": reverse("picture-upload") + where,
        "preview": reverse("picture-preview", args=[0]),
    }


# --- Files ------------------------------------------------------------------------------------------------------------


@login_not_required
@require_safe
def picture_file(request: HttpRequest, pk: int, name: str) -> HttpResponse | FileResponse:
    """Send a rendition: of a public picture to everybody, of another one to those who look after it."""
    picture = get_object_or_404(Picture, pk=pk)
    if picture.is_withdrawn:
        return HttpResponseGone(_("This picture was withdrawn."), content_type="text/plain; charset=utf-8")
    if not picture.is_public and not request.user.has_perm("pictures.see", picture):
        raise Http404
    rendition = next((each for each in picture.renditions.all() if each.file_name == name), None)
    if not rendition:
        raise Http404
    return _sent(rendition, FOR_GOOD if picture.is_public else FOR_A_WHILE)


@require_safe
def picture_preview(request: HttpRequest, pk: int) -> FileResponse:
    """Send the smallest rendition to those who look after the picture, for lists and for the editor."""
    picture = _picture(request, pk)
    rendition = picture.renditions.filter(form=Form.WEBP).order_by("width").first()
    if not rendition:
        raise Http404
    return _sent(rendition, FOR_A_WHILE)


@require_safe
def picture_original(request: HttpRequest, pk: int) -> FileResponse:
    """Send the file as it was uploaded to those who look after it; to keep, never to be shown or run by the browser."""
    picture = _picture(request, pk)
    if picture.is_withdrawn:
        raise Http404
    name = f"picture-{picture.pk}.{picture.kind.lower()}"
    response = FileResponse(picture.original.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/octet-stream"
    response["Cache-Control"] = "private, no-store"
    return response


def _sent(rendition: Rendition, for_whom: str) -> FileResponse:
    response = FileResponse(rendition.file.open("rb"), content_type=f"image/{rendition.form}")
    response["Cache-Control"] = for_whom
    return response


# --- Pages for officers -----------------------------------------------------------------------------------------------


@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    if "place" not in request.GET:
        places = queries.places_with_pictures(acting(request))
        if len(places) == 1:
            return redirect(f"{reverse('pictures')}?{urlencode({'place': places[0][0]})}")
        return render(request, "pictures/places.html", {"places": places})
    place = _place(request)
    page = Paginator(queries.pictures_of(place), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "pictures/list.html", {"page": page, "place": place, "name": queries.name_of(place)})


@require_safe
def picture_choose(request: HttpRequest) -> HttpResponse:
    """Show the pictures of a place as the editor puts them before whoever writes."""
    place = _place(request)
    page = Paginator(queries.pictures_of(place), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "pictures/choose.html", {"page": page, "place": place})


@require_http_methods(["GET", "HEAD", "POST"])
def picture_upload(request: HttpRequest) -> HttpResponse:
    place = _place(request)
    form = UploadForm(request.POST or None, request.FILES or None, instance=Picture(place=place))
    if request.method == "POST" and form.is_valid():
        try:
            picture = actions.add_picture(form.save(commit=False), by=acting(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The picture is here. Its sizes are being made."))
            return redirect(picture)
    known = {"form": form, "place": place, "name": queries.name_of(place)}
    return render(request, "pictures/upload.html", known, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one picture with how far its sizes are, and take changes to what is said of it."""
    picture = _picture(request, pk)
    write = _way_of_writing(acting(request), picture)
    form = WordsForm(request.POST if request.method == "POST" else None, instance=picture) if write else None
    if request.method == "POST":
        if form is None or write is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                messages.success(request, write(form.save(commit=False), acting(request)))
                return redirect(picture)
            except ValidationError as problem:
                form.add_error(None, problem)
    made, wanted = queries.renditions_made(picture), len(picture.wanted)
    known = {"picture": picture, "form": form, "made": made, "wanted": wanted, "name": queries.name_of(picture.place)}
    template = "pictures/picture.html#progress" if request.htmx else "pictures/picture.html"  # type: ignore[attr-defined]
    return render(request, template, known, status=400 if form and form.errors else 200)


def _way_of_writing(user: User, picture: Picture) -> Callable[[Picture, User], str] | None:
    """Return how this person changes what is said of a picture now, or nothing if they cannot; it answers what to say then."""
    if picture.is_withdrawn:
        return None
    if user.has_perm("pictures.propose_words", picture):
        return _propose_words
    return _change_words if user.has_perm("pictures.change_words", picture) else None


def _change_words(picture: Picture, by: User) -> str:
    actions.change_words(picture, by=by)
    return _("Saved.")


def _propose_words(picture: Picture, by: User) -> str:
    actions.propose_words(picture, by=by)
    return _("Handed in. Once somebody else has approved it, everybody reads it.")


@require_POST
def picture_again(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect(actions.try_again(_picture(request, pk), by=acting(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def picture_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    picture = _picture(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_picture(picture, Reason(form.cleaned_data["reason"]), by=acting(request))
        except TransitionNotAllowed:
            # The second of two clicks.
            return redirect(picture)
        messages.success(request, _("The picture is withdrawn everywhere, and its files are deleted."))
        return redirect(picture)
    return render(
        request, "pictures/withdraw.html", {"picture": picture, "form": form}, status=400 if form.errors else 200
    )


def acting(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- for the type checker; nobody else gets past the middleware
    return request.user


def _picture(request: HttpRequest, pk: int) -> Picture:
    """Return a picture to somebody who looks after it.

    :raises Http404: if there is none; also for strangers, who need not know that it exists.
    """
    picture = get_object_or_404(Picture, pk=pk)
    if not request.user.has_perm("pictures.see", picture):
        raise Http404
    return picture


def _place(request: HttpRequest) -> str:
    """Return the place whose pictures are asked for.

    :raises PermissionDenied: if this person does nothing for it.
    """
    place = request.GET.get("place", "")
    if not acting(request).has_perm("moderation.propose", place):  # type: ignore[arg-type]
        raise PermissionDenied
    return place
