from __future__ import annotations

import datetime as dt
import hashlib
import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from learningcity.audit.actions import write
from learningcity.common import images
from learningcity.pictures.enums import PictureState
from learningcity.pictures.models import Picture, Rendition

logger = logging.getLogger(__name__)
# Longer than the job tries by itself.
PATIENCE = dt.timedelta(minutes=20)


@app.task(retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def make_renditions(picture_id: int) -> None:
    """Make every rendition of a picture that is still missing; those that are there stay as they are."""
    picture = Picture.objects.filter(pk=picture_id, state=PictureState.MAKING).first()
    if not picture:
        return
    have = set(picture.renditions.values_list("form", "width"))
    missing = [(form, width) for form, width in picture.wanted if (form, width) not in have]
    try:
        with picture.original.open("rb") as file:
            for width in sorted({width for _form, width in missing}):
                drawn = images.fresh(file, width)
                for form in (form for form, of_width in missing if of_width == width):
                    if not _keep(picture, drawn.size, form, images.written(drawn, form)):
                        return
    except images.NotAPicture:
        logger.exception("The renditions of picture %s cannot be made.", picture.pk)
        _end(picture, PictureState.FAILED)
    else:
        _end(picture, PictureState.READY)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="pictures.make_missing", pass_context=False)
def make_missing(timestamp: int) -> None:
    """Take up what a worker left behind when it was stopped; what fails now as well has failed for good."""
    for picture in Picture.objects.filter(state=PictureState.MAKING, uploaded_at__lt=timezone.now() - PATIENCE):
        try:
            make_renditions(picture.pk)
        except Exception:
            # Whatever it was, somebody waits for an answer, and may try again.
            logger.exception("The renditions of picture %s could not be made.", picture.pk)
            _end(picture, PictureState.FAILED)


@app.task(retry=RetryStrategy(max_attempts=10, exponential_wait=4))
def delete_files(names: list[str]) -> None:
    """Delete files that no row names any longer."""
    for name in names:
        default_storage.delete(name)


@transaction.atomic
def _keep(picture: Picture, size: tuple[int, int], form: str, content: bytes) -> bool:
    """Keep one rendition; not if the picture was withdrawn meanwhile, nor twice if two jobs were at it."""
    now = Picture.objects.select_for_update().filter(pk=picture.pk, state=PictureState.MAKING).first()
    if not now:
        return False
    width, height = size
    if not now.renditions.filter(form=form, width=width).exists():
        digest = hashlib.sha256(content).hexdigest()
        rendition = Rendition(picture=now, form=form, width=width, height=height, sha256=digest, size=len(content))
        rendition.file.save(rendition.file_name, ContentFile(content))
    return True


@transaction.atomic
def _end(picture: Picture, state: PictureState) -> None:
    """Say how it ended; the entry in the audit also has kept pages made anew, now with the picture."""
    if Picture.objects.filter(pk=picture.pk, state=PictureState.MAKING).update(state=state):
        write("pictures.make_renditions", picture, by=None, before=PictureState.MAKING, after=state)
