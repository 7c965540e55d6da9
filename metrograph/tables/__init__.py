"""A table as data, and the forms in which it leaves."""
