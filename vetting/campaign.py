"""Campaign KPIs from files: outcome tables in, a KPI sheet, guard notes and attribution out."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vetting.brief import Brief
    from vetting.kpis.attribution import Attribution
    from vetting.kpis.guard import GuardNote
    from vetting.kpis.sheet import KpiRow
    from vetting.kpis.totals import Totals
    from vetting.periods import PeriodRow
    from vetting.reading import Reading
    from vetting.store import Store


@dataclass(frozen=True, slots=True)
class Campaign:
    """What a campaign cost and brought.

    Attributes
    ----------
    rows : tuple of KpiRow
        Creators sorted by id, then the whole campaign; KPIs sorted by id; last EMV as rivals
        compute it, by their names.
    notes : tuple of GuardNote
        What cannot be in the numbers, or must not be mixed.
    periods : tuple of PeriodRow
        Before, during and after; empty unless the brief says when the campaign ran.
    attribution : Attribution or None
        None without touchpoints.
    problems : dict of str to int
        Rows that could not be read, by reason.
    """

    rows: tuple[KpiRow, ...]
    notes: tuple[GuardNote, ...]
    periods: tuple[PeriodRow, ...]
    attribution: Attribution | None
    problems: dict[str, int]


def measure_campaign(
    inputs: Sequence[str | Path], *, brief: str | Path | Brief | None = None, seed: int = 0
) -> Campaign:
    """Compute every KPI that the tables of a campaign can feed.

    Parameters
    ----------
    inputs : sequence of str or Path
        Files and folders with outcomes; posts, comments, growth, creators and touchpoints add to
        them.
    brief : str, Path, Brief or None
        Its CPM feeds EMV, its dates bound the campaign and its before and after, its names find
        the mentions of the brand.
    seed : int
        For the interval of the data-driven attribution.

    Raises
    ------
    VettingError
        When nothing can be read, or there is nothing to tell of a campaign.
    """
    from vetting.brief import Brief, load_brief
    from vetting.reading import read_inputs
    from vetting.store import open_store

    wanted = brief if isinstance(brief, Brief) else load_brief(brief) if brief else Brief()
    with tempfile.TemporaryDirectory() as folder:
        reading = read_inputs(inputs, Path(folder), keep_authors=False, hash_key=b"kpis")
        _refuse_nothing(reading, wanted)
        files = _understood(reading, wanted, Path(folder))
        # Outcomes are looked back upon: every day counts, also those after the newest post.
        store = open_store(files, brief=wanted, seed=seed, as_of=dt.date.max)
        try:
            return campaign_of(store, problems=dict(reading.problem_counts))
        finally:
            store.con.close()


def campaign_of(store: Store, *, problems: Mapping[str, int] | None = None) -> Campaign:
    """Compute the KPIs of the campaign in an open store.

    Parameters
    ----------
    store : Store
    problems : mapping of str to int, or None
        Handed through.
    """
    from vetting.campaign_facts import with_customers, with_searches, with_texts
    from vetting.kpis.attribution import attribute
    from vetting.kpis.guard import check_values
    from vetting.kpis.sales import with_sales
    from vetting.kpis.sheet import kpi_rows, rival_rows
    from vetting.kpis.totals import campaign_totals
    from vetting.measures._mentions import find_mentions
    from vetting.periods import compare_periods

    find_mentions(store)
    periods = compare_periods(store)
    totals = campaign_totals(store.con, store.brief)
    notes = _notes(store, totals)
    totals = with_texts(store, with_customers(store, totals), periods)
    totals = with_sales(store.con, with_searches(store, totals))
    rows = tuple(kpi_rows(totals, cpm=store.brief.cpm, currency=store.brief.currency))
    notes += check_values(rows)
    (touched,) = store.con.execute("SELECT count(*) > 0 FROM touchpoints").fetchall()
    return Campaign(
        rows=(*rows, *rival_rows(store.con)),
        notes=tuple(notes),
        periods=periods,
        attribution=attribute(store.con, seed=store.seed) if touched[0] else None,
        problems=dict(problems or {}),
    )


def _refuse_nothing(reading: Reading, brief: Brief) -> None:
    from vetting.errors import VettingError

    tables = set(reading.files)
    is_dated = brief.starts is not None and brief.ends is not None
    if tables & {"outcomes", "touchpoints"} or (
        is_dated and tables & {"posts", "comments", "growth"}
    ):
        return
    raise VettingError(
        "the inputs hold no outcomes and no touchpoints",
        found=", ".join(sorted(tables)) or "no table",
        allowed="a table with creator_id, date and costs, clicks, conversions or revenue",
        hint="See vetting template, and outcomes=FILE to force the kind. For a before and after "
        "without outcomes give a brief with starts and ends.",
    )


def _understood(reading: Reading, brief: Brief, folder: Path) -> dict[str, Path]:
    """Score the comments where the periods or the brand need their tone."""
    from vetting.measures._mentions import brand_names
    from vetting.understanding import score_comment_file

    files = dict(reading.files)
    if "comments" in files and (brand_names(brief) or (brief.starts and brief.ends)):
        scored = folder / "scored.parquet"
        score_comment_file(files["comments"], scored, work=folder / "parts")
        files["comments"] = scored
    return files


def _notes(store: Store, totals: Sequence[Totals]) -> list[GuardNote]:
    from vetting.buckets import canonical
    from vetting.kpis.guard import check_rows, check_totals
    from vetting.kpis.leakage import check_leakage
    from vetting.kpis.matching import check_matching
    from vetting.kpis.stated import check_stated

    notes = [note for one in totals for note in check_totals(store.con, one)]
    notes += check_rows(store.con, store.brief)
    notes += check_stated(store.con, cpm=store.brief.cpm)
    notes += check_matching(store.con)
    notes += check_leakage(store.con, country=partial(canonical, "country"))
    return notes


KPI_COLUMNS = (
    "creator_id", "id", "title", "value", "unit", "denominator", "currency", "low", "high", "n",
    "interval", "missing", "formula", "source", "note",
)  # fmt: skip
NOTE_COLUMNS = ("creator_id", "what", "found", "allowed", "what_to_do", "where")
CREDIT_COLUMNS = ("model", "unit", "conversions", "low", "high", "revenue")


def write_campaign_files(campaign: Campaign, out: Path) -> list[Path]:
    """Write the KPI sheet, and beside it notes, periods, attribution and a report to read.

    Parameters
    ----------
    campaign : Campaign
    out : Path
        Ends in .csv, .jsonl or .parquet. ``kpis.csv`` gets ``kpis.notes.csv``,
        ``kpis.periods.csv`` and ``kpis.attribution.csv``, where there are any, and
        ``kpis.report.md``.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    VettingError
        When the ending is none of these.
    """
    from vetting.campaign_report import campaign_report
    from vetting.periods import PERIOD_COLUMNS
    from vetting.sheets import write_rows
    from vetting.writing import write_whole

    def beside(what: str) -> Path:
        return out.with_name(f"{out.stem}.{what}{out.suffix}")

    credits_ = () if campaign.attribution is None else campaign.attribution.credits
    written = [write_rows(out, KPI_COLUMNS, campaign.rows)]
    for what, columns, rows in (
        ("notes", NOTE_COLUMNS, campaign.notes),
        ("periods", PERIOD_COLUMNS, campaign.periods),
        ("attribution", CREDIT_COLUMNS, credits_),
    ):
        if rows:
            written.append(write_rows(beside(what), columns, rows))
        else:
            # A sheet of an earlier run must not pass for one of this.
            beside(what).unlink(missing_ok=True)
    report = out.with_name(f"{out.stem}.report.md")
    write_whole(report, campaign_report(campaign))
    return [*written, report]
