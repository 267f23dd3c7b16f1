"""What a run says on the terminal: the ranked table and the counts; and the bar of its progress."""

from __future__ import annotations

import contextlib
import io
import sys
from typing import TYPE_CHECKING, Literal

from vetting.reports._shortlist import reach_lines
from vetting.reports._text import one_line
from vetting.reports._words import ROWS_OF, VERDICTS
from vetting.wording import counted, who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rich.table import Table
    from rich.text import Text

    from vetting.summary import Summary
    from vetting.summary.shape import Creator

FILE_NAME = None

# More than fits a screen is better read in the report.
_LISTED = 40

# A file or a pipe has no width of its own; this one leaves room for the reasons.
_WIDTH_OF_FILES = 120

# A shorter piece of a reason says nothing.
_LEAST_REASON = 24

# Title, columns of the terminal it needs, side.
_COLUMNS: tuple[tuple[str, int, Literal["left", "right"]], ...] = (
    ("Rank", 4, "right"),
    ("Creator", 18, "left"),
    ("Verdict", 15, "left"),
    ("Score", 14, "right"),
    ("Conf.", 5, "right"),
    ("Open", 5, "right"),
)

_STYLES = {
    "shortlist": "bold green",
    "review": "bold yellow",
    "reject": "bold red",
    "insufficient_data": "dim",
}


def render(summary: Summary, *, width: int = 100, color: bool = False) -> str:
    """Return the ranked table and the counts as text.

    Parameters
    ----------
    summary : Summary
    width : int
        Columns of the terminal.
    color : bool
        With escape sequences for colour.
    """
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    if summary["creators"]:
        console.print(_table(summary, width))
    lines = (*_counts(summary), *reach_lines(summary["shortlist"]), *summary["stray_waivers"])
    for line in lines:
        console.print(one_line(line))
    return out.getvalue()


def print_summary(summary: Summary, folder: Path) -> None:
    """Print the summary and where the report is, to standard output."""
    from rich.console import Console

    console = Console()
    width = console.width if console.is_terminal else _WIDTH_OF_FILES
    print(render(summary, width=width, color=console.is_terminal), end="")
    print(f"Report: {folder / 'report.html'}")


def _table(summary: Summary, width: int) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for title, least, justify in _COLUMNS:
        table.add_column(title, min_width=least, justify=justify, overflow="fold")
    # What is left of the line after the columns and three characters between each two of them.
    room = width - sum(least + 3 for _, least, _ in _COLUMNS) - 2
    if room >= _LEAST_REASON:
        table.add_column("First reason", width=room)
    for creator in summary["creators"][:_LISTED]:
        table.add_row(*_row(creator, room))
    return table


def _row(creator: Creator, room: int) -> list[Text]:
    from rich.text import Text

    verdict, score = creator["verdict"], creator["score"]
    points = "unknown" if score["value"] is None else f"{score['value']:.0f}"
    if score["low"] is not None and score["high"] is not None:
        points += f" ({score['low']:.0f} to {score['high']:.0f})"
    reason = Text(one_line(creator["top_reasons"][0]) if creator["top_reasons"] else "", "dim")
    reason.truncate(max(1, room), overflow="ellipsis")
    cells = [
        Text("" if creator["rank"] is None else str(creator["rank"])),
        Text(one_line(who(creator["identity"]))),
        Text(VERDICTS[verdict], style=_STYLES[verdict]),
        Text(points),
        Text(f"{creator['confidence'] * 100:.0f}%"),
        Text(str(creator["open_findings"] or "")),
    ]
    return [*cells, reason] if room >= _LEAST_REASON else cells


def _counts(summary: Summary) -> Iterator[str]:
    counts = summary["counts"]
    more = counts["creators"] - _LISTED
    if more > 0:
        yield f"{more:,} more creators in scores.csv."
    tally = ", ".join(f"{n} {VERDICTS[name].lower()}" for name, n in counts["verdicts"].items())
    yield f"{counts['creators']:,} creators: {tally}."
    if counts["tables"]:
        rows = ", ".join(f"{ROWS_OF[table]} {n:,}" for table, n in counts["tables"].items())
        yield f"Judged on {rows}."
    where = " (problems.csv)" if counts["rows_left_out"] else ""
    read = counted(counts["rows_read"], "row", "rows")
    yield f"{read} read, {counts['rows_left_out']:,} left out{where}."


@contextlib.contextmanager
def progress(total: int | None = None) -> Iterator[Callable[[str], None]]:
    """Show a bar on standard error while a run works; nothing when that is no terminal.

    Parameters
    ----------
    total : int or None
        How many steps there will be; None shows only that something moves.

    Yields
    ------
    function of str
        Call it at the start of each step with what is being done.
    """
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=total)
        started = False

        def step(what: str) -> None:
            nonlocal started
            bar.update(task, description=one_line(what), advance=1 if started else 0)
            started = True

        yield step
