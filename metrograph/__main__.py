"""Runs the command line with `python -m metrograph`."""

from metrograph.cli import entry

entry()
