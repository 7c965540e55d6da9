"""Checks a plan against its documents on the command line: `metrograph check --documents`."""

from metrograph.cli.terminal import Session, show_table, write
from metrograph.documents.checking import check as checked
from metrograph.documents.passages import Shelf
from metrograph.documents.uncited import candidates
from metrograph.errors import DataError
from metrograph.plan import Plan
from metrograph.report import document_findings


def check(session: Session, plan: Plan, *, uncited: bool) -> int:
    """Show what is not in its cited lines, or what no record cites; programs get all of it.

    Returns 1 where a statement is not in its cited lines and its record does not say why. Raises
    `DataError` where no text is at hand.
    """
    shelf = Shelf(plan)
    if not any(shelf.held(source) for source in shelf.recorded):
        raise DataError(
            "The texts of the documents that the plan cites have not been added, so nothing can be "
            "checked. Add them: metrograph documents add FILE"
        )
    if uncited:
        show_table(document_findings.uncited_table(plan, candidates(plan, shelf)), session)
        return 0
    result = checked(plan, shelf)
    if session.format == "json":
        write(document_findings.to_json(plan, result))
    else:
        whole = session.format == "csv"  # for programs; people begin with what is doubted
        listed = (*result.doubted, *result.printed) if whole else result.doubted
        show_table(document_findings.table(plan, result, listed), session)
    return int(result.open_doubts > 0)
