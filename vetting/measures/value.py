"""What the fee buys: views, reactions, people of the target, and where it breaks even."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from vetting.measures._schema import measured, put_table
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

AFTER = ("engagement", "audience-fit")

_FEE = ("creators.fee",)
_MARKET = "Market prices come from the brief only; none is assumed."
_LIMITS = "The interval is that of the median, turned over."


def _money(
    name: str, title: str, *, needs: tuple[str, ...], description: str, source: str, per: str | None
) -> MeasureSpec:
    return MeasureSpec(
        id=f"value.{name}",
        title=title,
        unit="money",
        denominator=per,
        bounds=(0, None),
        needs=needs,
        source=source,
        description=f"{description} In the currency of the fee; the note names it.",
        better="neither" if name in {"fee", "negotiate_to"} else "lower",
    )


_OWN = "Own definition, 2026-11"
_CPM = "Price = views / 1000 x CPM: influencerfee.com, How to calculate influencer price (2024)"

MEASURES = (
    _money(
        "fee",
        "Fee asked or offered",
        needs=_FEE,
        per=None,
        source="fees in the brief, else the creators table",
        description=(
            "Absent where the creators table names another currency than the brief: nothing is "
            "converted. A fee without currency is taken as in the brief's, and marked estimated."
        ),
    ),
    _money(
        "cpm",
        "Cost per 1,000 views of a usual post",
        needs=(*_FEE, "posts.views"),
        per="1,000 median views of the creator's own posts",
        source=_CPM,
        description=f"Fee / engagement.median_views x 1,000. {_LIMITS}",
    ),
    _money(
        "cpm_at_p10",
        "Cost per 1,000 views of a weak post",
        needs=(*_FEE, "posts.views"),
        per="1,000 views at the creator's 10th percentile",
        source=_CPM,
        description="Fee / engagement.views_p10 x 1,000.",
    ),
    _money(
        "cpm_at_p90",
        "Cost per 1,000 views of a strong post",
        needs=(*_FEE, "posts.views"),
        per="1,000 views at the creator's 90th percentile",
        source=_CPM,
        description="Fee / engagement.views_p90 x 1,000.",
    ),
    _money(
        "cpe",
        "Cost per reaction to a usual post",
        needs=(*_FEE, "posts.likes"),
        per="median reactions of the creator's own posts",
        source="Cost per engagement: ANA measurement guidelines (2022)",
        description=f"Fee / engagement.median_engagements. {_LIMITS}",
    ),
    _money(
        "cost_per_1000_in_target",
        "Cost per 1,000 credible people of the target",
        needs=(
            *_FEE,
            "creators.followers",
            "followers.account_id",
            "audience.share",
            "brief.audience",
        ),
        per="1,000 of audience.in_target_people",
        source=_OWN,
        description="Fee / audience.in_target_people x 1,000. Estimated, as its divisor is.",
    ),
    MeasureSpec(
        id="value.cpm_ratio",
        title="Cost per 1,000 views against the brand's usual CPM",
        unit="ratio",
        denominator="cpm in the brief",
        bounds=(0, None),
        needs=(*_FEE, "posts.views", "brief.cpm"),
        source=_CPM,
        description=(
            f"value.cpm / cpm of the brief; above 1 is dearer than usual. {_MARKET} {_LIMITS}"
        ),
        better="lower",
    ),
    _money(
        "negotiate_to",
        "Fee at the brand's usual CPM",
        needs=("posts.views", "brief.cpm"),
        per=None,
        source=_CPM,
        description=(
            "cpm of the brief x engagement.median_views / 1,000: the fee at which a usual post "
            f"costs what the brand usually pays. {_MARKET} The interval is that of the median."
        ),
    ),
    MeasureSpec(
        id="value.break_even_orders",
        title="Orders that pay the fee back",
        unit="count",
        bounds=(0, None),
        needs=(*_FEE, "brief.order_value", "brief.gross_margin"),
        source="Contribution break-even, own definition, 2026-11",
        description="Fee / (order_value x gross_margin), both from the brief.",
        better="lower",
    ),
    MeasureSpec(
        id="value.break_even_rate",
        title="Orders per view that pay the fee back",
        unit="share",
        denominator="median views of the creator's own posts",
        bounds=(0, None),
        needs=(*_FEE, "posts.views", "brief.order_value", "brief.gross_margin"),
        source="Contribution break-even, own definition, 2026-11",
        description=f"value.break_even_orders / engagement.median_views. {_LIMITS}",
        better="lower",
    ),
    _money(
        "break_even_order_value",
        "Order value that pays the fee back",
        needs=(*_FEE, "posts.views", "brief.order_rate", "brief.gross_margin"),
        per="orders expected of a usual post",
        source="Contribution break-even, own definition, 2026-11",
        description=(
            "Fee / (engagement.median_views x order_rate x gross_margin); order_rate, the orders "
            "per view the brand usually sees, comes from the brief: the value is that of the "
            "geometric middle of its range. The interval is that of the median, turned over, "
            "widened by the whole range."
        ),
    ),
)

_FEES = """
CREATE OR REPLACE VIEW fees AS
SELECT r.creator_id,
       CASE WHEN b.fee IS NOT NULL THEN b.fee
            WHEN $currency IS NULL OR r.currency IS NULL
              OR upper(trim(r.currency)) = $currency THEN r.fee::DOUBLE END AS fee,
       CASE WHEN b.fee IS NOT NULL THEN $currency
            ELSE coalesce(upper(trim(r.currency)), $currency) END AS currency,
       CASE WHEN b.fee IS NULL AND r.currency IS NULL THEN 'estimated' ELSE 'measured' END
           AS status,
       r.fee IS NOT NULL AS named
FROM roster r LEFT JOIN offered b USING (creator_id)
"""


def compute(store: Store) -> pa.Table:
    """Return the value measures of every creator with a fee, and the fee to negotiate to."""
    _open_fees(store)
    return measured(store, MEASURES, f"{_fee_rows(store)} UNION ALL BY NAME {_cost_rows(store)}")


def _open_fees(store: Store) -> None:
    """Create the view ``fees``: one row per creator with fee, currency and status."""
    import pyarrow as pa

    offered = sorted(store.brief.fees.items())
    table = pa.table(
        {"creator_id": [name for name, _ in offered], "fee": [float(fee) for _, fee in offered]},
        schema=pa.schema([("creator_id", pa.string()), ("fee", pa.float64())]),
    )
    put_table(store, "offered", table)
    store.con.execute(_FEES.replace("$currency", _text(store.brief.currency)))


def _text(value: str | None) -> str:
    """Return an SQL literal."""
    return (
        "NULL::VARCHAR" if value is None else "'" + value.strip().upper().replace("'", "''") + "'"
    )


def _number(value: object) -> str:
    return "NULL::DOUBLE" if value is None else f"{float(str(value))!r}::DOUBLE"


def _order_rates(
    ends: tuple[float, float] | None,
) -> tuple[float | None, float | None, float | None]:
    """Return the middle of a range, its lower and its upper end."""
    if ends is None:
        return None, None, None
    low, high = ends
    return (math.sqrt(low * high) or (low + high) / 2, low, high)


def _fee_rows(store: Store) -> str:
    return f"""
        SELECT creator_id, 'value.fee' AS id, fee AS value,
               CASE WHEN fee IS NULL AND named THEN 'absent' ELSE status END AS status,
               CASE WHEN fee IS NULL AND named
                    THEN 'missing: creators.fee in ' || {_text(store.brief.currency)}
                    ELSE currency END AS note
        FROM fees
    """


def _cost_rows(store: Store) -> str:
    """Return SQL for what is divided by a median; its ends swap places."""
    brief = store.brief
    margin, value = _number(brief.gross_margin), _number(brief.order_value)
    cpm = _number(brief.cpm)
    rate, least, most = (_number(one) for one in _order_rates(brief.order_rate))
    orders = f"fee / nullif({value} * {margin}, 0)"
    ratios = {
        "value.cpm": ("1000 * fee", "engagement.median_views"),
        "value.cpm_at_p10": ("1000 * fee", "engagement.views_p10"),
        "value.cpm_at_p90": ("1000 * fee", "engagement.views_p90"),
        "value.cpe": ("fee", "engagement.median_engagements"),
        "value.cost_per_1000_in_target": ("1000 * fee", "audience.in_target_people"),
        "value.cpm_ratio": (f"1000 * fee / nullif({cpm}, 0)", "engagement.median_views"),
        "value.break_even_rate": (orders, "engagement.median_views"),
    }
    divided = " UNION ALL ".join(
        f"SELECT f.creator_id, '{measure}' AS id, {top} / nullif(m.value, 0) AS value, m.n, "
        f"{top} / nullif(m.high, 0) AS low, {top} / nullif(m.low, 0) AS high, "
        "CASE WHEN f.status = 'measured' THEN m.status ELSE f.status END AS status, "
        "f.currency AS note "
        f"FROM fees f JOIN measured m USING (creator_id) WHERE m.id = '{basis}'"
        for measure, (top, basis) in ratios.items()
    )
    return f"""
        ({divided}
        UNION ALL
        SELECT f.creator_id, 'value.break_even_order_value',
               fee / nullif({rate} * {margin} * m.value, 0), m.n,
               fee / nullif({most} * {margin} * m.high, 0),
               fee / nullif({least} * {margin} * m.low, 0),
               CASE WHEN f.status = 'measured' THEN m.status ELSE f.status END, f.currency
        FROM fees f JOIN measured m USING (creator_id) WHERE m.id = 'engagement.median_views'
        UNION ALL
        SELECT creator_id, 'value.break_even_orders', {orders}, NULL, NULL, NULL, status, currency
        FROM fees
        UNION ALL
        SELECT creator_id, 'value.negotiate_to', {cpm} * value / 1000, n, {cpm} * low / 1000,
               {cpm} * high / 1000, status, {_text(brief.currency)}
        FROM measured WHERE id = 'engagement.median_views')
    """
