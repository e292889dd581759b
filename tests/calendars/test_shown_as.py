"""Whether sessions are shown as free or as busy, and when that changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.calendars.shown_as import ShownAs, study_minutes_a_week
from curriculum.model.identifiers import UnitId
from curriculum.model.ledger import Ledger
from curriculum.model.plan import Piece, Placement, Session
from curriculum.model.settings import Settings
from tests.workspaces import SETTINGS, run, workspace

UNIT = UnitId("b/1")
SESSION = Session(0, 60, "textbooks", (Piece(UNIT, 60),))
AUTO = Settings.model_validate({"availability": {"mon-fri": "19:00-21:00"}, "show_as": "auto"})


def shown(cushion: int | None, ledger: Ledger) -> bool:
    placement = Placement(UNIT, "textbooks", 60, 0, 60, cushion=cushion)
    return ShownAs(AUTO, {UNIT: placement}, ledger).is_free("uid", SESSION)


@pytest.mark.parametrize(("cushion", "is_free"), [(None, True), (600, True), (599, False)])
def test_a_session_is_busy_with_a_cushion_of_less_than_a_week(
    cushion: int | None, *, is_free: bool
) -> None:
    assert study_minutes_a_week(AUTO) == 600
    assert shown(cushion, Ledger("plan")) is is_free


def transparency(root: Path, file: str) -> set[str]:
    text = (root / "calendars" / file).read_text(encoding="utf-8")
    return {line for line in text.splitlines() if line.startswith("TRANSP:")}


@pytest.mark.parametrize(("shown_as", "written"), [("free", "TRANSPARENT"), ("busy", "OPAQUE")])
def test_sessions_are_shown_as_the_settings_say(
    tmp_path: Path, shown_as: str, written: str
) -> None:
    root = workspace(
        tmp_path, settings=f"{SETTINGS}show_as: {shown_as}\npublish: {{free_busy: true}}\n"
    )
    run(root, "plan")

    assert transparency(root, "papers.ics") == {f"TRANSP:{written}"}
    busy = (root / "calendars" / "free-busy.ics").read_text(encoding="utf-8")
    assert ("BEGIN:VEVENT" in busy) is (shown_as == "busy")
    before = (root / "calendars" / "ledger.json").read_bytes()
    run(root, "plan")
    assert (root / "calendars" / "ledger.json").read_bytes() == before


def test_what_became_busy_stays_so_until_there_are_two_weeks_to_spare(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=f"{SETTINGS}show_as: auto\n")
    run(root, "plan")
    lines = transparency(root, "papers.ics")

    assert lines == {"TRANSP:TRANSPARENT"}, "31 March leaves more than two weeks"
    settings = root / "syllabi" / "curriculum.yaml"
    settings.write_text(settings.read_text().replace("2027-03-31", "2027-01-20"), encoding="utf-8")
    run(root, "plan")
    assert "TRANSP:OPAQUE" in transparency(root, "papers.ics")
