"""A network in sentences: what it shows, how each organization stands in it, and what breaks without one."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from learningcity.common.templatetags.common import number
from learningcity.partners.enums import Sector
from learningcity.partners.queries.network.figures import Figures
from learningcity.partners.queries.network.ties import Kind, Node
from learningcity.portal.queries.network import Answer, Ties

# So many names stand in a sentence; the table has them all.
NAMES = 5


def finding_of(answer: Answer) -> str:
    """Return what the picture shows, in one sentence."""
    if answer.gone:
        return leaving_of(answer, answer.gone)
    if answer.absent:
        return _("Without %(name)s nothing changes: it has no part in this network.") % {"name": answer.absent}
    total = len(answer.figures)
    if not answer.kept:
        works = sum(1 for node in answer.network.nodes if node.kind == Kind.AGREEMENT)
        return _("%(organizations)s around %(agreements)s; no kept promise is recorded yet.") % {
            "organizations": _organizations(total),
            "agreements": ngettext("%(count)s agreement", "%(count)s agreements", works) % {"count": number(works)},
        }
    active = [one for one in answer.figures if one.kept]
    said = {
        "kept": ngettext("%(count)s kept promise", "%(count)s kept promises", answer.kept)
        % {"count": number(answer.kept)},
        "active": number(len(active)),
        "organizations": _organizations(total),
        "name": active[0].node.name,
        "most": number(active[0].kept),
    }
    if len(active) > 1 and active[0].kept > active[1].kept:
        return _("%(kept)s, made by %(active)s of %(organizations)s; most of them, %(most)s, by %(name)s.") % said
    return _("%(kept)s, made by %(active)s of %(organizations)s.") % said


def leaving_of(answer: Answer, gone: Figures) -> str:
    """Return what would break without the organization that is thought away, in one sentence."""
    lost = gone.loss
    said = {
        "name": gone.node.name,
        "kept": ngettext("%(count)s kept promise", "%(count)s kept promises", gone.kept) % {"count": number(gone.kept)},
    }
    if not gone.standing.degree:
        return _("Without %(name)s nothing changes: no tie that is counted here leads to it.") % said
    if not lost.cut_off:
        return _("Without %(name)s all others stay connected; %(kept)s would be missing.") % said
    said |= {"cut": _organizations(lost.cut_off), "who": _some(answer.cut_off)}
    if not lost.groups_cut_off:
        return _("Without %(name)s, %(cut)s would be cut off from the rest: %(who)s; %(kept)s would be missing.") % said
    said["sectors"] = ", ".join(str(Sector(sector).label) for sector in lost.groups_cut_off)
    return (
        _(
            "Without %(name)s, %(cut)s would be cut off from the rest: %(who)s; nobody would be left there from:"
            " %(sectors)s; %(kept)s would be missing."
        )
        % said
    )


def loss_of(one: Figures) -> str:
    """Return what breaks if this organization leaves, in a few words."""
    if not one.loss.cut_off:
        return _("nothing breaks")
    words = ngettext("%(count)s is cut off", "%(count)s are cut off", one.loss.cut_off) % {
        "count": number(one.loss.cut_off)
    }
    sectors = ", ".join(str(Sector(sector).label) for sector in one.loss.groups_cut_off)
    return f"{words} ({sectors})" if sectors else words


def description_of(answer: Answer) -> str:
    """Return how the picture is to be read, for those who do not see it."""
    return _(
        "Organizations, numbered as in the table, around the agreements and programs that they work on. The more promises"
        " an organization kept there, the thicker the line; a dotted line is a signature or an open promise. The table"
        " below tells the same."
    )


def words_of(one: Figures) -> str:
    """Return what is said of an organization in the picture: number, name, sector, and what it kept."""
    kept = ngettext("%(count)s promise kept", "%(count)s promises kept", one.kept) % {"count": number(one.kept)}
    return f"{one.number}. {one.node.name}, {Sector(one.node.sector).label}: {kept}"


def words_of_work(node: Node) -> str:
    """Return what is said of something that organizations work on."""
    kinds = {Kind.AGREEMENT: _("agreement"), Kind.PROGRAM: _("program"), Kind.CITY: _("city")}
    return f"{node.name} ({kinds[node.kind]})"


def counted_of(answer: Answer) -> str:
    """Return which ties the figures count, and why."""
    if answer.ties == Ties.KEPT:
        return _("Counted are ties by kept promises. A signature alone ties nobody.")
    if answer.kept:
        return _("Counted are all ties, also those by a signature alone. They say who agreed, not who works together.")
    return _(
        "No kept promise is recorded yet, so that signatures and open promises are counted. They say who agreed, not who"
        " works together."
    )


def connected_of(answer: Answer) -> str:
    """Return how the network hangs together, in one sentence."""
    groups = [count for count in answer.components if count > 1]
    alone = len(answer.components) - len(groups)
    said = {"groups": number(len(groups)), "largest": _organizations(max(groups, default=0)), "alone": number(alone)}
    if not groups:
        return _("No two organizations are connected by what is counted here.")
    if len(groups) == 1 and not alone:
        return _("All of them hang together.")
    if len(groups) == 1:
        return _("%(largest)s hang together; %(alone)s stand alone.") % said
    return _("They fall into %(groups)s groups, the largest of %(largest)s; %(alone)s stand alone.") % said


def _organizations(count: int) -> str:
    return ngettext("%(count)s organization", "%(count)s organizations", count) % {"count": number(count)}


def _some(nodes: tuple[Node, ...]) -> str:
    names = ", ".join(str(node.name) for node in nodes[:NAMES])
    return _("%(names)s and others") % {"names": names} if len(nodes) > NAMES else names
