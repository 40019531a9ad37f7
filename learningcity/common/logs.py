"""Logs as JSON lines with the request's id, and without anything that tells who somebody is."""

import contextvars
import datetime as dt
import json
import logging
import re

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")

# Django notes the path of what it refuses, and these paths let people in.
SECRETS = re.compile(r"(/(?:invitations|unsubscribe|reset/key)/)[^/\s]+")


class JsonFormatter(logging.Formatter):
    """One line of JSON per record. Request objects, addresses and e-mail never reach it: only the message does."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": SECRETS.sub(r"\1…", record.getMessage()),
            "request_id": request_id.get(),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
