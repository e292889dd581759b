"""What is drawn to be explored."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.exploration import Drawn, Explore
from curriculum.practice.exploration import Candidate, CandidateKind, draw_candidate

WEEKS = [f"{year}-W{week:02}" for year in range(2027, 2067) for week in range(1, 51)]
NAMES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True)


def works(names: list[str]) -> list[Candidate]:
    return [Candidate(CandidateKind.WORK, name, name) for name in names]


def idea(name: str, upside: str | None = None) -> Candidate:
    return Candidate(CandidateKind.IDEA, name, name, upside)


@given(NAMES, st.integers(0, 99), st.sampled_from(WEEKS), st.randoms())
def test_the_order_of_the_candidates_does_not_matter(
    names: list[str], seed: int, week: str, random: st.DataObject
) -> None:
    explore = Explore(epsilon=Fraction(1, 5), seed=seed)
    shuffled = sorted(names, reverse=True)

    assert draw_candidate(explore, week, 0, works(names)) == draw_candidate(
        explore, week, 0, works(shuffled)
    )


@given(NAMES, st.integers(0, 99), st.sampled_from(WEEKS))
def test_one_more_candidate_changes_nothing_unless_it_is_drawn(
    names: list[str], seed: int, week: str
) -> None:
    explore = Explore(epsilon=Fraction(1, 5), seed=seed)
    before = draw_candidate(explore, week, 0, works(names))
    after = draw_candidate(explore, week, 0, works([*names, "z"]))

    assert before is not None
    assert after is not None
    assert after == before or after.candidate.name == "z"


def test_a_fifth_of_the_draws_is_random_and_these_are_even() -> None:
    explore = Explore(share=Fraction(1, 5), seed=7)
    candidates = [idea("a", "2x"), idea("b", "10x"), *works(["c", "d"])]
    draws = [draw_candidate(explore, week, 0, candidates) for week in WEEKS]
    even = [one.candidate.name for one in draws if one is not None and one.drawn is Drawn.RANDOM]
    other = {one.candidate.name for one in draws if one is not None and one.drawn is Drawn.UPSIDE}

    assert abs(len(even) / len(WEEKS) - 0.2) < 0.036
    assert other == {"b"}
    assert all(abs(even.count(name) / len(even) - 0.25) < 0.09 for name in "abcd")


def test_an_upside_in_words_comes_after_factors_and_before_none() -> None:
    explore = Explore(epsilon=Fraction(1, 1_000_000), seed=7)
    candidates = [idea("a"), idea("b", "makes it work"), idea("c", "1.5x"), idea("d", "3 x")]
    order = []
    while candidates:
        draw = draw_candidate(explore, "2027-W01", 0, candidates)
        assert draw is not None
        order.append(draw.candidate.name)
        candidates.remove(draw.candidate)

    assert order == ["d", "c", "b", "a"]


def test_nothing_is_drawn_from_nothing() -> None:
    assert draw_candidate(Explore(share=Fraction(1, 5)), "2027-W01", 0, []) is None
