"""Typer apps as every command file of this package makes them."""

from __future__ import annotations

import typer


def new_app() -> typer.Typer:
    """Make the app of a command file: plain help, no completion of its own, no tracebacks.

    An app with one command is that command. For a group, give it a callback whose docstring
    is the group's help:

        app = new_app()

        @app.callback()
        def storage() -> None:
            ...
    """
    return typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
