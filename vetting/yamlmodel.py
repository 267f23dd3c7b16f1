"""Checks a YAML file against a pydantic model and says where each mistake stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from vetting.errors import VettingError, did_you_mean, raise_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from vetting.yamlfile import Key, YamlFile

Model = TypeVar("Model", bound="BaseModel")

_LONGEST_FOUND = 80


def validate(model: type[Model], file: YamlFile) -> Model:
    """Return the file's content as ``model``.

    Raises
    ------
    VettingError
        Every mistake of the file at once, each with its line and column.
    """
    from pydantic import ValidationError

    if not isinstance(file.data, dict):
        raise file.error(
            "the file must hold keys with values",
            found="nothing" if file.data is None else _shown(file.data),
            hint="Write one key: value per line.",
        )
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        problems = [_translate(detail, model, file) for detail in error.errors()]
        raise_all(sorted(problems, key=lambda one: (one.line or 0, one.column or 0)))
        raise


def _translate(detail: ErrorDetails, model: type[BaseModel], file: YamlFile) -> VettingError:
    way: Key = tuple(detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = _known_keys(model, way[:-1])
        return file.error(
            f"there is no key {way[-1]}", way, key=True, hint=did_you_mean(str(way[-1]), known)
        )
    if kind == "missing":
        return file.error(f"the key {way[-1]} is missing", way[:-1])
    name = ".".join(str(step) for step in way) or "the file"
    allowed = context.get("expected") or _bounds(context)
    what = f"{name} cannot be this" if kind == "literal_error" else f"{name}: {_sentence(detail)}"
    return file.error(
        what,
        way,
        found=_shown(detail["input"]),
        allowed=str(allowed) if allowed else None,
    )


def _sentence(detail: ErrorDetails) -> str:
    """Return pydantic's message without its own preamble."""
    return detail["msg"].removeprefix("Value error, ").removeprefix("Input ").rstrip(".")


def _bounds(context: dict[str, Any]) -> str | None:
    parts = [
        f"{words} {context[key]}"
        for key, words in (("ge", "at least"), ("gt", "above"), ("le", "at most"), ("lt", "under"))
        if key in context
    ]
    return " and ".join(parts) or None


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever stood in the file
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_FOUND else text[:_LONGEST_FOUND] + "..."


def _known_keys(model: type[BaseModel], way: Sequence[str | int]) -> list[str]:
    """Return the keys a model takes at a place, following nested models and lists of them."""
    from pydantic import BaseModel as Base

    current: Any = model
    for step in way:
        if isinstance(step, int):
            continue
        fields = getattr(current, "model_fields", {})
        if step not in fields:
            return []
        current = _model_in(fields[step].annotation, Base)
    return list(getattr(current, "model_fields", {}))


def _model_in(annotation: Any, base: type[BaseModel]) -> Any:  # noqa: ANN401 - a type expression
    """Find the model inside ``tuple[Model, ...]``, ``Model | None`` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, base):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner, base)
        if found is not None:
            return found
    return None
