from shipped_rules import detect, detect_one

from vetting.synthetic import rows, series

AT = 150
DAY = rows.LAST_DAY - 239 + AT


def purged(seed=0, *, share=0.05):
    return rows.growth(series.purge(series.honest(seed=seed), at=AT, share=share))


def test_a_loss_in_one_day_is_unexplained():
    one = detect_one(rows.open_tables(rows.joined(rows.creator(), purged())), "purge-drop")
    assert (one.state, one.explained) == ("fired", False)
    assert one.end == rows.date_of(DAY).isoformat()
    assert 0.045 < one.values["share"] < 0.055


def test_a_loss_of_many_creators_in_one_week_is_the_platforms():
    group = [rows.renamed(rows.joined(rows.creator(), purged(n)), f"peer-{n}") for n in range(12)]
    found = detect(rows.open_tables(rows.joined(*group)), "purge-drop")
    assert {one.state for one in found} == {"clear"}
    assert {one.explained for one in found} == {True}


def test_a_loss_that_others_do_not_share_stays_unexplained():
    others = [
        rows.renamed(rows.joined(rows.creator(), rows.growth(series.honest(seed=n))), f"peer-{n}")
        for n in range(12)
    ]
    store = rows.open_tables(rows.joined(rows.creator(), purged(), *others))
    assert detect_one(store, "purge-drop").explained is False


def test_an_event_of_the_analyst_explains_it():
    tables = rows.joined(rows.creator(), purged(), rows.event(DAY, "dispute"))
    one = detect_one(rows.open_tables(tables), "purge-drop")
    assert (one.state, one.explained) == ("clear", True)
