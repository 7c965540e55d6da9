"""Leaves out cells whose text is a formula: no program worked out what they mean."""

import re
from dataclasses import replace

from metrograph.messages import word
from metrograph.reading.notices import LEFT, Remark
from metrograph.reading.sheets import Row, Sheet, Value

_FORMULA = re.compile(r"=\s?[-+(]?\s?(?:\$?[A-Z]{1,3}\$?[0-9]|[A-Z.]{2,30}\(|'?[\w ]{1,40}'?!)")


def without_formulas(sheet: Sheet, lang: str) -> tuple[Sheet, tuple[Remark, ...]]:
    """Return a sheet without the texts that are formulas, and a remark on each."""
    remarks: list[Remark] = []
    rows = tuple(_without(sheet, row, remarks, lang) for row in sheet.rows)
    return (replace(sheet, rows=rows) if remarks else sheet), tuple(remarks)


def _without(sheet: Sheet, row: Row, remarks: list[Remark], lang: str) -> Row:
    places = [at for at, cell in enumerate(row.cells) if is_formula(cell)]
    if not places:
        return row
    for at in places:
        made = word("formula_text", lang)
        remarks.append(Remark(sheet.place(row.number, at), LEFT, str(row.cells[at])[:80], made))
    return replace(
        row, cells=tuple(None if at in places else cell for at, cell in enumerate(row.cells))
    )


def is_formula(cell: Value) -> bool:
    """Tell whether a text is a formula of a spreadsheet.

    >>> is_formula('=A2 & "." & B2'), is_formula("=SUM(B2:B9)"), is_formula("= good")
    (True, True, False)
    """
    return isinstance(cell, str) and bool(_FORMULA.match(cell.strip()))
