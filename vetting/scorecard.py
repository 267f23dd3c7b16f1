"""Small logistic scorecards whose coefficients stand in a text file anybody can read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from vetting.datafiles import data_root
from vetting.errors import VettingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A logistic model.

    Attributes
    ----------
    intercept : float
    coefficients : mapping of str to float
        By feature; a positive one makes more suspicious.
    typical : mapping of str to float
        Value of the feature that says nothing; 0 where the card names none.
    """

    intercept: float
    coefficients: Mapping[str, float]
    typical: Mapping[str, float] = field(default_factory=dict)

    def probability(self, features: Mapping[str, Floats]) -> Floats:
        """Return the suspicion of each row, 0..1.

        Parameters
        ----------
        features : mapping of str to ndarray of float64, shape (n,)
            Every feature of the card; others are ignored. NaN adds nothing: an unknown fact
            neither accuses nor clears.
        """
        import numpy as np

        total: Floats = np.full(len(next(iter(features.values()))), self.intercept)
        for name, weight in self.coefficients.items():
            beyond = features[name] - self.typical.get(name, 0.0)
            total = total + weight * np.nan_to_num(beyond, nan=0.0)
        suspicion: Floats = 1.0 / (1.0 + np.exp(-total))
        return suspicion


@cache
def load_scorecards(model: str) -> Mapping[str, Scorecard]:
    """Read ``models/<model>/card.toml``.

    Parameters
    ----------
    model : str

    Returns
    -------
    mapping of str to Scorecard
        The tables under ``[scorecards]`` by name.

    Raises
    ------
    VettingError
        When the file is missing or is not a scorecard.
    """
    path = data_root("models") / model / "card.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return MappingProxyType(
            {name: _scorecard(table) for name, table in content["scorecards"].items()}
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise VettingError(
            "a scorecard cannot be read",
            path=str(path),
            found=str(error),
            allowed="[scorecards.<name>] with intercept and [scorecards.<name>.coefficients]",
            hint="Install the package again, or mend the file.",
        ) from error


def _scorecard(table: Mapping[str, object]) -> Scorecard:
    return Scorecard(
        intercept=float(str(table["intercept"])),
        coefficients=_numbers(table["coefficients"]),
        typical=_numbers(table.get("typical", {})),
    )


def _numbers(table: object) -> Mapping[str, float]:
    if not isinstance(table, dict):
        raise TypeError("coefficients and typical are tables of numbers")
    return MappingProxyType({name: float(value) for name, value in table.items()})
