"""Engagement far from that of the campaign's other creators of the same platform and size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vetting.detectors._context import rounded
from vetting.detectors._measured import measures_of
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from vetting.store import Store

    Floats = npt.NDArray[np.float64]

SPEC = DetectorSpec(
    title="Engagement far below or above peers",
    family="engagement",
    needs=("creators.platform", "creators.followers", "posts.likes"),
    min_sample="creators of the platform in the campaign as many as the parameter says",
    params={
        "peers": "least creators of the platform with a measured rate",
        "min_posts": "least settled posts of the creator",
        "distance": "robust standard deviations from the line of the peers",
    },
    source="robust regression: H. Theil 1950, P. K. Sen 1968; second opinion: isolation forest, "
    "F. T. Liu et al. 2008",
)

_MEASURE = "engagement.rate_by_followers"
_TREES = 200


@dataclass(frozen=True, slots=True)
class _Peer:
    creator: str
    size: float
    rate: float
    n: int


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Compare creators with a robust line of log rate over log size, per platform.

    Parameters
    ----------
    store : Store
        With the table ``measures``.
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        The isolation forest never fires alone: it only raises the confidence where it agrees.
    """
    measures = measures_of(store, _MEASURE)
    groups: dict[str, list[_Peer]] = {}
    creators = []
    for creator, platform, followers in store.con.execute(
        "SELECT creator_id, lower(platform), followers FROM roster ORDER BY creator_id"
    ).fetchall():
        creators.append(creator)
        rate = measures.get((creator, _MEASURE))
        if platform and followers and rate and rate.value > 0:
            peer = _Peer(creator, followers, rate.value, rate.n or 0)
            groups.setdefault(platform, []).append(peer)
    found = {
        one.creator_id: one
        for peers in groups.values()
        if len(peers) >= params["peers"]
        for one in _compare(peers, params, seed=store.seed)
    }
    return [
        found.get(creator) or Detection(creator, "unknown", missing=(_MEASURE, "creators.platform"))
        for creator in creators
    ]


def _compare(peers: Sequence[_Peer], params: Mapping[str, float], *, seed: int) -> list[Detection]:
    size = np.log10([peer.size for peer in peers])
    rate = np.log10([peer.rate for peer in peers])
    rest = rate - _line(size, rate)
    distance = rest / max(1.4826 * float(np.median(np.abs(rest - np.median(rest)))), 0.05)
    far = np.abs(distance) >= params["distance"]
    agrees = _isolated(size, rest, seed=seed) if far.any() else far
    ranks = rest.argsort().argsort() / max(len(rest) - 1, 1)
    return [
        _judge(peer, len(peers), float(d), float(r), agrees=bool(a), params=params)
        for peer, d, r, a in zip(peers, distance, ranks, agrees, strict=True)
    ]


def _line(x: Floats, y: Floats) -> Floats:
    """Return the Theil-Sen line: the median of the slopes between all pairs.

    Large campaigns compare each creator with the 500 that follow in order of size.
    """
    order = np.argsort(x, kind="stable")
    xs, ys = x[order], y[order]
    slopes = [
        (ys[k:] - ys[:-k])[xs[k:] > xs[:-k]] / (xs[k:] - xs[:-k])[xs[k:] > xs[:-k]]
        for k in range(1, min(len(x), 501))
    ]
    together = np.concatenate(slopes)
    slope = float(np.median(together)) if len(together) else 0.0
    line: Floats = slope * x + float(np.median(y - slope * x))
    return line


def _isolated(size: Floats, rest: Floats, *, seed: int) -> npt.NDArray[np.bool_]:
    """Tell who is easier to isolate than the rest, by the forest's own usual limit."""
    from sklearn.ensemble import IsolationForest

    forest = IsolationForest(n_estimators=_TREES, random_state=seed, n_jobs=1)
    alone: npt.NDArray[np.bool_] = forest.fit_predict(np.column_stack([size, rest])) == -1
    return alone


def _judge(
    peer: _Peer,
    peers: int,
    distance: float,
    rank: float,
    *,
    agrees: bool,
    params: Mapping[str, float],
) -> Detection:
    if peer.n < params["min_posts"]:
        return Detection(peer.creator, "unknown", missing=("posts.likes",))
    values = {
        "rate": rounded(peer.rate, 5),
        "distance": rounded(distance, 2),
        "side": "below" if distance < 0 else "above",
        "percentile": rounded(rank, 3),
        "peers": peers,
        "isolation_forest_agrees": agrees,
    }
    fired = abs(distance) >= params["distance"]
    return Detection(
        peer.creator,
        "fired" if fired else "clear",
        values=values,
        evidence=(values,),
        confidence="medium" if fired and agrees else None,
    )
