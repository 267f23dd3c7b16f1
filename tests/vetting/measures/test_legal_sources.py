"""docs/legal.md says of every legal source whether it was read; UPDATE_GOLDEN=1 writes it."""

import os
from pathlib import Path

from vetting.catalogue import build_catalogue
from vetting.judging.packs import load_packs
from vetting.measures._labels import label_tables, reading

PAGE = Path(__file__).resolve().parents[3] / "docs" / "legal.md"
HEAD = """# Legal sources, and whether they were read

The tables of labels and the rules on regulated goods are a first look and no legal advice. *Read*
is the day on which somebody read, in a stored copy of that page or of a report on it, what the line
says; *not read* means that the line is written from general knowledge and has to be checked before
anybody leans on it. Where a law has changed since, the rule is out of date: say so in an issue,
with the source.

Written from `rules/disclosure_labels` and `rules/regulated` (key `checked`).
"""
PLATFORM = {"enough": "is enough", "helps": "helps and is not enough"}


def line(source):
    title = " ".join(source.title.split()).replace("|", "/")
    where = f"[{title}]({source.url})" if source.url else title
    return (
        f"{where}, {source.date}: {f'read {source.checked}' if source.checked else '**not read**'}"
    )


def page():
    parts = [HEAD, "## Labels of advertising by country"]
    for country, table in sorted(label_tables().items()):
        parts += [
            f"\n### {table.title} ({country})\n{table.law}\n",
            f"- Accepted: {', '.join(table.accepted)}",
            f"- Not enough: {', '.join(table.rejected)}",
            f"- The platform's own label {PLATFORM[table.platform_label]}",
            *(f"- {line(source)}" for source in table.sources),
        ]
    parts += [
        "\n### How captions are read everywhere\n",
        *(f"- {line(one)}" for one in reading().sources),
    ]
    parts.append("\n## Regulated goods and duties to register\n")
    rules = load_packs([], build_catalogue()).rules
    parts += [
        f"- `{rule.id}`: {'; '.join(line(source) for source in rule.text.sources)}"
        for rule in rules
        if rule.family == "regulated"
    ]
    return "\n".join(parts) + "\n"


def test_the_page_of_legal_sources_is_that_of_the_data():
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_country_has_a_source_that_was_read():
    unread = {
        country
        for country, table in label_tables().items()
        if not any(source.checked for source in table.sources)
    }
    assert not unread
