"""What the user gave us: files and folders, with an optional ``KIND=`` before them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vetting.errors import VettingError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_KIND = re.compile(r"([a-z][a-z0-9-]*)=(.+)", re.DOTALL)
# Files that belong to a folder of data without being data.
_BESIDE_DATA = re.compile(r"(?:readme|licen[cs]e|notice)(?:\..*)?|brief\.ya?ml", re.IGNORECASE)
_RUN_MARK = "run.json"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read.

    Attributes
    ----------
    path : Path
    name : str
        As the user would write it.
    kind : str or None
        Table or importer the user asked for.
    given : bool
        The user named this very file, so it must be readable; False when it was found in a folder.
    """

    path: Path
    name: str
    kind: str | None
    given: bool


def find_inputs(
    inputs: Sequence[str | Path], *, kinds: Collection[str], out: Path
) -> tuple[list[Input], list[VettingError]]:
    """List the files to read, in a fixed order.

    Parameters
    ----------
    inputs : sequence of str or Path
        Files, folders, or ``KIND=PATH``.
    kinds : collection of str
        Known kinds: canonical tables and importers.
    out : Path
        Never read from, nor is any other run directory.

    Returns
    -------
    files : list of Input
    errors : list of VettingError
        For inputs that do not exist or are of an unknown kind.
    """
    found: list[Input] = []
    errors: list[VettingError] = []
    for given in inputs:
        try:
            found.extend(_expand(str(given), kinds, out))
        except VettingError as error:
            errors.append(error)
    return found, errors


def _expand(text: str, kinds: Collection[str], out: Path) -> Iterator[Input]:
    kind, name = _split(text, kinds)
    path = Path(name)
    if path.is_dir():
        files = list(_walk(path, out))
        if not files:
            raise VettingError("the folder holds no files", path=name)
        for file in files:
            yield Input(file, str(file), kind, given=False)
    elif path.is_file():
        yield Input(path, name, kind, given=True)
    else:
        what = (
            "there is no such file or folder"
            if not path.exists()
            else "this is neither a file nor a folder"
        )
        raise VettingError(what, path=name, hint="Check the path.")


def _split(text: str, kinds: Collection[str]) -> tuple[str | None, str]:
    match = _KIND.fullmatch(text)
    if match is None or Path(text).exists():
        return None, text
    if match[1] not in kinds:
        raise VettingError(
            f'"{match[1]}" is no kind of input', found=text, hint=did_you_mean(match[1], kinds)
        )
    return match[1], match[2]


def _walk(folder: Path, out: Path) -> Iterator[Path]:
    own = out.resolve()
    for root, folders, names in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and (here / name).resolve() != own
            and not (here / name / _RUN_MARK).is_file()
        )
        for name in sorted(names):
            if not name.startswith(".") and not _BESIDE_DATA.fullmatch(name):
                yield here / name
