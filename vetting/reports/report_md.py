"""report.md: the report for a wiki, a ticket or a diff. Text from files is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.reports._md_blocks import bullets, points, rank, table, untold
from vetting.reports._md_creator import creator_lines
from vetting.reports._shortlist import PRICES, fees_words, reach_lines
from vetting.reports._text import markdown
from vetting.reports._words import VERDICTS, looked_from
from vetting.wording import counted, who

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vetting.summary import Summary
    from vetting.summary.shape import Creator

FILE_NAME = "report.md"

_LISTED = 1000


def render(summary: Summary) -> str:
    """Return the report as Markdown (CommonMark with tables)."""
    titles = {entry["id"]: entry["title"] for entry in summary["glossary"]}
    detailed = (creator for creator in summary["creators"] if creator["detailed"])
    lines = [
        *_head(summary),
        *_ranking(summary),
        *_shortlist(summary),
        *(
            line
            for creator in detailed
            for line in creator_lines(creator, titles=titles, unheld=summary["unheld"]["findings"])
        ),
        *_strays(summary),
        *_read(summary),
        *_unheld(summary, titles),
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
        f"{looked_from(run['as_of'])}, seed {run['seed']}, version {markdown(run['version'])}."
    )
    yield ""
    yield (
        f"{counted(counts['rows_read'], 'row was', 'rows were')} read, "
        f"{counted(counts['rows_left_out'], 'was', 'were')} left out. "
        "A finding is a question about a pattern in numbers, not a verdict about a person. "
        "Missing data lower the confidence, never the score."
    )


def _ranking(summary: Summary) -> Iterator[str]:
    creators = summary["creators"]
    yield from ("", "## Ranked creators", "")
    yield from table(
        ("Rank", "Creator", "Platform", "Verdict", "Score", "Confidence", "Open", "First reason"),
        ([*_ranked(creator)] for creator in creators[:_LISTED]),
    )
    if len(creators) > _LISTED:
        yield f"\n{len(creators) - _LISTED:,} more stand in scores.csv."


def _ranked(creator: Creator) -> tuple[str, ...]:
    identity = creator["identity"]
    return (
        rank(creator),
        who(identity),
        identity["platform"] or "",
        VERDICTS[creator["verdict"]],
        points(creator["score"]),
        f"{creator['confidence'] * 100:.0f}%",
        str(creator["open_findings"]),
        creator["top_reasons"][0] if creator["top_reasons"] else "",
    )


def _shortlist(summary: Summary) -> Iterator[str]:
    """Yield the shortlist as one purchase; nothing when nobody is on it."""
    shortlist = summary["shortlist"]
    if not shortlist["creators"]:
        return
    names = {one["identity"]["creator_id"]: who(one["identity"]) for one in summary["creators"]}
    yield from ("", "## The shortlist together", "")
    yield from (f"- {markdown(line)}" for line in reach_lines(shortlist))
    if fees := fees_words(shortlist):
        yield f"- Fees together: {markdown(fees)}."
    yield ""
    yield from table(
        ("Creator", *PRICES.values()),
        (
            [names[creator], *(kpi["shown"] if kpi else "unknown" for kpi in prices.values())]
            for creator, prices in shortlist["prices"].items()
        ),
    )


def _strays(summary: Summary) -> Iterator[str]:
    yield from bullets("Waivers that waive nothing", summary["stray_waivers"])


def _read(summary: Summary) -> Iterator[str]:
    yield from ("", "## What was read", "")
    yield from table(
        ("File", "Table", "Rows read", "Left out"),
        (
            [file["file"], file["table"], f"{file['rows_read']:,}", f"{file['rows_left_out']:,}"]
            for file in summary["counts"]["folders"]
        ),
    )


def _unheld(summary: Summary, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield once what no creator has data for."""
    unheld = summary["unheld"]
    if not (unheld["measures"] or unheld["findings"]):
        return
    unknown = summary["creators"][0]["findings"]["unknown"]
    yield from ("", "## What the files do not hold")
    yield from bullets(
        "Patterns that could be told for no creator",
        [untold(found) for found in unknown if found["id"] in unheld["findings"]],
    )
    yield from bullets(
        "Measures that no creator has data for",
        [titles.get(measure, measure) for measure in unheld["measures"]],
    )
