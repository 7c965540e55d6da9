"""Rows of the library's questions in, judgements out."""
