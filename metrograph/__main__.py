"""Lets `python -m metrograph` be the command."""

from metrograph.cli.main import entry

entry()
