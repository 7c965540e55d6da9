"""The command for the documents that a plan cites: add some, list them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.command import argument, command, option
from metrograph.cli.parameters import Choice, File, Id
from metrograph.cli.terminal import Session, opened, say, show_table, step
from metrograph.errors import UsageError
from metrograph.ids import citation_id
from metrograph.late import late, late_from
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.tables.table import Cell, Column, Entity, Table

if TYPE_CHECKING:
    from metrograph.documents import adding, anchoring, archive
else:
    adding, archive = late_from("metrograph.documents", "adding", "archive")
    anchoring = late("metrograph.documents.anchoring")


@command("documents", "metrograph documents list")
@argument(
    "action", type=Choice(("add", "list", "compare")), metavar="ACTION", help="arg_documents_action"
)
@argument("files", type=File(), nargs=-1, metavar="FILE", help="arg_documents_files")
@option("--source", type=Id("Source"), metavar="ID", help="opt_source")
@option("--private", is_flag=True, help="opt_private")
def documents(
    session: Session, action: str, files: Sequence[Path], source: str | None, private: bool
) -> int:
    """Add documents to the plan, or list those that it has."""
    if action == "list":
        if files or source or private:
            raise UsageError("documents list takes no file, and neither --source nor --private.")
        plan = opened(session)
        show_table(_table(plan), session)
        return 0
    if action == "compare":
        if len(files) != 1 or not source or private:
            raise UsageError(
                "Give one document and its source: metrograph documents compare FILE --source ID"
            )
        plan = opened(session)
        where, every = anchoring.compare(plan, files[0], source)
        show_table(_compared(plan, where, every), session)
        return int(any(anchor.outcome != anchoring.SAME for anchor in every))
    if not files:
        raise UsageError("Give a document, for example: metrograph documents add report.pdf")
    if source and len(files) > 1:
        raise UsageError("A source has one text: give --source with a single file.")
    plan = opened(session)
    for path in files:
        step(path.name)
        document = adding.add(plan, path, source, is_private=private)
        if document.source:
            source_label = plan.label(document.source)
            say(word("document_added", session.lang).format(path, source_label, document.folder))
        else:
            say(word("document_added_alone", session.lang).format(path, document.folder))
    return 0


def _table(plan: Plan) -> Table:
    """Return the documents that are kept, and the sources whose text is not."""
    lang = plan.lang
    names = ("document", "source", "lines", "pages", "private")
    columns = tuple(Column(name, word(f"document_{name}", lang)) for name in names)
    kept = archive.documents(plan.built.folder)
    rows: list[tuple[Cell, ...]] = []
    for document in kept:
        edition = archive.edition(document)
        rows.append(
            (
                document.name,
                _entity(plan, document.source),
                len(edition.lines) if edition else word("document_changed", lang),
                edition.pages if edition else None,
                word("yes" if document.is_private else "no", lang),
            )
        )
    have = {document.source for document in kept}
    missing = [name for name in adding.recorded_texts(plan) if name not in have]
    rows += [
        (None, _entity(plan, name), word("document_missing", lang), None, None)
        for name in sorted(missing)
    ]
    return Table(word("documents", lang), columns, tuple(rows), "", lang, word("nothing", lang))


def _entity(plan: Plan, name: str | None) -> Entity | None:
    return Entity(name, plan.label(name)) if name else None


def _compared(plan: Plan, source: str, every: "Sequence[anchoring.Anchor]") -> Table:
    """Return where the citations of a source lead in a new edition."""
    lang = plan.lang
    names = ("citation", "outcome", "lines", "records")
    columns = tuple(
        Column(name, word(f"anchor_{name}", lang), name == "citation") for name in names
    )
    rows: list[tuple[Cell, ...]] = []
    for anchor in every:
        name = citation_id(source, anchor.first, anchor.last)
        lines = ""
        if anchor.new:
            lines = "–".join(str(number) for number in dict.fromkeys(anchor.new))
        rows.append(
            (
                _entity(plan, name),
                word(f"anchor_{anchor.outcome}", lang),
                lines or None,
                ", ".join(anchor.records),
            )
        )
    counts = " · ".join(
        f"{word(f'anchor_{outcome}', lang)}{word('colon', lang)} "
        f"{sum(anchor.outcome == outcome for anchor in every)}"
        for outcome in anchoring.OUTCOMES
    )
    note = f"{counts}\n{word('anchor_note', lang)}"
    return Table(
        word("anchor_title", lang), columns, tuple(rows), note, lang, word("nothing", lang)
    )
