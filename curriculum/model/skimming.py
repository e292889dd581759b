"""Time for papers that came in: how much of a week the settings keep."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from curriculum.model.checks import Before, Described, Limited, whole_check
from curriculum.model.exploration import weekday_list
from curriculum.model.fields import Frozen
from curriculum.model.quantities import Duration, UnreadableError

_LONGEST = timedelta(hours=8)


class Skimming(Frozen):
    """A sitting a week in which papers that came in are looked at; it counts for the papers.

    It takes the first free time of the days `on` that is long enough; of any day without that.
    """

    takes: Duration
    per: Literal["week"] = "week"
    on: Annotated[
        tuple[Annotated[int, Limited(ge=0, le=6)], ...],
        Before(weekday_list),
        Described({"type": "string", "examples": ["mon", "mon,fri"]}),
    ] = ()

    @whole_check
    def _is_small(self) -> Skimming:
        if self.takes > _LONGEST:
            message = "skimming takes at most 8 hours a week"
            raise UnreadableError("bad-duration", message, "write 'takes' like '30m'")
        return self
