"""Measure how dense the package's code is: `python -m tests.benchmarks.density [FOLDER...]`.

Dense code is short and slow to read. The figures are those of `CODE` below; the models we compare with (fava,
import-linter, recurring-ical-events, packaging) have 2.7-3.7 expression nodes a line.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

PACKAGE = Path(__file__).parents[2] / "curriculum"
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.Assert, ast.match_case)


@dataclass(frozen=True, slots=True)
class Module:
    """A module's tree, and the numbers of its lines of code: not blank, no comment, no docstring."""

    path: Path
    tree: ast.Module
    code: frozenset[int]


def read(path: Path) -> Module:
    """Return the module in a file."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    prose = set(_docstring_lines(tree))
    code = set()
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#") and number not in prose:
            code.add(number)
    return Module(path, tree, frozenset(code))


def _docstring_lines(tree: ast.Module) -> Iterator[int]:
    """Yield the lines of strings that stand alone: docstrings of modules, classes, functions and values."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and _is_text(node.value):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def complexity(function: ast.AST) -> int:
    """Return the decisions in a function, plus one: branches, loops, `and`/`or`, and parts of comprehensions."""
    count = 1
    for node in ast.walk(function):
        if isinstance(node, BRANCHES):
            count += 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
    return count


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions and methods of a module, inner ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, FUNCTIONS):
            yield node


def inner_imports(module: Module) -> int:
    """Return how many imports stand inside functions."""
    inside = (node for function in functions(module) for node in ast.walk(function))
    return sum(isinstance(node, (ast.Import, ast.ImportFrom)) for node in inside)


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> int:
    """Return the lines of code in a function's body."""
    last = function.end_lineno or function.lineno
    return len(module.code.intersection(range(function.body[0].lineno, last + 1)))


def figures(modules: list[Module]) -> dict[str, float]:
    """Return the figures of some modules, by what they are called when printed."""
    lines = sum(len(module.code) for module in modules)
    nodes = ternaries = comprehensions = 0
    complexities, bodies = [], []
    for module in modules:
        for node in ast.walk(module.tree):
            nodes += isinstance(node, ast.expr)
            ternaries += isinstance(node, ast.IfExp)
            comprehensions += isinstance(node, COMPREHENSIONS)
        for function in functions(module):
            complexities.append(complexity(function))
            bodies.append(body_lines(function, module))
    bodies.sort()
    return {
        "lines of code": lines,
        "expression nodes a line": nodes / lines,
        "ternaries per 100 lines": 100 * ternaries / lines,
        "comprehensions per 100 lines": 100 * comprehensions / lines,
        "complexity, mean": mean(complexities),
        "functions of complexity over 10": sum(one > 10 for one in complexities),
        "lines of a function's body, median": median(bodies),
        "lines of a function's body, 90 of 100": bodies[9 * len(bodies) // 10],
        "imports inside functions": sum(map(inner_imports, modules)),
    }


def main() -> None:
    """Print the figures of the package, or of some folders of it."""
    folders = [Path(name) for name in sys.argv[1:]] or [PACKAGE]
    modules = [read(path) for folder in folders for path in sorted(folder.rglob("*.py"))]
    for name, value in figures(modules).items():
        print(f"{name:<40} {value:>9.2f}")


if __name__ == "__main__":
    main()
