"""Small groups that comment together under several creators, told apart from a shared audience.

A pod and a shared audience both are accounts seen under the same creators. What parts them is
measured, never assumed: pod members turn up within minutes of each other far more often than the
pace of the posts explains, they do so with many others of the group, and they say little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

WINDOW_MINUTES = 30
MIN_MEETINGS = 2
MIN_CREATORS = 2
SURPRISE, GROUP_SURPRISE = 0.05, 1e-9
MIN_SIZE = 4
MIN_LINKS = 3
MIN_EMPTY = 0.5
"""Two accounts are linked when they met at least twice, under at least two creators, within thirty
minutes, and chance gives that with probability 0.05 at most. A group counts when chance gives all
its meetings together with probability 1e-9 at most. A pod is at least four accounts with three
links each, spanning three creators or more, whose comments are for the most part empty or copies.
Own choices, 2026-11; measured by benchmarks/pods.py."""

_MIN_SPAN = 3
_MET = f"abs(epoch(a.moment - b.moment)) <= {WINDOW_MINUTES} * 60"
_MIN_POSTS = 3  # posts an account must have commented on to be compared at all


def find_pods(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Create ``pod_members`` and ``pods``.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Holds ``comment_rows`` and ``comment_copies``.

    Returns
    -------
    pyarrow.Table
        One row per group: ``pod`` (number), ``accounts``, ``creators``, ``comments``,
        ``meetings`` (pairs of comments within the window), ``expected`` (as many as chance gives),
        ``empty_share`` (comments of low value, spam or copied), ``reciprocal`` (members that are
        themselves creators of the batch and are commented on by other members), ``is_pod``
        (false: the same people, but a shared audience is as good an explanation).

    Notes
    -----
    Chance: for each post that two accounts both commented on, the probability that one falls
    within the window around the other is the share of the post's other comments that do; those
    of the accounts compared do not count, or a large pod would explain itself.
    """
    _watch(con)
    links = _links(con)
    members = _groups(links)
    con.register("grouped", members)
    con.execute("CREATE OR REPLACE TABLE pod_members AS SELECT * FROM grouped ORDER BY pod, author")
    con.unregister("grouped")
    _describe(con)
    _judge(con)
    return con.sql("SELECT * FROM pods ORDER BY pod").to_arrow_table()


def _watch(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the comments of accounts seen often and under several creators, with their company."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE watched AS
        WITH firsts AS (
            SELECT creator_id, post_id, author, min(published_at) AS moment
            FROM comment_rows
            WHERE author IS NOT NULL AND published_at IS NOT NULL AND post_id IS NOT NULL
            GROUP BY ALL
        ),
        busy AS (
            SELECT author FROM firsts GROUP BY author
            HAVING count(*) >= {_MIN_POSTS} AND count(DISTINCT creator_id) >= {MIN_CREATORS}
        ),
        company AS (
            SELECT f.*, b.author IS NOT NULL AS is_busy,
                   (1 + count(*) FILTER (b.author IS NULL) OVER near)
                   / (2 + count(*) FILTER (b.author IS NULL) OVER post) AS p
            FROM firsts f LEFT JOIN busy b USING (author)
            WINDOW post AS (PARTITION BY creator_id, post_id),
                   near AS (PARTITION BY creator_id, post_id ORDER BY moment
                            RANGE BETWEEN INTERVAL {WINDOW_MINUTES} MINUTE PRECEDING
                                      AND INTERVAL {WINDOW_MINUTES} MINUTE FOLLOWING)
        )
        SELECT * EXCLUDE (is_busy) FROM company WHERE is_busy
        """
    )


def _links(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the pairs of accounts that met more often than chance explains."""
    met = con.sql(
        f"""
        SELECT a.author AS one, b.author AS two, count(*) AS posts,
               count_if({_MET})::BIGINT AS meetings,
               count(DISTINCT CASE WHEN abs(epoch(a.moment - b.moment)) <= {WINDOW_MINUTES} * 60
                                   THEN a.creator_id END) AS creators,
               sum(greatest(a.p, b.p))::DOUBLE AS expected
        FROM watched a JOIN watched b
          ON a.creator_id = b.creator_id AND a.post_id = b.post_id AND a.author < b.author
        GROUP BY ALL
        HAVING meetings >= {MIN_MEETINGS} AND creators >= {MIN_CREATORS}
        ORDER BY one, two
        """
    ).to_arrow_table()
    counts = (met[name].to_numpy() for name in ("meetings", "posts", "expected"))
    return met.filter(pa.array(_tail(*counts) <= SURPRISE))


def _tail(
    meetings: NDArray[np.int64], posts: NDArray[np.int64], expected: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the probability of at least so many meetings at so many posts, by chance.

    Notes
    -----
    Binomial with the mean probability, which has wider tails than the true sum of unequal ones.

    References
    ----------
    W. Hoeffding, Ann. Math. Statist. 27 (1956) 713-721.
    """
    from scipy.stats import binom

    tail: NDArray[np.float64] = binom.sf(meetings - 1, posts, np.minimum(expected / posts, 1))
    return tail


def _groups(links: pa.Table) -> pa.Table:
    """Drop accounts with too few links, again and again, and number what hangs together."""
    one = links["one"].to_numpy(zero_copy_only=False)
    two = links["two"].to_numpy(zero_copy_only=False)
    while len(one):
        names, degree = np.unique(np.concatenate([one, two]), return_counts=True)
        weak = names[degree < MIN_LINKS]
        kept = ~(np.isin(one, weak) | np.isin(two, weak))
        if kept.all():
            break
        one, two = one[kept], two[kept]
    names, places = np.unique(np.concatenate([one, two]).astype(str), return_inverse=True)
    label = np.arange(len(names))
    a, b = places[: len(one)], places[len(one) :]
    while True:  # each account takes the smallest number among those it is linked to
        before = label.copy()
        np.minimum.at(label, a, before[b])
        np.minimum.at(label, b, before[a])
        if (label == before).all():
            break
    sizes = np.bincount(label, minlength=len(names)) if len(names) else np.zeros(0, np.int64)
    large = sizes[label] >= MIN_SIZE
    _, numbers = np.unique(label[large], return_inverse=True)
    return pa.table(
        {
            "pod": pa.array(numbers + 1, pa.int64()),
            "author": pa.array(names[large].tolist(), pa.string()),
        }
    )


def _describe(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE described AS
        WITH said AS (
            SELECT m.pod, c.*, k.row IS NOT NULL AS is_copy
            FROM pod_members m JOIN comment_rows c USING (author)
            LEFT JOIN comment_copies k USING (row)
        ),
        seen AS (
            SELECT pod, count(DISTINCT author) AS accounts, count(*) AS comments,
                   count(DISTINCT creator_id) AS creators, count(DISTINCT post_id) AS posts,
                   avg((coalesce(quality, 'genuine') <> 'genuine' OR is_copy)::INT) AS empty_share
            FROM said GROUP BY pod
        ),
        near AS (
            SELECT x.pod, count(*) AS met, count_if({_MET})::BIGINT AS meetings,
                   sum(greatest(a.p, b.p))::DOUBLE AS expected
            FROM pod_members x JOIN pod_members y ON x.pod = y.pod AND x.author < y.author
            JOIN watched a ON a.author = x.author
            JOIN watched b ON b.author = y.author AND b.creator_id = a.creator_id
                          AND b.post_id = a.post_id
            GROUP BY x.pod
        ),
        own AS (
            SELECT DISTINCT author, creator_id FROM comments
            WHERE by_creator AND author IS NOT NULL AND creator_id IS NOT NULL
        ),
        back AS (
            SELECT m.pod, count(DISTINCT m.author) AS reciprocal
            FROM pod_members m JOIN own o USING (author)
            JOIN comment_rows c ON c.creator_id = o.creator_id
            JOIN pod_members n ON n.pod = m.pod AND n.author = c.author AND n.author <> m.author
            GROUP BY m.pod
        )
        SELECT s.*, n.met, n.meetings, n.expected, coalesce(b.reciprocal, 0) AS reciprocal,
               s.creators >= {_MIN_SPAN} AND (s.empty_share >= {MIN_EMPTY}
                   OR coalesce(b.reciprocal, 0) * 2 >= s.accounts) AS is_pod
        FROM seen s JOIN near n USING (pod) LEFT JOIN back b USING (pod)
        ORDER BY pod
        """
    )


def _judge(con: duckdb.DuckDBPyConnection) -> None:
    """Keep a group as a pod only when chance cannot give its meetings."""
    groups = con.sql("SELECT * FROM described ORDER BY pod").to_arrow_table()
    counts = (groups[name].to_numpy() for name in ("meetings", "met", "expected"))
    surprising = pa.array(_tail(*counts) <= GROUP_SURPRISE)
    con.register("judged", groups.append_column("is_surprising", surprising))
    con.execute(
        """
        CREATE OR REPLACE TABLE pods AS
        SELECT * EXCLUDE (is_surprising, met) REPLACE (is_pod AND is_surprising AS is_pod)
        FROM judged ORDER BY pod
        """
    )
    con.unregister("judged")
