"""The package keeps the order that makes a room easy to find: one place for a name, imports at the top."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.density import PACKAGE, Module, complexity, functions, inner_imports, read

MODULES = [read(path) for path in sorted(PACKAGE.rglob("*.py"))]


def public_names(module: Module) -> Iterator[str]:
    """Yield the public names that a module defines: functions, classes, aliases and constants."""
    for node in module.tree.body:
        for name in _defined(node):
            if not name.startswith("_"):
                yield name


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def shown(module: Module) -> str:
    return str(module.path.relative_to(PACKAGE))


def test_a_public_name_is_defined_in_one_module_alone() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for module in MODULES:
        for name in public_names(module):
            places[name].append(shown(module))

    assert {name: where for name, where in places.items() if len(set(where)) > 1} == {}


def test_imports_stand_at_the_top_of_the_file() -> None:
    assert [shown(module) for module in MODULES if inner_imports(module)] == []


def test_no_function_is_more_complex_than_ten() -> None:
    found = [
        f"{shown(module)}:{function.lineno} {function.name}"
        for module in MODULES
        for function in functions(module)
        if complexity(function) > 10
    ]

    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    assert [shown(module) for module in MODULES if not ast.get_docstring(module.tree)] == []


def test_a_folder_of_the_package_is_a_room_with_a_sentence_of_its_own() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}

    assert [folder.name for folder in folders if not Path(folder, "__init__.py").is_file()] == []
