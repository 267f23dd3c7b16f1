"""Brand safety: phrases, lights, quotes, competitors."""

import pytest
from builders import a_creator, a_store, some_comments, some_posts

from vetting.brief import Brief
from vetting.measures import safety
from vetting.measures._phrases import Finder, Phrases, fold, re2_of, shipped_groups

GROUPS = {group.group: group for group in shipped_groups()}


def computed(captions=(), comments=(), *, language="en", **brief):
    posts = [
        {**post, "caption": caption}
        for post, caption in zip(some_posts(count=len(captions)), captions, strict=True)
    ]
    rows = [
        {**row, **given}
        for row, given in zip(some_comments(count=len(comments)), comments, strict=True)
    ]
    tables = {"creators": [a_creator(language=language)], "posts": posts, "comments": rows}
    store = a_store(tables=tables, brief=Brief.model_validate(brief))
    found = {row["id"]: row for row in safety.compute(store).to_pylist()}
    return store, found


def lights(store, side="posts"):
    rows = store.con.sql(
        f"""SELECT "group", light FROM safety_groups WHERE side = '{side}' AND light <> 'green'"""
    ).fetchall()
    return dict(rows)


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_has_sources_and_tolerances_that_rise(name):
    group = GROUPS[name]
    assert all(source.title and source.date for source in group.sources)
    for side in (group.lights.posts, group.lights.comments):
        assert side.orange <= side.red
    assert set(group.phrases) >= {"en", "nl", "da", "de", "fr", "es", "it", "pt", "zh"}


@pytest.mark.parametrize("name", GROUPS)
def test_every_phrase_is_found_in_a_sentence_of_its_language(name):
    group = GROUPS[name]
    for language, phrases in group.phrases.items():
        finder = Finder({name: Phrases(phrases, group.not_in)})
        pattern = re2_of(phrases)
        for phrase in phrases:
            text = fold(f"well, {phrase}!")
            assert name in finder.first_hits(text), (language, phrase)
            assert pattern


def test_whole_words_only():
    store, _ = computed(["a classic assessment of grass", "shitake mushrooms", "begun"])
    assert lights(store) == {}


def test_harmless_phrases_are_left_out():
    store, _ = computed(["our joint venture", "massage gun review", "against all odds"])
    assert lights(store) == {}


def test_lights_follow_the_share_of_texts():
    captions = ["what the fuck"] + ["hello"] * 4
    assert lights(computed(captions)[0]) == {"profanity": "red"}
    assert lights(computed(captions + ["hello"] * 10)[0]) == {"profanity": "orange"}
    assert lights(computed(captions + ["hello"] * 30)[0]) == {}


def test_a_tolerance_of_zero_means_any_hit_and_no_hit_is_green():
    assert lights(computed(["sieg heil"] + ["hello"] * 99)[0]) == {"hate": "orange"}
    assert lights(computed(["hello"])[0]) == {}


def test_comments_are_judged_by_their_own_language():
    comments = [{"text": "rødvin og vin", "language": "da"}] * 5
    assert lights(computed((), comments)[0], "comments") == {"alcohol": "red"}
    other = [{"text": "vin diesel was great", "language": "en"}] * 5
    assert lights(computed((), other)[0], "comments") == {}


def test_languages_without_a_list_are_read_in_english():
    comments = [{"text": "fuck", "language": "sv"}] * 3
    assert lights(computed((), comments)[0], "comments") == {"profanity": "red"}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "kys", {"self_harm": "red"}),
        ("da", "kys", {}),
        ("fr", "elle est en retard", {}),
        ("en", "what a retard", {"hate": "red"}),
        ("it", "che casino", {}),
        ("sv", "ett rum", {}),
        ("en", "a glass of rum", {"alcohol": "red"}),
        ("de", "der kater schläft", {}),
        ("da", "fuld tid", {}),
        ("es", "vino a verme en seis cuotas", {}),
        ("en", "time heals, what are the odds, joint custody", {}),
    ],
)
def test_words_that_mean_something_else_in_a_language_are_no_hit(language, text, found):
    comments = [{"text": text, "language": language}] * 3
    assert lights(computed((), comments)[0], "comments") == found


def test_chinese_needs_no_spaces():
    store, _ = computed(["我們今天喝醉了"], language="zh-Hant")
    assert lights(store) == {"alcohol": "red"}


def test_the_creator_s_own_comments_do_not_count():
    comments = [{"text": "fuck", "by_creator": True}, {"text": "hello", "by_creator": False}]
    store, found = computed((), comments)
    assert lights(store, "comments") == {}
    assert found["safety.flagged_comments_share"]["n"] == 1


def test_hits_are_quoted_with_handles_masked():
    store, _ = computed(["x" * 80 + " fuck you @somebody " + "y" * 80])
    (row,) = store.con.sql("SELECT phrase, quote FROM safety_hits").fetchall()
    assert row[0] == "fuck"
    assert "fuck you" in row[1]
    assert "somebody" not in row[1]
    assert (row[1][:3], row[1][-3:]) == ("...", "...")


def test_at_most_fifty_hits_are_kept_the_newest_first():
    store, _ = computed(["fuck"] * 60)
    rows = store.con.sql("SELECT date FROM safety_hits").fetchall()
    assert len(rows) == 50
    assert rows[0][0] == max(row[0] for row in rows)
    assert store.con.sql("SELECT hits FROM safety_groups WHERE light = 'red'").fetchall() == [(60,)]


def test_flagged_shares_count_texts_once():
    _, found = computed(["fuck this shit casino", "hello", "my son is lovely", "hi"])
    assert found["safety.flagged_posts_share"]["value"] == 0.25
    assert found["safety.flagged_posts_share"]["n"] == 4


def test_a_creator_without_hits_is_known_to_be_clean():
    _, found = computed(["my son is lovely"])
    assert found["safety.flagged_posts_share"]["value"] == 0


def test_the_brief_s_own_words_are_a_group():
    store, _ = computed(["so cheap", "hello"], avoid=["cheap"])
    assert lights(store) == {"avoid": "red"}


def test_no_texts_are_not_clean_texts():
    store, found = computed()
    assert found == {}
    assert store.con.sql("SELECT count(*) FROM safety_groups").fetchall() == [(0,)]


@pytest.mark.parametrize("text", ["ＦＵＣＫ off", "fuck\u200b", "FUCK", "fuck.", "(fuck)"])
def test_case_and_width_do_not_hide_a_phrase_from_the_finder(text):
    finder = Finder({"profanity": Phrases(("fuck",))})
    assert finder.first_hits(fold(text))
