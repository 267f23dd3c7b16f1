from report_sample import PEOPLE, a_finding, a_sample


def unheld(people, findings=()):
    sample = a_sample(people)
    sample.findings = list(findings)
    return sample.summary()["unheld"]


def test_a_measure_absent_for_everybody_is_said_once():
    assert unheld(PEOPLE[:2])["measures"] == [
        "engagement.rate_by_reach",
        "engagement.rate_by_views",
    ]


def test_a_measure_that_one_creator_has_is_not():
    assert "engagement.rate_by_views" not in unheld(PEOPLE[:3])["measures"]


def test_a_finding_unknown_for_everybody_for_one_reason_is_said_once():
    findings = [
        a_finding(creator, "purge-drop", state="unknown", missing=("growth.followers",))
        for creator in ("ig-001", "ig-002")
    ]
    assert unheld(PEOPLE[:2], findings)["findings"] == ["purge-drop"]


def test_a_finding_unknown_for_different_reasons_is_not():
    findings = [
        a_finding("ig-001", "purge-drop", state="unknown", missing=("growth.followers",)),
        a_finding("ig-002", "purge-drop", state="unknown", missing=("growth.date",)),
    ]
    assert unheld(PEOPLE[:2], findings)["findings"] == []


def test_for_one_creator_or_none_everything_stands_with_the_creator():
    assert unheld(PEOPLE[:1]) == unheld(()) == {"measures": [], "findings": []}
