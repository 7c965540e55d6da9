"""Runs the command line with `python -m metrograph`."""

from metrograph.cli.main import entry

entry()
