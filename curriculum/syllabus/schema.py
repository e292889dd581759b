"""JSON Schema of each kind of file, so that editors complete and check them.

Editors read YAML with types: `id: 3` is a number there and text here. So the schema takes a number
wherever text may look like one. It demands a little less than the reader: what a result may inherit
is not required in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, Literal, TypeAlias

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import WithDefaultSchema

from curriculum.model.checking import checker
from curriculum.model.roads import Road
from curriculum.model.settings import Settings
from curriculum.model.works import Work
from curriculum.syllabus.inheritance import LIFTED, SHORTHANDS
from curriculum.syllabus.works import WORK_CLASSES

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
    "road": (
        "Road",
        "Goals in the order in which to reach them, each with its reason.",
    ),
}


class _WithoutDefaults(GenerateJsonSchema):
    """Does not say what holds where a key is left out."""

    def default_schema(self, schema: WithDefaultSchema) -> Schema:
        """Return the schema of a value that is written."""
        return self.generate_inner(schema["schema"])


def json_schema(kind: Literal["syllabus", "curriculum", "road"]) -> Schema:
    """Return the JSON Schema (draft 2020-12) of a syllabus, of `curriculum.yaml` or of a road."""
    match kind:
        case "syllabus":
            schema = _syllabus()
        case "curriculum":
            schema = _curriculum()
        case "road":
            schema = _road()
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
    definitions: Schema = checker(Work).json_schema(schema_generator=_WithoutDefaults)["$defs"]
    _loosen_results(definitions)
    kinds = {"enum": list(WORK_CLASSES), "description": "what the syllabus is about"}
    choices = [_if_kind(kind, model.__name__) for kind, model in WORK_CLASSES.items()]
    return {
        "type": "object",
        "properties": {"kind": kinds},
        "required": ["kind"],
        "allOf": choices,
        "$defs": definitions,
    }


def _if_kind(kind: str, definition: str) -> Schema:
    """Return what holds for one kind of work.

    With `oneOf`, an editor would report what all three kinds lack.
    """
    is_kind = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
    return {"if": is_kind, "then": {"$ref": f"#/$defs/{definition}"}}


def _loosen_results(definitions: Schema) -> None:
    """Let results inherit, and use shorthands."""
    result = definitions["Result"]
    for name in {"Result", *_reachable(result, definitions)}:
        definitions[name].pop("required", None)
    properties: Schema = result["properties"]
    for key in SHORTHANDS:
        properties[key] = {"anyOf": [properties[key], _TEXT_OR_NUMBER]}
    for key, outer in LIFTED.items():
        inner = definitions[outer.capitalize()]["properties"]
        properties[key] = deepcopy(inner[key]) | {"description": f"short for '{outer}.{key}'"}
    shared = {key: value for key, value in properties.items() if key != "id"}
    own = {"id": properties["id"], "like": _NAME | {"description": _LIKE}}
    definitions["Defaults"] = result | {
        "properties": deepcopy(shared),
        "description": "What every result of the file has, unless it says otherwise.",
    }
    definitions["Result"] = result | {"required": ["id"], "properties": own | shared}
    definitions["Paper"]["properties"]["defaults"] = {"$ref": "#/$defs/Defaults"}


_LIKE = (
    "the id of another result of this file: write only what differs from it, and the baseline, "
    "which is not passed on"
)


def _curriculum() -> Schema:
    schema = checker(Settings).json_schema(schema_generator=_WithoutDefaults)
    properties = schema["properties"]
    goals = properties["goals"]["anyOf"][0]
    goals["items"] = _or_text(goals["items"])
    units = schema["$defs"]["Goal"]["properties"]["units"]["anyOf"]
    units.insert(0, _NAME)
    busy = properties["busy"]
    busy["items"] = _or_text(busy["items"])
    zones = properties["timezone"]["anyOf"][0]
    zones["items"] = _or_text(zones["items"])
    for key in ("away", "busy", "me", "timezone"):
        properties[key] = _or_text(properties[key])
    properties["me"]["description"] = "your mail addresses: what you declined takes no time"
    alarms = properties["alarm"]["anyOf"]
    alarms.insert(0, alarms[0]["items"])
    properties["alarm"]["description"] = "how long before a session the calendar rings"
    return schema


def _road() -> Schema:
    schema = checker(Road).json_schema(schema_generator=_WithoutDefaults)
    units = schema["$defs"]["RoadGoal"]["properties"]["units"]["anyOf"]
    units.insert(0, _NAME)
    for key in ("source", "note"):
        schema["properties"][key] = _or_text(schema["properties"][key])
    return schema


def _or_text(schema: Schema) -> Schema:
    return {"anyOf": [{"type": "string"}, schema]}


def _reachable(schema: Schema, definitions: Schema) -> set[str]:
    """Return the names of the definitions that a schema refers to, directly or not."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        for node in list(_nodes(waiting.pop())):
            name = node.get("$ref", "").rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                waiting.append(definitions[name])
    return found


def _nodes(schema: Schema) -> Iterable[Schema]:
    """Yield a schema and all schemas within it, but not the mappings from names to schemas."""
    yield schema
    for key, value in schema.items():
        if key in ("default", "examples", "enum"):
            continue
        for part in _parts(key, value):
            if isinstance(part, dict):
                yield from _nodes(part)


def _parts(key: str, value: Any) -> Iterable[Any]:  # Any: see Schema
    """Return what a keyword of a schema holds that may be a schema."""
    if key in ("properties", "$defs"):
        return list(value.values())
    if isinstance(value, list):
        return value
    return [value]


def _simplify(node: Schema) -> None:
    """Make one generated schema fit for files that people write."""
    node.pop("title", None)
    says_what_text = node.keys() & {"enum", "const", "examples"}
    if node.get("type") == "string" and not says_what_text:
        node["type"] = ["string", "number"]
    if node.get("additionalProperties") is False:
        node["patternProperties"] = {"^x-": True}
    if _is_reference(node):
        node["anyOf"] = [_NAME, *node.pop("oneOf")]


def _is_reference(node: Schema) -> bool:
    branches = node.get("oneOf", ())
    return any(branch.get("$ref") == "#/$defs/UnitReference" for branch in branches)
