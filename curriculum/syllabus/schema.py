"""JSON Schema of both kinds of file, so that editors complete and check them; which files exist is not known here.

Editors read YAML with types: `id: 3` is a number there and text here. So the schema takes a number wherever text may
look like one. It demands a little less than the reader: what a result may inherit is not required in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from curriculum.model.settings import Settings
from curriculum.model.works import Paper, Textbook, Thesis
from curriculum.syllabus.inheritance import SHORTHANDS

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema; Any because its keywords take all kinds of values."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT_OR_NUMBER: Schema = {"type": ["string", "number"]}
_NAME: Schema = {"type": ["string", "integer"]}
_TITLES = {
    "syllabus": ("Syllabus", "One textbook, thesis or paper: its chapters or steps, and what they require."),
    "curriculum": ("Curriculum", "What to study and when: goals, hours, balance. Every key may be left out."),
}


def json_schema(kind: Literal["syllabus", "curriculum"]) -> Schema:
    """Return the JSON Schema (draft 2020-12) of a syllabus or of `curriculum.yaml`."""
    schema = _syllabus() if kind == "syllabus" else _curriculum()
    for node in list(_nodes(schema)):
        _simplify(node)
    title, description = _TITLES[kind]
    head = {"$schema": DIALECT, "$id": f"urn:curriculum:{kind}", "title": title, "description": description}
    return head | schema


def _syllabus() -> Schema:
    works = Annotated[Textbook | Thesis | Paper, Field(discriminator="kind")]
    schema: Schema = TypeAdapter(works).json_schema()
    definitions = schema["$defs"]
    result = definitions["Result"]
    for name in _reachable(result, definitions):
        definitions[name].pop("required", None)
    for key in SHORTHANDS:
        result["properties"][key] = {"anyOf": [result["properties"][key], _TEXT_OR_NUMBER]}
    shared = deepcopy(result) | {"description": "What every result has, unless it says otherwise."}
    del shared["properties"]["id"]
    like = {"type": ["string", "integer"], "description": "Another result of this file; only what differs is written."}
    result |= {
        "required": ["id"],
        "properties": {"id": result["properties"]["id"], "like": like} | result["properties"],
    }
    definitions["Defaults"] = shared
    definitions["Paper"]["properties"]["defaults"] = {"$ref": "#/$defs/Defaults"}
    return schema


def _curriculum() -> Schema:
    schema = Settings.model_json_schema()
    properties = schema["properties"]
    goals = properties["goals"]["anyOf"][0]
    goals["items"] = {"anyOf": [{"type": "string"}, goals["items"]]}
    units = schema["$defs"]["Goal"]["properties"]["units"]["anyOf"]
    units.insert(0, _NAME)
    for key in ("away", "busy"):
        properties[key] = {"anyOf": [{"type": "string"}, properties[key]]}
    properties["alarm"]["description"] = "how long before a session the calendar rings"
    return schema


def _reachable(schema: Schema, definitions: Schema) -> set[str]:
    """Return the names of the definitions that a schema refers to, directly or not."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        names = {node["$ref"].rpartition("/")[2] for node in _nodes(waiting.pop()) if "$ref" in node} - found
        found |= names
        waiting += [definitions[name] for name in sorted(names)]
    return found


def _nodes(schema: Schema) -> Iterable[Schema]:
    """Yield a schema and all schemas within it, but none of the mappings from names to schemas."""
    yield schema
    for key, value in schema.items():
        within = value.values() if key in ("properties", "$defs") else value if isinstance(value, list) else [value]
        if key not in ("default", "examples", "enum", "discriminator"):
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
