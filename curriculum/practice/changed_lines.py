"""Count what a change of code costs: lines and knobs, from the output of `git diff`.

Blank lines, comments, documentation strings, tests, lock files and prose do not count. Lines are
compared without their spaces, Python by its tokens: code that only moved to the right or was
wrapped by a formatter within a line is not a change.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from curriculum.model.ablations import Cost
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern

CodeLine = tuple[str, ...]
"""What a line of code says, in parts; empty for one that does not count."""

_LOCK_NAMES = frozenset({"package-lock.json", "go.sum", "pnpm-lock.yaml", "npm-shrinkwrap.json"})
_LOCK_ENDINGS = (".lock",)
_PROSE = (".md", ".rst", ".txt", ".tex", ".bib", ".adoc", ".org")
_TEST_FOLDERS = frozenset({"test", "tests", "testing", "__tests__", "spec"})
_TEST_NAME = late_pattern(r"(test_.*|.*_test|conftest|.*\.(test|spec))")
_C_LIKE = late_pattern(r"\.(c|h|cc|cpp|hpp|cu|cuh|jsx?|tsx?|java|rs|go|swift|kt|scala|css)")
_DASHED = frozenset({".lua", ".hs", ".sql"})
_PERCENT = frozenset({".m", ".mat"})

_SAYS_NOTHING = frozenset(
    {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENCODING,
        tokenize.ENDMARKER,
    }
)
_KNOB = late_pattern(
    r"(?<![\w.])(?P<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])"
    r"|(?P<flag>\b[A-Za-z_]\w*\s*[=:]\s*(?:True|False|true|false)\b)"
)
_COMMON_NUMBERS = frozenset({0.0, 1.0, 2.0})
"""Numbers that belong to the way code is written rather than being somebody's choice."""

_HUNK = late_pattern(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@.*")


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that a change touches.

    Attributes:
        path: Its path after the change.
        old: Its text before, as far as the diff shows it.
        new: Its text after.
        is_binary: Whether it is not text, so that no lines are counted.
    """

    path: str
    old: str
    new: str
    is_binary: bool = False


@dataclass(frozen=True, slots=True)
class CountedChange:
    """What a change costs, and what was left out of the count.

    Attributes:
        cost: Lines and knobs.
        knobs: What the new knobs are, as they are written in the code.
        left_out: The files that do not count, each with the reason.
    """

    cost: Cost
    knobs: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def counted_change(files: Sequence[ChangedFile]) -> CountedChange:
    """Return what a change costs."""
    added = removed = 0
    new_knobs: set[str] = set()
    old_knobs: set[str] = set()
    left_out: list[tuple[str, str]] = []
    for file in files:
        reason = reason_to_leave_out(file)
        if reason is not None:
            left_out.append((file.path, reason))
            continue
        gone, come = changed_code(file)
        added += len(come)
        removed += len(gone)
        new_knobs.update(knobs_in(come))
        old_knobs.update(knobs_in(gone))
    more = new_knobs - old_knobs
    cost = Cost(added, removed, len(more) - len(old_knobs - new_knobs))
    return CountedChange(cost, tuple(sorted(more)), tuple(left_out))


def reason_to_leave_out(file: ChangedFile) -> str | None:
    """Return why the lines of a file do not count; None where they do."""
    path = PurePosixPath(file.path)
    if file.is_binary:
        return "binary"
    if path.name in _LOCK_NAMES or path.name.endswith(_LOCK_ENDINGS):
        return "lock file"
    is_test = bool(_TEST_FOLDERS & {part.lower() for part in path.parts[:-1]})
    if is_test or _TEST_NAME.fullmatch(path.stem.lower()):
        return "test"
    if path.suffix.lower() in _PROSE:
        return "prose"
    return None


def changed_code(file: ChangedFile) -> tuple[list[CodeLine], list[CodeLine]]:
    """Return the lines of code that are gone from a file, and those that came."""
    old = [line for line in code_lines(file.path, file.old) if line]
    new = [line for line in code_lines(file.path, file.new) if line]
    gone: list[CodeLine] = []
    come: list[CodeLine] = []
    for _, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[start:end] != new[first:last]:
            gone += old[start:end]
            come += new[first:last]
    return gone, come


def code_lines(path: str, text: str) -> list[CodeLine]:
    r"""Return what each line of a text says; lines that are blank or a comment say nothing.

    >>> code_lines("a.py", "x = 1  # one\n\n# two\n")
    [('x', '=', '1'), (), ()]
    """
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in (".py", ".pyi"):
        try:
            return _python_lines(text, len(lines))
        except (tokenize.TokenError, SyntaxError):
            return _plain_lines(lines, "#")
    if _C_LIKE.fullmatch(suffix):
        return _c_lines(lines)
    mark = "--" if suffix in _DASHED else "%" if suffix in _PERCENT else "#"
    return _plain_lines(lines, mark)


def _python_lines(text: str, count: int) -> list[CodeLine]:
    """Return the tokens that begin on each line; a string goes on over the lines that it holds."""
    found: list[list[str]] = [[] for _ in range(count)]
    for token in _saying(list(tokenize.generate_tokens(io.StringIO(text).readline))):
        for offset, part in enumerate(token.string.split("\n")):
            found[token.start[0] - 1 + offset].append(part)
    return [tuple(parts) if any(parts) else () for parts in found]


def _saying(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[tokenize.TokenInfo]:
    """Yield the tokens that say something: no comments, and no strings that are a statement."""
    begins_statement = True
    for token, after in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        is_statement = begins_statement and after.type in _ENDS_STATEMENT
        if token.type == tokenize.STRING and is_statement:
            begins_statement = False
            continue
        if token.type not in _SAYS_NOTHING:
            yield token
        if token.type not in (tokenize.COMMENT, tokenize.NL):
            begins_statement = token.type in _SAYS_NOTHING


_ENDS_STATEMENT = (tokenize.NEWLINE, tokenize.COMMENT, tokenize.ENDMARKER)


def _plain_lines(lines: Sequence[str], mark: str) -> list[CodeLine]:
    found: list[CodeLine] = []
    for line in lines:
        words = line.split()
        is_comment = bool(words) and words[0].startswith(mark)
        found.append(() if is_comment else tuple(words))
    return found


def _c_lines(lines: Sequence[str]) -> list[CodeLine]:
    """Return the words of lines in a language with comments like those of C."""
    found: list[CodeLine] = []
    is_inside = False
    for line in lines:
        code, is_inside = _without_c_comments(line, is_inside=is_inside)
        found.append(tuple(code.split()))
    return found


_C_PART = late_pattern(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|//.*|/\*')


def _without_c_comments(line: str, *, is_inside: bool) -> tuple[str, bool]:
    code, at = "", 0
    while True:
        if is_inside:
            end = line.find("*/", at)
            if end < 0:
                return code, True
            at, is_inside = end + 2, False
        match = _C_PART.search(line, at)
        if match is None:
            return code + line[at:], False
        part = match[0]
        is_comment = part.startswith(("//", "/*"))
        code += line[at : match.start()] + ("" if is_comment else part)
        at, is_inside = match.end(), part == "/*"


def knobs_in(lines: Sequence[CodeLine]) -> Iterator[str]:
    """Yield the knobs of some lines: numbers but 0, 1 and 2, and what is switched on or off.

    >>> sorted(knobs_in([("clip", "=", "0.1"), ("x", "[", "0", "]")]))
    ['0.1']
    """
    for line in lines:
        for match in _KNOB.finditer(" ".join(line)):
            if match["flag"] is not None:
                yield re.split(r"\s*[=:]", match["flag"])[0]
            elif float(match["number"].replace("_", "")) not in _COMMON_NUMBERS:
                yield match["number"]


def changed_files(names: str, patch: str) -> tuple[ChangedFile, ...]:
    """Return the files of a diff.

    Args:
        names: The output of `git diff --numstat -z -M`.
        patch: The output of `git diff -M` with so much context that whole files are in it.
    """
    listed = list(_listed(names))
    texts = list(_texts(patch))
    assert len(listed) == len(texts), "both list the same files in the same order"
    found: list[ChangedFile] = []
    for (path, is_binary), (old, new) in zip(listed, texts, strict=True):
        found.append(ChangedFile(path, old, new, is_binary))
    return tuple(found)


def _listed(names: str) -> Iterator[tuple[str, bool]]:
    """Yield the path of each file after the change, and whether it is binary."""
    fields = iter(names.split("\0"))
    for field in fields:
        if not field:
            continue
        added, _, path = field.split("\t", 2)
        if not path:
            # A file with another name: the old and the new one follow.
            next(fields)
            path = next(fields)
        yield path, added == "-"


def _texts(patch: str) -> Iterator[tuple[str, str]]:
    """Yield the text of each file before and after, put together from the lines of its patch."""
    for section in _sections(patch):
        old: list[str] = []
        new: list[str] = []
        for line in section:
            if line[:1] in (" ", "-"):
                old.append(line[1:])
            if line[:1] in (" ", "+"):
                new.append(line[1:])
        yield "".join(f"{line}\n" for line in old), "".join(f"{line}\n" for line in new)


def _sections(patch: str) -> Iterator[list[str]]:
    """Yield the lines of the hunks of each file."""
    section: list[str] | None = None
    left = (0, 0)
    for line in patch.split("\n"):
        if section is not None and any(left):
            section.append(line)
            left = (left[0] - (line[:1] in (" ", "-")), left[1] - (line[:1] in (" ", "+")))
        elif line.startswith("diff --git "):
            if section is not None:
                yield section
            section = []
        else:
            left = _lines_of_hunk(line)
    if section is not None:
        yield section


def _lines_of_hunk(line: str) -> tuple[int, int]:
    """Return how many lines of the old and the new file a hunk holds; none for another line."""
    hunk = _HUNK.fullmatch(line)
    if hunk is None:
        return 0, 0
    # A count that is left out is 1; one of 0 is written.
    return int(hunk[2] or 1), int(hunk[4] or 1)
