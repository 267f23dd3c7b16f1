"""Writes the run directory: data files, reports, and the record of how the run was made."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING, Any, cast

from vetting import __version__
from vetting.records import Problem
from vetting.store import NO_DAY
from vetting.writing import replacing, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from vetting.judging.packs import Packs
    from vetting.judging.waivers import Waived
    from vetting.reading import Reading
    from vetting.records import CreatorScore, Finding
    from vetting.store import Store
    from vetting.summary import Summary
    from vetting.summary.shape import FileRead, Quote, Run
    from vetting.work import Work


def publish(
    work: Work,
    *,
    reading: Reading,
    store: Store,
    measures: pa.Table,
    findings: Sequence[Finding],
    scores: Sequence[CreatorScore],
    waived: Sequence[Waived],
    packs: Packs,
    seconds: Mapping[str, float],
) -> Summary:
    """Write everything a run leaves behind and return what the reports show.

    Parameters
    ----------
    work : Work
        Knows inputs, options and the run directory.
    seconds : mapping of str to float
        Wall time of the stages so far; goes into run.json only, so that reports repeat.
    """
    from vetting.campaign_run import publish_campaign
    from vetting.commenters.reading import comments_to_read
    from vetting.measuring import measure_specs
    from vetting.reports import write_reports
    from vetting.summary import build_summary

    impossible = publish_campaign(store, work.folder)
    summary = build_summary(
        store,
        measures=measures,
        specs=list(measure_specs().values()),
        findings=findings,
        scores=scores,
        problems=[*read_problems(reading.problems), *_of_the_day(store), *impossible],
        files=_files(reading),
        run=_run(store, packs),
        waivers=[waiver.view() for waiver in waived],
        comments_to_read=cast("dict[str, list[Quote]]", comments_to_read(store.con)),
    )
    # The record comes last: a folder without it is no finished run.
    (work.folder / "run.json").unlink(missing_ok=True)
    write_reports(summary, work.folder)
    _write_tables(work, store, measures)
    record = {
        "version": __version__,
        "arguments": _arguments(work),
        "as_of": _day(store),
        "seed": store.seed,
        "brief": store.brief.model_dump(mode="json", exclude_defaults=True),
        "inputs": dict(sorted(work.digests.items())),
        "rules": packs.fingerprint(),
        "cues": work.cue_digests(),
        "counts": summary["counts"],
        "problems": dict(reading.problem_counts),
        "seconds": dict(seconds),
    }
    write_whole(work.folder / "run.json", json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    return summary


def _day(store: Store) -> str | None:
    return None if store.as_of is None else store.as_of.isoformat()


def _of_the_day(store: Store) -> list[Problem]:
    if store.as_of is None:
        return [Problem("", None, None, NO_DAY, "", "ages and days since are unknown")]
    what = f"later than {store.as_of.isoformat()}, the day to look from"
    return [
        Problem("", None, None, f"{name} {what}", f"{rows:,} rows", "not seen")
        for name, rows in store.forgotten.items()
    ]


def read_problems(path: Path) -> list[Problem]:
    """Return the problems of a run, as they stand in problems.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Problem(
                file=row["file"],
                line=int(row["line"]) if row["line"] else None,
                column=row["column"] or None,
                what=row["what"],
                found=row["found"],
                action=row["action"],
            )
            for row in csv.DictReader(file)
        ]


def _files(reading: Reading) -> list[FileRead]:
    return [
        {
            "file": source.path,
            "table": ", ".join(source.rows) or "none",
            "rows_read": sum(source.rows.values()),
            "rows_left_out": source.left_out,
        }
        for source in reading.sources
    ]


def _run(store: Store, packs: Packs) -> Run:
    from vetting.datafiles import data_root
    from vetting.scoring import load_profile
    from vetting.scoring.total import weights_of

    profile = load_profile(data_root("rules") / "scoring")
    weights = weights_of(profile, store.brief)
    total = sum(weights.values())
    goal = store.brief.goal
    return {
        "version": __version__,
        "as_of": _day(store),
        "seed": store.seed,
        "goal": goal,
        "brief": store.brief.model_dump(mode="json", exclude_defaults=True),
        "weights": {name: weight / total for name, weight in weights.items() if weight},
        "weights_reason": f"{profile.goals[goal].why} ({profile.source})",
        "rules": [
            {"file": rule.path, "version": str(rule.text.version), "sha256": rule.sha256}
            for rule in packs.rules
        ],
    }


def _write_evidence(folder: Path, store: Store) -> None:
    """Write every list that rules searched (safety hits, disclosure, jumps ...) as a CSV each."""
    from vetting.measuring import list_specs
    from vetting.reports._cells import csv_text

    shutil.rmtree(folder, ignore_errors=True)
    for name, spec in list_specs().items():
        fields = ("creator_id", *spec.fields)
        chosen = ", ".join(f'"{field}"' for field in fields)
        rows = store.con.execute(f'SELECT {chosen} FROM "{spec.table}" ORDER BY ALL').fetchall()
        if rows:
            write_whole(folder / f"{name}.csv", csv_text(fields, rows))


def _write_tables(work: Work, store: Store, measures: pa.Table) -> None:
    import pyarrow.parquet as pq

    from vetting.followers.scoring import score_accounts

    _write_evidence(work.folder / "evidence", store)
    with replacing(work.folder / "measures.parquet") as beside:
        pq.write_table(measures, beside)
    accounts = score_accounts(store)
    # A file of an earlier run in this folder must not pass for one of this run.
    for name in ("followers.parquet", "comments.parquet"):
        (work.folder / name).unlink(missing_ok=True)
    if accounts.num_rows:
        with replacing(work.folder / "followers.parquet") as beside:
            pq.write_table(accounts, beside)
    scored = work.temp / "comments.parquet"
    if scored.exists():
        with replacing(work.folder / "comments.parquet") as beside:
            shutil.copyfile(scored, beside)


def _arguments(work: Work) -> dict[str, Any]:
    options = work.options
    return {
        "inputs": list(work.inputs),
        "rules": list(options.rules),
        "waivers": None if options.waivers is None else str(options.waivers),
        "cues": [str(path) for path in options.cues],
        "as_of": None if options.as_of is None else options.as_of.isoformat(),
        "keep_authors": options.keep_authors,
    }
