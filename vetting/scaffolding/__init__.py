"""Skeletons of new things, so that a newcomer starts from something that runs.

``python -m vetting.scaffolding detector my-pattern`` (or ``make new kind=detector id=my-pattern``).
"""

from __future__ import annotations

import re
from pathlib import Path

from vetting.errors import VettingError

# Where each kind of thing and its test live; NAME is the id with underscores.
PLACES = {
    "detector": ("vetting/detectors/NAME.py", "tests/vetting/detectors/test_NAME.py"),
    "measure": ("vetting/measures/NAME.py", "tests/vetting/measures/test_NAME.py"),
    "importer": ("vetting/importers/NAME.py", "tests/vetting/importers/test_NAME.py"),
}
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def scaffold(kind: str, identifier: str, root: Path) -> list[Path]:
    """Write code and test of a new thing; nothing that exists is touched.

    Parameters
    ----------
    kind : {"detector", "measure", "importer"}
        Rules have a scaffold of their own: ``vetting rules new``.
    identifier : str
        Kebab-case; becomes the file name.
    root : Path
        Top of the source tree.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    VettingError
        When the kind or the id cannot be used, or a file is there already.
    """
    if kind not in PLACES:
        raise VettingError(
            "this kind of thing has no skeleton", found=kind, allowed=", ".join(sorted(PLACES))
        )
    if not _ID.fullmatch(identifier):
        raise VettingError(
            "an id is lower-case words joined by hyphens", found=identifier, hint="Try my-pattern."
        )
    name = identifier.replace("-", "_")
    targets = [root / place.replace("NAME", name) for place in PLACES[kind]]
    for target in targets:
        if target.exists():
            raise VettingError("this file exists already", path=str(target))
    templates = Path(__file__).parent / "templates"
    for target, part in zip(targets, ("code", "test"), strict=True):
        text = (templates / f"{kind}_{part}.txt").read_text("utf-8")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            text.replace("@NAME@", name)
            .replace("@ID@", identifier)
            .replace("@TITLE@", identifier.replace("-", " ").capitalize()),
            "utf-8",
        )
    return targets
