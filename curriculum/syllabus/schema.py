"""JSON Schema of both kinds of file, so that editors complete and check them; which files exist is not known here.

Editors read YAML with types: `id: 3` is a number there and text here. So the schema takes a number wherever text may
look like one. It demands a little less than the reader: what a result may inherit is not required in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, Literal, TypeAlias

from pydantic import TypeAdapter

from curriculum.model.settings import Settings
from curriculum.model.works import Paper, Textbook, Thesis
from curriculum.syllabus.inheritance import SHORTHANDS
from curriculum.syllabus.works import WORKS

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema; Any because its keywords take all kinds of values."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT_OR_NUMBER: Schema = {"type": ["string", "number"]}
_NAME: Schema = {"type": ["string", "integer"]}
_TITLES = {
    "syllabus": (
        "Syllabus",
        "One textbook, thesis or paper: its chapters or steps, and what they require.",
    ),
    "curriculum": (
        "Curriculum",
        "What to study and when: goals, hours, balance. Every key may be left out.",
    ),
}


def json_schema(kind: Literal["syllabus", "curriculum"]) -> Schema:
    """Return the JSON Schema (draft 2020-12) of a syllabus or of `curriculum.yaml`."""
    schema = _syllabus() if kind == "syllabus" else _curriculum()
    for node in list(_nodes(schema)):
        _simplify(node)
    title, description = _TITLES[kind]
    head = {
        "$schema": DIALECT,
        "$id": f"urn:curriculum:{kind}",
        "title": title,
        "description": description,
    }
    return head | schema


def _syllabus() -> Schema:
    definitions: Schema = TypeAdapter(Textbook | Thesis | Paper).json_schema()["$defs"]
    _loosen_results(definitions)
    kinds = {"enum": list(WORKS), "description": "what the syllabus is about"}
    choices = [_if_kind(kind, model.__name__) for kind, model in WORKS.items()]
    return {
        "type": "object",
        "properties": {"kind": kinds},
        "required": ["kind"],
        "allOf": choices,
        "$defs": definitions,
    }


def _if_kind(kind: str, definition: str) -> Schema:
    """Return what holds for one kind of work; so an editor speaks of the kind at hand, and not of all three."""
    is_kind = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
    return {"if": is_kind, "then": {"$ref": f"#/$defs/{definition}"}}


def _loosen_results(definitions: Schema) -> None:
    """Let results inherit, and write shorthands."""
    result = definitions["Result"]
    for name in {"Result", *_reachable(result, definitions)}:
        definitions[name].pop("required", None)
    properties: Schema = result["properties"]
    for key in SHORTHANDS:
        properties[key] = {"anyOf": [properties[key], _TEXT_OR_NUMBER]}
    shared = {key: value for key, value in properties.items() if key != "id"}
    like = _NAME | {
        "description": "the id of another result of this file: write only what differs from it"
    }
    definitions["Defaults"] = result | {
        "properties": deepcopy(shared),
        "description": "What every result of the file has, unless it says otherwise.",
    }
    definitions["Result"] = result | {
        "required": ["id"],
        "properties": {"id": properties["id"], "like": like} | shared,
    }
    definitions["Paper"]["properties"]["defaults"] = {"$ref": "#/$defs/Defaults"}


def _curriculum() -> Schema:
    schema = Settings.model_json_schema()
    properties = schema["properties"]
    goals = properties["goals"]["anyOf"][0]
    goals["items"] = {"anyOf": [{"type": "string"}, goals["items"]]}
    units = schema["$defs"]["Goal"]["properties"]["units"]["anyOf"]
    units.insert(0, _NAME)
    busy = properties["busy"]
    busy["items"] = {"anyOf": [{"type": "string"}, busy["items"]]}
    for key in ("away", "busy"):
        properties[key] = {"anyOf": [{"type": "string"}, properties[key]]}
    properties["alarm"]["description"] = "how long before a session the calendar rings"
    return schema


def _reachable(schema: Schema, definitions: Schema) -> set[str]:
    """Return the names of the definitions that a schema refers to, directly or not."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        names = {
            node["$ref"].rpartition("/")[2] for node in _nodes(waiting.pop()) if "$ref" in node
        } - found
        found |= names
        waiting += [definitions[name] for name in sorted(names)]
    return found


def _nodes(schema: Schema) -> Iterable[Schema]:
    """Yield a schema and all schemas within it, but none of the mappings from names to schemas."""
    yield schema
    for key, value in schema.items():
        within = (
            value.values()
            if key in ("properties", "$defs")
            else value
            if isinstance(value, list)
            else [value]
        )
        if key not in ("default", "examples", "enum"):
            yield from (node for part in within if isinstance(part, dict) for node in _nodes(part))


def _simplify(node: Schema) -> None:
    """Make one generated schema fit for files that people write."""
    node.pop("title", None)
    node.pop("default", None)
    if node.get("type") == "string" and not node.keys() & {"enum", "const", "examples"}:
        node["type"] = ["string", "number"]
    if node.get("additionalProperties") is False:
        node["patternProperties"] = {"^x-": True}
    if any(branch.get("$ref") == "#/$defs/UnitReference" for branch in node.get("oneOf", ())):
        node["anyOf"] = [_NAME, *node.pop("oneOf")]
