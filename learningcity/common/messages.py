"""Finding what has to be translated, with Python alone: the machine of a newcomer has no gettext programs."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

FUNCTIONS = {
    "_": ("singular",),
    "gettext": ("singular",),
    "gettext_lazy": ("singular",),
    "gettext_noop": ("singular",),
    "ngettext": ("singular", "plural"),
    "ngettext_lazy": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "pgettext_lazy": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
    "npgettext_lazy": ("context", "singular", "plural"),
}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL_IN_TEMPLATE = re.compile(rf"(?<![\w.])({'|'.join(FUNCTIONS)})\(\s*({STRING}(?:\s*,\s*{STRING})*)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|(?<!\{)\{(\w*)\}(?!\})")


@dataclass(frozen=True, order=True)
class Message:
    """A text of the interface, as it stands in the code."""

    singular: str
    plural: str = ""
    context: str = ""

    @classmethod
    def of(cls, function: str, strings: Iterable[str]) -> "Message":
        return cls(**dict(zip(FUNCTIONS[function], strings, strict=False)))


def messages_in(folder: Path) -> dict[Message, list[str]]:
    """Return every text to translate below the folder, with the files it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".py":
            messages = in_python(path.read_text())
        elif path.suffix in {".html", ".txt", ".xml"} and "templates" in path.parts:
            messages = in_template(path.read_text(), str(path))
        else:
            continue
        for message in messages:
            places = found.setdefault(message, [])
            if (place := path.relative_to(folder.parent).as_posix()) not in places:
                places.append(place)
    return found


def in_python(code: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and (name := called(node)) in FUNCTIONS:
            strings = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if len(strings) >= len(FUNCTIONS[name]):
                yield Message.of(name, strings)


def called(node: ast.Call) -> str:
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def in_template(source: str, name: str = "") -> Iterator[Message]:
    for function, arguments in CALL_IN_TEMPLATE.findall(templatize(source, origin=name)):
        # A percent sign is doubled for gettext's sake; Django looks the message up the same way.
        yield Message.of(function, [ast.literal_eval(text) for text in re.findall(STRING, arguments, re.DOTALL)])


def placeholders(text: str) -> set[str]:
    """Return what is filled into a text, so that a translation can be held against it."""
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}
