"""One module per report format; they print the summary (``vetting.summary``) and compute nothing.

A format defines

``FILE_NAME : str or None``
    Its file in the run directory; None for what is only printed.
``render(summary) -> str | bytes | Iterator[str]``
    The whole content, or its pieces in order; the same summary gives the same bytes.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from vetting.registry import discover
from vetting.writing import write_pieces, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from vetting.summary import Summary


def write_reports(summary: Summary, folder: Path) -> list[Path]:
    """Write every report format into a run directory, each file whole or not at all.

    Parameters
    ----------
    summary : Summary
    folder : Path
        Made when it is missing.

    Returns
    -------
    list of Path
        The files written, sorted by format.
    """
    written = []
    for module in discover(sys.modules[__name__], ("FILE_NAME", "render")).values():
        if module.FILE_NAME is not None:
            content = module.render(summary)
            write = write_whole if isinstance(content, (str, bytes)) else write_pieces
            write(folder / module.FILE_NAME, content)
            written.append(folder / module.FILE_NAME)
    return written
