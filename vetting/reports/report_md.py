"""report.md: the report for a wiki, a ticket or a diff. Text from files is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.reports._text import markdown
from vetting.reports._words import (
    VERDICTS,
    day_words,
    evidence_table,
    explained_words,
    period_words,
    spaced,
    who,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vetting.summary import Summary
    from vetting.summary.shape import Creator, FindingView, Interval, Kpi

FILE_NAME = "report.md"

_LISTED = 1000
_EVIDENCE = 8


def render(summary: Summary) -> str:
    """Return the report as Markdown (CommonMark with tables)."""
    titles = {entry["id"]: entry["title"] for entry in summary["glossary"]}
    detailed = (creator for creator in summary["creators"] if creator["detailed"])
    lines = [
        *_head(summary),
        *_ranking(summary),
        *(line for creator in detailed for line in _creator(creator, titles)),
        *_read(summary),
    ]
    return "\n".join(lines) + "\n"


def _head(summary: Summary) -> Iterator[str]:
    run, counts = summary["run"], summary["counts"]
    campaign = run["brief"].get("campaign")
    yield f"# Creator audit{f': {markdown(campaign)}' if campaign else ''}"
    yield ""
    tally = ", ".join(
        f"{n} {VERDICTS[verdict].lower()}" for verdict, n in counts["verdicts"].items()
    )
    yield (
        f"{counts['creators']:,} creators: {tally}. Goal {markdown(run['goal'])}, looked from "
        f"{day_words(run['as_of'])}, seed {run['seed']}, version {markdown(run['version'])}."
    )
    yield ""
    yield (
        f"{counts['rows_read']:,} rows were read, {counts['rows_left_out']:,} were left out. "
        "A finding is a question about a pattern in numbers, not a verdict about a person. "
        "Missing data lower the confidence, never the score."
    )


def _ranking(summary: Summary) -> Iterator[str]:
    creators = summary["creators"]
    yield from ("", "## Ranked creators", "")
    yield from _table(
        ("Rank", "Creator", "Platform", "Verdict", "Score", "Confidence", "Open", "First reason"),
        ([*_ranked(creator)] for creator in creators[:_LISTED]),
    )
    if len(creators) > _LISTED:
        yield f"\n{len(creators) - _LISTED:,} more stand in scores.csv."


def _ranked(creator: Creator) -> tuple[str, ...]:
    identity = creator["identity"]
    return (
        _rank(creator),
        who(identity),
        identity["platform"] or "",
        VERDICTS[creator["verdict"]],
        _points(creator["score"]),
        f"{creator['confidence'] * 100:.0f}%",
        str(creator["open_findings"]),
        creator["top_reasons"][0] if creator["top_reasons"] else "",
    )


def _rank(creator: Creator) -> str:
    if creator["rank"] is None:
        return ""
    if creator["rank_low"] == creator["rank_high"]:
        return str(creator["rank"])
    return f"{creator['rank']} ({creator['rank_low']} to {creator['rank_high']})"


def _points(interval: Interval) -> str:
    if interval["value"] is None:
        return "unknown"
    if interval["low"] is None or interval["high"] is None:
        return f"{interval['value']:.0f}"
    return f"{interval['value']:.0f} ({interval['low']:.0f} to {interval['high']:.0f})"


def _creator(creator: Creator, titles: dict[str, str]) -> Iterator[str]:
    identity = creator["identity"]
    yield from ("", f"## {markdown(who(identity))}", "")
    known = (identity["handle"] or identity["creator_id"], identity["platform"])
    yield (
        f"{', '.join(markdown(part) for part in known if part)}. "
        f"**{VERDICTS[creator['verdict']]}**, score {_points(creator['score'])}, "
        f"rank {_rank(creator) or 'none'}, confidence {creator['confidence'] * 100:.0f}%."
    )
    yield from _list("Must be settled first", creator["gates"])
    yield from _list("Why", creator["top_reasons"])
    yield from _list("What would change this", creator["what_would_change"])
    yield from _list("Ask the creator for", creator["ask_for"])
    yield from _list("Accepted exceptions", _waivers(creator))
    yield from _findings(creator)
    yield from _ledger(creator)
    yield from _measures(creator["kpis"], titles)
    yield from _list(
        "Comments to read", [f"“{quote['text']}” ({quote['why']})" for quote in creator["quotes"]]
    )


def _waivers(creator: Creator) -> list[str]:
    return [
        f"{waiver['rule']}: {waiver['reason']} Approved by {waiver['approver']}, "
        + (
            f"until {day_words(waiver['expires'])}."
            if waiver["active"]
            else f"expired on {day_words(waiver['expires'])}: it no longer counts."
        )
        for waiver in creator["waivers"]
    ]


def _findings(creator: Creator) -> Iterator[str]:
    fired, unknown = creator["findings"]["fired"], creator["findings"]["unknown"]
    if fired or unknown or creator["findings"]["clear"]:
        yield from ("", "### Findings", "")
        yield (
            f"{len(fired)} fired, {len(unknown)} unknown, "
            f"{len(creator['findings']['clear'])} clear."
        )
    for finding in fired:
        yield from _finding(finding)
    yield from _list(
        "Could not be told",
        [f"{found['title']}: missing {', '.join(found['missing'])}" for found in unknown],
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
        yield from _table(header, rows)
    if len(finding["evidence"]) > _EVIDENCE:
        yield f"\n{len(finding['evidence']) - _EVIDENCE} more rows stand in findings.jsonl."
    yield from _list("It may be innocent", finding["innocent_explanations"])
    yield from _list("What to ask", [finding["what_to_do"]] if finding["what_to_do"] else [])


def _ledger(creator: Creator) -> Iterator[str]:
    if not creator["ledger"]:
        return
    yield from ("", "### Score ledger", "")
    yield from _table(
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


def _measures(kpis: Sequence[Kpi], titles: dict[str, str]) -> Iterator[str]:
    known = [kpi for kpi in kpis if kpi["status"] != "absent"]
    if not known:
        return
    yield from ("", "### Measures", "")
    yield from _table(
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


def _read(summary: Summary) -> Iterator[str]:
    yield from ("", "## What was read", "")
    yield from _table(
        ("File", "Table", "Rows read", "Left out"),
        (
            [file["file"], file["table"], f"{file['rows_read']:,}", f"{file['rows_left_out']:,}"]
            for file in summary["counts"]["folders"]
        ),
    )


def _list(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from ("", f"**{title}**", "")
        yield from (f"- {markdown(item)}" for item in items)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(markdown(title) for title in header)} |"
    yield f"|{' --- |' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(markdown(cell) for cell in row)} |"
