"""Turns what a person enters into changed records."""
