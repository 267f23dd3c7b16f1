"""``vetting compare`` says how much of what changed chance alone would give."""

import pytest
from run_builders import a_run
from typer.testing import CliRunner

from vetting.cli import build_app


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (0, None),
        (2, "Chance alone would give as many changes with a range as there are: 2."),
        (5, "About 3 of the changes with a range would be chance alone."),
    ],
)
def test_chance_never_gives_more_changes_than_there_are(tmp_path, moved, said) -> None:
    before = {f"m.n{number}": (0.05, 0.045, 0.055) for number in range(30)}
    after = before | {f"m.n{number}": (0.10, 0.09, 0.11) for number in range(moved)}
    folders = [
        str(a_run(tmp_path / name, {"anna": values}))
        for name, values in (("before", before), ("after", after))
    ]
    output = CliRunner().invoke(build_app(), ["compare", *folders]).output
    assert f"{moved} changes" in output
    assert ("chance alone" in output.lower()) == (said is not None)
    assert said is None or said in output
