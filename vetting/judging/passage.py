"""The text of a condition and where each of its characters stands in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vetting.errors import VettingError
    from vetting.judging.parse import Mistake
    from vetting.yamlfile import Key, YamlFile


@dataclass(frozen=True, slots=True)
class Passage:
    """A text value of a YAML file.

    Attributes
    ----------
    text : str
        As YAML gives it: folded and unquoted.
    file : YamlFile
    at : Key
        The way to the value in the file.
    """

    text: str
    file: YamlFile
    at: Key

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, counted from 1, of a character of ``text``.

        Notes
        -----
        YAML folds lines and drops quotes, so both texts are walked together over everything
        that is not white space: whatever the file has in excess is skipped.
        """
        line, column = self.file.values[self.at]
        lines = self.file.lines
        row, place = line - 1, column - 1
        if lines[row][place : place + 1] in {">", "|"}:
            row, place = row + 1, 0
        end = (row, place)
        for index, character in enumerate(self.text):
            if character.isspace():
                continue
            if index > offset:
                break
            row, place = _find(lines, row, place, character)
            if index == offset:
                return row + 1, place + 1
            place += 1
            end = (row, place)
        return end[0] + 1, end[1] + 1

    def quote(self, start: int, end: int) -> str:
        """Return part of the text on one line."""
        return " ".join(self.text[start:end].split())

    def error(self, mistake: Mistake) -> VettingError:
        """Turn a mistake at a character into an error with its place in the file."""
        line, column = self.place(min(mistake.at, len(self.text)))
        return self.file.error_at(
            line,
            column,
            mistake.what,
            found=mistake.found,
            allowed=mistake.allowed,
            hint=mistake.hint,
        )


def _find(lines: tuple[str, ...], row: int, place: int, character: str) -> tuple[int, int]:
    """Return where ``character`` stands at or after a place."""
    for number in range(row, len(lines)):
        found = lines[number].find(character, place if number == row else 0)
        if found >= 0:
            return number, found
    return row, place
