"""Campaign KPIs from files: outcome tables in, a KPI sheet, guard notes and attribution out."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.brief import Brief
    from vetting.kpis.attribution import Attribution
    from vetting.kpis.guard import GuardNote
    from vetting.kpis.sheet import KpiRow


@dataclass(frozen=True, slots=True)
class Campaign:
    """What a campaign cost and brought.

    Attributes
    ----------
    rows : tuple of KpiRow
        Creators sorted by id, then the whole campaign; KPIs sorted by id.
    notes : tuple of GuardNote
        What cannot be in the numbers, or must not be mixed.
    attribution : Attribution or None
        None without touchpoints.
    problems : dict of str to int
        Rows that could not be read, by reason.
    """

    rows: tuple[KpiRow, ...]
    notes: tuple[GuardNote, ...]
    attribution: Attribution | None
    problems: dict[str, int]


def measure_campaign(
    inputs: Sequence[str | Path], *, brief: str | Path | Brief | None = None, seed: int = 0
) -> Campaign:
    """Compute every KPI that the outcome tables of a campaign can feed.

    Parameters
    ----------
    inputs : sequence of str or Path
        Files and folders with outcomes; posts, creators and touchpoints add to them.
    brief : str, Path, Brief or None
        Its CPM feeds EMV, its dates bound the campaign.
    seed : int
        For the interval of the data-driven attribution.

    Raises
    ------
    VettingError
        When nothing can be read, or there is neither an outcome nor a touchpoint.
    """
    from vetting.brief import Brief, load_brief
    from vetting.errors import VettingError
    from vetting.kpis.attribution import attribute
    from vetting.kpis.guard import check_rows, check_totals
    from vetting.kpis.leakage import check_leakage
    from vetting.kpis.matching import check_matching
    from vetting.kpis.sheet import kpi_rows
    from vetting.kpis.totals import campaign_totals
    from vetting.measures._buckets import canonical
    from vetting.reading import read_inputs
    from vetting.store import open_store

    wanted = brief if isinstance(brief, Brief) else load_brief(brief) if brief else Brief()
    with tempfile.TemporaryDirectory() as folder:
        reading = read_inputs(inputs, Path(folder), keep_authors=False, hash_key=b"kpis")
        if not {"outcomes", "touchpoints"} & set(reading.files):
            raise VettingError(
                "the inputs hold no outcomes and no touchpoints",
                found=", ".join(sorted(reading.files)) or "no table",
                allowed="a table with creator_id, date and costs, clicks, conversions or revenue",
                hint="See vetting template, and outcomes=FILE to force the kind.",
            )
        # Outcomes are looked back upon: every day counts, also those after the newest post.
        store = open_store(reading.files, brief=wanted, seed=seed, as_of=dt.date.max)
        try:
            totals = campaign_totals(store.con)
            notes = [note for one in totals for note in check_totals(one)]
            notes += check_rows(store.con, wanted)
            notes += check_matching(store.con)
            notes += check_leakage(store.con, country=partial(canonical, "country"))
            touched = "touchpoints" in reading.files
            return Campaign(
                rows=tuple(kpi_rows(totals, cpm=wanted.cpm)),
                notes=tuple(notes),
                attribution=attribute(store.con, seed=seed) if touched else None,
                problems=dict(reading.problem_counts),
            )
        finally:
            store.con.close()


KPI_COLUMNS = (
    "creator_id", "id", "title", "value", "unit", "denominator", "currency", "low", "high", "n",
    "missing", "formula", "source", "note",
)  # fmt: skip
NOTE_COLUMNS = ("creator_id", "what", "found", "allowed", "what_to_do")
CREDIT_COLUMNS = ("model", "unit", "conversions", "low", "high", "revenue")


def write_campaign_files(campaign: Campaign, out: Path) -> list[Path]:
    """Write the KPI sheet, and beside it the notes and the attribution where there are any.

    Parameters
    ----------
    campaign : Campaign
    out : Path
        Ends in .csv, .jsonl or .parquet. ``kpis.csv`` gets ``kpis.notes.csv`` and
        ``kpis.attribution.csv`` beside it.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    VettingError
        When the ending is none of these.
    """
    from vetting.sheets import write_rows

    written = [write_rows(out, KPI_COLUMNS, campaign.rows)]
    if campaign.notes:
        beside = out.with_name(f"{out.stem}.notes{out.suffix}")
        written.append(write_rows(beside, NOTE_COLUMNS, campaign.notes))
    if campaign.attribution is not None:
        beside = out.with_name(f"{out.stem}.attribution{out.suffix}")
        written.append(write_rows(beside, CREDIT_COLUMNS, campaign.attribution.credits))
    return written
