"""The commands that give out what is published: calendar, serve."""

from __future__ import annotations

from pathlib import Path

import click

from curriculum.services.context import Context

PORT = 8117


@click.command("calendar")
@click.option(
    "--tombstones", is_flag=True, help="Tell of events that were taken back, as cancelled."
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the files there.  [default: calendars/import]",
)
@click.pass_obj
def calendar_command(desk: Context, output: Path | None, *, tombstones: bool) -> None:
    """Write the published calendars once more, for import.

    Reads what 'curriculum plan' published; writes textbooks.ics, papers.ics and deadlines.ics to a folder of their own.
    A program that only imports never removes what is gone: with --tombstones it is told.

    \b
    Examples:
      curriculum calendar --tombstones
      curriculum calendar --output ~/Desktop
    """
    from curriculum.calendars.publication import import_files
    from curriculum.disk.publication import write_files
    from curriculum.services.published import require_published
    from curriculum.services.settings import setting_of

    folder = output or desk.calendars / "import"
    settings = setting_of(desk).settings
    ledger = require_published(desk.calendars, settings)
    written = write_files(folder, import_files(ledger, settings, tombstones=tombstones))
    told = f", {len(ledger.cancelled)} of them cancelled" if tombstones else ""
    count = len(ledger.events) + (len(ledger.cancelled) if tombstones else 0)
    click.echo(
        f"{count} events{told} in {folder}: {', '.join(written) + ' written' if written else 'nothing changed'}"
    )


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Listen on this address.",
)
@click.option(
    "--port",
    default=PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Listen on this port.",
)
@click.pass_obj
def serve_command(desk: Context, host: str, port: int) -> None:
    """Serve the published calendars, for subscription.

    Gives out textbooks.ics, papers.ics and deadlines.ics as they are published, and nothing else, until it is stopped.
    Whoever can reach the address can read them: other machines can only when you name an address of this one.

    \b
    Examples:
      curriculum serve
      curriculum serve --host 192.168.1.5 --port 8000
    """
    from curriculum.network.feeds import Feeds, is_loopback
    from curriculum.services.published import require_published
    from curriculum.services.settings import setting_of

    folder = desk.calendars
    require_published(folder, setting_of(desk).settings)
    with Feeds(folder, host, port) as feeds:
        for address in feeds.addresses:
            click.echo(f"serving {address}")
        if not is_loopback(host):
            click.echo("whoever can reach this machine can read them", err=True)
        try:
            feeds.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
