"""Writes a table as HTML, or as an HTML page; marks texts in another language than theirs."""

from collections.abc import Callable
from html import escape

from markupsafe import Markup

from metrograph.tables.cell import Cell, Entity, Tabular, shown
from metrograph.text import Run, Tagged, lines, runs

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
    head = "".join(f'<th scope="col">{marked(c.heading, table.lang)}</th>' for c in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_html(cell, table.lang)}</td>" for cell in row) + "</tr>\n"
        for row in table.rows
    )
    after = [*([] if table.rows else [table.empty]), *lines(table.note)]
    notes = "".join(f"<p>{marked(text, table.lang)}</p>\n" for text in after if text)
    return (
        f'<table lang="{escape(table.lang)}">\n'
        f"<caption>{marked(table.title, table.lang)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n{notes}"
    )


def page(table: Tabular) -> str:
    """Return a table as an HTML document of its own."""
    return _PAGE.format(lang=table.lang, title=escape(table.title), table=written(table))


def _html(cell: Cell, lang: str) -> str:
    if isinstance(cell, Entity) and cell.label != cell.id:
        return f"{marked(cell.label, lang)} <code>{escape(cell.id)}</code>"
    return marked(shown(cell, lang), lang)


def marked(text: str, lang: str) -> str:
    """Return a text as HTML, its parts in another language than `lang` marked with theirs.

    So they are spoken rightly (WCAG 2.2, 3.1.2 Language of Parts).
    """
    return "".join(
        f'<span lang="{escape(run.lang)}">{escape(run.text)}</span>'
        if _is_foreign(run, lang)
        else escape(run.text)
        for run in runs(text)
    )


def finalizer(lang: str) -> Callable[[object], object]:
    """Return what templates in a language do with each value: they mark what is in another."""

    def finalize(value: object) -> object:
        if isinstance(value, Tagged) and any(_is_foreign(run, lang) for run in value.runs):
            return Markup(marked(value, lang))  # noqa: S704  every text in it is escaped
        return value

    return finalize


def attribute(text: str, lang: str) -> str:
    """Return the attribute for an element that can only hold text, such as an option.

    It is empty unless all of the text is in one other language.

    >>> from metrograph.text import tagged
    >>> attribute(tagged("Rapport", "fr"), "en")
    ' lang="fr"'
    """
    language = language_of(text, lang)
    return f' lang="{escape(language)}"' if language else ""


def language_of(text: str, lang: str) -> str:
    """Return the language of a text that is all in one, and another than `lang`; else ""."""
    languages = {run.lang if _is_foreign(run, lang) else "" for run in runs(text)}
    return languages.pop() if len(languages) == 1 else ""


def _is_foreign(run: Run, lang: str) -> bool:
    return run.lang not in ("", lang)
