"""However the id of a paper is written, it is one id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.paper_ids import bare_id, first_id, paper_address, paper_id

_PPO = [
    "1707.06347",
    "1707.06347v2",
    "arXiv:1707.06347",
    "arxiv:1707.06347v1",
    "arXiv:1707.06347v3 [cs.LG]",
    "oai:arXiv.org:1707.06347v1",
    "https://arxiv.org/abs/1707.06347",
    "http://arxiv.org/abs/1707.06347v2?context=cs",
    "https://www.arxiv.org/pdf/1707.06347v2.pdf",
    "arxiv.org/pdf/1707.06347",
    "https://export.arxiv.org/html/1707.06347v2#S3",
    "https://doi.org/10.48550/arXiv.1707.06347",
    "10.48550/ARXIV.1707.06347",
    "doi:10.48550/arXiv.1707.06347",
    "https://ar5iv.labs.arxiv.org/html/1707.06347",
    "https://huggingface.co/papers/1707.06347",
    " <https://arxiv.org/abs/1707.06347/> ",
    "1707.06347v2.pdf",
]


@pytest.mark.parametrize("written", _PPO)
def test_thirteen_and_more_spellings_of_an_arxiv_id_are_one(written: str) -> None:
    assert paper_id(written) == "arxiv:1707.06347"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("cs/0601001", "arxiv:cs/0601001"),
        ("cs.LG/0601001", "arxiv:cs/0601001"),
        ("arXiv:cs/0601001v2", "arxiv:cs/0601001"),
        ("http://arxiv.org/abs/cs.LG/0601001v1", "arxiv:cs/0601001"),
        ("https://arxiv.org/pdf/hep-th/9901001.pdf", "arxiv:hep-th/9901001"),
        ("https://arxiv.org/abs/cond-mat/0703470", "arxiv:cond-mat/0703470"),
        ("10.48550/arXiv.cs/0601001", "arxiv:cs/0601001"),
        ("0704.0001", "arxiv:0704.0001"),
        ("10.1038/nature14236", "doi:10.1038/nature14236"),
        ("https://doi.org/10.1038/NATURE14236", "doi:10.1038/nature14236"),
        ("http://dx.doi.org/10.1038/nature14236", "doi:10.1038/nature14236"),
        ("DOI: 10.1038/nature14236.", "doi:10.1038/nature14236"),
        ("doi.org/10.1038/nature14236", "doi:10.1038/nature14236"),
        ("https://dl.acm.org/doi/abs/10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
        ("https://dl.acm.org/doi/10.1145/3292500.3330701?x=1", "doi:10.1145/3292500.3330701"),
        (
            "10.1002/(SICI)1097-0258(19980815)17:15<1661",
            "doi:10.1002/(sici)1097-0258(19980815)17:15<1661",
        ),
        ("10.1016/S0004-3702(99)00052-1", "doi:10.1016/s0004-3702(99)00052-1"),
        ("10.1016/S0004-3702(99)00052-1)", "doi:10.1016/s0004-3702(99)00052-1"),
        ("https://doi.org/10.1016%2Fj.neunet.2014.09.003", "doi:10.1016/j.neunet.2014.09.003"),
        ("https://openreview.net/forum?id=rJl3yM-Ab", "openreview:rJl3yM-Ab"),
        ("https://openreview.net/pdf?id=rJl3yM-Ab", "openreview:rJl3yM-Ab"),
        ("openreview:rJl3yM-Ab", "openreview:rJl3yM-Ab"),
    ],
)
def test_an_id_is_read_from_every_place_it_is_written_in(written: str, expected: str) -> None:
    assert paper_id(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ppo-2017",
        "1799.06347",
        "3.14159",
        "2027-01-04",
        "Proximal Policy Optimization Algorithms",
        "https://arxiv.org/list/cs.LG/recent",
        "https://example.org/papers/ppo.pdf",
        "10.1038",
        "10.1038/",
        "https://openreview.net/group?id=",
        "journal/0613001",
    ],
)
def test_what_is_not_an_id_is_none(written: str) -> None:
    assert paper_id(written) is None


def test_a_paper_with_several_ids_is_called_by_that_of_arxiv() -> None:
    doi, arxiv = "doi:10.1038/nature14236", "arxiv:1312.5602"
    assert first_id([doi, arxiv]) == first_id([arxiv, doi]) == arxiv
    assert first_id([doi]) == doi
    assert first_id([]) is None


@given(st.text(max_size=60))
def test_an_id_that_was_found_is_its_own_only_form(text: str) -> None:
    found = paper_id(text)
    assert found is None or paper_id(found) == found


@given(st.from_regex(r"\A[0-9]{2}(0[1-9]|1[0-2])\.[0-9]{5}\Z"), st.integers(1, 30))
def test_the_address_and_every_version_of_an_id_are_that_id(bare: str, version: int) -> None:
    found = paper_id(f"{bare}v{version}")
    assert found == f"arxiv:{bare}"
    assert bare_id(found) == bare
    address = paper_address(found)
    assert address is not None
    assert paper_id(address) == found
