"""Lets `python -m metrograph` be the command."""

from metrograph.cli import entry

entry()
