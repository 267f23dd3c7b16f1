"""One creator as Markdown, for report.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.reports._md_blocks import bullets, points, rank, table, untold
from vetting.reports._text import markdown
from vetting.reports._words import (
    VERDICTS,
    day_words,
    evidence_table,
    explained_words,
    period_words,
    spaced,
)
from vetting.wording import who

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from vetting.summary.shape import Creator, FindingView, Kpi

_EVIDENCE = 8


def creator_lines(
    creator: Creator, *, titles: Mapping[str, str], unheld: Collection[str]
) -> Iterator[str]:
    """Yield the section of one creator.

    Parameters
    ----------
    creator : Creator
    titles : mapping of str to str
        Measure id to title.
    unheld : collection of str
        Findings that are unknown for everybody, which are said elsewhere.
    """
    identity = creator["identity"]
    yield from ("", f"## {markdown(who(identity))}", "")
    known = (identity["handle"] or identity["creator_id"], identity["platform"])
    yield (
        f"{', '.join(markdown(part) for part in known if part)}. "
        f"**{VERDICTS[creator['verdict']]}**, score {points(creator['score'])}, "
        f"rank {rank(creator) or 'none'}, confidence {creator['confidence'] * 100:.0f}%."
    )
    yield from bullets("Must be settled first", creator["gates"])
    yield from bullets("Why", creator["top_reasons"])
    yield from bullets("What would change this", creator["what_would_change"])
    yield from bullets("Ask the creator for", creator["ask_for"])
    yield from bullets("Accepted exceptions", _waivers(creator))
    yield from _findings(creator, unheld)
    yield from _ledger(creator)
    yield from _measures(creator["kpis"], titles)
    yield from bullets(
        "Comments to read", [f"“{quote['text']}” ({quote['why']})" for quote in creator["quotes"]]
    )


def _waivers(creator: Creator) -> list[str]:
    return [
        f"{waiver['rule']}: {waiver['reason']} Approved by {waiver['approver']}, "
        + (
            f"until {day_words(waiver['expires'])}."
            if waiver["active"]
            else f"until {day_words(waiver['expires'])}, not checkable: it does not count."
            if waiver["active"] is None
            else f"expired on {day_words(waiver['expires'])}: it no longer counts."
        )
        for waiver in creator["waivers"]
    ]


def _findings(creator: Creator, unheld: Collection[str]) -> Iterator[str]:
    fired, unknown = creator["findings"]["fired"], creator["findings"]["unknown"]
    if fired or unknown or creator["findings"]["clear"]:
        yield from ("", "### Findings", "")
        yield (
            f"{len(fired)} fired, {len(unknown)} unknown, "
            f"{len(creator['findings']['clear'])} clear."
        )
    for finding in fired:
        yield from _finding(finding)
    yield from bullets(
        "Could not be told",
        [untold(found) for found in unknown if found["id"] not in unheld],
    )


def _finding(finding: FindingView) -> Iterator[str]:
    yield from ("", f"#### {markdown(finding['title'])}", "")
    tags = [f"{spaced(finding['severity'])} severity", f"{finding['confidence']} confidence"]
    if finding["start"]:
        tags += [
            period_words(finding["start"], finding["end"]),
            explained_words(finding["explained"]),
        ]
    yield f"*{markdown(', '.join(tags))}.* {markdown(finding['message'])}"
    if finding["evidence"]:
        header, rows = evidence_table(finding["evidence"][:_EVIDENCE])
        yield ""
        yield from table(header, rows)
    if len(finding["evidence"]) > _EVIDENCE:
        yield f"\n{len(finding['evidence']) - _EVIDENCE} more rows stand in findings.jsonl."
    yield from bullets("It may be innocent", finding["innocent_explanations"])
    yield from bullets("What to ask", [finding["what_to_do"]] if finding["what_to_do"] else [])


def _ledger(creator: Creator) -> Iterator[str]:
    if not creator["ledger"]:
        return
    yield from ("", "### Score ledger", "")
    yield from table(
        ("Sub-score", "What", "Value", "Points by", "Weight", "Points", "Source"),
        (
            [
                spaced(line["subscore"]),
                line["title"],
                line["shown"],
                line["threshold"],
                f"{line['weight'] * 100:.0f}%" if line["weight"] else "",
                line["points_shown"],
                line["source"],
            ]
            for line in creator["ledger"]
        ),
    )


def _measures(kpis: Sequence[Kpi], titles: Mapping[str, str]) -> Iterator[str]:
    known = [kpi for kpi in kpis if kpi["status"] != "absent"]
    if not known:
        return
    yield from ("", "### Measures", "")
    yield from table(
        ("Measure", "Value", "Interval", "n", "Status"),
        (
            [
                titles.get(kpi["id"], kpi["id"]),
                kpi["shown"],
                kpi["interval_shown"],
                "" if kpi["n"] is None else f"{kpi['n']:,}",
                kpi["status"],
            ]
            for kpi in known
        ),
    )
