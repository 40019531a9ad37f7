"""An S3-compatible server in a process of its own, which checks keys and signatures.

Or the one of S3_TEST_ADDRESS, S3_TEST_ACCESS_KEY and S3_TEST_SECRET_KEY, to try whether a store does what we need of it. The
tests leave some buckets there.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import boto3
from botocore.client import Config

# Signatures are checked of every request after these: who may do what has to be said first.
ANYBODY, NOBODY = b"inf", b"0"


@dataclass
class Server:
    """A running server, and the keys of somebody who may do everything there."""

    address: str
    access_key: str = ""
    secret_key: str = ""
    is_real: bool = False

    def client(self, service: str) -> Any:
        keys = {"aws_access_key_id": self.access_key or "-", "aws_secret_access_key": self.secret_key or "-"}
        config = Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1})
        return boto3.client(service, endpoint_url=self.address, region_name="us-east-1", config=config, **keys)

    @cached_property
    def files(self) -> Any:
        return self.client("s3")

    def let_in(self, whom: bytes) -> None:
        """Check keys from now on, or let everybody in."""
        if self.is_real:
            return
        said = Request(f"{self.address}/moto-api/reset-auth", whom, {"Content-Type": "text/plain"}, method="POST")
        urlopen(said).close()

    def options(self, **changes: Any) -> dict[str, Any]:
        """Return the settings of a new bucket."""
        name = f"files-{uuid.uuid4().hex[:8]}"
        self.files.create_bucket(Bucket=name)
        keys = {"access_key": self.access_key, "secret_key": self.secret_key}
        return {"bucket_name": name, "endpoint_url": self.address, "region_name": "us-east-1", **keys, **changes}


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """Run a server, if there is none to be tried."""
    if address := os.environ.get("S3_TEST_ADDRESS"):
        yield Server(address, os.environ["S3_TEST_ACCESS_KEY"], os.environ["S3_TEST_SECRET_KEY"], is_real=True)
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(
        command,
        env=dict(os.environ, INITIAL_NO_AUTH_ACTION_COUNT="inf"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            server = Server(f"http://127.0.0.1:{port}")
            wait_for(server)
            allow(server)
            yield server
        finally:
            process.terminate()


def wait_for(server: Server) -> None:
    for _moment in range(600):
        try:
            urlopen(f"{server.address}/moto-api/data.json").close()
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError


def allow(server: Server) -> None:
    """Let one person do everything with files, and nobody else anything."""
    people = server.client("iam")
    people.create_user(UserName="site")
    keys = people.create_access_key(UserName="site")["AccessKey"]
    everything = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [everything]})
    people.put_user_policy(UserName="site", PolicyName="site", PolicyDocument=policy)
    server.access_key, server.secret_key = keys["AccessKeyId"], keys["SecretAccessKey"]
    server.let_in(NOBODY)
