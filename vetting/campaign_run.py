"""The campaign's part of a run directory: KPI sheets, and what cannot be as problems of the run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vetting.records import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.campaign import Campaign
    from vetting.store import Store

FOLDER = "kpis"
# What is written there; nothing else in a folder of this name is ours to remove.
_OURS = ("kpis.csv", "kpis.notes.csv", "kpis.periods.csv", "kpis.attribution.csv", "kpis.report.md")
_PLACE = re.compile(r"([^,]+?)(?::(\d+))?(?:,| and \d+ more|$)")


def publish_campaign(store: Store, run: Path) -> list[Problem]:
    """Write the campaign's sheets into a run directory, and return what the guard found.

    Parameters
    ----------
    store : Store
        With outcomes or touchpoints, or a brief whose campaign had begun; else nothing is written.
    run : Path
        The run directory; the sheets of an earlier run in its folder ``kpis`` are removed.

    Returns
    -------
    list of Problem
        One per guard note, with file and line where there is a place.
    """
    from vetting.campaign import campaign_of, write_campaign_files

    folder = run / FOLDER
    for name in _OURS:
        (folder / name).unlink(missing_ok=True)
    if not _has_begun(store):
        return []
    campaign = campaign_of(store)
    write_campaign_files(campaign, folder / "kpis.csv")
    return list(_problems(campaign))


def _has_begun(store: Store) -> bool:
    starts, ends = store.brief.starts, store.brief.ends
    today = store.as_of
    if starts is not None and ends is not None and today is not None and starts <= today:
        return True
    query = "SELECT (SELECT count(*) FROM outcomes) + (SELECT count(*) FROM touchpoints) > 0"
    return bool(store.con.execute(query).fetchall()[0][0])


def _problems(campaign: Campaign) -> Iterator[Problem]:
    for note in campaign.notes:
        place = _PLACE.match(note.where)
        file, line = (place[1], place[2]) if place is not None else ("", None)
        yield Problem(
            file=file,
            line=None if line is None else int(line),
            column=None,
            what=f"{note.creator_id}: {note.what}" if note.creator_id else note.what,
            found=note.found,
            action=note.what_to_do,
        )
