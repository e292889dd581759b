"""The command that serves the page and the published calendars."""

from __future__ import annotations

import click

from curriculum import web
from curriculum.network.host_names import BadNameError
from curriculum.services.context import Context
from curriculum.services.errors import UsageError

_PORT = 8117


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
    default=_PORT,
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
@click.option(
    "--page",
    "is_open",
    is_flag=True,
    help="Let other machines see the page and change what it can change.",
)
@click.pass_obj
def serve_command(
    context: Context, host: str, port: int, public_names: tuple[str, ...], *, is_open: bool
) -> None:
    """Serve the page, and the calendars for subscription.

    Shows a page in the browser on which you see what is on and record what you did, and serves
    textbooks.ics, papers.ics and deadlines.ics as they are published, with those that the settings
    ask for besides, until it is stopped.

    The page is for this machine alone: other machines get the calendars, and only when you name an
    address of this one; --page shows them the page, too. There is no password. Requests for any
    name but this machine's are refused, since a web page can give its own name to your machine;
    --public-name allows one more.

    \b
    Examples:
      curriculum serve
      curriculum serve --host 192.168.1.5 --public-name study.example.org
    """
    try:
        site = web.server.site_of(
            context.root, host, public_names, day=context.day, is_open=is_open
        )
    except BadNameError as error:
        raise UsageError(str(error), "--public-name") from error
    with web.server.PageServer(site, host, port) as server:
        web.server.collect_garbage_seldom()
        click.echo(f"the page is at {server.page}")
        for address in server.addresses:
            click.echo(f"serving {address}")
        if not server.is_private:
            what = "see the page and change what it can change" if is_open else "read the calendars"
            click.echo(f"whoever can reach this machine can {what}", err=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
