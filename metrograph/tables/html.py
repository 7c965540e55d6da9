"""Writes a table as HTML, or as an HTML page."""

from html import escape

from metrograph.tables.cell import Cell, Entity, Tabular, shown

_PAGE = """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; margin: 1rem; color: #111; }}
main {{ overflow-x: auto; }}
table {{ border-collapse: collapse; }}
caption {{ text-align: left; font-weight: bold; padding: .4rem 0; }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; }}
th {{ border-bottom: 2px solid #444; }}
td {{ border-bottom: 1px solid #ddd; }}
code {{ display: block; color: #555; font-size: .85em; }}
</style>
</head>
<body><main>
{table}</main></body>
</html>
"""


def written(table: Tabular) -> str:
    """Return the table as an HTML table; every label is escaped."""
    head = "".join(f'<th scope="col">{escape(c.heading)}</th>' for c in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_html(cell, table.lang)}</td>" for cell in row) + "</tr>\n"
        for row in table.rows
    )
    after = [*([] if table.rows else [table.empty]), *table.note.splitlines()]
    notes = "".join(f"<p>{escape(text)}</p>\n" for text in after if text)
    return (
        f'<table lang="{escape(table.lang)}">\n'
        f"<caption>{escape(table.title)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n{notes}"
    )


def page(table: Tabular) -> str:
    """Return a table as an HTML document of its own."""
    return _PAGE.format(lang=table.lang, title=escape(table.title), table=written(table))


def _html(cell: Cell, lang: str) -> str:
    if isinstance(cell, Entity) and cell.label != cell.id:
        return f"{escape(cell.label)} <code>{escape(cell.id)}</code>"
    return escape(shown(cell, lang))
