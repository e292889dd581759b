"""The commands that hold scores against the published results: results, compare, scores, ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from curriculum.cli.parameters import Name, json_option
from curriculum.services.comparisons import ResultName, attempted_claims, claims_of, result_named
from curriculum.services.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from curriculum.model.verdicts import Verdict
    from curriculum.reproduction.diagnostics import Extras
    from curriculum.reproduction.suites import Suite
    from curriculum.services.comparisons import Claims

SEED = 1


@click.command("results")
@click.argument("paper", type=Name("paper"), metavar="PAPER")
@click.option("--all", "is_all", is_flag=True, help="Show the supporting results, too.")
@json_option
@click.pass_obj
def results_command(desk: Context, paper: str, *, is_all: bool, as_json: bool) -> None:
    """Show what a paper claims.

    Reads its syllabus: each result with its spread and runs, how it was measured, where it stands and how sure that is.
    A star marks the primary results, which decide on the paper.

    \b
    Examples:
      curriculum results ppo-2017
      curriculum results td3 --all --json
    """
    from curriculum.cli.printing import show_json, show_lines
    from curriculum.reproduction.papers import primary_of
    from curriculum.views.json.results import result_json
    from curriculum.views.text.results import results_lines

    claims = claims_of(desk, paper)
    everything = tuple(claims.results.values())
    chosen = everything if is_all else primary_of(everything)
    if as_json:
        show_json({"paper": claims.work, "results": [result_json(result) for result in everything]})
        return
    if not everything:
        click.echo(f"the syllabus of {claims.work} holds no results")
        return
    show_lines(
        results_lines(
            chosen, {name: verdict.outcome for name, verdict in claims.verdicts().items()}
        )
    )
    hidden = len(everything) - len(chosen)
    if hidden:
        click.echo(f"and {hidden} supporting results: curriculum results {claims.work} --all")


@click.command("compare")
@click.argument("paper", required=False, type=Name("paper"), metavar="[PAPER]")
@click.option(
    "--seed",
    type=int,
    default=SEED,
    show_default=True,
    help="Draw the bootstrap of suites from this seed.",
)
@json_option
@click.pass_obj
def compare_command(desk: Context, paper: str | None, seed: int, *, as_json: bool) -> None:
    """Compare your scores with the published ones.

    Reads the journal and the syllabi; without a PAPER, of every paper that you recorded scores of. D is how much better
    yours is, in brackets its interval of two one-sided tests; Δ is the smallest gap that matters.

    \b
    Examples:
      curriculum compare
      curriculum compare ppo-2017 --json
    """
    from curriculum.cli.printing import show_json, show_lines

    papers = attempted_claims(desk) if paper is None else (claims_of(desk, paper),)
    if as_json:
        show_json([_paper_json(claims, seed) for claims in papers])
        return
    if not papers:
        click.echo("no scores yet; 'curriculum score PAPER#RESULT VALUE...' records them")
    for number, claims in enumerate(papers):
        if number:
            click.echo()
        show_lines(_paper_lines(claims, seed))


def _paper_lines(claims: Claims, seed: int) -> Iterator[Text]:
    """Yield the verdict on a paper, and on each result that was attempted."""
    from rich.text import Text

    from curriculum.views.text.verdict import extras_line, paper_lines, suite_line, verdict_lines

    verdicts = claims.verdicts()
    yield from paper_lines(claims.work, claims.paper)
    for name, verdict in verdicts.items():
        yield from verdict_lines(verdict, claims.results[name], claims.current[name])
        extras = _extras(claims, name, seed)
        more = (
            *_changed(claims, name, verdict),
            *([extras_line(extras)] if extras is not None else []),
        )
        for line in more:
            yield Text(f"  {line}")
    for suite in _suites(claims, seed):
        yield Text(suite_line(suite))


def _extras(claims: Claims, name: str, seed: int) -> Extras | None:
    """Return what per-run values on both sides tell besides; None where one side has none."""
    import random

    from curriculum.reproduction.diagnostics import extras_of
    from curriculum.reproduction.my_runs import runs_of, towards_target
    from curriculum.reproduction.protocol_check import gate_of

    result, attempt = claims.results[name], claims.current[name]
    runs = runs_of(result, attempt)
    if (
        result.runs.values is None
        or len(result.runs.values) < 2
        or not runs.values
        or gate_of(result, attempt).closed
    ):
        return None
    published = [towards_target(float(value), result) for value in result.runs.values]
    sign = 1 if result.metric.direction == "higher" else -1
    return extras_of(runs.values, published, sign, random.Random(seed))


def _changed(claims: Claims, name: str, verdict: Verdict) -> Iterator[str]:
    """Yield what has changed since a verdict was recorded: the published record, or the margin."""
    from curriculum.model.verdicts import Margin
    from curriculum.reproduction.attempts import fingerprint
    from curriculum.reproduction.verdicts import judge
    from curriculum.views.text.verdict import digits_of, stale_line

    result, attempt = claims.results[name], claims.current[name]
    if not attempt.judged:
        return
    last, first = attempt.judged[-1], attempt.judged[0]
    if last.published != fingerprint(result):
        yield stale_line(last, result)
    elif (
        abs(first.margin - verdict.margin.size) > 1e-9 * abs(first.margin)
        and result.claim.kind == "value"
    ):
        then = judge(verdict.result, result, attempt, Margin(first.margin, first.margin_from))
        size = f"{first.margin:.{digits_of(verdict, result)}f}"
        yield f"the margin was changed after the first run: with Δ {size} ({first.margin_from}) it is {then.outcome}"


def _suites(claims: Claims, seed: int) -> tuple[Suite, ...]:
    import random

    from curriculum.reproduction.my_runs import runs_of
    from curriculum.reproduction.protocol_check import gate_of
    from curriculum.reproduction.suites import suites_of

    values = {
        name: runs_of(claims.results[name], attempt).values
        for name, attempt in claims.current.items()
        if gate_of(claims.results[name], attempt).closed is None
    }
    return suites_of(tuple(claims.results.values()), values, random.Random(seed))


def _paper_json(claims: Claims, seed: int) -> dict[str, object]:
    from curriculum.views.json.verdict import extras_json, paper_json, verdict_json

    verdicts = claims.verdicts()
    shown = [
        {
            **verdict_json(verdict, claims.results[name], claims.current[name]),
            "extras": extras_json(_extras(claims, name, seed)),
            "changed": list(_changed(claims, name, verdict)),
        }
        for name, verdict in verdicts.items()
    ]
    return paper_json(claims.work, claims.paper, shown, _suites(claims, seed))


@click.command("scores")
@click.argument("result", type=ResultName(), metavar="PAPER#RESULT")
@json_option
@click.pass_obj
def scores_command(desk: Context, result: str, *, as_json: bool) -> None:
    """Show the history of your scores.

    Reads the journal: every attempt with its runs, and each verdict as it was given.

    \b
    Examples:
      curriculum scores ppo-2017#ppo-pong
      curriculum scores td3-2018#td3-hopper --json
    """
    from curriculum.cli.printing import show_json
    from curriculum.views.text.history import history_lines

    claims, name = result_named(desk, result)
    attempts = claims.attempts.get(name, ())
    if as_json:
        show_json([attempt.model_dump(mode="json", exclude_none=True) for attempt in attempts])
        return
    if not attempts:
        click.echo(f"no scores yet of {claims.work}#{name}")
    for line in history_lines(attempts):
        click.echo(line)


@click.command("ready")
@click.argument("goal", required=False, type=Name("goal"), metavar="[TOPIC|GOAL]")
@json_option
@click.pass_obj
def ready_command(desk: Context, goal: str | None, *, as_json: bool) -> None:
    """Say whether you may go beyond a goal.

    You are ready when everything the goal requires is done, and the primary results of its papers are reproduced. A
    topic is written as it is, or as topic:NAME; without one, the goals of the settings are meant.

    \b
    Examples:
      curriculum ready ppo-2017
      curriculum ready policy-gradient
    """
    from curriculum.cli.printing import show_json
    from curriculum.services.readiness import readiness_of
    from curriculum.views.json.readiness import readiness_json
    from curriculum.views.text.readiness import readiness_lines

    found = readiness_of(desk, goal)
    if as_json:
        show_json(readiness_json(found))
        return
    for line in readiness_lines(found):
        click.echo(line)
