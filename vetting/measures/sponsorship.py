"""How much of the work is paid, and how paid posts do beside the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.intervals import wilson_sql
from vetting.measures._medians import open_medians
from vetting.measures._posts import open_posts
from vetting.measures._schema import measured
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

MEASURES = (
    MeasureSpec(
        id="sponsorship.posts",
        title="Sponsored posts",
        unit="count",
        bounds=(0, None),
        needs=("posts.sponsored",),
        source="Field of the export (platform label or the team's own mark)",
        description="Posts marked as sponsored, among the posts where the mark is known.",
    ),
    MeasureSpec(
        id="sponsorship.share",
        title="Share of sponsored posts",
        unit="share",
        denominator="posts where it is known",
        bounds=(0, 1),
        needs=("posts.sponsored",),
        source="Lefty saturation bands (help.lefty.io 13741957); 90 % Wilson interval",
        description=(
            "Sponsored posts / posts where it is known. Posts with paid content and no mark count "
            "as not sponsored: the share is a lower limit where labels are missing."
        ),
        better="lower",
    ),
    MeasureSpec(
        id="sponsorship.engagement_ratio",
        title="Sponsored against organic engagement",
        unit="ratio",
        denominator="median engagement rate of organic posts",
        bounds=(0, None),
        needs=("posts.sponsored", "posts.likes"),
        source=(
            "Paid post performance, Modash help 6959997; interval of a ratio of medians: "
            "R. M. Price, D. G. Bonett, J. Stat. Comput. Simul. 72 (2002) 119-124"
        ),
        description=(
            "Median engagement rate of sponsored posts / that of the others; 1 means paid work "
            "does as well. Rates are by views where views are known for both kinds, else by "
            "followers; the note says which. n is the smaller of the two groups. The interval "
            "combines the order-statistic intervals of both medians on the log scale; none when a "
            "group has under five posts or a bound of zero."
        ),
        better="higher",
    ),
)


def compute(store: Store) -> pa.Table:
    """Return the sponsorship measures of every creator with posts marked yes or no."""
    open_posts(store)
    return measured(store, MEASURES, f"{_shares()} UNION ALL {_ratios(store)}")


def _shares() -> str:
    low, high = wilson_sql("k", "n")
    return f"""
        SELECT creator_id, id, CASE WHEN id = 'sponsorship.share' THEN k / n ELSE k END AS value, n,
               CASE WHEN id = 'sponsorship.share' THEN {low} END AS low,
               CASE WHEN id = 'sponsorship.share' THEN {high} END AS high, NULL AS note
        FROM (
            SELECT creator_id, count_if(sponsored) AS k, count(sponsored) AS n
            FROM posts GROUP BY creator_id HAVING count(sponsored) > 0
        ), (VALUES ('sponsorship.share'), ('sponsorship.posts')) ids(id)
    """


def _ratios(store: Store) -> str:
    medians = open_medians(
        store,
        source="settled_posts",
        name="sponsorship_medians",
        ratios={
            f"{kind}.{base}": f"CASE WHEN {condition} THEN engagement / nullif({base}, 0) END"
            for kind, condition in (("paid", "sponsored"), ("organic", "NOT sponsored"))
            for base in ("views", "audience_size")
        },
    )
    return f"""
        SELECT creator_id, 'sponsorship.engagement_ratio' AS id, ratio AS value, n,
               ratio * exp(-spread) AS low, ratio * exp(spread) AS high, note
        FROM (
            SELECT p.creator_id, p.value / nullif(o.value, 0) AS ratio, least(p.n, o.n) AS n,
                   {_LOG_SPREAD} AS spread,
                   format('by {{}}; {{}} sponsored, {{}} organic posts',
                          CASE WHEN p.id = 'paid.views' THEN 'views' ELSE 'followers' END,
                          p.n, o.n) AS note,
                   p.id
            FROM ({medians}) p JOIN ({medians}) o
              ON p.creator_id = o.creator_id AND o.id = replace(p.id, 'paid', 'organic')
            WHERE p.id LIKE 'paid.%'
        )
        QUALIFY row_number() OVER (PARTITION BY creator_id ORDER BY id DESC) = 1
    """


def _log_error(side: str) -> str:
    """Squared standard error of a log median, read from its order statistics."""
    return f"pow(ln(nullif({side}.high, 0) / nullif({side}.low, 0)) / (2 * {side}.z), 2)"


_LOG_SPREAD = f"1.6448536269514722 * sqrt({_log_error('p')} + {_log_error('o')})"
