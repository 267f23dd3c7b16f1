"""Opens the run directory that a command is about: its record and its findings."""

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
    record: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return record


def read_findings(run: Path, creator: str) -> list[dict[str, Any]]:
    """Return the findings of one creator; VettingError when the run does not know them."""
    findings = []
    known = set()
    with (run / "findings.jsonl").open(encoding="utf-8") as file:
        for line in file:
            finding = json.loads(line)
            known.add(finding["creator_id"])
            if finding["creator_id"] == creator:
                findings.append(finding)
    if not findings:
        raise VettingError(
            "the run says nothing about this creator",
            path=str(run / "findings.jsonl"),
            found=creator,
            hint=did_you_mean(creator, known),
        )
    return findings
