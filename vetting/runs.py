"""Opens the run directory that a command is about: its record, its tables and its findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path


def read_record(run: Path) -> dict[str, Any]:
    """Return run.json; VettingError when the folder is no run directory."""
    path = run / "run.json"
    if not path.is_file():
        raise VettingError(
            "this is no run directory",
            path=str(run),
            found="no run.json in it",
            hint="Give a folder written by vetting audit --out.",
        )
    try:
        record: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise _broken(path, str(error)) from error
    missing = sorted({"version", "as_of", "seed", "brief", "inputs", "rules"} - set(record))
    if missing:
        raise _broken(path, "no " + ", ".join(missing))
    return record


def read_rows(run: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of a Parquet file of a run; VettingError when it cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows: list[dict[str, Any]] = pq.read_table(run / name).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise _broken(run / name, str(error)) from error
    return rows


def all_findings(run: Path) -> list[dict[str, Any]]:
    """Return every finding of a run as it stands; VettingError when they cannot be read."""
    path = run / "findings.jsonl"
    try:
        with path.open(encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    except (OSError, ValueError) as error:
        raise _broken(path, str(error)) from error


def _broken(path: Path, found: str) -> VettingError:
    return VettingError(
        "this file of the run cannot be read",
        path=str(path),
        found=found,
        hint="Audit again: the run is not whole.",
    )


def read_findings(run: Path, creator: str) -> list[dict[str, Any]]:
    """Return the findings of one creator; VettingError when the run does not know them."""
    everybodys = all_findings(run)
    findings = [finding for finding in everybodys if finding["creator_id"] == creator]
    if not findings:
        raise VettingError(
            "the run says nothing about this creator",
            path=str(run / "findings.jsonl"),
            found=creator,
            hint=did_you_mean(creator, {finding["creator_id"] for finding in everybodys}),
        )
    return findings
