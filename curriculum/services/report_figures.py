"""The figures of a report: images of the notebook, small enough to be sent along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from curriculum.disk.reading import bytes_of
from curriculum.model.problems import CurriculumError
from curriculum.practice.attachments import linked_file
from curriculum.practice.entries import NotebookEntry
from curriculum.practice.notebook import entry_file
from curriculum.practice.shown_lines import public_images
from curriculum.views.report_values import ReportFigure

MOST_FIGURES = 6
LARGEST_FIGURE = 300_000
"""Bytes of a figure that is shown without being asked for."""

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


def report_figures(
    root: Path, entries: Iterable[NotebookEntry], *, every: bool
) -> tuple[ReportFigure, ...]:
    """Return the figures of some entries, and after them those that are left out, with the reason.

    Args:
        root: The workspace.
        entries: The entries, by day.
        every: Whether all are shown, however many and large.
    """
    found = list(_figures(root, entries, every=every))
    shown = [one for one in found if not one.left_out]
    most = len(shown) if every else MOST_FIGURES
    too_many = [_left_out(one, f"more than {most} figures") for one in shown[:-most]]
    left = [one for one in found if one.left_out]
    return (*shown[-most:], *too_many, *left) if shown else tuple(left)


def _figures(
    root: Path, entries: Iterable[NotebookEntry], *, every: bool
) -> Iterator[ReportFigure]:
    taken: set[str] = set()
    for entry in entries:
        for link in public_images(entry):
            file = linked_file(entry_file(entry.day), link)
            if file not in taken:
                taken.add(file)
                bare = ReportFigure(entry.day, PurePosixPath(file).name, link.caption)
                yield _filled(bare, root, file, every=every)


def _filled(bare: ReportFigure, root: Path, file: str, *, every: bool) -> ReportFigure:
    path = root / file
    if not path.resolve().is_relative_to(root.resolve()):
        return _left_out(bare, "it is outside of the workspace")
    try:
        data = bytes_of(path)
    except CurriculumError:
        return _left_out(bare, "it cannot be read")
    if data is None:
        return _left_out(bare, "it is not there any more")
    media = _media_type(data)
    if media is None:
        return _left_out(bare, "it is not PNG, JPEG, GIF or WebP")
    if len(data) > LARGEST_FIGURE and not every:
        return _left_out(bare, f"it has {len(data) // 1000} kB; '--figures all' shows it")
    return ReportFigure(bare.day, bare.name, bare.caption, media, data)


def _left_out(figure: ReportFigure, why: str) -> ReportFigure:
    return ReportFigure(figure.day, figure.name, figure.caption, left_out=why)


def _media_type(data: bytes) -> str | None:
    for beginning, media in _BEGINNINGS:
        if data.startswith(beginning):
            return media
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None
