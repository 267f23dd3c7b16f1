"""Turns lark's tree into the parts of ``syntax``. Which texts parse is not decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.judging import syntax

if TYPE_CHECKING:
    from collections.abc import Callable

    from vetting.judging.syntax import Part

# lark types a child as tree or token, which differ in nothing we use.
Tree = Any


class Building:
    """Turns lark's tree into parts; one method call per node, so depth stays bounded."""

    def part(self, tree: Any) -> Part:  # noqa: ANN401 - lark's children are trees or tokens
        """Return the part that a tree of the grammar stands for."""
        kind = str(tree.data)
        build: Callable[[Tree], Part] | None = getattr(self, f"_{kind}", None)
        if build is None:
            raise AssertionError(kind)  # a rule of the grammar without a method: our mistake
        return build(tree)

    def _span(self, tree: Tree) -> tuple[int, int]:
        return tree.meta.start_pos, tree.meta.end_pos

    def _parts(self, tree: Tree) -> tuple[Part, ...]:
        return tuple(self.part(child) for child in tree.children)

    def _either(self, tree: Tree) -> Part:
        parts = self._parts(tree)
        return parts[0] if len(parts) == 1 else syntax.Or(*self._span(tree), parts)

    def _both(self, tree: Tree) -> Part:
        parts = self._parts(tree)
        return parts[0] if len(parts) == 1 else syntax.And(*self._span(tree), parts)

    def _group(self, tree: Tree) -> Part:
        return self.part(tree.children[0])

    def _refuse(self, tree: Tree) -> Part:
        return syntax.Not(*self._span(tree), self.part(tree.children[0]))

    def _compare(self, tree: Tree) -> Part:
        left, operator, right = tree.children
        return syntax.Compare(*self._span(tree), str(operator), self.part(left), self.part(right))

    def _within(self, tree: Tree) -> Part:
        return self._membership(tree, outside=False)

    def _outside(self, tree: Tree) -> Part:
        return self._membership(tree, outside=True)

    def _membership(self, tree: Tree, *, outside: bool) -> Part:
        start, end = self._span(tree)
        item, choices = self._parts(tree)
        return syntax.Within(start, end, item, choices, outside)

    def _contains(self, tree: Tree) -> Part:
        text, phrases = self._parts(tree)
        return syntax.Contains(*self._span(tree), text, phrases)

    def _known(self, tree: Tree) -> Part:
        return syntax.Known(*self._span(tree), self.part(tree.children[0]), expected=True)

    def _unknown(self, tree: Tree) -> Part:
        return syntax.Known(*self._span(tree), self.part(tree.children[0]), expected=False)

    def _choices(self, tree: Tree) -> Part:
        return self.part(tree.children[0])

    def _items(self, tree: Tree) -> Part:
        return syntax.Items(*self._span(tree), self._parts(tree))  # type: ignore[arg-type]

    def _chain(self, tree: Tree) -> Part:
        first, *rest = tree.children
        if not rest:
            return self.part(first)
        pairs = tuple(
            (str(sign), self.part(term)) for sign, term in zip(rest[::2], rest[1::2], strict=True)
        )
        return syntax.Arithmetic(*self._span(tree), self.part(first), pairs)

    def _signed(self, tree: Tree) -> Part:
        sign, operand = tree.children
        part = self.part(operand)
        return syntax.Negative(*self._span(tree), part) if sign == "-" else part

    def _search(self, tree: Tree) -> Part:
        kind, name, *condition = tree.children
        found = self.part(name)
        assert isinstance(found, syntax.Name)  # noqa: S101 - the grammar says so
        return syntax.Search(
            *self._span(tree),
            str(kind),  # type: ignore[arg-type]
            found,
            self.part(condition[0]) if condition else None,
        )

    def _name(self, tree: Tree) -> Part:
        return syntax.Name(*self._span(tree), str(tree.children[0]))

    def _number(self, tree: Tree) -> Part:
        return syntax.Number(*self._span(tree), float(tree.children[0]), percent=False)

    def _percent(self, tree: Tree) -> Part:
        token = str(tree.children[0])
        # Through the text and not by division, so that 25% is exactly 0.25 and 4.7% is 0.047.
        value = float(f"{token.rstrip('%').strip()}e-2")
        return syntax.Number(*self._span(tree), value, percent=True)

    def _text(self, tree: Tree) -> Part:
        return syntax.Text(*self._span(tree), str(tree.children[0])[1:-1])

    def _truth(self, tree: Tree) -> Part:
        return syntax.Truth(*self._span(tree), str(tree.children[0]) == "true")
