"""Lists, tables and short phrases of Markdown; text is escaped here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.reports._text import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vetting.summary.shape import Creator, FindingView, Interval


def rank(creator: Creator) -> str:
    """Return the rank and its range; empty when there is none."""
    if creator["rank"] is None:
        return ""
    if creator["rank_low"] == creator["rank_high"]:
        return str(creator["rank"])
    return f"{creator['rank']} ({creator['rank_low']} to {creator['rank_high']})"


def points(interval: Interval) -> str:
    """Return points and their range, without decimals."""
    if interval["value"] is None:
        return "unknown"
    if interval["low"] is None or interval["high"] is None:
        return f"{interval['value']:.0f}"
    return f"{interval['value']:.0f} ({interval['low']:.0f} to {interval['high']:.0f})"


def bullets(title: str, items: Sequence[str]) -> Iterator[str]:
    """Yield a titled list with every item escaped; nothing when there are no items."""
    if items:
        yield from ("", f"**{title}**", "")
        yield from (f"- {markdown(item)}" for item in items)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table with every cell escaped."""
    yield f"| {' | '.join(markdown(title) for title in header)} |"
    yield f"|{' --- |' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(markdown(cell) for cell in row)} |"


def untold(finding: FindingView) -> str:
    """Return an unknown finding with what is missing."""
    return f"{finding['title']}: missing {', '.join(finding['missing'])}"
