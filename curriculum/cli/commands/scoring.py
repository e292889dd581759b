"""The command that records scores: score."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from uuid import uuid4

import click

from curriculum.cli.parameters import json_option
from curriculum.model.attempts import Attempt, Reading, ScoreEntry, entry_text
from curriculum.model.journal import Kind
from curriculum.model.results import Reducer, ReducerName, Result
from curriculum.services.comparisons import Claims, ResultName, result_named
from curriculum.services.context import Context
from curriculum.services.recording import Pen, moment_of

if TYPE_CHECKING:
    from curriculum.model.verdicts import Verdict

UNSAID = "it did not finish"


class ReducerChoice(click.ParamType[Reducer]):
    """A rule that makes one number of a curve, as `final`, `last-k-mean:100` or `at:1000000`."""

    name = "reducer"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Reducer:  # Any: as in click
        """Return the rule that the text names."""
        if isinstance(value, Reducer):
            return value
        how, _, number = value.partition(":")
        names = [name for name in get_args(ReducerName) if name != "unknown"]
        if how not in names:
            self.fail(f"'{how}' is no reducer; choose from {', '.join(names)}", param, ctx)
        key = {"last-k-mean": "k", "at": "x"}.get(how)
        if number and key is None:
            self.fail(f"'{how}' takes no number", param, ctx)
        try:
            return Reducer.model_validate({"how": how, **({key: number} if number and key else {})})
        except ValueError:
            self.fail(
                f"'{number}' is no number for '{how}'; write it like 'last-k-mean:100'", param, ctx
            )


@click.command("score", context_settings={"ignore_unknown_options": True})
@click.argument("result", type=ResultName(), metavar="PAPER#RESULT")
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[VALUE]...")
@click.option(
    "--from",
    "path",
    type=click.Path(path_type=Path),
    metavar="PATH...",
    help="Read runs: a file or folder each.",
)
@click.option(
    "--tag",
    metavar="NAME",
    help="The quantity to read; at first all are listed.  [default: as the last time]",
)
@click.option("--x", metavar="NAME", help="The column to take for x.  [default: the format's own]")
@click.option(
    "--seed-from",
    metavar="RULE",
    help="'order', 'column:NAME', or a pattern with a group: 'seed-(\\d+)'.",
)
@click.option(
    "--reducer", type=ReducerChoice(), help="How a curve becomes a number.  [default: the paper's]"
)
@click.option(
    "--val-tag",
    metavar="NAME",
    help="For best-val: what chooses the point; 'NAME:lower' where less is better.",
)
@click.option("--accept-sampled", is_flag=True, help="Take a history that may be a sample.")
@click.option("--unit", metavar="UNIT", help="The unit of the values, where it is not the paper's.")
@click.option(
    "--seed", multiple=True, metavar="SEED", help="The seed of each value, in their order."
)
@click.option(
    "--sd",
    type=click.FloatRange(min=0),
    help="The standard deviation (n - 1) of the runs a mean is over.",
)
@click.option("--runs", type=click.IntRange(min=2), help="How many runs a mean is over.")
@click.option(
    "--deviation",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Where your runs differ, as on.version=v4.",
)
@click.option(
    "--why",
    multiple=True,
    metavar="TEXT",
    help="Why that is acceptable; without it there is no verdict.",
)
@click.option(
    "--failed",
    multiple=True,
    is_flag=False,
    flag_value=UNSAID,
    metavar="[REASON]",
    help="A run that crashed.",
)
@click.option("--commit", metavar="HASH", help="The commit of your code.")
@click.option(
    "--seeds",
    type=click.IntRange(min=2),
    help="Declare how many runs there will be, before the first.",
)
@click.option(
    "--looks", type=click.IntRange(min=1), help="Declare how often the verdict will be looked at."
)
@click.option("--new", is_flag=True, help="Begin a new attempt; earlier ones stay in the history.")
@json_option
@click.pass_obj
def score_command(
    desk: Context,
    /,
    result: str,
    path: Path | None,
    *,
    as_json: bool,
    **said: Any,  # Any: the options, see Said
) -> None:
    """Record scores of your reimplementation.

    Writes to journal.db one VALUE per seed, or reads them by the paper's own reducer from logs (TensorBoard, CSV, JSON,
    MLflow, W&B exports, NumPy), and prints the verdict. With --from, everything after it is a path.

    \b
    Examples:
      curriculum score ppo-2017#ppo-pong 20.1 20.7 19.8
      curriculum score td3-2018#td3-hopper --from runs/hopper-1 runs/hopper-2 --tag eval/return
    """
    from curriculum.services.score_request import Said, entry_of

    words = said.pop("values")
    paths = () if path is None else (path, *map(Path, words))
    told = Said(values=() if paths else words, paths=paths, **said)
    claims, name = result_named(desk, result)
    last = None
    if told.paths and told.tag is None:
        last = _last_reading(claims, name)
        if last is None:
            _list_tags(told.paths)
    entry = entry_of(told, claims.results[name], last)
    verdict, attempt = _record(desk, claims, name, entry)
    _tell(claims, name, verdict, attempt, entry, as_json=as_json)


def _list_tags(paths: Sequence[Path]) -> None:
    """End the command with what the logs can be read for."""
    from curriculum.services.run_logs import tag_lines

    raise click.UsageError("\n".join(("choose what to read with '--tag NAME':", *tag_lines(paths))))


def _last_reading(claims: Claims, name: str) -> Reading | None:
    """Return how the values of a result were read from logs the last time; None when they never were."""
    readings = [
        reading for attempt in claims.attempts.get(name, ()) for reading in attempt.readings
    ]
    return readings[-1] if readings else None


def _record(desk: Context, claims: Claims, name: str, entry: ScoreEntry) -> tuple[Verdict, Attempt]:
    """Write the entry with the verdict after it, and return both."""
    from curriculum.disk.journal import JOURNAL, writing
    from curriculum.model.progress import Progress
    from curriculum.progress.state import replay
    from curriculum.reproduction.attempts import attempts_of, judged_of
    from curriculum.reproduction.verdicts import next_look

    gathered, full = claims.gathered, f"{claims.work}#{name}"
    pen = Pen(gathered, moment_of(desk, gathered.zone), uuid4().hex)
    with writing(desk.root / JOURNAL) as book:
        tried = attempts_of(replay(Progress(), book.facts).live).get(full, ())
        before = tried[-1] if tried else Attempt(result=full)
        _check(before, entry, claims.results[name])
        attempt = before.after(entry)
        verdict = claims.verdict(name, attempt)
        if entry.runs and verdict.mine is not None and next_look(attempt, verdict.mine.n) is None:
            entry = entry.model_copy(update={"judged": judged_of(verdict, claims.results[name])})
        book.append([pen.fact(Kind.SCORED, result=full, entry=entry_text(entry))])
    return verdict, attempt


def _check(before: Attempt, entry: ScoreEntry, result: Result) -> None:
    """Refuse what cannot be right.

    Raises:
        click.BadParameter: A log is counted twice, seeds are declared too late, or the unit must be another.
    """
    from curriculum.reproduction.my_runs import is_convertible

    earlier = () if entry.new else before.runs
    logs = [run.sha256 for run in (*earlier, *entry.runs) if run.sha256 is not None]
    seeds = {(run.sha256, run.seed) for run in (*earlier, *entry.runs) if run.sha256 is not None}
    if len(seeds) < len(logs):
        raise click.BadParameter(
            "one log is counted twice; each run is one seed", param_hint="--from"
        )
    if entry.seeds is not None and (earlier or (before.seeds is not None and not entry.new)):
        raise click.BadParameter(
            "runs are declared before the first of them; begin anew with --new",
            param_hint="--seeds",
        )
    if any(run.of > 1 for run in (*earlier, *entry.runs)) and len((*earlier, *entry.runs)) > 1:
        raise click.BadParameter(
            "a mean of several runs stands alone; begin anew with --new", param_hint="--sd"
        )
    if not is_convertible(entry.unit, result.metric.unit):
        raise click.BadParameter(f"the paper's unit is '{result.metric.unit}'", param_hint="--unit")
    if any(value is not None and abs(value) > 1e100 for value in (run.value for run in entry.runs)):
        raise click.BadParameter("that is not a number to reckon with", param_hint="VALUE")


def _tell(
    claims: Claims,
    name: str,
    verdict: Verdict,
    attempt: Attempt,
    entry: ScoreEntry,
    *,
    as_json: bool,
) -> None:
    from curriculum.cli.printing import show_json, show_lines
    from curriculum.model.formatting import counted
    from curriculum.views.json.verdict import verdict_json
    from curriculum.views.text.verdict import verdict_lines

    result, notes = claims.results[name], entry.reading.notes if entry.reading else ()
    if as_json:
        runs = [run.model_dump(mode="json", exclude_defaults=True) for run in entry.runs]
        show_json(
            {"recorded": runs, "notes": list(notes), **verdict_json(verdict, result, attempt)}
        )
        return
    count = len(entry.runs)
    said = f"recorded {counted(count, 'run')}" if count else "noted for the runs"
    declared = f"{attempt.seeds} declared, " if attempt.seeds else ""
    click.echo(f"{said} of {claims.work}#{name}; {declared}{len(attempt.runs)} in this attempt")
    for note in notes:
        click.echo(f"note: {note}")
    if attempt.runs:
        show_lines(verdict_lines(verdict, result, attempt))
