"""What the words on the screen mean, and how goals, dates and results are written."""

from __future__ import annotations

_WORDS = """\
The words that 'curriculum' uses, on the screen, in the settings and in options.

What is studied
  work         A textbook, a thesis or a paper.
  unit         The smallest piece to study: a chapter, or a step of a paper;
               written WORK/UNIT.
  syllabus     The YAML file that describes one work.
  library      The syllabi of the workspace, with the built-in ones behind them.
  topic        What a unit teaches. Any unit that teaches it will do.
  requires     What must be done before a unit. Soft: better before, but not
               enforced.
  goal         What the plan must reach; see 'curriculum help goal'.
  known        What needs no study, by the settings. Nothing before it is
               planned either.

The plan
  track        What shares your study time: 'textbooks' (with theses) and
               'papers'.
  session      One sitting in the calendar, on one track.
  piece        The part of a session that is for one unit.
  effort       The time a unit should take: as its syllabus says, or from its
               pages and your reading speed, and corrected by your pace.
  pace         How long units took you, compared with their effort.
  availability When you can study: the hours of the week or of a calendar, minus
               days away, minus busy calendars. Hours may be for one track.
  load         How full the free hours may be planned.
  balance      The share of the study time that each track should get: its
               target. A new one holds from the next plan on.
  order        Of the works of a track: 'even' studies early what the other
               track will wait for, so that every week has both; 'goals' does
               not.
  ahead        The most that 'order: even' studies early at a time.
  imbalance    How much one track got more than its target; the other track is
               owed that time (also: lag).
  cushion      The free time left before a deadline once everything due by then
               is done: how much may go wrong.
  late         Finished after its due date. "3 h short": so much free time is
               missing.
  overload     More work is due by a day than there is free time before it.
  unplaced     A unit for which the plan found no time, with the reason.
  pin          Keep a session where it is, whatever else moves.
  freeze       Sessions that begin sooner than this are not moved by a new plan.
  catch_up     Time kept free at the end of each week for what was missed.
  cap          The most study that a day or a week may hold.
  quota        The least time a track gets in every week: 'at_least'.
  habit        A sitting of your own that comes back; no session takes its time.
  publish      Write the plan to the calendar files.
  forecast     When goals will be finished, if you go on as you did so far,
               with the change of your pace and the weeks you miss. The "80 %
               range" is meant to hold the true end four times in five.
  ledger       The record of what was published, in calendars/ledger.json.

What was done
  journal      Everything you recorded, in journal.db. Nothing is overwritten.
  log          Record time that was studied; a unit may still have some left.
  missed       A session that is over and has no time logged.
  off plan     Time that was studied and not planned, by unit and day.
  switch       From one work to another on one day, after ten minutes or more.
  delivered    A work whose units are all done, or its primary results settled.
  stalled      A work that could go on and was not touched for three weeks.
  waiting      A work that cannot go on before a prerequisite or a date.
  entry        A day of the notebook; a note is a paragraph in it.
  follow-up    A line 'next: ...' of the notebook or of a review, until it is
               done, dropped or parked; its id is like ^k7q2.
  review       The account of a week or two, in notebook/reviews/.
  idea         Something for later on the back burner, in ideas/. It comes back
               on its day, or when what it requires has been learned.
  skip         Leave a unit out of the plan without doing it.

Your scores against a paper's
  result       A number that a paper reports; see 'curriculum help results'.
  protocol     How a number was measured: on what, how often, by which rule.
  reducer      The rule that makes one number of a training curve, such as its
               last point or its maximum.
  attempt      Your own runs at a result, one score per seed.
  margin       The smallest difference that matters, written \N{GREEK CAPITAL LETTER DELTA}.
  verdict      reproduced: not worse by the margin or more. beyond: better by
               more than the margin. short: worse by more than the margin.
               inconclusive: the runs cannot tell.
  leaning      Where an inconclusive verdict points so far, if anywhere: what is
               likelier than not.
  settled      A result whose verdict is neither inconclusive nor provisional.
  primary      A result that the paper stands on; the others are extra.
  on average   A paper is reproduced when each primary result is, or when their
               mean is not worse by the margin and none is clearly short.
  singly       By itself, and not as one of several in the mean.
  provisional  A verdict that may still change: it rests on one run, or on a
               number that is printed without a spread.

A critical eye
  prediction   Something said with a probability, and what will decide it, in
               taste/predictions.yaml. Void: it cannot be decided, and counts
               nowhere.
  covered      A published number that is not shown until you guess it. Seen: it
               was shown before, so that a guess of it does not count.
  Brier score  The mean square of the distance between a probability and what
               came (1 or 0). Its parts: reliability, how far off what came is
               from what you said; resolution, how well you tell apart;
               uncertainty, what always saying the mean would score.
  ablation     A change of your code with what it gained and cost, in
               ablations/. A knob is a number or a switch that somebody has to
               choose.
  frontier     The changes that no other one on the same task beats, with as
               much gain for as few lines; the others are behind.
"""

_GOAL = """\
A goal is what the plan must reach. On the command line it is one word:

  ppo-2017                  a work, and everything it requires
  sutton-barto-2018/13      one of its units
  sutton-barto-2018/1-6     a range of its units
  topic:policy-gradient     whatever teaches the topic with the least effort

In syllabi/curriculum.yaml, goals are a list in the order of your wishes:

  goals:
    - hamming-1986
    - {work: ppo-2017, by: 2027-07-31}
    - {work: nocedal-wright-2006, units: 1-7}
    - {work: cover-thomas-2006, units: ["2", "11"]}
    - {work: schulman-2016, from: 2027-02-01}
    - {topic: policy-gradient, by: 2027-03-31}

  work   what to study; or topic: what to learn
  units  only these units of the work, and what they require
  by     finished by the end of this day, or by a time as 2027-07-31 18:00
  from   its own units are not studied before this day
  why    a note for yourself

Without goals, every work that the workspace defines is one. What is 'known' is
left out. 'curriculum path GOAL' lists what leads to a goal.
"""

_DATES = """\
In files, a date is written in full: 2027-03-31, or by its week as 2027-W13-3
(Wednesday of week 13). A time may follow: 2027-03-31 18:30.
Times are those of the clock in the settings' timezone.

On the command line, a day may also be named from today:

  today yesterday tomorrow
  mon                       a weekday: the last one for what was done,
                            the next one for what is planned
  -3d +2w                   days or weeks before or after today
  12 Jan                    a day of the nearest such month
  2027-W02                  the Monday of a week, or all of it where several
                            days are taken
  2027-01-04..2027-01-10    several days, where they are taken
  tomorrow 19:00            a day and a time, where sessions are moved

  durations  45m  2h  2h30m  1.5h
  spans      90d  12w
  weeks      mon-fri: 19:00-21:00   sat: [10:00-12:00, 14:00-16:00]
  days away  away: [2027-02-06..2027-02-14, 2027-05-01]
"""

_RESULTS = """\
A result is a number that a paper reports. It is named WORK#RESULT, as
td3-2018#td3-hopper; 'curriculum results td3' lists those of a paper.

Your scores, one value for each seed:

  curriculum score td3#td3-hopper 3390.1 3702.5 3488.9
  curriculum score td3#td3-hopper 3550 --sd 120 --runs 5
  curriculum score td3#td3-hopper --from runs/seed-* --tag eval/return

Where your runs differ from the paper's protocol, say why that is acceptable:

  --deviation on.version=v4 --why "v2 is no longer available"

In the syllabus of a paper, under 'results':

  results:
    - id: td3-hopper
      primary: true
      method: TD3
      on: {name: Hopper, version: v1}
      metric: {name: average-return, direction: higher, unit: return}
      protocol: {reducer: {how: argmax-of-mean-curve}}
      value: {value: 3564.07, centre: mean}
      spread: {kind: sd, value: 114.74, over: seeds}
      runs: 10
      source: {table: 1, row: Hopper}

  reducer   final, last-k-mean, at, max-per-run, argmax-of-mean-curve, auc,
            best-val, single, unknown; where less is better, the best of a run
            is shown as min-per-run
  centre    mean, median, iqm, best, worst, single, unknown
  spread    sd (standard deviation), sem (standard error), ci (with its level),
            2sd, range, iqr (quartiles), mad (median absolute deviation), none,
            unknown; over seeds, episodes, folds, eval-runs, items, tasks,
            unknown
  deterministic: true
            the number comes out the same every time, as from released weights:
            yours is compared with it as printed
  baseline  {ref: RESULT}: the rival that the number beats, of the same file, or
            PAPER#RESULT of another; half of the gain is the margin
  defaults  fields that all results of the work share
  like      the id of a result whose fields this one takes

What the paper does not say is 'unknown': it never makes a verdict more certain.
'curriculum schema' prints every field. 'curriculum help words' says what the
verdicts mean.
"""

TOPICS = {"words": _WORDS, "goal": _GOAL, "dates": _DATES, "results": _RESULTS}
"""Each topic of `curriculum help` and its text, at most 80 columns wide."""
