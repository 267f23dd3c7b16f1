import io
import sys

import pytest
from report_sample import PEOPLE, a_sample

from vetting.reports import terminal


@pytest.fixture(scope="module")
def summary():
    return a_sample().summary()


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(summary, width):
    from rich.cells import cell_len

    lines = terminal.render(summary, width=width).splitlines()
    assert max(map(cell_len, lines)) <= width


def test_every_creator_has_a_row_and_the_counts_follow(summary):
    text = terminal.render(summary, width=120)
    assert "Lotte van Dijk" in text
    assert "81 (75 to 87)" in text
    assert "11,112 rows read, 17 left out (problems.csv)." in text


def test_without_colour_there_are_no_escape_sequences(summary):
    assert "\x1b" not in terminal.render(summary)
    assert "\x1b" in terminal.render(summary, color=True)


def test_a_name_gives_the_terminal_no_orders():
    people = [("x", "t", "h", "\x1b\x07[red]b :a:", 1, "review", 1.0, "clean")]
    text = terminal.render(a_sample(people, posts=1, days=2).summary(), width=160)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[red]b :a:" in " ".join(text.split())


def test_many_creators_are_cut_and_counted():
    people = [(f"{n:03}", "t", None, None, None, "review", 50.0, "little") for n in range(60)]
    text = terminal.render(a_sample(people).summary())
    assert "20 more creators in scores.csv." in text


def test_a_run_without_creators_says_so():
    assert "0 creators" in terminal.render(a_sample(()).summary())


def test_the_summary_is_printed_with_the_place_of_the_report(summary, tmp_path, capsys):
    terminal.print_summary(summary, tmp_path)
    out, err = capsys.readouterr()
    assert out.endswith(f"Report: {tmp_path / 'report.html'}\n")
    assert err == ""


def test_progress_says_nothing_where_nobody_looks(capsys):
    with terminal.progress(2) as step:
        step("Reading")
    assert capsys.readouterr() == ("", "")


def test_progress_moves_on_a_terminal(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    err = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", err)
    with terminal.progress(2) as step:
        step("Reading")
        step("Judging")
    assert "Judging" in err.getvalue()


def test_the_last_creators_are_not_lost_when_there_are_few():
    assert "more creators" not in terminal.render(a_sample(PEOPLE[:3]).summary())
