"""A plan folder of an earlier version in; what was changed in it out."""

import argparse
from pathlib import Path

from metrograph.cli.terminal import show_table
from metrograph.errors import UsageError
from metrograph.exchange.upgrade import Add, upgrade
from metrograph.messages import word
from metrograph.store.journal import write_all
from metrograph.store.writing import locked
from metrograph.tables.table import Column, Table


def add_commands(add: Add) -> None:
    """Add the command that upgrades a plan to the command line."""
    command = add(
        "upgrade",
        _upgrade,
        "Upgrade a plan made with an earlier version to the current data format, in place.",
        "metrograph upgrade town --dry-run",
    )
    command.add_argument("folder", type=Path, metavar="DIR", help="the plan's folder")
    command.add_argument("--dry-run", action="store_true", help="only show what would change")


def _upgrade(options: argparse.Namespace) -> int:
    if options.graph is not None:
        raise UsageError("upgrade takes the plan's folder itself, and no --graph.")
    folder, lang = options.folder, options.lang
    if options.dry_run:
        found = upgrade(folder)
    else:
        with locked(folder):
            found = upgrade(folder)
            if found.texts:
                write_all(folder, found.texts)
    names = ("file", "old", "new", "number")
    heads = tuple(Column(name, word(f"upgrade_{name}", lang)) for name in names)
    rows = tuple((one.file, one.old or None, one.new, one.number) for one in found.changes)
    title = word("upgrade_would" if options.dry_run else "upgrade_did", lang)
    show_table(Table(title, heads, rows, "", lang, word("upgrade_nothing", lang)), options)
    return 0
