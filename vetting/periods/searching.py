"""How often the brand is searched for before and during a campaign, from a supplied series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.kpis.lifetime import ratio_interval

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    import duckdb

# One series: that of the brand with the most rows; an index of two regions cannot be added.
_SERIES = """
SELECT term, region, count(*) FILTER (date BETWEEN $b AND $c), avg(searches) FILTER (date BETWEEN
       $b AND $c), var_samp(searches) FILTER (date BETWEEN $b AND $c),
       count(*) FILTER (date BETWEEN $d AND $e), avg(searches) FILTER (date BETWEEN $d AND $e),
       var_samp(searches) FILTER (date BETWEEN $d AND $e)
FROM searches WHERE lower(trim(term)) IN (SELECT unnest($names))
GROUP BY term, region ORDER BY count(*) DESC, term, region LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class SearchLift:
    """Searches for the brand.

    Attributes
    ----------
    before, during : float or None
        Means of the series over the rows of each period, in its own scale.
    interval : (float, float, int) or None
        Low and high of the lift, and the rows during the campaign.
    note : str
        Which term and region.
    """

    before: float | None
    during: float | None
    interval: tuple[float, float, int] | None
    note: str


def search_lift(
    con: duckdb.DuckDBPyConnection,
    names: Collection[str],
    spans: Mapping[str, tuple[dt.date, dt.date]],
) -> SearchLift | None:
    """Return the searches for the brand before and during the campaign.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the table ``searches``.
    names : collection of str
        What the brand is called.
    spans : mapping of str to (date, date)
        First and last day of ``before`` and ``during``. A row that stands for a week or month
        counts where its first day lies.

    Returns
    -------
    SearchLift or None
        None where no series is of the brand.
    """
    (b, c), (d, e) = spans["before"], spans["during"]
    wanted = [name.lstrip("#@").casefold() for name in names]
    values = {"b": b, "c": c, "d": d, "e": e, "names": wanted}
    for term, region, n, mean, spread, later_n, later, later_spread in con.execute(
        _SERIES, values
    ).fetchall():
        ends = ratio_interval((later, later_spread, later_n), (mean, spread, n))
        note = f"searches for {term}{f' in {region}' if region else ''}, {n} rows before"
        return SearchLift(mean, later, None if ends is None else (*ends, later_n), note)
    return None
