"""Every KPI of every creator as rows: value, unit, denominator, interval, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from vetting.intervals import poisson, wilson
from vetting.kpis import catalogue
from vetting.kpis.rival_emv import FORMULAS, PREFIX, currency_of
from vetting.kpis.totals import CAMPAIGN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from vetting.kpis._spec import KpiSpec
    from vetting.kpis.totals import Facts, Totals

_CENT = Decimal("0.01")
# Of two lists, or of two creators: functions only, no row can hold them.
_OF_A_PAIR = frozenset({"lift", "in_target_advantage"})
# What one event costs: the events came by chance, the cost did not.
_PER_EVENT = frozenset({"cpc", "cpe", "cpa", "cpl", "cac"})
# Both sides must be of the same creators, or a creator who knows one side only bends the rate.
_OF_COUNTS = frozenset({"share", "seconds", "ratio"})


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI of one creator.

    Attributes
    ----------
    value : float, Decimal or None
        None when a fact is missing; money rounded to cents, half to even.
    low, high : float or None
        90 % interval; None where none applies.
    n : int or None
        The denominator's count, when it is one; of ROI and ROAS the orders behind the interval.
    interval : str
        How the interval was found, or "none: " and the reason; empty when there is no value.
    missing : tuple of str
        Facts without which it cannot be computed.
    note : str
        Which variant, where a fact comes from, and why there is no value.
    """

    creator_id: str
    id: str
    title: str
    value: float | Decimal | None
    unit: str
    denominator: str
    currency: str
    low: float | None
    high: float | None
    n: int | None
    interval: str
    missing: tuple[str, ...]
    formula: str
    source: str
    note: str


def kpi_rows(
    totals: Sequence[Totals], *, cpm: Decimal | None = None, currency: str | None = None
) -> Iterator[KpiRow]:
    """Yield every KPI of the catalogue for every creator and for the campaign.

    Parameters
    ----------
    totals : sequence of Totals
    cpm : Decimal or None
        The brand's own CPM, for EMV; None leaves EMV unknown.
    currency : str or None
        Of the CPM, and so of the EMV; None takes that of the outcomes.

    Notes
    -----
    A rate of the campaign is taken over the creators who know both its sides; the note says how
    many of all.
    """
    creators = [one for one in totals if one.creator_id != CAMPAIGN]
    for one in totals:
        facts = dict(one.facts) | {"cpm": cpm}
        for name, function in catalogue().items():
            if name in _OF_A_PAIR or name.startswith(PREFIX):
                continue
            spec: KpiSpec = vars(function)["spec"]
            given: Facts = {need: facts.get(need) for need in spec.needs}
            said = ""
            if one.creator_id == CAMPAIGN:
                given, said = _of_the_campaign(spec, given, creators)
            value = function(**given)
            if name == "average_order_value":
                facts[name] = value
            row = _row(one, spec, value=value, given=given, said=said)
            yield replace(row, currency=currency or row.currency) if name == "emv" else row


def rival_rows(con: duckdb.DuckDBPyConnection) -> Iterator[KpiRow]:
    """Yield EMV as rivals compute it, by their names, post by post.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With ``campaign_posts`` and ``roster``. Without posts there is no row.
    """
    rows = con.execute(
        "SELECT p.creator_id, lower(r.platform), p.kind, p.views, p.likes, p.comments, p.shares "
        "FROM campaign_posts p JOIN roster r USING (creator_id) ORDER BY p.creator_id, p.post_id"
    ).fetchall()
    sums: dict[tuple[str, str], list[Decimal]] = {}
    posts: dict[str, int] = {}
    for creator, platform, _kind, *counts in rows:
        posts[creator] = posts.get(creator, 0) + 1
        seen = dict(zip(("views", "likes", "comments", "shares"), counts, strict=True))
        for name in _formulas(platform, has_views=seen["views"] is not None):
            function = catalogue()[name]
            value = function(**{need: seen[need] for need in vars(function)["spec"].needs})
            if value is not None:
                sums.setdefault((creator, name), []).append(value)
    for (creator, name), values in sorted(sums.items()):
        spec = vars(catalogue()[name])["spec"]
        yield KpiRow(
            creator_id=creator,
            id=name,
            title=spec.title,
            value=sum(values, Decimal(0)).quantize(_CENT, ROUND_HALF_EVEN),
            unit=spec.unit,
            denominator="",
            currency=currency_of(name),
            low=None,
            high=None,
            n=len(values),
            interval=spec.interval,
            missing=(),
            formula=spec.formula,
            source=spec.source,
            note=f"not ours, in no score; {len(values)} of {posts[creator]} posts",
        )


def _formulas(platform: str | None, *, has_views: bool) -> Iterator[str]:
    for name in FORMULAS.get(platform or "", ()):
        is_image, is_video = name.endswith("_image"), name.endswith("_video")
        if (is_image and has_views) or (is_video and not has_views):
            continue
        yield name


def _of_the_campaign(spec: KpiSpec, given: Facts, creators: Sequence[Totals]) -> tuple[Facts, str]:
    """Return the facts of a campaign's KPI, and how many creators know them.

    A rate of counts is taken of the creators who know both its sides. Money is taken of all: who
    cost something and has no sales written down must not drop out of the ROI.
    """
    if len(spec.needs) < 2 or any(value is None for value in given.values()):
        return given, ""
    knowing = {
        need: [one for one in creators if one.facts.get(need) is not None]
        for need in given
        if any(one.facts.get(need) is not None for one in creators)
    }
    some = {one.creator_id for known in knowing.values() for one in known}
    both = [one for one in creators if all(one.facts.get(need) is not None for need in knowing)]
    if len(both) == len(some) or len(knowing) < len(given):
        return given, ""
    if _is_money(spec) or spec.unit not in _OF_COUNTS or not both:
        known = (f"{need} of {len(found)}" for need, found in knowing.items())
        return given, f"{', '.join(known)} of {len(some)} creators known"
    sums: Facts = {need: sum(one.facts[need] or 0 for one in both) for need in given}
    return sums, f"of the {len(both)} of {len(some)} creators who know both sides"


def _row(
    one: Totals,
    spec: KpiSpec,
    *,
    value: float | Decimal | None,
    given: Facts,
    said: str,
) -> KpiRow:
    missing = tuple(need for need, fact in given.items() if fact is None)
    low, high, n = one.intervals.get(spec.id) or _interval(spec, value, given)
    is_mixed = len(one.currencies) > 1 and _is_money(spec)
    if isinstance(value, Decimal):
        step = _CENT if spec.unit == "money" else Decimal("0.0001")
        value = value.quantize(step, ROUND_HALF_EVEN)
    return KpiRow(
        creator_id=one.creator_id,
        id=spec.id,
        title=spec.title,
        value=value,
        unit=spec.unit,
        denominator=spec.denominator or "",
        currency=one.currencies[0] if spec.unit == "money" and len(one.currencies) == 1 else "",
        low=low,
        high=high,
        n=n,
        interval="" if value is None else _interval_words(one, spec, is_known=low is not None),
        missing=missing,
        formula=spec.formula,
        source=spec.source,
        note="; ".join(_notes(one, spec, value=value, missing=missing, said=said, mixed=is_mixed)),
    )


def _notes(
    one: Totals,
    spec: KpiSpec,
    *,
    value: float | Decimal | None,
    missing: tuple[str, ...],
    said: str,
    mixed: bool,
) -> Iterator[str]:
    if mixed:
        yield f"currencies are mixed ({', '.join(one.currencies)}); nothing is converted here"
    elif not missing and value is None:
        yield f"{spec.needs[-1]} is 0"
    yield from (one.notes[need] for need in spec.needs if need in one.notes)
    if said:
        yield said
    if spec.id == "engagement_rate_by_followers" and (one.facts.get("posts") or 0) > 1:
        yield f"of {one.facts['posts']} posts together; see engagement_rate_per_post"


def _interval_words(one: Totals, spec: KpiSpec, *, is_known: bool) -> str:
    said = one.interval_notes.get(spec.id, spec.interval)
    return said if is_known or said.startswith("none: ") else "none: the facts do not allow one"


def _is_money(spec: KpiSpec) -> bool:
    return bool({"cost", "revenue", "revenue_7_days", "revenue_30_days", "bonus"} & {*spec.needs})


def _interval(
    spec: KpiSpec, value: float | Decimal | None, given: Facts
) -> tuple[float | None, float | None, int | None]:
    """Return the interval of a share of two counts, or of a price per event, and its n."""
    if spec.id in _PER_EVENT and value is not None:
        cost, count = (float(given[need] or 0) for need in spec.needs)
        if count < 0:  # more was taken back than came in; the guard says so
            return None, None, int(count)
        fewest, most = poisson(count)
        return (cost / most, cost / fewest, int(count)) if fewest > 0 else (None, None, int(count))
    if spec.unit != "share" or value is None or len(spec.needs) != 2:
        return None, None, None
    part, whole = (given[need] for need in spec.needs)
    n = int(whole or 0)
    if part is None or not 0 <= part <= n:
        return None, None, n
    low, high = (float(end) for end in wilson(float(part), float(n)))
    # The share may be what is left over, as with sessions that were not engaged.
    return (low, high, n) if low <= float(value) <= high else (1 - high, 1 - low, n)
