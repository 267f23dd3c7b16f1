"""Writes the skeleton of a new rule: valid, a draft, and with tests that show the form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vetting.errors import VettingError

if TYPE_CHECKING:
    from pathlib import Path

SKELETON = """\
id: {id}
version: 1
title: {title}
status: draft          # draft is reported and never scored; then trial, stable
severity: low          # how bad if true: info, low, medium, high, block
confidence: low        # how sure: low, medium, high
params: {{floor: 1%}}    # thresholds; a pack may set them differently
when: engagement.rate_by_views < params.floor and engagement.rate_by_views.n >= 10
message: "{{engagement.rate_by_views:.1%}} of views bring a reaction."
why: What this means for a brand.
what_to_do: What to ask the creator or to look at.
innocent_explanations:
  - What else could cause it.
sources:
  - {{title: where the threshold comes from, date: 2026}}
tests:
  - name: just under the floor
    facts: {{engagement.rate_by_views: 0.95%, engagement.rate_by_views.n: 10}}
    expect: fires
  - name: at the floor
    facts: {{engagement.rate_by_views: 1%, engagement.rate_by_views.n: 10}}
    expect: clear
  - name: too few posts
    facts: {{engagement.rate_by_views: 0.5%, engagement.rate_by_views.n: 9}}
    expect: clear
  - name: nothing known
    facts: {{}}
    expect: unknown
"""

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def write_skeleton(rule_id: str, folder: Path) -> Path:
    """Write ``<folder>/<id>.yaml`` and return its path.

    Raises
    ------
    VettingError
        When the id cannot be used or the file is there already.
    """
    if not _ID.fullmatch(rule_id):
        raise VettingError(
            "an id is lower-case words joined by hyphens", found=rule_id, hint="Try my-rule."
        )
    path = folder / f"{rule_id}.yaml"
    if path.exists():
        raise VettingError("this file exists already", path=str(path))
    folder.mkdir(parents=True, exist_ok=True)
    title = rule_id.replace("-", " ").capitalize()
    path.write_text(SKELETON.format(id=rule_id, title=title), encoding="utf-8")
    return path
