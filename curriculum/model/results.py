"""What a paper claims: the published-result record.

Every field that a paper may leave open takes `unknown`, which never narrows a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeAlias

from curriculum.model.checks import Before, Described, Limited, whole_check
from curriculum.model.fields import EMPTY, Frozen, Line
from curriculum.model.identifiers import RESULT_NAME, RIVAL_NAME
from curriculum.model.quantities import UnreadableError, quoted

_LARGEST_EXPONENT = 100
Unknown: TypeAlias = Literal["unknown"]
RivalName = Annotated[str, Limited(pattern=RIVAL_NAME, max_length=200)]
ResultName = Annotated[str, Limited(pattern=RESULT_NAME, max_length=100)]


def _number(value: Any) -> Decimal:  # Any: pydantic hands over whatever the file holds
    """Return a decimal that keeps its printed precision: `3.10` stays 3.10."""
    if isinstance(value, Decimal):
        return value
    try:
        number = Decimal(str(value).strip().replace("_", ""))
    except InvalidOperation:
        raise UnreadableError(
            "bad-number", f"{quoted(value)} is not a number", "write it like '3564.07'"
        ) from None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise UnreadableError(
            "bad-number", f"{quoted(value)} is out of range", "write it like '3564.07'"
        )
    return number


def unit_name(value: Any) -> Any:  # Any: see _number()
    """Return the name of a unit: `%` is percent."""
    return "percent" if value == "%" else value


def _ddof(value: Any) -> Any:  # Any: see _number()
    return int(value) if value in ("0", "1") else value


def last_digit(number: Decimal) -> float:
    """Return one unit in the last printed digit of a number.

    >>> last_digit(Decimal("3.10")), last_digit(Decimal("230"))
    (0.01, 1.0)
    """
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "a printed number is finite"
    return float(Decimal(1).scaleb(exponent))


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


Number = Annotated[Decimal, Before(_number), Described({"type": ["number", "string"]})]
Count = Annotated[int, Limited(ge=0)]


class Claim(Frozen):
    """What kind of statement the result is."""

    kind: Literal["value", "gap", "ordering", "trend"] = "value"
    vs: Line | None = None
    above: tuple[Line, ...] = ()
    text: Line | None = None


class ScoreReference(Frozen):
    """Scores that normalise a metric: a random policy, a human, the optimum."""

    floor: Number | None = None
    human: Number | None = None
    optimum: Number | None = None
    from_: Line | None = None


WHOLES = MappingProxyType({"percent": 100.0, "fraction": 1.0})
"""What the whole is in each unit of a rate."""


LEAST_RULES = MappingProxyType(
    {"max-per-run": "min-per-run", "argmax-of-mean-curve": "argmin-of-mean-curve"}
)
"""What the rules that take a run's best are called where less is better."""


class Metric(Frozen):
    """What is measured, and which way is better.

    A rate lies between nothing and the whole whether its bounds are written or not. A score that is
    normalised by a human's is a percentage, too, but not a rate.
    """

    name: Line
    direction: Literal["higher", "lower", "target"]
    target: Number | None = None
    unit: Annotated[Line, Before(unit_name)]
    bounds: tuple[Number | None, Number | None] = (None, None)
    reference: ScoreReference = ScoreReference.model_construct()

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """The bounds as floats, those of a rate included; None where the metric is unbounded."""
        if self._is_rate:
            return 0.0, WHOLES[self.unit]
        low, high = self.bounds
        return _float(low), _float(high)

    @property
    def _is_rate(self) -> bool:
        is_written = "bounds" in self.model_fields_set
        return self.unit in WHOLES and not is_written and self.reference.human is None

    def rule_name(self, rule: str) -> str:
        """Return a rule as a reader says it: a run's best is its least where less is better."""
        if self.direction != "lower":
            return rule
        return LEAST_RULES.get(rule, rule)

    @property
    def best(self) -> float | None:
        """The best value that the metric allows: its good bound, or its target."""
        low, high = self.limits
        return {"higher": high, "lower": low, "target": _float(self.target)}[self.direction]

    @property
    def worst(self) -> float | None:
        """The worst value that the metric allows; None where there is no such bound."""
        low, high = self.limits
        return {"higher": low, "lower": high, "target": None}[self.direction]

    @whole_check
    def _has_its_target(self) -> Metric:
        if (self.direction == "target") != (self.target is not None):
            raise UnreadableError(
                "bad-value",
                "a metric has a 'target' exactly when its direction is 'target'",
                "give both, or neither",
            )
        return self


def _on(value: Any) -> Any:  # Any: see _number()
    return {"name": value} if isinstance(value, str) else value


class On(Frozen):
    """The dataset or environment the number was measured on."""

    name: Line
    version: Line
    suite: Line | None = None
    revision: Line | None = None
    variant: Line | None = None
    split: Line | None = None
    n_items: Count | Unknown | None = None
    preprocessing: Mapping[str, Line] = EMPTY


class Evaluation(Frozen):
    """How a score was taken from a trained model."""

    mode: Line | None = None
    policy: Line | None = None
    episodes: Count | Unknown | None = None
    exploration: Line | None = None
    prompts: Line | None = None
    shots: Count | Unknown | None = None
    crops: Line | None = None
    beam: Count | Unknown | None = None
    implementation: Line | None = None


class Curve(Frozen):
    """The grid on which the training curve was evaluated."""

    x: Line
    every: Number | Unknown | None = None
    from_: Number | None = None
    to: Number | Unknown | None = None


ReducerName: TypeAlias = Literal[
    "final",
    "last-k-mean",
    "at",
    "max-per-run",
    "argmax-of-mean-curve",
    "auc",
    "best-val",
    "single",
    "unknown",
]


class Reducer(Frozen):
    """How a training curve became one number."""

    how: ReducerName
    k: Count | Unknown | None = None
    of: Line | None = None
    x: Number | None = None

    @property
    def rule(self) -> str:
        """The rule as it is written on the command line, as `last-k-mean:100`."""
        number = self.k or self.x
        if number in (None, "unknown"):
            return self.how
        return f"{self.how}:{number}"


class Selection(Frozen):
    """What was chosen before the number was printed."""

    hparams: Line | None = None
    seeds: Line | None = None
    excluded: Count | Unknown | None = None


class Protocol(Frozen):
    """How the number came about: fields that can be compared, and `text` in the paper's terms."""

    text: Line | None = None
    eval: Evaluation = Evaluation.model_construct()
    curve: Curve | None = None
    reducer: Reducer
    checkpoint: Literal[
        "last", "best-val", "best-test", "best-over-training", "averaged", "released", "unknown"
    ] = "unknown"
    selection: Selection = Selection.model_construct()
    deterministic: bool = False
    same_seeds_across_methods: bool | Unknown = "unknown"

    @property
    def is_exact(self) -> bool:
        """Whether the number comes out the same every time: stated, or of released weights."""
        if "deterministic" in self.model_fields_set:
            return self.deterministic
        return self.checkpoint == "released"


class Budget(Frozen):
    """What the number cost to make; `text` holds it as printed."""

    text: Line | None = None
    env_steps: Count | Unknown | None = None
    frames: Count | Unknown | None = None
    frame_skip: Count | Unknown | None = None
    updates: Count | Unknown | None = None
    epochs: Number | Unknown | None = None
    samples: Count | Unknown | None = None
    params: Count | Unknown | None = None
    wallclock_h: Number | Unknown | None = None
    hardware: Line | None = None
    gpu_hours: Number | Unknown | None = None
    flops: Number | Unknown | None = None


class Value(Frozen):
    """The printed number, with its printed precision."""

    centre: Literal["mean", "median", "iqm", "best", "worst", "single", "unknown"]
    value: Number
    from_: Literal["table", "text", "figure", "logs", "unknown"] = "unknown"
    approx: bool = False
    read_error: Number | None = None

    @property
    def number(self) -> float:
        """The printed number as a float."""
        return float(self.value)

    @property
    def unit(self) -> float:
        """One unit in the last printed digit."""
        return last_digit(self.value)


SpreadKind: TypeAlias = Literal["sd", "sem", "ci", "2sd", "range", "iqr", "mad", "none", "unknown"]


class Spread(Frozen):
    """The number after the plus-minus sign, and what it was taken over."""

    kind: SpreadKind
    value: Number | None = None
    ddof: Annotated[Literal[0, 1] | Unknown, Before(_ddof)] = "unknown"
    over: Literal["seeds", "episodes", "folds", "eval-runs", "items", "tasks", "unknown"] = (
        "unknown"
    )
    level: Number | None = None
    low: Number | None = None
    high: Number | None = None

    @property
    def half_width(self) -> float:
        """The number after the plus-minus sign, or half of what lies between the ends."""
        if self.low is not None and self.high is not None:
            return abs(float(self.high - self.low)) / 2
        size = abs(float(self.value or 0))
        if self.kind in ("range", "iqr"):
            return size / 2
        return size

    @whole_check
    def _has_its_numbers(self) -> Spread:
        if self.kind == "none" and self.value is not None:
            raise UnreadableError(
                "bad-value",
                "a spread of kind 'none' has no value",
                "leave the value out, or name its kind",
            )
        has_ends = self.low is not None and self.high is not None
        has_number = self.value is not None or has_ends
        if not has_number and self.kind not in ("none", "unknown"):
            raise UnreadableError(
                "bad-value",
                f"a spread of kind '{self.kind}' has neither a value nor 'low' and 'high'",
                "add 'value', or write 'kind: none'",
            )
        return self


class Runs(Frozen):
    """The runs behind the number."""

    n: Annotated[int, Limited(ge=1)] | Unknown = "unknown"
    seeds: tuple[int, ...] | None = None
    values: tuple[Number, ...] | None = None
    file: Line | None = None
    failed: Count | Unknown = "unknown"

    @property
    def count(self) -> int | None:
        """How many runs there are; None when the paper does not say."""
        return self.n if isinstance(self.n, int) else None


class Baseline(Frozen):
    """The strongest competitor printed beside the number.

    `ref` names another result of the paper, or `PAPER#RESULT` of another paper, from which `value`
    and `method` are taken.
    """

    ref: RivalName | None = None
    method: Line | None = None
    value: Number | None = None
    where: Line | None = None

    @whole_check
    def _is_said_once(self) -> Baseline:
        if self.ref is not None and self.value is not None:
            raise UnreadableError(
                "bad-value",
                "a baseline has both a 'ref' and a 'value'",
                "leave the value out: it is that of the result",
            )
        return self


class Tolerance(Frozen):
    """The smallest gap that matters, fixed before the first run."""

    gain_fraction: Number | None = None
    abs: Number | None = None
    rel: Number | None = None
    why: Line | None = None


class Locator(Frozen):
    """Where the number is printed; at least one of its parts is given."""

    version: Line | None = None
    page: Line | int | None = None
    table: Line | int | None = None
    row: Line | None = None
    column: Line | None = None
    figure: Line | int | None = None
    section: Line | int | None = None
    quote: Line | None = None
    url: Line | None = None
    commit: Line | None = None
    accessed: Line | None = None
    entered_by: Line | None = None
    checked_by: Line | None = None
    text: Line | None = None

    @whole_check
    def _leads_somewhere(self) -> Locator:
        places = (self.page, self.table, self.figure, self.section, self.quote, self.url, self.text)
        if all(place is None for place in places):
            raise UnreadableError(
                "bad-value",
                "the source leads nowhere",
                "add a 'table', 'figure', 'section', 'page', 'quote', 'url' or 'text'",
            )
        return self


class Result(Frozen):
    """A number a paper claims, with everything a fair comparison needs to know."""

    id: ResultName
    primary: bool = False
    claim: Claim = Claim.model_construct()
    method: Line | None = None
    metric: Metric
    on: Annotated[On, Before(_on)]
    protocol: Protocol
    budget: Budget = Budget.model_construct()
    value: Value
    spread: Spread
    runs: Runs = Runs.model_construct()
    baseline: Baseline = Baseline.model_construct()
    tolerance: Tolerance | None = None
    source: Locator
    tier: Literal[
        "self-reported",
        "baseline",
        "reimplementation",
        "third-party",
        "author-logs",
        "my-digitisation",
    ] = "self-reported"
    scale: Literal["cpu", "cpu-cluster", "gpu", "multi-gpu", "unknown"] = "unknown"
    confidence: Literal["confirmed", "high", "medium", "low", "unknown"] = "unknown"
    notes: Line | None = None

    @property
    def rule(self) -> str:
        """The rule by which a training curve became the number, as a reader says it."""
        return self.metric.rule_name(self.protocol.reducer.rule)

    @whole_check
    def _varies_or_is_deterministic(self) -> Result:
        is_over_seeds = self.spread.over == "seeds" and self.spread.half_width > 0
        if self.protocol.deterministic and (is_over_seeds or len(set(self.runs.values or ())) > 1):
            raise UnreadableError(
                "bad-value",
                "a deterministic number has a spread over seeds",
                "leave out one of both: what varies from run to run is not deterministic",
            )
        return self

    @whole_check
    def _has_no_bounds_that_it_breaks(self) -> Result:
        """Take a number in percent that is no rate, such as 137 % of a rival's, as unbounded."""
        low, high = self.metric.limits
        number = self.value.number
        is_inside = (low is None or low <= number) and (high is None or number <= high)
        if is_inside or "bounds" in self.metric.model_fields_set:
            return self
        metric = self.metric.model_copy(update={"bounds": (None, None)})
        return self.model_copy(update={"metric": metric})
