"""The shortlist as one purchase: fees, prices side by side, people counted once."""

import dataclasses
import io
import json

import pytest
from report_sample import PEOPLE, a_sample

from vetting.brief import Brief
from vetting.reports import report_html, report_md, scores_xlsx, shortlist_json, terminal
from vetting.reports._shortlist import fees_words, reach_lines

FOUR = PEOPLE[:4]  # all on the shortlist
FEE = {"id": "value.fee", "unit": "money", "value": 800.0, "status": "measured", "note": "EUR"}


def commented(sample, **people):
    """Give creators of the sample comments by the people named."""
    for creator, authors in people.items():
        for author in authors:
            sample.store.con.execute(
                "INSERT INTO comments BY NAME SELECT ? AS creator_id, ? AS author, 'ok' AS text",
                [creator.replace("_", "-"), author],
            )
    return sample


def priced(sample, *creators, **changes):
    sample.measures += [FEE | {"creator_id": creator} | changes for creator in creators]
    return sample


@pytest.fixture
def four():
    sample = priced(a_sample(FOUR, days=30, posts=2), "ig-001", "ig-002")
    shared = [f"p{n}" for n in range(60)]
    return commented(sample, ig_001=shared, ig_002=[*shared[:20], *(f"q{n}" for n in range(40))])


def test_the_shortlist_is_counted_once_with_n_and_interval(four):
    reach = four.summary()["shortlist"]["reach"]
    assert reach["parts"]["ig-001"] == {"followers": 48_210, "commenters": 60, "shared": 20}
    assert reach["left_out"] == ["tt-003", "yt-004"]
    assert reach["net"]["value"] == pytest.approx((48_210 + 112_480) * 5 / 6)
    assert reach["net"]["low"] < reach["net"]["value"] < reach["net"]["high"]
    assert reach["overlap_shown"].startswith("16.7% (")


def test_without_commenters_the_net_reach_is_unknown_and_says_why():
    shortlist = a_sample(FOUR, days=30, posts=2).summary()["shortlist"]
    assert shortlist["reach"]["net"]["value"] is None
    assert shortlist["reach"]["gross_people"] == 604_990
    gross, net = reach_lines(shortlist)
    assert gross == "Shortlist of 4: 604,990 followers added up."
    assert net.startswith("Counted once: unknown, fewer than two creators")


def test_one_creator_alone_shares_with_nobody():
    sample = commented(a_sample(PEOPLE[:1], days=30, posts=2), ig_001=["p1", "p2"])
    because = sample.summary()["shortlist"]["reach"]["unknown_because"]
    assert because == "one creator alone has nobody to share an audience with"


def test_an_empty_shortlist_says_nothing_anywhere():
    summary = a_sample(PEOPLE[4:6], days=30, posts=2).summary()
    assert summary["shortlist"]["reach"]["unknown_because"] == "nobody is on the shortlist"
    assert list(reach_lines(summary["shortlist"])) == []
    assert "The shortlist together" not in report_html.render(summary)
    assert "The shortlist together" not in report_md.render(summary)


def test_fees_are_added_and_say_how_many_are_known(four):
    assert fees_words(four.summary()["shortlist"]) == "1,600.00 EUR (2 of 4 fees are known)"


def test_fees_in_two_currencies_are_not_added(four):
    priced(four, "tt-003", note="DKK")
    assert fees_words(four.summary()["shortlist"]) == ""


def test_the_fees_stand_beside_the_budget_in_their_currency(four):
    four.store = dataclasses.replace(four.store, brief=Brief(budget="2000", currency="EUR"))
    words = fees_words(four.summary()["shortlist"])
    assert words.startswith("1,600.00 of a budget of 2,000.00 EUR")
    four.store = dataclasses.replace(four.store, brief=Brief(budget="2000", currency="DKK"))
    assert "budget" not in fees_words(four.summary()["shortlist"])


def test_every_report_shows_the_net_reach(four):
    summary = four.summary()
    together = f"about {summary['shortlist']['reach']['net_shown']} of 160,690, overlap 16.7%"
    assert together in report_html.render(summary)
    assert "Without known followers or commenters, so not in it: 2." in report_md.render(summary)
    assert together.replace("16.7%", "") in " ".join(terminal.render(summary, width=200).split())
    assert json.loads(shortlist_json.render(summary)) == summary["shortlist"]


def test_the_workbook_has_the_shortlist_with_prices(four):
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(scores_xlsx.render(four.summary())))
    header, first, *_ = book.get_sheet_by_name("Shortlist").to_python()
    row = dict(zip(header, first, strict=False))
    assert (row["creator_id"], row["shared_commenters"], row["value.fee"]) == ("ig-001", 20, 800)


def test_with_whom_a_creator_shares_commenters_stands_with_the_creator(four):
    four.store.con.execute(
        "CREATE TABLE audience_overlaps AS SELECT 'ig-001' AS creator_id, 'ig-002' AS other, "
        "20 AS shared, 0.33 AS share"
    )
    (first, *_) = four.summary()["creators"]
    assert first["overlaps"] == [
        {"creator_id": "ig-002", "name": "Signe Holm", "shared": 20, "share_shown": "33%"}
    ]
    assert "Shares most commenters with" in report_html.render(four.summary())
