"""What the owner of a host asks of programs in its robots.txt (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes, urlsplit

from learningcity.common.addresses import Later, NotFetched, Obstacle, read_address
from learningcity.common.fetching import Answer, Fetcher, Limits

# The name by which rules speak of us: the beginning of our User-Agent.
NAME = "learningcityharvester"
# Whoever wants a longer pause between two requests than a person would make does not want programs.
LONGEST_DELAY = 60
LIMITS = Limits(size=1_000_000, seconds=15, connecting=5)
MOST_RULES = 2_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for us at a host: beginnings of paths with * and $, and seconds between two requests."""

    allowed: tuple[bytes, ...] = ()
    forbidden: tuple[bytes, ...] = ()
    delay: float = 0.0

    def permit(self, address: str) -> bool:
        """Tell whether a path may be fetched: the longest rule wins, and of two as long the one that allows."""
        parts = urlsplit(address)
        path = unquote_to_bytes((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        no = max((len(rule) for rule in self.forbidden if fits(rule, path)), default=0)
        return no <= max((len(rule) for rule in self.allowed if fits(rule, path)), default=0)


NOTHING_IS_ALLOWED = Rules(forbidden=(b"/",))


def fits(rule: bytes, path: bytes) -> bool:
    """Tell whether a path begins as a rule says; * stands for anything, a $ at the end for the end."""
    first, *rest = rule.removesuffix(b"$").split(b"*")
    last = rest.pop() if rest and rule.endswith(b"$") else None
    if not path.startswith(first):
        return False
    place = len(first)
    # Piece by piece, each as early as it can be: no rule of others is ever run as a pattern.
    for piece in rest:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= place
    return place == len(path) or not rule.endswith(b"$")


def groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Return for each group of a robots.txt whom it speaks of, and its rules."""
    names: set[str] = set()
    rules: list[tuple[str, str]] = []
    for line in text.splitlines():
        word, colon, value = line.partition("#")[0].partition(":")
        word, value = word.strip().lower(), value.strip()
        if word == "user-agent" and colon:
            if rules:
                yield names, rules
                names, rules = set(), []
            names.add(value.partition("/")[0].strip().lower())
        elif names and word in ("allow", "disallow", "crawl-delay"):
            rules.append((word, value))
    if names:
        yield names, rules


def rules_of(text: str) -> Rules:
    """Return what a robots.txt says to us: in the groups that name us, or else in those for everybody."""
    found = list(groups(text))
    mine = [rules for names, rules in found if NAME in names] or [rules for names, rules in found if "*" in names]
    said = [rule for rules in mine for rule in rules][:MOST_RULES]
    paths = {
        wanted: tuple(unquote_to_bytes(value) for word, value in said if word == wanted and value)
        for wanted in ("allow", "disallow")
    }
    delays = [
        float(value) for word, value in said if word == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value)
    ]
    return Rules(paths["allow"], paths["disallow"], max(delays, default=0.0))


@dataclass
class Harvester(Fetcher):
    """Fetches as the owner of each host wishes: with the pause that is asked for, and only what is not forbidden.

    An interface that was made for programs is asked although robots.txt forbids it: that speaks of pages, and CKAN
    forbids /api/ to everybody from the day it is set up.
    """

    rules: dict[str, Rules] = field(default_factory=dict)
    longest_delay: float = LONGEST_DELAY

    def get(self, address: str, asked: Mapping[str, str] | None = None, limits: Limits | None = None) -> Answer:
        """Ask an interface; raises what Fetcher.get raises."""
        usual = self.pause
        self.pause = max(usual, min(self.rules_at(address).delay, self.longest_delay))
        try:
            return super().get(address, asked, limits)
        finally:
            self.pause = usual

    def get_document(
        self, address: str, asked: Mapping[str, str] | None = None, limits: Limits | None = None
    ) -> Answer:
        """Fetch a document that lies at an address.

        :raises NotFetched: as Fetcher.get does, and if its owner forbids it to programs.
        """
        rules = self.rules_at(address)
        if not rules.permit(address) or rules.delay > LONGEST_DELAY:
            raise NotFetched(Obstacle.ROBOTS, read_address(address).site)
        return self.get(address, asked, limits)

    def rules_at(self, address: str) -> Rules:
        """Return the rules of a host, asked once in a run; of one that is not allowed none are asked.

        :raises Later: if the other side asks for a pause.
        """
        there = read_address(address)
        root = f"{there.scheme}://{there.site}"
        if there.site in self.allowed and root not in self.rules:
            self.rules[root] = self._asked(f"{root}/robots.txt")
        return self.rules.get(root, Rules())

    def _asked(self, address: str) -> Rules:
        try:
            answer = super().get(address, {"Accept": "text/plain"}, LIMITS)
        except Later:
            raise
        except NotFetched as obstacle:
            # Whoever says no to the question has no rules; who cannot answer may have some (RFC 9309, 2.3.1).
            is_no = obstacle.obstacle == Obstacle.REDIRECT or obstacle.detail.startswith("4")
            return Rules() if is_no else NOTHING_IS_ALLOWED
        return rules_of(answer.read().decode("utf-8-sig", "replace")) if answer.status == 200 else Rules()
