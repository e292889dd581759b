"""Settings that are written as they are in `curriculum.yaml` read back as the same settings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.settings import Settings
from curriculum.syllabus.written_settings import written

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(str)
MOMENTS = DAYS | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(
    "{:%Y-%m-%d %H:%M}".format
)
SPANS = st.integers(1, 900).map("{}m".format) | st.sampled_from(["2h", "1.5h", "2h30m"])
REFERENCES = st.recursive(
    st.sampled_from(
        [
            "sums",
            "sums/1",
            "3-6",
            {"topic": "mdp"},
            {"ref": "sums/1", "strength": "soft", "why": "it helps"},
        ]
    ),
    lambda more: st.fixed_dictionaries({"any": st.lists(more, min_size=1, max_size=2)}),
    max_leaves=3,
)
GOALS = st.sampled_from(["ppo-2017", {"topic": "mdp"}, {"work": "sums", "units": "1-3"}]) | (
    st.fixed_dictionaries({"work": st.just("sums")}, optional={"by": MOMENTS, "why": st.just("w")})
)
BUSY = st.sampled_from(
    [
        "mine.ics",
        {"from": "a.ics", "ignore": {"title": ["L*", "x"]}, "tentative": "free"},
        {"caldav": "https://example.org/a/", "user": "ada"},
    ]
)
ACCOUNT = {
    "url": "https://example.org/",
    "todos": "true",
    "collections": {"papers": "https://example.org/p/"},
}
WINDOWS = st.sampled_from(
    ["19:00-21:00", "22:30-01:00", "00:00-24:00", ["08:00-09:00", "7:00-7:30"]]
)
STUDY_CALENDARS = st.sampled_from(
    [{"ics": "study.ics"}, {"ics": "https://example.org/a", "title": ["Lernen"], "user": "ada"}]
)
WEEKS = st.dictionaries(
    st.sampled_from(["mon-fri", "sat", "mon,wed", "weekends", "sun"]), WINDOWS, min_size=1
)
ZONES = [{"until": "2027-02-20", "zone": "America/New_York"}, {"zone": "Europe/Berlin"}]
NUMBERS = st.sampled_from(["1", "10", "6.5", "0.25", "33.3"])


def range_of_days(first: date, more: int) -> str:
    """Return a range of days as it is written."""
    return f"{first}..{first + timedelta(days=more)}"


SETTINGS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Sums", "no", "1_000", "a: b"]),
        "goals": st.lists(GOALS, max_size=3),
        "known": st.lists(REFERENCES, max_size=3),
        "start": MOMENTS,
        "timezone": st.sampled_from(["Europe/Berlin", ZONES]),
        "availability": WEEKS | STUDY_CALENDARS,
        "away": st.lists(
            st.builds(
                range_of_days, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 9)
            )
        ),
        "busy": st.lists(BUSY, max_size=3),
        "me": st.lists(st.sampled_from(["ada@example.org", "MAILTO:a@b.c"]), max_size=2),
        "balance": st.sampled_from([{"textbooks": "70"}, {"textbooks": "1", "papers": "0.5"}]),
        "session": st.sampled_from([{"longest": "2h"}, {"shortest": "5m", "break": "0m"}]),
        "load": st.sampled_from(["90%", "0.333", "1"]),
        "week": SPANS,
        "development": st.sampled_from(["20%", "0.2"]),
        "day_ends": st.sampled_from(["04:00", "0:30"]),
        "code": st.just(["~/src/ppo", "../a3c"]),
        "cap": st.sampled_from([{"day": "3h"}, {"week": "12h"}, {"day": "90m", "week": "6h"}]),
        "habits": st.sampled_from(
            [
                {"reading group": {"on": "thu 18:00", "takes": "1h"}},
                {"a": {"every": "2w", "on": "mon-fri 08:30", "takes": "45m", "from": "2027-01-04"}},
            ]
        ),
        "review": st.sampled_from(
            [{"on": "sun 18:00", "takes": "45m"}, {"every": "1w", "on": "fri 9:00", "takes": "1h"}]
        ),
        "explore": st.sampled_from(
            [{"share": "20%", "on": "thu,fri", "seed": 7}, {"epsilon": "0.25"}, {"share": "5%"}]
        ),
        "worth": st.just([{"lines": 2, "gain": "10%"}, {"lines": 10, "gain": "150%"}]),
        "papers": st.sampled_from([{"at_least": "3h per week"}, {"at_least": "90m"}]),
        "textbooks": st.just({"at_least": "0m"}),
        "prefer": st.sampled_from(["mornings", "18:00-22:00", {"mon-fri": "07:00-08:00"}]),
        "catch_up": st.sampled_from(["0m", "1h per week", "90m"]),
        "freeze": SPANS,
        "speed": st.fixed_dictionaries({}, optional={"textbook": NUMBERS.map("{} pages/h".format)}),
        "alarm": SPANS | st.lists(SPANS, min_size=1, max_size=3),
        "publish": st.sampled_from([{"combined": "true"}, {"free_busy": "true"}]),
        "caldav": st.just(ACCOUNT),
    },
)


@given(SETTINGS)
def test_what_is_written_reads_back(given: dict[str, Any]) -> None:
    settings = Settings.model_validate(given)

    assert Settings.model_validate(written(settings)) == settings


def test_defaults_are_written_as_the_reference_gives_them() -> None:
    tree = written(Settings())

    assert tree["availability"] == {"mon-fri": ["19:00-21:00"], "sat": ["10:00-12:00"]}
    assert tree["session"] == {"shortest": "25m", "longest": "1h30m", "break": "10m"}
    assert tree["speed"] == {
        "textbook": "10 pages/h",
        "thesis": "15 pages/h",
        "paper": "6 pages/h",
    }
    assert tree["load"] == "100%"
    assert tree["busy"] == ["calendars/busy/*.ics"]
