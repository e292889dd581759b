"""A workspace in which everything happened that a page can show, and an address of every view."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.workspaces import SCORED_ESSAY, run, said, workspace

DAY = "2027-01-08"
"""The day on which the workspace is looked at."""

ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "/": ("/",),
    "/road": ("/road", "/road?of=2027-01-11"),
    "/plan": ("/plan",),
    "/graph": ("/graph", "/graph?scope=works", "/graph?scope=library"),
    "/results": ("/results",),
    "/results/{work}": ("/results/counting",),
    "/time": ("/time",),
    "/notebook": ("/notebook", "/notebook?words=nothing"),
    "/notebook/edit": ("/notebook/edit",),
    "/notebook/files/{name:path}": (),  # a file as it is, not a page
    "/reviews": ("/reviews",),
    "/reviews/{name}": ("/reviews/2027-W01",),
    "/reviews/{name}/edit": ("/reviews/2027-W01/edit",),
    "/ideas": ("/ideas",),
    "/skims": ("/skims", "/skims?show=read"),
    "/library": ("/library", "/library?search=sums"),
    "/library/{name:path}": ("/library/sums", "/library/sums/1", "/library/counting"),
    "/goals": ("/goals?work=hamming-1986&by=2027-03-31",),
    "/undo": ("/undo",),
    "/problems": ("/problems",),
}
"""Every route of a page, with addresses that it answers in `lived_in`."""

PAGES = tuple(address for every in ADDRESSES.values() for address in every)
REFUSALS = ("/nothing", "/graph?scope=nothing", "/library/nothing", "/time?of=nothing")


_LIST = (
    "arXiv:2701.01234 Half the Compute\narXiv:2701.01235 Twice the Sums\n2612.00001 An Old One\n"
)


def lived_in(root: Path, **changes: str) -> Path:
    """Lay out a workspace with a plan, records, notes, a review, scores with logs, ideas and skims.

    Args:
        root: An empty folder.
        changes: As `workspace` takes them.
    """
    workspace(root, **({"essay": SCORED_ESSAY} | changes))
    said(run(root, "plan"))
    said(run(root, "note", "finding: it adds up"))
    said(run(root, "review"))
    said(run(root, "log", "sums", "1", "45m", today="2027-01-05"))
    said(run(root, "note", "next: ask Bo", today=DAY))
    said(run(root, "idea", "Sums of sums"))
    said(run(root, "idea", "Sums of differences", "--look", "2027-01-06"))
    (root / "ids.txt").write_text(_LIST)
    said(run(root, "skim", "import", str(root / "ids.txt"), today="2027-01-05"))
    said(run(root, "skim", "mark", "2612.00001", "read", "--doubt", "one seed", today=DAY))
    _score(root)
    return root


def _score(root: Path) -> None:
    paths = []
    for seed in (1, 2, 3):
        path = root / f"run-{seed}.csv"
        rows = [f"{step},{1 - 1 / (step + seed)}" for step in range(20)]
        path.write_text("\n".join(["step,x", *rows]) + "\n")
        paths.append(str(path))
    said(run(root, "score", "counting#r", "--tag", "x", "--from", *paths, today="2027-01-07"))
