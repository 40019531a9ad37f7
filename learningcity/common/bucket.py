"""The store of files in S3-compatible storage: bounded memory, prompt answers, and one word for all that can be wrong."""

from __future__ import annotations

import functools
import tempfile
import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Any, ParamSpec, TypeVar

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore import UNSIGNED
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

from learningcity.common.storing import StoreAway

PIECE = 8 << 20
# Pieces of a large file on their way at once: with their size, the memory that one file takes.
AT_ONCE = 4
# Whoever waits for a page does not wait longer for a store that is away.
HASTE = {"connect_timeout": 3, "read_timeout": 15, "retries": {"total_max_attempts": 3, "mode": "standard"}}
# Stores other than Amazon's own know no checksums behind the content.
PLAIN = {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}
GONE = {"404", "NoSuchKey"}
P = ParamSpec("P")
T = TypeVar("T")


def plainly(act: Callable[P, T]) -> Callable[P, T]:
    """Do something with the store, and say in one word what is wrong with it.

    :raises FileNotFoundError: if there is no such file.
    :raises StoreAway: if the store cannot be reached, or refuses.
    """

    @functools.wraps(act)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return act(*args, **kwargs)
        except ClientError as problem:
            code = problem.response.get("Error", {}).get("Code", "")
            if code in GONE:
                raise FileNotFoundError(str(problem)) from problem
            raise StoreAway(f"The store refuses: {code}.") from problem
        except (BotoCoreError, Boto3Error) as problem:
            raise StoreAway(f"The store does not answer: {type(problem).__name__}.") from problem

    return done


class Bucket(S3Storage):
    """A bucket, private, reached under the settings S3_*."""

    def __init__(self, **options: Any) -> None:
        transfer = TransferConfig(multipart_threshold=PIECE, multipart_chunksize=PIECE, max_concurrency=AT_ONCE)
        transfer.max_in_memory_upload_chunks = transfer.max_in_memory_download_chunks = AT_ONCE
        config = Config(signature_version="s3v4", **HASTE, **PLAIN)
        super().__init__(client_config=config, transfer_config=transfer, **options)

    delete = plainly(S3Storage.delete)
    exists = plainly(S3Storage.exists)
    listdir = plainly(S3Storage.listdir)
    size = plainly(S3Storage.size)
    get_modified_time = plainly(S3Storage.get_modified_time)
    url = plainly(S3Storage.url)

    @plainly
    def _save(self, name: str, content: File) -> str:
        return str(super()._save(name, content))

    @plainly
    def _open(self, name: str, mode: str = "rb") -> File:
        """Return a copy of a file; what is larger than a piece lies on the disk meanwhile."""
        copy = tempfile.SpooledTemporaryFile(max_size=PIECE)  # noqa: SIM115 -- the caller closes it
        try:
            self.bucket.download_fileobj(self._normalize_name(name), copy, Config=self.transfer_config)
        except BaseException:
            copy.close()
            raise
        copy.seek(0)
        return File(copy, name)

    def parts_of(self, name: str) -> Callable[[int, int], bytes]:
        """Return what fetches the bytes of a file from one place to before another, in whichever thread."""
        client, key = self.connection.meta.client, self._normalize_name(name)

        @plainly
        def part(start: int, end: int) -> bytes:
            found = client.get_object(Bucket=self.bucket_name, Key=key, Range=f"bytes={start}-{end - 1}")
            with found["Body"] as body:
                return bytes(body.read())

        return part

    def troubles(self) -> list[str]:
        """Return what is wrong with the bucket: it must keep what it is given, and show it to nobody else."""
        name = f"checked/{uuid.uuid4().hex}"
        try:
            self.save(name, File(BytesIO(name.encode())))
            with self.open(name) as kept:
                if kept.read() != name.encode():
                    return ["The bucket of S3_BUCKET gives back other bytes than it was given."]
            found = self._open_to_all(name)
            self.delete(name)
        except (FileNotFoundError, StoreAway) as problem:
            return [f"The bucket of S3_BUCKET cannot be used with these keys: {problem}"]
        return found

    def _open_to_all(self, name: str) -> list[str]:
        session = self.connection.meta.client
        nobody = self._create_session().client(
            "s3",
            endpoint_url=self.endpoint_url,
            region_name=session.meta.region_name,
            config=Config(signature_version=UNSIGNED, **HASTE),
        )
        asked = {
            "read": lambda: nobody.get_object(Bucket=self.bucket_name, Key=self._normalize_name(name)),
            "listed": lambda: nobody.list_objects_v2(Bucket=self.bucket_name, MaxKeys=1),
        }
        return [
            f"The bucket of S3_BUCKET can be {what} by anybody: make it private."
            for what, ask in asked.items()
            if _is_answered(ask)
        ]


def _is_answered(ask: Callable[[], object]) -> bool:
    try:
        plainly(ask)()
    except (FileNotFoundError, StoreAway):
        return False
    return True
