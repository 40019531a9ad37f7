"""Tags of the pages of plans."""

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learningcity.common import rich
from learningcity.common.thai.dates import shown_date
from learningcity.partners.enums import Outcome
from learningcity.plans import queries
from learningcity.plans.queries import Measure, Progress, Reading

register = template.Library()
register.filter("plan_period", queries.plan_period)
register.filter("action_period", queries.action_period)
register.filter("action_owner", queries.action_owner)
register.filter("reading_words", queries.reading_words)
register.filter("target_words", queries.target_words)
register.filter("is_late", queries.is_late)
# The drawing is so many units wide and high; the line keeps away from the edge by the size of its marks.
WIDTH, HEIGHT, EDGE = 400, 36, 10


@register.simple_tag
def measure(said: Measure, progress: Progress) -> str:
    """Show a number with its unit."""
    return queries.measure_words(said, progress.target.indicator)


@register.simple_tag
def target_bar(progress: Progress) -> SafeString:
    """Draw where a target started, where it is, and where it shall be; the same stands in words beside it."""
    share = progress.share
    low, high = min(0.0, share or 0.0), max(1.0, share or 0.0)

    def place(part: float) -> str:
        return f"{EDGE + (WIDTH - 2 * EDGE) * (part - low) / (high - low):.1f}"

    middle = HEIGHT // 2
    done = mark_safe("")
    if share is not None:
        done = format_html(
            '<path class="done" d="M{0} {2}H{1}"/><circle class="now" cx="{1}" cy="{2}" r="7"/>',
            place(0),
            place(share),
            middle,
        )
    return format_html(
        '<svg class="target-bar" viewBox="0 0 {w} {h}" role="img" aria-label="{label}"><title>{label}</title>'
        '<path class="way" d="M{left} {y}H{right}"/>{done}<path class="start" d="M{start} {y1}V{y2}"/>'
        '<path class="goal" d="M{goal} 5V{low}M{goal} 5l12 5l-12 5z"/></svg>',
        w=WIDTH,
        h=HEIGHT,
        label=bar_words(progress),
        left=place(low),
        right=place(high),
        y=middle,
        y1=middle - 7,
        y2=middle + 7,
        low=HEIGHT - 5,
        done=done,
        start=place(0),
        goal=place(1),
    )


def bar_words(progress: Progress) -> str:
    """Return what the drawing shows, as one sentence."""
    indicator, target = progress.target.indicator, progress.target
    said = {
        "start": queries.measure_words(progress.start, indicator),
        "start_date": shown_date(progress.start.on, progress.start.precision),
        "target": queries.target_words(progress),
        "target_date": shown_date(target.due_on, target.due_precision),
    }
    if progress.now is None or progress.reading == Reading.CONTRADICTED:
        return _("From %(start)s (%(start_date)s) to %(target)s (%(target_date)s).") % said
    said |= {
        "now": queries.measure_words(progress.now, indicator),
        "now_date": shown_date(progress.now.on, progress.now.precision),
    }
    words = _("From %(start)s (%(start_date)s) over %(now)s (%(now_date)s) to %(target)s (%(target_date)s).")
    return words % said


@register.filter
def outcome_words(commitment: Any) -> str:
    """Say what became of a promise."""
    return str(Outcome(commitment.outcome).label)


@register.simple_tag
def states_in_words(living: queries.LivingPlan) -> str:
    """Say how many actions are in which state."""
    return " · ".join(f"{capfirst(str(state.label))} {number}" for state, number in living.actions_by_state)


@register.filter
def is_overdue(progress: Progress, on: dt.date) -> bool:
    """Tell whether the time of a target is over without its being reached."""
    return progress.is_overdue(on)


@register.simple_tag
def photos_of(wins: Any) -> list[tuple[Any, str]]:
    """Return small wins, each with its photo as it stands on a page; all photos are asked for at once."""
    drawn = rich.drawn({win.photo_id for win in wins if win.photo_id})
    return [(win, drawn.get(win.photo_id, "")) for win in wins]
