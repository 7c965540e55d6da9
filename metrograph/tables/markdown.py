"""Writes a table as Markdown (GFM)."""

from metrograph.tables.cell import Tabular, clean, shown


def written(table: Tabular) -> str:
    """Return the table as a Markdown (GFM) table."""
    lines = [f"**{escaped(table.title)}**", ""]
    lines.append("| " + " | ".join(escaped(column.heading) for column in table.columns) + " |")
    lines.append("|" + " --- |" * len(table.columns))
    lines += [
        "| " + " | ".join(escaped(shown(cell, table.lang)) for cell in row) + " |"
        for row in table.rows
    ]
    if not table.rows:
        lines += ["", escaped(table.empty)]
    for paragraph in table.note.splitlines():
        lines += ["", escaped(paragraph)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return text as one line that Markdown (GFM) shows as it is."""
    text = "".join("\\" + char if char in "\\`*_[]<>|" else char for char in clean(text))
    return " ".join(text.split())
