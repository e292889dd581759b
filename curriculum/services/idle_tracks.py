"""When a track waits for the other one, and what of the library would fill that time."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.graph.goals import GoalRequest
from curriculum.graph.open_works import open_works
from curriculum.model.identifiers import TRACKS, Track, work_of
from curriculum.model.idle_time import Filler, IdleTime, IdleTrack
from curriculum.practice.skim_queue import unread_skims
from curriculum.schedule.idle_time import idle_times
from curriculum.services.ideas import ideas_of
from curriculum.services.planning import Planned
from curriculum.services.skims import recent_skims
from curriculum.services.workspace import Workspace

MOST_FILLERS = 3


def idle_tracks(planned: Planned) -> tuple[IdleTrack, ...]:
    """Return when a track waits for the other one, each time with what would fill it."""
    times = idle_times(planned.plan)
    if not times:
        return ()
    offered = _offered(planned)
    unread, ideas = _at_hand(planned.workspace)
    found: list[IdleTrack] = []
    for time in times:
        best = _best(offered[time.track], time, planned)
        is_papers = time.track == "papers"
        found.append(IdleTrack(time, best, unread * is_papers, ideas * is_papers))
    return tuple(found)


def _at_hand(workspace: Workspace) -> tuple[int, int]:
    """Return how many papers that came in are unread, and how many ideas are on the back burner."""
    unread = len(unread_skims(recent_skims(workspace), workspace.today))
    ideas = ideas_of(workspace)
    return unread, sum(one.idea is not None and one.idea.is_open for one in ideas)


def _best(fillers: Iterable[Filler], time: IdleTime, planned: Planned) -> tuple[Filler, ...]:
    """Return own works first, then what fits, the longest first, then the shortest of the rest."""
    own = planned.workspace.library.own

    def key(filler: Filler) -> tuple[bool, bool, int, str]:
        fits = filler.minutes <= time.minutes
        size = -filler.minutes if fits else filler.minutes
        return filler.work not in own, not fits, size, filler.work

    return tuple(sorted(fillers, key=key)[:MOST_FILLERS])


def _offered(planned: Planned) -> dict[Track, list[Filler]]:
    """Return the works of each track that need nothing more and are not in the plan."""
    workspace = planned.workspace
    request = GoalRequest(
        None, known=workspace.settings.known, done=workspace.progress.done, source=None
    )
    in_plan = {work_of(unit) for unit in planned.curriculum.units}
    found: dict[Track, list[Filler]] = {track: [] for track in TRACKS}
    for work, units in open_works(workspace.library_graph, request).items():
        if work not in in_plan:
            minutes = sum(workspace.efforts[unit] for unit in units)
            found[workspace.library.works[work].track].append(Filler(work, minutes))
    return found
