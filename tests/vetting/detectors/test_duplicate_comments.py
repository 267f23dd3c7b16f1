from shipped_rules import detect_one

from vetting.synthetic import rows

LONG = "this is the most wonderful thing I have seen"


def found(texts, **options):
    tables = rows.joined(rows.creator(), rows.comments(texts, **options))
    return detect_one(rows.open_tables(tables), "duplicate-comments")


def varied(count):
    return [f"a thought of my own about number {n} of these" for n in range(count)]


def test_copies_are_counted_with_their_texts():
    one = found([LONG] * 40 + varied(20))
    assert one.state == "fired"
    assert (one.values["copies"], one.values["texts"], one.values["most"]) == (40, 1, 40)


def test_signs_spaces_and_capitals_do_not_hide_a_copy():
    one = found([LONG.upper() + "!" * n for n in range(30)] + varied(10))
    assert one.values["most"] == 30


def test_copies_in_chinese_are_seen():
    text = "這個顏色真的非常好看而且價錢也很合理我會推薦給朋友"
    assert found([text] * 40 + varied(20)).state == "fired"


def test_one_person_who_repeats_counts_once():
    assert found([LONG] * 40 + varied(60), authors=1).values["copies"] == 0


def test_short_praise_that_everybody_writes_does_not_count():
    one = found(["love this", "so cute"] * 60 + varied(40))
    assert (one.state, one.values["copies"]) == ("clear", 0)


def test_too_few_longer_comments_are_unknown():
    assert found([LONG] * 12).state == "unknown"
