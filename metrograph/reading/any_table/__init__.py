"""Turns any table of a plan into a plan."""
