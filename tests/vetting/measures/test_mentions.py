"""Posts and comments that name the brand, as whole words, handles and hashtags."""

import pytest
from builders import a_creator, a_store, some_comments, some_posts

from vetting.brief import Brief
from vetting.measures import mentions
from vetting.measuring import measure_families

BRIEF = Brief(brand="Morgen Lys", brand_names=("@mlys", "#mlyshome"))


def measured(brief=BRIEF, caption=None, text=None, **comment):
    store = a_store(
        tables={
            "creators": [a_creator()],
            "posts": some_posts(caption=lambda n: caption if n < 5 else "nothing"),
            "comments": some_comments(text=lambda n: text if n < 10 else "nice", **comment),
        },
        brief=brief,
    )
    return {row["id"]: row for row in measure_families(store, [mentions]).to_pylist()}


@pytest.mark.parametrize(
    "text", ["morgen lys!", "Love #MorgenLys", "from @mlys :)", "#mlyshome", "MORGEN LYS"]
)
def test_a_brand_is_found_by_name_handle_and_hashtag(text) -> None:
    rows = measured(caption=text, text=text)
    assert rows["mentions.posts"]["value"] == 5
    share = rows["mentions.comment_share"]
    assert (share["value"], share["n"]) == (0.25, 40)
    assert share["low"] < 0.25 < share["high"]


@pytest.mark.parametrize("text", ["mlys", "morgen lysende", "@mlyss", "lys i morgen", None])
def test_parts_of_words_and_other_names_are_no_mention(text) -> None:
    assert measured(caption="x", text=text or "x")["mentions.comments"]["value"] == 0


def test_the_creators_own_comments_are_no_mention() -> None:
    assert (
        measured(caption="x", text="@mlys", by_creator=True)["mentions.comments"]["value"] is None
    )


def test_without_a_brand_nothing_is_known_and_it_is_named() -> None:
    row = measured(brief=Brief(), caption="@mlys", text="@mlys")["mentions.posts"]
    assert (row["value"], row["note"]) == (None, "missing: brief.brand")
