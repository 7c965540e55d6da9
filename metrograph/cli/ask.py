"""The commands that ask a plan: the questions of the library, one of a person's own, a record."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.command import argument, command, option
from metrograph.cli.parameters import Id, Named, Positive, Setting
from metrograph.cli.terminal import Session, opened, show_table
from metrograph.late import late, late_from
from metrograph.query.limits import DEFAULT_LIMITS, Limits
from metrograph.store.turtle import decode

if TYPE_CHECKING:
    from metrograph.documents import passages as texts
    from metrograph.query import library, listing
    from metrograph.report import description
else:  # each is for one command, and the others start without
    texts = late("metrograph.documents.passages")
    library, listing = late_from("metrograph.query", "library", "listing")
    description = late("metrograph.report.description")


@command("queries", "metrograph queries --lang es")
def queries(session: Session) -> int:
    """List the questions of the library."""
    show_table(listing.questions(session.lang, library.library()), session)
    return 0


@command(
    "query",
    "metrograph query activities-of-theme -p theme=theme/gender-equality",
)
@argument("query", type=Named("question"), metavar="NAME|FILE|-", help="arg_query")
@option(
    "-p", "--parameter", type=Setting(), multiple=True, metavar="KEY=VALUE", help="opt_parameter"
)
@option(
    "--timeout",
    type=Positive(),
    default=DEFAULT_LIMITS.seconds,
    metavar="SECONDS",
    help="opt_timeout",
    values=(DEFAULT_LIMITS.seconds,),
)
@option(
    "--limit",
    type=Positive(),
    default=DEFAULT_LIMITS.rows,
    metavar="ROWS",
    help="opt_limit",
    values=(DEFAULT_LIMITS.rows,),
)
@option("--passages", is_flag=True, help="opt_passages")
def query(  # noqa: PLR0913, PLR0917  as click gives it: each parameter by its name
    session: Session,
    query: str,
    parameter: tuple[tuple[str, str], ...],
    timeout: float,
    limit: float,
    passages: bool,
) -> int:
    """Answer a question, of the library or a person's own."""
    if query == "-":
        question = library.parse("stdin", decode(sys.stdin.buffer.read(), Path("stdin")))
    elif query.endswith(".rq") or "/" in query:
        question = library.read(Path(query), query)
    else:
        question = library.find(query)
    limits = Limits(timeout, int(limit))
    plan = opened(session)
    answer = plan.ask(question, dict(parameter), limits)
    show_table(texts.with_passages(answer, texts.Shelf(plan)) if passages else answer, session)
    return 0


@command("show", "metrograph show result/1.2.3 --lang fr")
@argument("id", type=Id(), metavar="ID", help="arg_show_id")
@option("--passages", is_flag=True, help="opt_passages")
def show(session: Session, id: str, passages: bool) -> int:  # noqa: A002  as the command line calls it
    """Show everything that the plan contains about one record."""
    plan = opened(session)
    answer = description.page(plan, plan.known(id))
    show_table(texts.with_passages(answer, texts.Shelf(plan)) if passages else answer, session)
    return 0
