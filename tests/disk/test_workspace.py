"""The files of a workspace and of the built-in library are found, and what is not read is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.disk.errors import ReadError, WriteError
from curriculum.disk.scaffold import start_workspace
from curriculum.disk.workspace import (
    LARGEST_SYLLABUS_BYTES,
    LargeFileError,
    built_in_library,
    read_settings_file,
    read_syllabi,
)


def lay(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)


def test_an_empty_folder_is_an_empty_workspace(tmp_path: Path) -> None:
    found = read_syllabi(tmp_path)
    assert (found.syllabi, found.problems) == ((), ())
    assert read_settings_file(tmp_path) is None


def test_syllabi_are_found_by_track_and_sorted(tmp_path: Path) -> None:
    lay(
        tmp_path,
        "syllabi/theses/c.yaml",
        "syllabi/textbooks/b.yaml",
        "syllabi/papers/a.b.yaml",
        "syllabi/own.yaml",
        "syllabi/curriculum.yaml",
    )
    found = read_syllabi(tmp_path)
    settings = read_settings_file(tmp_path)
    assert settings is not None
    assert settings.data == b"syllabi/curriculum.yaml"
    assert [(file.label, file.stem) for file in found.syllabi] == [
        ("syllabi/own.yaml", "own"),
        ("syllabi/papers/a.b.yaml", "a.b"),
        ("syllabi/textbooks/b.yaml", "b"),
        ("syllabi/theses/c.yaml", "c"),
    ]


def test_hidden_files_copies_of_editors_and_other_files_are_left_alone(tmp_path: Path) -> None:
    names = (".a.yaml", "a.yaml~", "#a.yaml#", ".#a.yaml", "a.yaml.swp", "notes.md", "sub/a.yaml")
    lay(tmp_path, *(f"syllabi/papers/{name}" for name in names))
    (tmp_path / "syllabi/papers/folder.yaml").mkdir()
    found = read_syllabi(tmp_path)
    assert (found.syllabi, found.problems) == ((), ())


def test_a_syllabus_with_the_other_ending_is_a_problem(tmp_path: Path) -> None:
    lay(tmp_path, "syllabi/papers/a.yml", "syllabi/curriculum.yml")
    assert [(str(problem), problem.hint) for problem in read_syllabi(tmp_path).problems] == [
        (
            "syllabi/curriculum.yml:0:0: file-name: 'curriculum.yml' is not read, because syllabi end in '.yaml'",
            "rename it to 'curriculum.yaml'",
        ),
        (
            "syllabi/papers/a.yml:0:0: file-name: 'a.yml' is not read, because syllabi end in '.yaml'",
            "rename it to 'a.yaml'",
        ),
    ]


def test_bytes_that_are_no_text_are_handed_over(tmp_path: Path) -> None:
    lay(tmp_path, "syllabi/papers/a.yaml")
    (tmp_path / "syllabi/papers/a.yaml").write_bytes(b"\xff\xfe")
    assert read_syllabi(tmp_path).syllabi[0].data == b"\xff\xfe"


def test_links_are_followed_and_one_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    lay(tmp_path, "elsewhere/real.yaml", "syllabi/papers/a.yaml")
    (tmp_path / "syllabi/papers/link.yaml").symlink_to(tmp_path / "elsewhere/real.yaml")
    assert [file.stem for file in read_syllabi(tmp_path).syllabi] == ["a", "link"]
    (tmp_path / "elsewhere/real.yaml").unlink()
    with pytest.raises(ReadError, match=r"cannot read '.*link\.yaml': there is no such file"):
        read_syllabi(tmp_path)


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, "syllabi/papers/a.yaml")
    with (tmp_path / "syllabi/papers/a.yaml").open("wb") as file:
        file.truncate(LARGEST_SYLLABUS_BYTES + 1)
    with pytest.raises(LargeFileError, match=r"'syllabi/papers/a\.yaml' is larger than 10 MB"):
        read_syllabi(tmp_path)


def test_the_built_in_library_is_at_hand_without_the_example_settings() -> None:
    files = built_in_library()
    labels = [file.label for file in files]
    assert labels == sorted(labels)
    assert all(label.startswith("built-in/") for label in labels)
    assert "curriculum" not in {file.stem for file in files}
    assert {"sutton-barto-2018"} <= {file.stem for file in files}


FILES = {"syllabi/curriculum.yaml": "title: Mine\n"}


def test_a_started_workspace_can_be_read(tmp_path: Path) -> None:
    made = start_workspace(tmp_path / "new", FILES)
    assert made == (
        "syllabi/textbooks/",
        "syllabi/theses/",
        "syllabi/papers/",
        "calendars/busy/",
        "syllabi/curriculum.yaml",
    )
    settings = read_settings_file(tmp_path / "new")
    assert settings is not None
    assert settings.data.decode() == FILES["syllabi/curriculum.yaml"]


def test_starting_again_changes_nothing(tmp_path: Path) -> None:
    lay(tmp_path, "syllabi/curriculum.yaml")
    assert "syllabi/curriculum.yaml" not in start_workspace(tmp_path, FILES)
    assert (tmp_path / "syllabi/curriculum.yaml").read_text() == "syllabi/curriculum.yaml"
    assert start_workspace(tmp_path, FILES) == ()


def test_a_file_in_the_way_of_a_new_workspace_is_said(tmp_path: Path) -> None:
    (tmp_path / "syllabi").write_text("mine")
    with pytest.raises(WriteError, match="cannot write"):
        start_workspace(tmp_path, FILES)
    assert (tmp_path / "syllabi").read_text() == "mine"
