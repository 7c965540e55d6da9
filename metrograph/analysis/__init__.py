"""Evaluations: computed from the rows that the library's questions return."""
