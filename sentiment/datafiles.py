"""Where models/ and rules/ are: beside the code in the tree, inside the package in the wheel."""

from __future__ import annotations

from pathlib import Path


def data_folder(*parts: str) -> Path:
    """Return a folder of data that ships with this installation.

    Parameters
    ----------
    *parts : str
        ``"models", "comments"`` or ``"rules", "intent"``.

    Returns
    -------
    Path
        Where the folder belongs; the caller says what is wrong when nothing is there.
    """
    root = Path(__file__).resolve().parent.parent
    # The wheel carries both folders in vetting, so that nothing generic lands in site-packages.
    installed = root.joinpath("vetting", "_data", *parts)
    return installed if installed.is_dir() else root.joinpath(*parts)
