"""The canonical tables: columns, types, units and bounds.

Only what a column *is* lives here. How foreign headers map to it is data
(``rules/headers/``); how a file is read is in ``vetting.importers``.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["id", "text", "count", "number", "share", "money", "boolean", "date", "time"]

SQL_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        "id": "VARCHAR",  # text for ever: leading zeros and 2^53 both bite
        "text": "VARCHAR",
        "count": "BIGINT",
        "number": "DOUBLE",
        "share": "DOUBLE",
        "money": "DECIMAL(18,4)",
        "boolean": "BOOLEAN",
        "date": "DATE",
        "time": "TIMESTAMP",  # UTC, no zone
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a canonical table.

    Attributes
    ----------
    name : str
    kind : Kind
        Type and check at once: ``count`` is a whole number >= 0, ``share`` lies in 0..1.
    required : bool
        A row without it is left out and named in problems.csv.
    choices : tuple of str
        Allowed values, lower case; empty when any is allowed.
    signed : bool
        Negative values are allowed (refunds).
    """

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A canonical table.

    Attributes
    ----------
    name : str
    columns : tuple of Column
    key : tuple of str
        Columns that identify a row; a second row with the same key is a problem
        (the later one wins for growth and snapshots, see importers). Empty: no key.
    title : str
        What one row is.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    title: str

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order, without the source columns."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column called ``name``; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


# Every stored row also says where it came from.
SOURCE_COLUMNS: tuple[tuple[str, str], ...] = (
    ("source_file", "VARCHAR"),
    ("source_line", "BIGINT"),
)

DIMENSIONS = ("country", "city", "age", "gender", "language", "interest", "income")
STATUSES = ("measured", "estimated", "claimed", "absent")


def _columns(kind: Kind, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name in names)


_CREATOR = Column("creator_id", "id", required=True)

_TABLES = (
    Table(
        "creators",
        (
            _CREATOR,
            *_columns("text", "platform", "handle", "name"),
            *_columns("count", "followers", "following", "posts"),
            Column("verified", "boolean"),
            *_columns("text", "category", "country", "language", "bio"),
            Column("fee", "money"),
            Column("currency", "text"),
            *_columns(
                "count",
                "claimed_followers",
                "claimed_reach",
                "claimed_impressions",
                "claimed_views",
            ),
            Column("claimed_engagement_rate", "share"),
            Column("claimed_top_country", "text"),
            # Discount codes and UTM values that are this creator's, several with commas between.
            *_columns("text", "code", "utm"),
            Column("observed_at", "time"),
        ),
        ("creator_id",),
        "one creator on one platform",
    ),
    Table(
        "posts",
        (
            _CREATOR,
            Column("post_id", "id", required=True),
            Column("published_at", "time", required=True),
            *_columns("text", "kind", "caption"),
            *_columns(
                "count",
                "likes",
                "comments",
                "shares",
                "saves",
                "views",
                "reach",
                "impressions",
            ),
            Column("sponsored", "boolean"),
            *_columns("text", "paid_label", "url"),
            Column("pinned", "boolean"),
            Column("observed_at", "time"),
        ),
        ("creator_id", "post_id"),
        "one post, with its counts when the export was made",
    ),
    Table(
        "comments",
        (
            Column("text", "text", required=True),
            *_columns("id", "creator_id", "post_id", "comment_id", "reply_to"),
            Column("author", "text"),
            Column("published_at", "time"),
            Column("likes", "count"),
            Column("by_creator", "boolean"),
        ),
        (),
        "one comment under a creator's post",
    ),
    Table(
        "growth",
        (
            _CREATOR,
            Column("date", "date", required=True),
            Column("followers", "count", required=True),
            *_columns("count", "following", "views", "posts"),
        ),
        ("creator_id", "date"),
        "a creator's counts on one day; views are cumulative",
    ),
    Table(
        "audience",
        (
            _CREATOR,
            Column("dimension", "text", required=True, choices=DIMENSIONS),
            Column("bucket", "text", required=True),
            Column("share", "share", required=True),
            Column("status", "text", choices=STATUSES),
        ),
        ("creator_id", "dimension", "bucket"),
        "a share of a creator's audience",
    ),
    Table(
        "followers",
        (
            _CREATOR,
            Column("account_id", "id", required=True),
            *_columns("count", "followers", "following", "posts"),
            Column("has_picture", "boolean"),
            Column("bio_length", "count"),
            Column("username", "text"),
            *_columns("count", "username_length", "username_digits"),
            *_columns("boolean", "private", "verified"),
            Column("created_at", "time"),
            Column("followed_order", "count"),
            Column("observed_at", "time"),
        ),
        ("creator_id", "account_id"),
        "one account out of a sample of a creator's followers",
    ),
    Table(
        "outcomes",
        (
            _CREATOR,
            Column("date", "date", required=True),
            Column("post_id", "id"),
            # First day where a row sums up several days; its date is the last.
            Column("date_from", "date"),
            *_columns("money", "spend", "fee", "product_cost", "shipping", "agency_fee"),
            *_columns(
                "count",
                "reach",
                "impressions",
                "views",
                "engagements",
                "likes",
                "comments",
                "shares",
                "saves",
                "clicks",
                "visitors",
                "new_users",
                "sessions",
                # Sessions with one page, and sessions that Google Analytics 4 calls engaged.
                "bounces",
                "engaged_sessions",
                "page_views",
                # Sums over the sessions: their length, and the time the page was in front.
                "seconds_on_site",
                "seconds_engaged",
                "leads",
            ),
            Column("conversions", "count", signed=True),
            Column("new_customers", "count", signed=True),
            Column("revenue", "money", signed=True),
            Column("bonus", "money", signed=True),  # what a marketplace pays back on the sales
            Column("gross_margin", "share"),
            # What the sheet itself says; only compared, never added up or averaged.
            Column("stated_emv", "money"),
            *_columns("share", "stated_engagement_rate", "stated_ctr", "stated_conversion_rate"),
            *_columns("text", "code", "utm_source", "utm_medium", "utm_campaign", "utm_content"),
            *_columns("text", "currency", "country"),
            Column("order_id", "id"),  # the shop's; an order in two exports counts once
        ),
        (),
        "what a creator's work cost and brought on one day",
    ),
    Table(
        "touchpoints",
        (
            Column("customer_id", "id", required=True),
            Column("at", "time", required=True),
            Column("channel", "text", required=True),
            Column("creator_id", "id"),
            Column("converted", "boolean"),
            Column("revenue", "money", signed=True),
            *_columns("text", "code", "utm_source", "utm_medium", "utm_campaign", "utm_content"),
            Column("currency", "text"),
        ),
        (),
        "one contact of one customer with one channel",
    ),
    Table(
        "searches",
        (
            Column("term", "text", required=True),
            Column("date", "date", required=True),
            Column("searches", "number", required=True),  # a volume or an index: any scale
            Column("region", "text"),
        ),
        ("term", "date", "region"),
        "how often a term was searched for from one day on",
    ),
    Table(
        "events",
        (
            _CREATOR,
            Column("date", "date", required=True),
            Column("kind", "text", required=True),
            *_columns("text", "note", "explained_by"),
        ),
        (),
        "an analyst's record of something that explains a change",
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _TABLES})
