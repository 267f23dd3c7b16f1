"""What is missing for a better judgement, in words to send on: which file, which columns."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vetting.records import SEVERITIES
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from vetting.records import Finding, MeasureSpec

_SUFFIXES = (".low", ".high", ".n")
# A media kit is a claim to check, not something to ask for.
_CLAIM = "claimed_"
_COLUMNS_SHOWN = 4
# Of these more rows help; of the others a creator has one, and it is there or not.
_GROWING = frozenset({"posts", "comments", "growth", "followers", "outcomes"})


def facts_missing(
    findings: Iterable[Finding], absent: Iterable[str], specs: Mapping[str, MeasureSpec]
) -> Counter[str]:
    """Count the missing facts, as ``table.column``, weighted by what hangs on them.

    Parameters
    ----------
    findings : iterable of Finding
        One creator's; unknown ones say what they lacked. The graver the question, the more the
        fact is wanted; those that only inform ask for nothing.
    absent : iterable of str
        Measures that the score wanted and did not get.
    specs : mapping of str to MeasureSpec
        Turns a missing measure into the facts it is made from.
    """
    wanted: Counter[str] = Counter()
    for finding in findings:
        weight = SEVERITIES.index(finding.severity)
        if finding.state != "unknown" or not weight:
            continue
        for fact in {base for given in finding.missing for base in _bases(given, specs)}:
            wanted[fact] += weight
    for measure in absent:
        for fact in _bases(measure, specs):
            wanted[fact] += len(SEVERITIES)
    return wanted


def files_to_ask_for(
    wanted: Mapping[str, int], ask: Mapping[str, str], *, known: Collection[str] = ()
) -> tuple[str, ...]:
    """Turn missing facts into what to ask for, most wanted first.

    Parameters
    ----------
    wanted : mapping of str to int
        From :func:`facts_missing`.
    ask : mapping of str to str
        Words by canonical table.
    known : collection of str
        Facts that are there, though not enough of them or not together with others. They are not
        named as missing; a file that has all of them is asked for again, fuller and last, where
        more rows help.
    """
    tables: dict[str, list[str]] = {}
    weights: Counter[str] = Counter()
    for fact, weight in wanted.items():
        table, column = fact.split(".", 1)
        lacking = tables.setdefault(table, [])
        if fact not in known:
            lacking.append(column)
        weights[table] += weight
    ordered = sorted(tables, key=lambda table: (not tables[table], -weights[table], table))
    return tuple(
        f"{ask[table]} ({_lacking(tables[table])})"
        for table in ordered
        if table in ask and (tables[table] or table in _GROWING)
    )


def _lacking(names: list[str]) -> str:
    if not names:
        return "more than is there"
    shown = sorted(names)[:_COLUMNS_SHOWN]
    more = len(names) - len(shown)
    return "missing: " + ", ".join(shown) + (f" and {more} more" if more else "")


def _bases(fact: str, specs: Mapping[str, MeasureSpec]) -> Iterator[str]:
    """Yield the columns behind a fact; nothing for names that are no data of a file."""
    for suffix in _SUFFIXES:
        fact = fact.removesuffix(suffix)
    if fact in specs:
        for need in specs[fact].needs:
            yield from _bases(need, {})
        return
    table, _, column = fact.partition(".")
    if table == "brief" and column:
        yield f"brief.{column.split('.')[0]}"
    elif table in TABLES and column in TABLES[table].names and not column.startswith(_CLAIM):
        yield fact
