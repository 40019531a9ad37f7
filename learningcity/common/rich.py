"""Texts with headings, lists, tables, links and pictures: a fragment of HTML that is cleaned when stored and when shown.

A text is plain, each line a paragraph, or rich, which shows in its first letters: it begins with a tag. Whatever is not
named in this file does not survive: nh3 takes out what is dangerous, and what is left is written anew from these names alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

BEGINS_WITH_TAG = re.compile(r"\s*<[a-zA-Z!/?]")
# What other programs write, and what we call it; a div becomes a paragraph.
OUR_NAMES = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "tfoot": "tbody", "div": "p"}
INLINE = {"strong", "em", "a", "br"}
PARAGRAPHS = {"p", "h3", "h4"}
# What may stand in each of these, and what takes in a stranger.
INSIDE = {"ul": {"li"}, "ol": {"li"}, "table": {"thead", "tbody"}, "thead": {"tr"}, "tbody": {"tr"}, "tr": {"th", "td"}}
FLOW = {"li", "td", "th"}
BLOCKS = PARAGRAPHS | INSIDE.keys() | FLOW | {"blockquote", "img"}
TAGS = INLINE | BLOCKS | OUR_NAMES.keys()
ATTRIBUTES = {"a": {"href"}, "img": {"data-picture"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
EMPTY = {"br", "img"}
SCHEMES = {"http", "https", "mailto"}
# Absolute, or a path on this site; never //host, which only looks like a path.
ADDRESS = re.compile(r"(?:https?://|mailto:|/(?![/\\]))[^\s\\]*", re.IGNORECASE)
NUMBERS = {
    "data-picture": re.compile("[1-9][0-9]{0,17}"),
    "colspan": re.compile("[2-9]"),
    "rowspan": re.compile("[2-9]|[1-9][0-9]"),
}
# Nobody writes a list in a list in a list so deep; whoever does has something else in mind.
DEEPEST = 16
UNSAID = re.compile("[ \t\n\r\f]*")
# Far beyond what forms let in. Reading takes time with the square of the depth, so nothing longer is read as HTML.
LONGEST = 100_000


@dataclass
class Node:
    """An element, and what stands in it in its order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)


Children = list[Node | str]
# Given the numbers of the pictures in a text, draws those it knows. The app with the pictures puts itself here.
Draw = Callable[[Iterable[int]], Mapping[int, str]]
_draw: list[Draw] = []


def draw_picture(draw: Draw) -> None:
    """Name the one who draws the pictures of a text, all of one text at once."""
    _draw[:] = [draw]


def drawn(numbers: Iterable[int]) -> Mapping[int, str]:
    """Return the pictures with these numbers as they stand on a page, all asked for at once."""
    wanted = set(numbers)
    return _draw[0](wanted) if wanted and _draw else {}


def is_rich(text: str) -> bool:
    """Tell whether a text is a fragment of HTML."""
    return bool(BEGINS_WITH_TAG.match(text))


def clean_html(text: str) -> str:
    """Return a rich text with nothing in it that is not named here, and a plain one as it is."""
    return _written(_tree(text)) if is_rich(text) else text


def shown(text: str, headings: int = 3) -> SafeString:
    """Return a rich text as it stands on a page: the first heading of this level, tables framed, pictures drawn."""
    tree = _tree(text)
    numbers = [int(node.attributes["data-picture"]) for node in _all(tree) if node.tag == "img"]
    pictures = drawn(numbers)
    # Everything in it was written by this module, or by the one who draws the pictures.
    return mark_safe(_written(tree, _Page(headings, pictures)))  # noqa: S308


def plain(text: str) -> str:
    """Return the words of a text, each paragraph, list entry and row on a line of its own."""
    if not is_rich(text):
        return text
    lines = "".join(_words(_tree(text))).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def pictures_in(*texts: str) -> set[int]:
    """Return the numbers of the pictures that stand in these texts."""
    nodes = (node for text in texts if is_rich(text) for node in _all(_tree(text)))
    return {int(node.attributes["data-picture"]) for node in nodes if node.tag == "img"}


# --- Reading ----------------------------------------------------------------------------------------------------------


def _tree(text: str) -> Children:
    if len(text) > LONGEST:
        return [Node("p", {}, [text])]
    safe = nh3.clean(
        text,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        attribute_filter=_good_attribute,
    )
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    return _paragraphs(reader.root.inside)


def _good_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute as it may stay, or nothing."""
    value = value.strip()
    # Asked of every attribute of every tag, those too that are left out.
    pattern = ADDRESS if name == "href" else NUMBERS.get(name)
    return value if pattern and pattern.fullmatch(value) else None


class _Reader(HTMLParser):
    """Reads what nh3 wrote, which is always well formed; elements that lie too deep are left out, but not their words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.too_deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(OUR_NAMES.get(tag, tag), {name: value or "" for name, value in attrs})
        if tag in EMPTY:
            self.open[-1].inside.append(node)
        elif len(self.open) > DEEPEST:
            self.too_deep += 1
        else:
            self.open[-1].inside.append(node)
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.too_deep:
            self.too_deep -= 1
        elif tag not in EMPTY and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


# --- Putting in order -------------------------------------------------------------------------------------------------


def _paragraphs(children: Children) -> Children:
    """Return what may stand on its own, each with only in it what may stand there."""
    return _on_their_own(list(_ordered(children)))


def _on_their_own(ordered: Children) -> Children:
    """Return the same, where words that stood loose became a paragraph."""
    blocks: Children = []
    loose: Children = []
    for child in [*ordered, Node("end")]:
        if isinstance(child, str) or child.tag in INLINE:
            loose.append(child)
            continue
        if loose := _trimmed(loose):
            blocks.append(Node("p", {}, loose))
        loose = []
        blocks.append(child)
    return blocks[:-1]


def _ordered(children: Children) -> Iterator[Node | str]:
    """Return these children, each with only in it what may stand there."""
    for child in children:
        if isinstance(child, str):
            yield child
        elif child.tag in PARAGRAPHS:
            yield from _in_paragraphs(child)
        elif child.tag in INLINE:
            yield from _inline(child)
        elif child.tag == "img":
            yield from [child] if child.attributes else []
        elif child.tag == "blockquote":
            yield from _unless_empty(Node("blockquote", {}, _paragraphs(child.inside)))
        elif child.tag in ("ul", "ol"):
            yield from _unless_empty(Node(child.tag, {}, list(_entries(child.inside))))
        elif child.tag == "table":
            yield from _table(child)
        else:
            # A row without its table: only its words are left.
            yield from _ordered(child.inside)


def _in_paragraphs(paragraph: Node) -> Iterator[Node | str]:
    """Return a paragraph; around a picture or a table that stood within, it becomes two."""
    for block in _paragraphs(paragraph.inside):
        if isinstance(block, Node) and block.tag == "p":
            yield Node(paragraph.tag, {}, block.inside)
        else:
            yield block


def _inline(node: Node) -> Iterator[Node | str]:
    """Return words set off from others; a block cannot stand in them, and without words or an address they are nothing."""
    if node.tag == "br":
        yield Node("br")
        return
    inside = list(_ordered(node.inside))
    says_something = any(isinstance(child, str) or child.tag != node.tag for child in inside)
    if not says_something or not _is_inline(inside) or (node.tag == "a" and "href" not in node.attributes):
        yield from inside
    else:
        yield Node(node.tag, node.attributes, inside)


def _is_inline(children: Children) -> bool:
    return all(isinstance(child, str) or child.tag in INLINE for child in children)


def _entries(children: Children) -> Iterator[Node]:
    """Return the entries of a list; what stood between them becomes one."""
    for child in children:
        if isinstance(child, Node) and child.tag == "li":
            yield Node("li", {}, _flow(child.inside))
        elif inside := _flow([child]):
            yield Node("li", {}, inside)


def _flow(children: Children) -> Children:
    """Return what stands in an entry or a cell: a few words need no paragraph around them."""
    ordered = list(_ordered(children))
    if _is_inline(ordered):
        return _trimmed(ordered)
    blocks = _on_their_own(ordered)
    only = blocks[0] if len(blocks) == 1 else None
    return only.inside if isinstance(only, Node) and only.tag == "p" else blocks


def _table(table: Node) -> Iterator[Node | str]:
    """Return a table, after whatever stood in it outside of its cells."""
    parts: Children = []
    for part in table.inside:
        rows: Children = []
        for row in part.inside if isinstance(part, Node) and part.tag in INSIDE["table"] else [part]:
            cells: Children = []
            for cell in row.inside if isinstance(row, Node) and row.tag == "tr" else [row]:
                if isinstance(cell, Node) and cell.tag in INSIDE["tr"]:
                    cells.append(Node(cell.tag, cell.attributes, _flow(cell.inside)))
                else:
                    yield from _paragraphs([cell])
            if cells:
                rows.append(Node("tr", {}, cells))
        if rows:
            parts.append(Node(part.tag if isinstance(part, Node) and part.tag == "thead" else "tbody", {}, rows))
    yield from _unless_empty(Node("table", {}, parts))


def _unless_empty(node: Node) -> Iterator[Node]:
    if node.inside:
        yield node


def _trimmed(children: Children) -> Children:
    """Return words without the empty space and the line breaks around them; nothing, where that is all."""

    said = [place for place, child in enumerate(children) if _says_something(child)]
    return children[said[0] : said[-1] + 1] if said else []


def _says_something(child: Node | str) -> bool:
    return bool(UNSAID.sub("", child)) if isinstance(child, str) else child.tag != "br"


def _all(children: Children) -> Iterator[Node]:
    for child in children:
        if isinstance(child, Node):
            yield child
            yield from _all(child.inside)


# --- Writing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Page:
    """What a text is told by the page it stands on."""

    headings: int
    pictures: Mapping[int, str]

    def heading(self, tag: str) -> str:
        return f"h{min(6, int(tag[1]) - 3 + self.headings)}"


def _written(children: Children, page: _Page | None = None) -> str:
    return "".join(_pieces(children, page))


def _pieces(children: Children, page: _Page | None) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield escape(child, quote=False)
        elif child.tag == "img":
            number = child.attributes["data-picture"]
            yield page.pictures.get(int(number), "") if page else f'<img data-picture="{number}">'
        elif child.tag == "br":
            yield "<br>"
        elif page and child.tag == "table":
            name = escape(gettext("Table"))
            yield f'<div class="table-frame" role="region" tabindex="0" aria-label="{name}"><table class="told">'
            yield f"{_written(child.inside, page)}</table></div>"
        else:
            tag = page.heading(child.tag) if page and child.tag in ("h3", "h4") else child.tag
            scope = f' scope="{_scope(children)}"' if page and child.tag == "th" else ""
            yield f"<{tag}{_attributes(child)}{scope}>{_written(child.inside, page)}</{tag}>"


def _scope(row: Children) -> str:
    """Return what the heads in a row speak for: where there are only heads, the columns, otherwise the row."""
    return "col" if all(isinstance(cell, Node) and cell.tag == "th" for cell in row) else "row"


def _attributes(node: Node) -> str:
    names = sorted(ATTRIBUTES.get(node.tag, set()) & node.attributes.keys())
    rel = ' rel="nofollow ugc"' if node.tag == "a" else ""
    return "".join(f' {name}="{escape(node.attributes[name])}"' for name in names) + rel


def _words(children: Children) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield child.replace("\n", " ")
        elif child.tag in ("td", "th"):
            yield from _words(child.inside)
            yield "  "
        else:
            yield from _words(child.inside)
            if child.tag in BLOCKS or child.tag == "br":
                yield "\n"
