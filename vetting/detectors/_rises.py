"""What the detectors of bought growth share: rises, what explains them, how they are reported."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vetting.detectors._context import iso, load_contexts, roster, rounded
from vetting.growth.attention import is_burst, looks_delivered
from vetting.growth.grid import daily_grid
from vetting.growth.rises import find_rises
from vetting.growth.series import load_series
from vetting.records import Confidence, Detection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vetting.detectors._context import Context
    from vetting.growth.rises import Rise
    from vetting.store import Store

PARAMS = {
    "min_share": "least gain beyond the usual pace, as a share of the followers before (0..1)",
    "spreads": "least gain beyond the usual pace, in robust spreads of the usual gain",
    "quanta": "rounding steps of the platform that are never counted as a gain",
    "views_credit": "how many times the usual followers per view extra views may explain",
    "unexplained_from": "scorecard value (0..1) from which a rise is unexplained",
    "partly_from": "scorecard value from which views explain a rise only in part",
    "fades_from": "gain in the week after, as a share of the rise, from which it fades as "
    "attention does",
    "blind_from": "scorecard value from which a rise without views is reported",
    "blind_min_share": "least gain beyond the usual pace of a rise without views, as a share of "
    "the followers before (0..1)",
    "hit_ratio": "a post this many times the usual size explains a rise without views",
    "with_open": "1: a rise that is explained in part, or cannot be told, counts as well; 0: not",
    "min_days": "least days of history",
}
NEEDS = ("growth.date", "growth.followers")
MIN_SAMPLE = (
    "six readings over the least days of history; three quiet weeks around the rise, or four "
    "intervals where readings lie days apart"
)
_LEAST_READINGS = 6
_LEAST_EXCESS = 25  # followers; nobody sells fewer, and nobody should be asked about them
_TAIL_DAYS, _TAIL_PACE = 7, 0.5  # a tail begins within a week, at less than half of the pace
_RUN_UP_DAYS = 7  # attention builds up within a week


@dataclass(frozen=True, slots=True)
class Judged:
    """One rise with its explanation.

    Attributes
    ----------
    delivered : float
        Scorecard value, 0..1.
    share_of_growth : float
        Gain beyond the usual pace / net growth of the whole series; NaN when that fell.
    explained : bool or None
        None: in part, or it cannot be told.
    by : str
        What explains it, or why it cannot be told, in words.
    giveaway : bool
        A giveaway explains it.
    """

    rise: Rise
    delivered: float
    share_of_growth: float
    explained: bool | None
    by: str
    giveaway: bool = False


def detect_rises(
    store: Store,
    params: Mapping[str, float],
    *,
    wanted: Callable[[Rise], bool],
    counts: Callable[[Judged], bool],
    shown: Callable[[Judged], bool] = lambda _: True,
) -> list[Detection]:
    """Search the growth series of every creator for rises of one kind.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``PARAMS``.
    wanted : callable
        Tells which rises are of the kind.
    counts : callable
        Tells which judged rises make the pattern fire.
    shown : callable
        Tells which judged rises belong to the evidence.

    Returns
    -------
    list of Detection
        One per creator of the roster.
    """
    found, growth = _search(store, params)
    contexts = load_contexts(store, [creator for creator, rises in found.items() if rises])
    detections = []
    for creator in roster(store):
        if creator not in found:
            detections.append(Detection(creator, "unknown", missing=NEEDS))
            continue
        judged = [
            judge(rise, delivered, growth[creator], contexts[creator], params)
            for rise, delivered in found[creator]
        ]
        kind = [one for one in _with_tails(judged) if wanted(one.rise) and shown(one)]
        detections.append(_detection(creator, kind, counts))
    return detections


def _search(
    store: Store, params: Mapping[str, float]
) -> tuple[dict[str, list[tuple[Rise, float]]], dict[str, float]]:
    """Return rises with their scorecard values, and net growth, of creators with enough history."""
    found: dict[str, list[Rise]] = {}
    growth: dict[str, float] = {}
    for series in load_series(store):
        if len(series) < _LEAST_READINGS or series.days[-1] - series.days[0] < params["min_days"]:
            continue
        growth[series.creator_id] = float(series.followers[-1] - series.followers[0])
        rises = find_rises(
            daily_grid(series),
            min_share=params["min_share"],
            spreads=params["spreads"],
            quanta=params["quanta"],
            credit=params["views_credit"],
        )
        found[series.creator_id] = [
            rise for rise in rises if rise.gain - rise.usual_gain >= _LEAST_EXCESS
        ]
    # one call for all: a scorecard costs the same for one rise and for a thousand
    values = iter(looks_delivered([rise for rises in found.values() for rise in rises]).tolist())
    weighed = {name: [(rise, next(values)) for rise in rises] for name, rises in found.items()}
    return weighed, growth


def _with_tails(judged: Sequence[Judged | None]) -> list[Judged]:
    """Let the tail of a rise that is not unexplained share its verdict.

    Attention fades over weeks: the search finds its peak and its tail as two rises.
    """
    linked: list[Judged] = []
    for one in judged:
        if one is not None:
            head = linked[-1] if linked else None
            linked.append(_as_tail(one, head) if head and _is_tail(one.rise, head.rise) else one)
    return linked


def _is_tail(rise: Rise, head: Rise) -> bool:
    """Tell whether a long rise follows close on a steeper one."""
    if is_burst(rise) or rise.start - head.end > _TAIL_DAYS:
        return False
    pace, steeper = ((one.gain - one.usual_gain) / one.days for one in (rise, head))
    return pace <= _TAIL_PACE * steeper


def _as_tail(one: Judged, head: Judged) -> Judged:
    if one.explained is not False or head.explained is False:
        return one
    by = f"it follows the rise of {iso(head.rise.start)} and may be its tail"
    return replace(one, explained=head.explained, by=by)


def judge(
    rise: Rise,
    delivered: float,
    growth: float,
    context: Context,
    params: Mapping[str, float],
) -> Judged | None:
    """Lay one rise beside what else is known.

    Parameters
    ----------
    rise : Rise
    delivered : float
        Scorecard value of the rise, 0..1.
    growth : float
        Net growth of the whole series, followers.
    context : Context
    params : mapping of str to float

    Returns
    -------
    Judged or None
        None when, without views, size and shape alone do not make it worth asking.
    """
    excess = rise.gain - rise.usual_gain
    share = min(excess / growth, 1.0) if growth > 0 else float("nan")

    def judged(explained: bool | None, by: str, *, giveaway: bool = False) -> Judged:  # noqa: FBT001
        return Judged(rise, delivered, share, explained, by, giveaway)

    event = context.event_near(rise.start, rise.end)
    if event is not None:
        day, kind, note = event
        text = f"analyst's record of {iso(day)}: {kind}" + (f", {note}" if note else "")
        return judged(True, text, giveaway="giveaway" in kind.lower())
    posts = context.posts_near(rise.start, rise.end)
    given = [post for post in posts if post.giveaway]
    if given:
        text = f"giveaway in post {given[0].post_id} of {iso(given[0].day)}"
        return judged(True, text, giveaway=True)
    if not rise.has_views and (
        delivered < params["blind_from"] or rise.excess_share < params["blind_min_share"]
    ):
        return None
    explained, by = _by_reach(rise, delivered, context, params)
    paid = [post for post in posts if post.paid]
    if explained is False and paid:
        post = paid[0]
        return judged(None, f"sponsored post {post.post_id} of {iso(post.day)} may be part of it")
    return judged(explained, by)


def _by_reach(
    rise: Rise, delivered: float, context: Context, params: Mapping[str, float]
) -> tuple[bool | None, str]:
    """Explain a rise by what was watched in those days."""
    if rise.has_views:
        return _by_views(rise, delivered, params)
    hits = [post for post in context.posts_near(rise.start, rise.end) if post.ratio is not None]
    best = max(hits, key=lambda post: post.ratio or 0.0, default=None)
    if best is not None and (best.ratio or 0.0) >= params["hit_ratio"]:
        return True, f"post {best.post_id} of {iso(best.day)} went {best.ratio:.0f} times as far"
    if context.covers(rise.start, rise.end):
        return False, "no post of those days went further than usual"
    if math.isfinite(rise.gain_per_view):
        return None, "cannot be told: the history is too short to compare the views with"
    return None, "cannot be told without views"


def _by_views(rise: Rise, delivered: float, params: Mapping[str, float]) -> tuple[bool | None, str]:
    ratio = f"views were {rise.views_ratio:.1f} times the usual"
    if delivered < params["partly_from"]:
        return True, f"{ratio}: attention explains it"
    if delivered < params["unexplained_from"]:
        return None, f"{ratio}: attention explains part of it"
    if rise.days_before < _RUN_UP_DAYS:
        return None, f"{ratio}, but the history begins with the rise and hides what led to it"
    if not rise.is_coarse and rise.after >= params["fades_from"]:
        return None, f"{ratio}, but the rise fades as attention does: it may come from elsewhere"
    return False, f"{ratio}: nothing seen explains it"


def _detection(
    creator: str, judged: Sequence[Judged], counts: Callable[[Judged], bool]
) -> Detection:
    firing = [one for one in judged if counts(one)]
    evidence = tuple(evidence_of(one) for one in judged)
    if not firing:
        if any(one.explained is None and not one.rise.has_views for one in judged):
            missing = ("growth.views", "posts.views")
            return Detection(creator, "unknown", evidence=evidence, missing=missing)
        known = bool(judged) and all(one.explained for one in judged)
        return Detection(creator, "clear", evidence=evidence, explained=True if known else None)
    worst = max(firing, key=_weight)
    return Detection(
        creator,
        "fired",
        values=_values(worst, firing),
        evidence=evidence,
        start=iso(worst.rise.start),
        end=iso(worst.rise.end),
        explained=worst.explained,
        confidence=_confidence(worst),
    )


def _weight(one: Judged) -> tuple[bool, float]:
    return one.explained is False, one.delivered * one.rise.excess_share


def _confidence(one: Judged) -> Confidence | None:
    """Lower the confidence where it cannot be told, raise it where all speaks against attention."""
    if one.explained is None:
        return "low"
    certain = one.rise.has_views and one.delivered >= 0.8 and one.rise.excess_share >= 0.1
    return "high" if certain else None


def _values(worst: Judged, firing: Sequence[Judged]) -> dict[str, Any]:
    shares = [one.share_of_growth for one in firing if one.share_of_growth > 0]
    return {
        "count": len(firing),
        "start": iso(worst.rise.start),
        "end": iso(worst.rise.end),
        "days": worst.rise.days,
        "gain": round(worst.rise.gain),
        "usual_gain": round(worst.rise.usual_gain),
        "share": rounded(worst.rise.excess_share),
        "share_of_growth": rounded(min(sum(shares), 1.0)) if shares else None,
        "views_ratio": rounded(worst.rise.views_ratio, 2),
        "because": worst.by,
    }


def speaks_against(one: Judged, params: Mapping[str, float]) -> bool:
    """Tell whether a rise makes the pattern fire."""
    return one.explained is False or (one.explained is None and params["with_open"] > 0)


def evidence_of(one: Judged) -> dict[str, Any]:
    """Return the evidence row of a judged rise."""
    rise = one.rise
    verdict = {True: "explained", False: "unexplained", None: "open"}[one.explained]
    return {
        "start": iso(rise.start),
        "end": iso(rise.end),
        "gain": round(rise.gain),
        "usual_gain": round(rise.usual_gain),
        "share_of_followers": rounded(rise.excess_share),
        "share_of_growth": rounded(one.share_of_growth),
        "views_times_usual": rounded(rise.views_ratio, 2),
        "followers_per_view": rounded(rise.gain_per_view, 5),
        "gain_in_days_after": rounded(rise.after, 3),
        "looks_delivered": rounded(one.delivered, 3),
        "verdict": verdict,
        "because": one.by,
    }
