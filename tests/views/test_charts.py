"""Charts as SVG: labels that cover nothing, tables with every number, and nothing of the user's as markup."""

from __future__ import annotations

import random
import re
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from curriculum.graph.layers import layered
from curriculum.graph.study_map import MapNode, MapState, StudyMap
from curriculum.model.forecast import Outlook, Range
from curriculum.model.formatting import hours_text
from curriculum.model.identifiers import Track, UnitId
from curriculum.model.plan import Piece, PlannedGoal, Session, minute
from curriculum.model.settings import Goal
from curriculum.practice.time_table import PlannedAndReal
from curriculum.practice.weekly_time import WeekTime
from curriculum.views.html.graph_chart import graph_chart
from curriculum.views.html.graph_layout import NODE_HEIGHT, NODE_WIDTH, graph_layout
from curriculum.views.html.markup import element, plain_text
from curriculum.views.html.road_chart import GoalAhead, road_chart
from curriculum.views.html.scales import day_ticks, hour_ticks, nice_ticks
from curriculum.views.html.text_widths import SMALL_SIZE, fitted, label_width
from curriculum.views.html.time_chart import time_chart
from curriculum.views.html.week_grid import GridSession, week_grid
from curriculum.views.html.weeks_chart import calendar_days, weeks_chart
from tests.drawings import HOSTILE, drawings, outside, overlapping_labels, parsed, table_rows

NOW = minute(datetime(2027, 1, 4, 12, tzinfo=UTC))
DAY = 24 * 60


def assert_is_sound(markup: Markup) -> None:
    """Check that a chart is HTML without a fault, refers to nothing, and that labels keep clear."""
    tree = parsed(markup)
    names = [one.attrib["id"] for one in tree.iter() if "id" in one.attrib]
    assert len(names) == len(set(names))
    assert not {one.tag for one in tree.iter()} & {"script", "style", "img", "foreignObject"}
    assert not re.search(r"https?:|javascript:|url\(|style=", markup)
    for drawing in drawings(markup):
        assert overlapping_labels(drawing) == []
        assert outside(drawing) == []


def road_goal(name: str, finish: int | None, due: int | None, late: int | None = None) -> GoalAhead:
    """Return a goal that is finished and due in so many days."""
    at, by = (None if one is None else NOW + one * DAY for one in (finish, due))
    most = None if at is None or late is None else Range(at, at + late * DAY)
    goal = PlannedGoal(Goal(work=name), 3, 0, at, by, None if by is None else 60)
    return GoalAhead(goal, Outlook(3, at, most, most, by, None if by is None else 0.8))


goals = st.lists(
    st.builds(
        road_goal,
        st.sampled_from(
            ["ppo-2017", "a-very-long-name-of-a-work-that-nobody-would-type-2017", *HOSTILE]
        ),
        st.none() | st.integers(0, 4000),
        st.none() | st.integers(-30, 4000),
        st.none() | st.integers(0, 900),
    ),
    max_size=6,
)


@settings(max_examples=12, deadline=None)
@given(goals)
def test_the_road_is_sound_whatever_the_goals(every: list[GoalAhead]) -> None:
    chart = road_chart(every, NOW, UTC)

    assert_is_sound(chart)
    assert len(table_rows(chart)) == len(every) + 1


def test_a_name_of_ten_thousand_letters_is_cut_in_the_drawing_and_whole_in_the_table() -> None:
    chart = road_chart([road_goal("x" * 10_000, 30, 60, 9)], NOW, UTC)

    assert_is_sound(chart)
    assert chart.count("x" * 10_000) == 1


def test_a_goal_that_is_late_says_so_without_colour() -> None:
    late = road_chart([road_goal("ppo-2017", 30, 20)], NOW, UTC)

    assert "! due 24 Jan 2027" in late
    assert 'class="c-late"' in late


@st.composite
def weeks(draw: st.DrawFn) -> list[WeekTime]:
    """Return weeks, some of them without any time."""
    tracks: list[Track | None] = ["textbooks", "papers", None]
    times = st.builds(PlannedAndReal, st.integers(0, 4000), st.integers(0, 4000))
    found = draw(st.lists(st.dictionaries(st.sampled_from(tracks), times), min_size=1, max_size=60))
    return [
        WeekTime(date(2026, 9, 7) + timedelta(weeks=number), one)
        for number, one in enumerate(found)
    ]


@settings(max_examples=12, deadline=None)
@given(weeks())
def test_bars_of_time_are_sound_and_each_is_in_the_table(every: list[WeekTime]) -> None:
    chart = time_chart(every)

    assert_is_sound(chart)
    rows = table_rows(chart)[1:]
    assert [row[1:3] for row in rows] == [
        [hours_text(one.planned), hours_text(one.real)] for one in every
    ]
    for week, row in zip(every, rows, strict=True):
        for time in week.tracks.values():
            assert hours_text(time.real) in row


def sessions(count: int, rng: random.Random) -> list[Session]:
    """Return evening sessions with one or two pieces."""
    found = []
    for number in range(count):
        start = NOW + number * DAY + rng.randrange(0, 500)
        length = rng.choice([25, 50, 90])
        track: Track = rng.choice(["textbooks", "papers"])
        pieces = (Piece(UnitId(f"work-{number}/unit-{number}"), length),)
        found.append(Session(start, start + length, track, pieces))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_calendars_are_sound_and_name_every_unit(seed: int) -> None:
    every = sessions(40, random.Random(seed))
    due = [road_goal("ppo-2017", 5, 9).planned, road_goal(HOSTILE[0], 5, 12).planned]

    chart = weeks_chart(calendar_days(every, due, date(2027, 1, 6), UTC, 4), date(2027, 1, 6))

    assert_is_sound(chart)
    cells = str(table_rows(chart))
    for number in range(28):
        assert f"work-{number}/" in cells
    assert "work-29/" not in cells


def test_weeks_after_the_last_session_are_not_drawn() -> None:
    today = date(2027, 1, 6)
    every = sessions(9, random.Random(3))
    last = max(datetime.fromtimestamp(60 * one.start, UTC).date() for one in every)

    days = calendar_days(every, (), today, UTC, 40)

    assert days[-1].day == last + timedelta(days=6 - last.weekday())
    assert len(calendar_days((), (), today, UTC, 4)) == 7
    assert "1 week ahead, 0 min of study" in weeks_chart(
        calendar_days((), (), today, UTC, 4), today
    )


def test_a_week_shows_each_session_where_it_is_on_the_clock() -> None:
    every = sessions(9, random.Random(3))
    shown = [GridSession(one, "done", "/library/x") for one in every]
    titles = {UnitId("work-2/unit-2"): HOSTILE[0]}

    chart = week_grid(shown, date(2027, 1, 4), UTC, titles, NOW)

    assert_is_sound(chart)
    assert len(table_rows(chart)) == 8
    for one in every[:7]:
        start = datetime.fromtimestamp(60 * one.start, UTC)
        assert (
            f'data-session="{start:%Y-%m-%dT%H:%M}" data-minutes="{one.end - one.start}"' in chart
        )


def study_map(count: int, rng: random.Random) -> StudyMap:
    """Return a map in which each unit needs a few of the units before it."""
    states: tuple[MapState, ...] = ("done", "open", "next", "missing")
    nodes: dict[str, MapNode] = {}
    needs: dict[str, tuple[str, ...]] = {}
    for number in range(count):
        name = f"work-{number // 12}/unit-{number}"
        title = rng.choice([*HOSTILE[:4], "Policy Gradient Methods", ""])
        nodes[name] = MapNode(
            name, title, rng.choice(["textbooks", "papers"]), states[number % 4], number
        )
        near = list(nodes)[max(0, number - 20) : number]
        needs[name] = tuple(rng.sample(near, min(len(near), rng.randrange(0, 3))))
    return StudyMap(nodes, needs)


@pytest.mark.parametrize("count", [1, 7, 60])
def test_no_node_of_a_graph_covers_another_and_no_edge_runs_upwards(count: int) -> None:
    study = study_map(count, random.Random(count))

    layout = graph_layout(layered(study.needs))

    corners = sorted(layout.corners.values())
    assert len(corners) == count
    for number, (x, y) in enumerate(corners):
        for other_x, other_y in corners[number + 1 :]:
            assert other_x - x >= NODE_WIDTH or abs(other_y - y) >= NODE_HEIGHT
    for _, start, end in layout.edges:
        assert start[1] < end[1]
    for (place, top), _ in layout.passes:
        for x, y in corners:
            assert y != top or not x - 4 < place < x + NODE_WIDTH + 4


def test_a_graph_is_sound_and_its_table_says_what_each_needs() -> None:
    study = study_map(40, random.Random(1))

    chart = graph_chart(study, lambda name: f"/library/{name}")

    assert_is_sound(chart)
    rows = table_rows(chart)[1:]
    assert [row[0] for row in rows] == list(study.nodes)
    assert [row[4] for row in rows] == [", ".join(study.needs[name]) for name in study.nodes]
    assert chart.count('<a href="/library/') == 40


def test_a_thousand_units_are_drawn_within_a_second() -> None:
    study = study_map(1000, random.Random(0))

    began = perf_counter()
    graph_chart(study)

    # A busy machine may need some times as long.
    assert perf_counter() - began < 5


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.integers(1, 10))
def test_ticks_are_inside_and_no_more_than_asked(low: float, span: float, most: int) -> None:
    ticks = nice_ticks(low, low + span, most)

    assert len(ticks) <= most + 1
    assert all(low - 1e-6 * span <= tick <= low + span * (1 + 1e-6) + 1e-9 for tick in ticks)


@given(st.integers(0, 10**6), st.integers(1, 8))
def test_hours_end_beyond_the_longest_bar(minutes: int, most: int) -> None:
    ticks = hour_ticks(minutes, most)

    assert ticks[0] == 0
    assert 60 * ticks[-1] >= minutes
    assert len(ticks) <= most + 2


@settings(max_examples=60)
@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.integers(1, 40_000), st.floats(100, 1000))
def test_the_days_of_an_axis_fit(first: date, days: int, pixels: float) -> None:
    ticks = day_ticks(first, first + timedelta(days=days), pixels)

    assert sum(label_width(tick.label, SMALL_SIZE) for tick in ticks) <= max(pixels, 80)
    assert [tick.day for tick in ticks] == sorted({tick.day for tick in ticks})


@given(st.text(max_size=60), st.floats(5, 300))
def test_a_text_is_cut_to_its_room(text: str, width: float) -> None:
    shown = fitted(text, width)

    assert label_width(shown) <= width
    assert shown == text or shown == "" or shown.endswith("…")


@given(st.text(max_size=40))
def test_any_text_stays_text(text: str) -> None:
    found = parsed(element("p", text, title=text)).find(".//p")

    assert found is not None
    assert (found.text or "") == plain_text(text)
    assert found.attrib["title"] == plain_text(text)
