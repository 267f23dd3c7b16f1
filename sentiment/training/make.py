"""Makes models/comments from the corpora on disk: ``python -m sentiment.training.make``."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np

from sentiment.model_files import CARD, COMMENTS, INTENT, WEIGHTS, model_folder, write_arrays
from sentiment.table import WeightTable, pack_weights, save_table
from sentiment.training.bench import open_bench, unit_weights
from sentiment.training.corpora import read_all, read_written, without_tests

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sentiment.training.bench import Bench, HeadSet

FAMILIES = ("language", "polarity", "intent")
"""Modules of this package that have ``train(bench) -> HeadSet``, in column order; the last one
trains the heads of quality too."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Train every head and write weights.npz and card.toml."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--open", action="store_true", help="only texts that ship with the project")
    parser.add_argument(
        "--name",
        default=COMMENTS,
        help="folder under models/, to compare with; models/comments is what scores comments",
    )
    options = parser.parse_args(arguments)
    if options.name == INTENT:
        parser.error(f"models/{INTENT} holds the network of models/{COMMENTS}: give another name")
    examples = read_written() if options.open else read_all()
    bench = open_bench(without_tests(examples), seed=options.seed, ours_only=options.open)
    write_model(bench, train_heads(bench), model_folder(options.name))


def train_heads(bench: Bench) -> list[HeadSet]:
    """Train every family, or those our own texts are enough for."""
    families = FAMILIES[:2] if bench.ours_only else FAMILIES
    return [import_module(f"{__package__}.{name}").train(bench) for name in families]


def write_model(bench: Bench, heads: Sequence[HeadSet], folder: Path) -> WeightTable:
    """Pack all heads into one table and write it with the digest its card needs."""
    weights = np.concatenate([head.weights for head in heads], axis=1)
    # What is read a second time by a network need not be exact the first time.
    coarse = np.concatenate([np.full(len(head.names), bool(head.network)) for head in heads])
    places, cells, scale = pack_weights(
        unit_weights(weights, bench.importance), bench.importance, coarse=coarse
    )
    names = tuple(name for head in heads for name in head.names)
    # Six decimals, so that the last bits of a linear algebra library do not change the file.
    extras = {
        name: np.round(array, 6) if array.dtype.kind == "f" else array
        for head in heads
        for name, array in head.extras.items()
    }
    table = WeightTable(names, places, cells, scale, extras)
    digest = save_table(table, folder / WEIGHTS)
    figures = {name: value for head in heads for name, value in head.figures.items()}
    _write_card(folder, digest, bench, figures)
    for head in heads:
        if head.network:
            beside = folder.with_name(_network_of(folder.name))
            _write_card(beside, write_arrays(beside / WEIGHTS, head.network, {}), bench, {})
    return table


def _network_of(name: str) -> str:
    """Return the folder beside a model's own for its network."""
    return INTENT if name == COMMENTS else f"{name}_{INTENT}"


def _write_card(folder: Path, digest: str, bench: Bench, figures: Mapping[str, float]) -> None:
    lines = [f'sha256 = "{digest}"', f"seed = {bench.seed}"]
    if figures:
        lines += ["", "[figures]"]
        lines += [f'"{name}" = {value:.4f}' for name, value in sorted(figures.items())]
    (folder / CARD).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
