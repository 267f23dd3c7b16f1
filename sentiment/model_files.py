"""Files of models: a folder under models/ with arrays, and a card that names their digest."""

from __future__ import annotations

import hashlib
import tomllib
from typing import TYPE_CHECKING, Any

import numpy as np

from sentiment.datafiles import data_folder
from sentiment.errors import SentimentError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

WEIGHTS, CARD = "weights.npz", "card.toml"
COMMENTS, INTENT = "comments", "intent"
"""The table of all heads, and the network that reads doubtful comments again."""

_EXTRA = "extra/"
_REBUILD = "Install the package again, or make the weights with `make train`."


def model_folder(name: str) -> Path:
    """Return the folder of a model: beside the code in the tree, inside the package in a wheel."""
    return data_folder("models", name)


def shipped_cards() -> list[Path]:
    """Return the cards of the models that score comments: other cards, other scores."""
    cards = [model_folder(name) / CARD for name in (COMMENTS, INTENT)]
    return [card for card in cards if card.is_file()]


def _card_digest(folder: Path) -> str:
    """Return the sha256 the card of a model gives for its weights."""
    card = folder / CARD
    if not card.is_file():
        raise SentimentError("the card of the model is missing", path=str(card), hint=_REBUILD)
    return str(tomllib.loads(card.read_text("utf-8"))["sha256"])


def read_shipped(name: str) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]:
    """Read the model in a folder under models/; what it returns and raises: see `read_arrays`."""
    folder = model_folder(name)
    return read_arrays(folder / WEIGHTS, _card_digest(folder))


def read_arrays(
    path: Path, sha256: str | None
) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]:
    """Read a model, arrays only, after comparing the file with its card.

    Parameters
    ----------
    path : Path
        The .npz file.
    sha256 : str or None
        Expected digest; None to skip the comparison.

    Returns
    -------
    arrays, extras : dict of str to ndarray
        As they were given to `write_arrays`.

    Raises
    ------
    SentimentError
        When file or card are missing, or the file is not the one the card describes.
    """
    if not path.is_file():
        raise SentimentError("the weights are missing", path=str(path), hint=_REBUILD)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if sha256 is not None and found != sha256:
        raise SentimentError(
            "the weights are not those of their card", path=str(path), found=f"sha256 {found}",
            allowed=sha256, hint=_REBUILD,
        )  # fmt: skip
    with np.load(path, allow_pickle=False) as file:
        every = {name: file[name] for name in file.files}
    arrays = {name: array for name, array in every.items() if not name.startswith(_EXTRA)}
    extras = {name: array for name, array in every.items() if name.startswith(_EXTRA)}
    return arrays, {name.removeprefix(_EXTRA): array for name, array in extras.items()}


def write_arrays(
    path: Path, arrays: Mapping[str, NDArray[Any]], extras: Mapping[str, NDArray[Any]]
) -> str:
    """Write a model as compressed arrays and return the sha256 of the file.

    Time stamps inside the file are fixed, so equal models give equal bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    named = {f"{_EXTRA}{name}": extras[name] for name in sorted(extras)}
    np.savez_compressed(path, **arrays, **named)  # type: ignore[arg-type]
    return hashlib.sha256(path.read_bytes()).hexdigest()
