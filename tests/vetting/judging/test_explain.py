"""Which claims decided, and that they suffice."""

from hypothesis import given
from hypothesis import strategies as st

from vetting.judging import syntax
from vetting.judging.explain import deciding
from vetting.judging.parse import parse

NAMES = ("a", "b", "c", "d")


@st.composite
def conditions(draw, depth=3):
    """Return the text of a condition over the boolean names a.x .. d.x."""
    if depth == 0 or draw(st.booleans()):
        return f"{draw(st.sampled_from(NAMES))}.x"
    if draw(st.integers(0, 3)) == 0:
        return f"not ({draw(conditions(depth=depth - 1))})"
    joint = draw(st.sampled_from([" and ", " or "]))
    parts = draw(st.lists(conditions(depth=depth - 1), min_size=2, max_size=3))
    return "(" + joint.join(parts) + ")"


def verdict(part, values):
    return deciding(part, lambda leaf: values.get(leaf.name))[0]


def test_one_false_side_decides_an_and():
    condition = parse("a.x and b.x and c.x")
    found = deciding(condition, lambda leaf: {"a.x": True, "b.x": False}.get(leaf.name))
    assert (found[0], [leaf.name for leaf in found[1]]) == (False, ["b.x"])


def test_one_true_side_decides_an_or():
    condition = parse("a.x or b.x")
    found = deciding(condition, lambda leaf: {"b.x": True}.get(leaf.name))
    assert (found[0], [leaf.name for leaf in found[1]]) == (True, ["b.x"])


def test_all_unknown_claims_are_named():
    condition = parse("a.x and b.x and c.x")
    found = deciding(condition, lambda leaf: {"a.x": True}.get(leaf.name))
    assert (found[0], [leaf.name for leaf in found[1]]) == (None, ["b.x", "c.x"])


def test_unknown_survives_not():
    assert deciding(parse("not a.x"), lambda _: None)[0] is None


@given(conditions(), st.dictionaries(st.sampled_from([f"{n}.x" for n in NAMES]), st.booleans()))
def test_the_deciding_claims_alone_give_the_same_verdict(text, values):
    condition = parse(text)
    whole, claims = deciding(condition, lambda leaf: values.get(leaf.name))
    names = {claim.name for claim in claims if isinstance(claim, syntax.Name)}
    alone = {name: value for name, value in values.items() if name in names}
    if whole is not None:
        assert verdict(condition, alone) is whole
    else:
        assert not alone


@given(
    conditions(),
    st.dictionaries(st.sampled_from([f"{n}.x" for n in NAMES]), st.booleans()),
    st.booleans(),
)
def test_learning_a_fact_never_turns_a_verdict_round(text, values, learnt):
    condition = parse(text)
    before = verdict(condition, values)
    after = verdict(condition, {f"{name}.x": learnt for name in NAMES} | values)
    assert before is None or after is before
