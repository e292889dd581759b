"""The command that serves the published calendars."""

from __future__ import annotations

import click

from curriculum.services.context import Context
from curriculum.services.serving import FEED_PORT, open_feeds
from curriculum.services.snapshot import Snapshot


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
    default=FEED_PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Listen on this port.",
)
@click.option(
    "--public-name",
    "public_names",
    multiple=True,
    metavar="NAME",
    help="Answer to this name, too: that of a proxy, or another of this machine.",
)
@click.pass_obj
def serve_command(context: Context, host: str, port: int, public_names: tuple[str, ...]) -> None:
    """Serve the published calendars, for subscription.

    Serves textbooks.ics, papers.ics and deadlines.ics as they are published, study.ics and
    free-busy.ics where the settings ask for them, and nothing else, until it is stopped. Whoever
    can reach the address can read them: other machines can only when you name an address of this
    one. Requests for any name but this machine's are refused, since a web page can give its own
    name to your machine; --public-name allows one more.

    \b
    Examples:
      curriculum serve
      curriculum serve --host 192.168.1.5 --public-name study.example.org
    """
    with open_feeds(Snapshot(context), host, port, public_names) as feeds:
        for address in feeds.addresses:
            click.echo(f"serving {address}")
        if not feeds.is_private:
            click.echo("whoever can reach this machine can read them", err=True)
        try:
            feeds.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
