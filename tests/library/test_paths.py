"""What leads to well-known papers is what a lecturer would set, in the order of the books."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curriculum.model.works import Paper, Textbook
from tests.library.shipped import shipped
from tests.workspaces import run, said

NETS = tuple(f"goodfellow-2016/{chapter}" for chapter in "23456")


@pytest.mark.parametrize(
    ("paper", "before", "never", "most_hours"),
    [
        ("bert-2019", (*NETS, "transformer-2017/attention"), ("goodfellow-2016/10",), 65),
        ("gpt3-2020", (*NETS, "transformer-2017/read", "gpt2-2019/read"), ("bert-2019/read",), 45),
        ("ddpm-2020", (*NETS, "vae-2014/read", "unet-2015/network"), ("gan-2014/read",), 75),
        ("gcn-2017", (*NETS, "hamilton-2020/5"), ("goodfellow-2016/9",), 40),
        ("dpo-2023", ("sutton-barto-2018/13", "instructgpt-2022/read"), ("ppo-2017/train",), 85),
        ("simclr-2020", ("resnet-2016/block",), ("goodfellow-2016/13", "goodfellow-2016/15"), 80),
        ("word2vec-2013", ("goodfellow-2016/5",), ("goodfellow-2016/12",), 45),
    ],
)
def test_a_path_holds_what_is_needed_and_keeps_the_order_of_books(
    tmp_path: Path, paper: str, before: tuple[str, ...], never: tuple[str, ...], most_hours: int
) -> None:
    (tmp_path / "syllabi").mkdir()
    shown = json.loads(said(run(tmp_path, "path", paper, "--json")))["units"]
    units = [one["unit"] for one in shown]
    assert set(before) <= set(units)
    assert not set(never) & set(units)
    assert sum(one["effort"] for one in shown) <= 60 * most_hours
    for name, work in shipped().library.works.items():
        if isinstance(work, Textbook):
            own = [one.removeprefix(f"{name}/") for one in units if one.startswith(f"{name}/")]
            assert own == sorted(own, key=[one.id for one in work.chapters].index)


def test_books_that_prove_everything_are_read_slowly() -> None:
    works = shipped().library.works
    slow = {
        name
        for name, work in works.items()
        if isinstance(work, Textbook) and any(one.speed is not None for one in work.units)
    }
    assert slow == {
        "agarwal-jiang-kakade-sun-2022",
        "mohri-rostamizadeh-talwalkar-2018",
        "wainwright-2019",
    }


@pytest.mark.parametrize("name", ["td3-2018", "mc-dropout-2016", "maf-2017", "gin-2019"])
def test_a_paper_counts_by_all_tasks_of_a_table_or_by_none(name: str) -> None:
    paper = shipped().library.works[name]
    assert isinstance(paper, Paper)
    counted: dict[tuple[object, ...], set[bool]] = {}
    for one in paper.results:
        kind = (one.method, one.metric.name, one.source.table, one.source.row, one.tier)
        counted.setdefault(kind, set()).add(one.primary)
    assert {kind for kind, found in counted.items() if len(found) > 1} == set()
