"""Puts words together: one template, its slots filled, an opener and an ending."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from vetting.example.cast import read_texts

if TYPE_CHECKING:
    import numpy as np

    from vetting.example.cast import Member

_AS_WRITTEN = {"emoji", "giveaway", "copied", "spam"}
_SHORT = {"cheer", "tag_friend", "reply"}
_QUESTION_MARK = 0.7
_SECOND_HALF = 0.6


def fill(template: str, member: Member, draw: np.random.Generator) -> str:
    """Fill the slots of a template, each from the words of the creator's language."""
    slots = read_texts(member.language)["slots"]
    words = {
        name: member.name if name == "name" else str(draw.choice(slots[name]))
        for _, name, _, _ in string.Formatter().parse(str(template))
        if name
    }
    text = str(template).format(**words)
    return text[:1].upper() + text[1:]


def spoken(kind: str, member: Member, draw: np.random.Generator) -> str:
    """Return a comment of a kind; sentences get an opener, at times a second half, an ending."""
    texts = read_texts(member.language)
    text = str(draw.choice(texts[kind]))
    if kind in _AS_WRITTEN:
        return fill(text, member, draw)
    ending = str(draw.choice(texts["endings"]))
    if kind in _SHORT:
        return fill(text + ending, member, draw)
    if kind.startswith("ask_") and draw.random() < _QUESTION_MARK:
        ending = "?"
    elif draw.random() < _SECOND_HALF:
        text += texts["joint"] + str(draw.choice(texts["more"]))
    return fill(str(draw.choice(texts["openers"])) + text + ending, member, draw)
