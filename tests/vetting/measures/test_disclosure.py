"""Advertising labels by the law of each market."""

import pytest
from builders import a_creator, a_store, some_posts

from vetting.brief import Brief
from vetting.measures import disclosure
from vetting.measures._labels import all_phrases, fold_case, judge_caption, label_tables

TABLES = label_tables()
COUNTRIES = ("NL", "BE", "DK", "DE", "AT", "FR", "ES", "IT", "GB", "US", "TW", "CN")


def words(side):
    return [(one, word) for one in COUNTRIES for word in getattr(TABLES[one], side)]


def judged(country, caption, *, platform="instagram", sponsored=True, paid_label=None):
    return judge_caption(
        caption, TABLES[country], platform=platform, sponsored=sponsored, paid_label=paid_label
    )


def verdict(country, caption, **facts):
    found = judged(country, caption, **facts)
    return None if found is None else found.verdict


def test_every_country_of_the_issue_has_a_table():
    assert sorted(TABLES) == sorted(COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_table_has_law_and_dated_sources_and_no_word_on_both_sides(country):
    table = TABLES[country]
    assert table.law
    assert all(source.title and source.date for source in table.sources)
    assert not set(table.accepted) & set(table.rejected)
    assert all(word == word.lower() for word in (*table.accepted, *table.rejected))


@pytest.mark.parametrize(("country", "word"), words("accepted"))
def test_every_accepted_word_passes_as_hashtag_and_in_front(country, word):
    assert verdict(country, f"{word.upper()} | new in the shop") == "labelled"
    assert verdict(country, f"#{word.replace(' ', '')} new in the shop") == "labelled"


@pytest.mark.parametrize(("country", "word"), words("rejected"))
def test_every_rejected_word_fails(country, word):
    assert verdict(country, f"#{word.replace(' ', '')} new in the shop") in {"wrong_word", "late"}


def test_danish_ad_fails_and_british_ad_passes():
    assert verdict("DK", "#ad I love this") == "wrong_word"
    assert verdict("GB", "#ad I love this") == "labelled"


@pytest.mark.parametrize(
    ("country", "caption", "expected"),
    [
        ("DK", "Reklame for Matas", "labelled"),
        ("DK", "spons | Matas", "wrong_word"),
        ("NL", "Advertentie: nieuwe pannen", "labelled"),
        ("NL", "collab met Potten #collab", "wrong_word"),
        ("BE", "#publicité super", "labelled"),
        ("BE", "#ad super", "wrong_word"),
        ("DE", "Anzeige | toll", "labelled"),
        ("DE", "#sponsored toll", "wrong_word"),
        ("AT", "Entgeltliche Einschaltung - toll", "labelled"),
        ("FR", "Collaboration commerciale avec X", "labelled"),
        ("FR", "#partenariat avec X", "wrong_word"),
        ("ES", "Publi para X", "labelled"),
        ("ES", "#ad para X", "wrong_word"),
        ("IT", "#pubblicità bello", "labelled"),
        ("IT", "#adv bello", "labelled"),
        ("GB", "#gifted lovely", "wrong_word"),
        ("US", "#sponsored lovely", "labelled"),
        ("US", "#sp lovely", "wrong_word"),
        ("TW", "業配 好吃", "labelled"),
        ("CN", "广告 好用", "labelled"),
        ("CN", "赞助 好用", "wrong_word"),
    ],
)
def test_each_market_by_its_own_words(country, caption, expected):
    assert verdict(country, caption) == expected


def test_a_label_behind_the_fold_is_late():
    found = judged("GB", "x" * 130 + " #ad")
    assert (found.verdict, found.place) == ("late", "behind more")
    assert verdict("GB", "x" * 120 + " #ad") == "labelled"
    assert verdict("GB", "x" * 110 + " #ad", platform="tiktok") == "late"
    assert verdict("GB", "x" * 140 + " #ad", platform=None) == "labelled"


def test_a_label_among_hashtags_is_buried():
    found = judged("DE", "toll #one #two #three #werbung")
    assert (found.verdict, found.place) == ("late", "among hashtags")
    assert verdict("DE", "toll #one #two #werbung") == "labelled"


@pytest.mark.parametrize(
    "caption", ["Vi går ad vejen hjem", "adventure time", "#adventure", "brand#ad", "@ad hello"]
)
def test_a_short_word_in_ordinary_speech_is_no_label(caption):
    for country in ("DK", "GB"):
        assert verdict(country, caption) == "missing"


@pytest.mark.parametrize(
    "caption", ["AD new pans", "[ad] new pans", "hello\nad: new pans", "(ad) x"]
)
def test_a_short_word_that_stands_like_a_label_is_one(caption):
    assert verdict("GB", caption) == "labelled"


@pytest.mark.parametrize("caption", ["This is not sponsored", "no ad, just love", "#notsponsored"])
def test_a_denied_label_is_none(caption):
    assert verdict("US", caption, sponsored=None) is None


def test_the_platform_s_label_suffices_where_the_table_says_so():
    assert verdict("NL", "hello", paid_label="Paid partnership") == "labelled"
    assert verdict("US", "hello", paid_label="Paid partnership") == "platform_only"


def test_codes_and_links_without_a_label_are_only_suspected():
    found = judged("NL", "Met code ANNA10 krijg je korting", sponsored=None)
    assert (found.verdict, found.label) == ("suspected", "met code")
    assert verdict("US", "links on amzn.to/abc", sponsored=False) == "suspected"


def test_a_hashtag_that_admits_advertising_counts_without_the_platform():
    assert verdict("DK", "#ad hello", sponsored=None) == "wrong_word"
    assert verdict("DK", "#partner hello", sponsored=None) is None


def test_an_ordinary_post_is_not_judged():
    assert verdict("NL", "Hello", sponsored=False) is None


def test_an_unknown_caption_is_not_an_empty_one():
    assert verdict("NL", None) is None
    assert verdict("NL", "") == "missing"


def test_folding_keeps_every_place():
    for text in ("İstanbul", "ﬁne", "ＡＤ", "STRASSE ß", "业配"):
        assert len(fold_case(text)) == len(text)
    assert fold_case("ＡＤ") == "ad"


def measured(posts, **facts):
    creator = a_creator(country=facts.pop("country", "DK"))
    store = a_store(
        tables={"creators": [creator], "posts": posts}, brief=Brief(country=facts.get("market"))
    )
    rows = disclosure.compute(store).to_pylist()
    return {row["id"].removeprefix("disclosure."): row for row in rows}, store


def posts(*captions, **facts):
    return [
        {**post, "caption": caption}
        for post, caption in zip(some_posts(count=len(captions), **facts), captions, strict=True)
    ]


def test_shares_are_of_known_adverts_and_estimated():
    found, store = measured(posts("#ad x", "Reklame: x", "reklame y", "z", sponsored=True))
    assert found["adverts"]["value"] == 4
    assert found["proper_share"]["value"] == 0.5
    assert found["wrong_word_share"]["value"] == 0.25
    assert found["missing_share"]["value"] == 0.25
    assert found["proper_share"]["low"] < 0.5 < found["proper_share"]["high"]
    assert {row["status"] for row in found.values()} == {"estimated"}
    verdicts = store.con.sql("SELECT verdict FROM disclosure_posts ORDER BY 1").fetchall()
    assert [row[0] for row in verdicts] == ["labelled", "labelled", "missing", "wrong_word"]


def test_the_brief_s_market_goes_before_the_creator_s_country():
    captions = posts("#ad x", sponsored=True)
    assert measured(captions)[0]["proper_share"]["value"] == 0
    assert measured(captions, market="United Kingdom")[0]["proper_share"]["value"] == 1


@pytest.mark.parametrize("country", [None, "JP"])
def test_without_a_market_or_a_table_nothing_is_judged(country):
    assert measured(posts("#ad x", sponsored=True), country=country)[0] == {}


def test_without_flags_or_labels_adverts_stay_unknown():
    found, _ = measured(posts("hello", "med koden X", sponsored=None))
    assert "adverts" not in found
    assert found["suspected_share"]["value"] == 0.5


def test_no_sponsored_post_is_a_known_zero():
    found, _ = measured(posts("hello", "world", sponsored=False))
    assert found["adverts"]["value"] == 0
    assert "proper_share" not in found


def test_the_search_pattern_finds_what_the_judge_finds():
    assert len(all_phrases()) > 150
    found, _ = measured(posts("(Ad) x", "ＡＤ y", "¿reklame? z", sponsored=None))
    assert found["adverts"]["value"] >= 1
