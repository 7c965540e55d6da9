"""Reads what people write: sheets, dates, numbers, tables of plans."""
