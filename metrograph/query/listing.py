"""Lists the questions of the library as a table."""

from collections.abc import Iterable

from metrograph.messages import word
from metrograph.query.library import Query
from metrograph.tables.table import Column, Table


def questions(lang: str, library: Iterable[Query]) -> Table:
    """Return the library of questions as a table: name, question, parameters."""
    columns = (
        Column("name", word("name", lang)),
        Column("question", word("question", lang)),
        Column("parameters", word("parameters", lang)),
    )
    rows = tuple(
        (
            query.name,
            query.question.get(lang) or query.question.get("en", ""),
            " ".join(
                f"{parameter.name}={parameter.example or '…'}"
                if parameter.required and parameter.default is None
                else f"[{parameter.name}]"
                for parameter in query.parameters
            ),
        )
        for query in library
    )
    return Table(word("questions", lang), columns, rows, lang=lang)
