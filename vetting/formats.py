"""What can be read, as data: export formats, canonical tables, and empty templates of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.tables import TABLES
from vetting.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

_BRIEF = """\
# The campaign brief. Take the # off what you want to say; everything is optional.
# Check and use it with: vetting audit INPUT... --brief brief.yaml --out RUN

# campaign: Spring launch
# brand: Example
# Its other names, handles and hashtags, to find who mentions it.
# brand_names: ["@example", "#exampleathome"]
# What counts most: awareness, engagement, acquisition or sales.
goal: awareness
# Kind of product, for the rules on regulated goods: general, alcohol, gambling, finance, crypto,
# nicotine, health, weight_loss, cosmetic_procedures or children.
# category: general
# The market, ISO 3166.
# country: NL
# starts: 2027-03-01
# ends: 2027-04-15
# platforms: [instagram, tiktok, youtube]

# Whom you want to reach: buckets as the audience table writes them, the least share in them, and
# for the ideal audience the share of each.
# audience:
#   country: {buckets: [NL, BE], minimum_share: 50%, ideal: {NL: 80%, BE: 20%}}
#   city: {buckets: [Amsterdam]}
#   age: {buckets: [18-24, 25-34], minimum_share: 40%}
#   gender: {buckets: [female], weight: 0.5}
#   language: {buckets: [nl]}
#   interest: {buckets: [skincare]}
#   income: {buckets: [middle]}

# Money, in one currency (ISO 4217): the whole budget, your own usual price of 1,000 views, your
# usual order and the part of it that is margin.
# currency: EUR
# budget: 12000
# cpm: 9.50
# order_value: 45
# gross_margin: 40%
# From and to: clicks per view, orders per click and orders per view of campaigns like this.
# click_rate: [0.5%, 2%]
# conversion_rate: [1%, 4%]
# order_rate: [0.005%, 0.08%]
# Offered fee by creator_id.
# fees:
#   anna: 450

# Rival brands as captions name them, and how long a creator must not have worked for one.
# competitors: [Other brand]
# exclusivity_days: 90
# Words and phrases you do not want to stand beside.
# avoid: [miracle cure]
# Age in years by creator_id, as confirmed by the creator.
# ages:
#   anna: 27

# Weights of the sub-scores instead of those of the goal; they sum to 100.
# weights: {authenticity: 30, audience_fit: 30, engagement: 20, safety: 10, value: 10}
"""


def known_formats() -> list[dict[str, Any]]:
    """Return every importer: id, title, description and the tables it fills, sorted by id."""
    from vetting.reading import importers

    return [
        {
            "id": name,
            "title": module.TITLE,
            "description": module.DESCRIPTION,
            "tables": list(module.TABLES),
        }
        for name, module in importers().items()
    ]


def known_tables() -> list[dict[str, Any]]:
    """Return every canonical table: id, title, columns, and which of them are required."""
    return [
        {
            "id": table.name,
            "title": table.title,
            "columns": list(table.names),
            "required": [column.name for column in table.columns if column.required],
        }
        for table in TABLES.values()
    ]


def write_templates(folder: Path) -> list[Path]:
    """Write an empty CSV per canonical table and a commented brief.yaml.

    Parameters
    ----------
    folder : Path
        Made when missing.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    VettingError
        When one of the files is there already: nothing is overwritten.
    """
    texts = {f"{name}.csv": ",".join(table.names) + "\n" for name, table in TABLES.items()}
    texts["brief.yaml"] = _BRIEF
    there = sorted(name for name in texts if (folder / name).exists())
    if there:
        raise VettingError(
            "the folder has such files already",
            path=str(folder),
            found=", ".join(there),
            hint="Name an empty folder; nothing was written.",
        )
    for name, text in texts.items():
        write_whole(folder / name, text)
    return [folder / name for name in texts]
