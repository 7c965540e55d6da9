"""Turns a plan's files into an open store."""
