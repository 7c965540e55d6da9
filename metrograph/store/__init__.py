"""A plan's files in, an open store out."""
