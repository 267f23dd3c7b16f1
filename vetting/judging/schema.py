"""The form of a rule file as JSON Schema, for editors. Further checks are the loader's."""

from __future__ import annotations

from typing import Any

from vetting.judging.rule import RuleText


def rule_schema() -> dict[str, Any]:
    """Return the JSON Schema of a rule file; ``rules/schema.json`` holds the same."""
    schema = RuleText.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "A rule of creator vetting"
    return schema
