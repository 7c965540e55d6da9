"""A plan's own workbook: written, filled in and read back."""
