"""Read lists of ids and addresses of papers, one a line, each perhaps with a title behind it."""

from __future__ import annotations

from curriculum.model.incoming import IncomingPaper, IncomingRead
from curriculum.model.paper_ids import paper_id
from curriculum.model.problems import Place, Problem, Severity
from curriculum.model.quantities import quoted
from curriculum.syllabus.importers.latex import plain_latex


def read_id_list(file: str, text: str) -> IncomingRead:
    """Return the papers of a list, and every line that does not begin with an id.

    Empty lines, and those that begin with `#`, say nothing.

    Args:
        file: How the list is called in problems.
        text: What it holds.
    """
    papers: list[IncomingPaper] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        said = line.strip().removeprefix("- ").strip()
        if not said or said.startswith("#"):
            continue
        paper = _paper(said)
        if paper is None:
            message = f"{quoted(said[:80])} is not an id of a paper"
            hint = "write it like 'arXiv:1707.06347' or 'https://doi.org/10.1038/nature14236'"
            place = Place(file, number, 1)
            problems.append(Problem(place, "unknown-id", message, hint, Severity.WARNING))
        else:
            papers.append(paper)
    return IncomingRead(tuple(papers), tuple(problems))


def _paper(said: str) -> IncomingPaper | None:
    whole = paper_id(said)
    if whole is not None:
        return IncomingPaper((whole,))
    words = said.split(maxsplit=1)
    if words[0].lower() in {"arxiv:", "doi:"} and len(words) > 1:
        first, *rest = words[1].split(maxsplit=1)
        words = [f"{words[0]}{first}", *rest]
    found = paper_id(words[0])
    title = plain_latex(words[1]) if len(words) > 1 else None
    return None if found is None else IncomingPaper((found,), title or None)
