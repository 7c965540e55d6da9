"""The commands that count what a plan has: coverage and gaps."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metrograph.cli.command import Exclusive, command, option
from metrograph.cli.parameters import Choice, File, Id, Named, Year
from metrograph.cli.terminal import Session, opened, say, show_table, write
from metrograph.errors import UsageError
from metrograph.late import late, late_from
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.filters import AGREED, Filters
from metrograph.text import joined

if TYPE_CHECKING:
    from metrograph.analysis import gaps as gap_types
    from metrograph.analysis import measures, sums, tabulation
    from metrograph.analysis.crosstab import Crosstab
    from metrograph.analysis.sums import Sums
    from metrograph.query import axes
    from metrograph.report import matrix_picture, omissions
    from metrograph.store import writing
else:  # each is for one command, and the others start without
    gap_types = late("metrograph.analysis.gaps")
    measures, sums, tabulation = late_from("metrograph.analysis", "measures", "sums", "tabulation")
    axes = late("metrograph.query.axes")
    matrix_picture, omissions = late_from("metrograph.report", "matrix_picture", "omissions")
    writing = late("metrograph.store.writing")

UNITS = ("activities", "elements")


@dataclass(frozen=True)
class Counting:
    """What `coverage` counts, and how it shows it."""

    year: int | None
    line: str | None
    claims: str
    basis: str | None
    output: str | None
    region: str | None
    weight: str
    evidence: str
    range: bool
    concentration: bool
    rows: str | None
    columns: str | None
    count: str | None
    all: bool
    picture: Path | None

    @property
    def filters(self) -> Filters:
        """Which activities and claims it counts."""
        return Filters(
            self.year, self.line, self.claims, self.basis, self.output, self.region, self.evidence
        )


@command(
    "coverage",
    "metrograph coverage --year 2023 --basis stated",
    into=Counting,
    exclusive=Exclusive([("range", "concentration")]),
)
@option("--year", type=Year(), help="opt_coverage_year")
@option("--line", type=Id("ActionLine"), metavar="ID", help="opt_coverage_line")
@option(
    "--claims",
    type=Id("Coder", words=("agreed", "any"), keys="coder:"),
    default="agreed",
    metavar="WHICH",
    help="opt_claims",
)
@option("--basis", type=Choice(("stated", "implied")), help="opt_coverage_basis")
@option("--output", type=Id("OutputType"), metavar="ID", help="opt_coverage_output")
@option("--region", type=Id("Region"), metavar="ID", help="opt_coverage_region")
@option("--weight", type=Choice(("whole", "fractional")), default="whole", help="opt_weight")
@option("--evidence", type=Choice(("any", "same-passage")), default="any", help="opt_evidence")
@option("--range", is_flag=True, help="opt_range")
@option("--concentration", is_flag=True, help="opt_concentration")
@option("--rows", type=Named("axis"), metavar="AXIS", help="opt_rows")
@option("--columns", type=Named("axis"), metavar="AXIS", help="opt_columns")
@option("--count", type=Id("Indicator", words=UNITS), metavar="WHAT", help="opt_count")
@option("--all", is_flag=True, help="opt_all")
@option("-o", "--picture", type=File(), metavar="FILE", help="opt_picture")
def coverage(session: Session, chosen: Counting) -> int:
    """Show the coverage matrix, or what bounds or sums it up."""
    plan = opened(session)
    if chosen.picture:
        return _picture(plan, session, chosen, chosen.picture)
    if chosen.rows or chosen.columns or chosen.count or chosen.all:
        return _of_axes(plan, session, chosen)
    if not (chosen.range or chosen.concentration):
        return _matrix(plan, session, chosen)
    if chosen.output or chosen.region or chosen.evidence != "any":
        raise UsageError(
            "--range and --concentration cannot be combined with --output, --region or --evidence."
        )
    if not plan.coverage(chosen.year).count():
        say(word("no_activity", session.lang))
    if chosen.range:
        if chosen.claims not in AGREED or chosen.basis or chosen.weight != "whole":
            raise UsageError(
                "--range already counts in every way: leave out --claims, --basis and --weight."
            )
        show_table(plan.coverage_span(chosen.year, chosen.line).table, session)
        return 0
    if chosen.line or chosen.basis or chosen.weight != "whole":
        raise UsageError("--concentration can only be combined with --year and --claims.")
    show_table(plan.concentration(chosen.year, chosen.claims), session)
    return 0


def _matrix(plan: Plan, session: Session, chosen: Counting) -> int:
    matrix = plan.coverage(chosen.filters)
    if not matrix.cells:
        say(word("no_intersections", session.lang))
        level = next((axis.name for axis in axes.axes(plan.built, session.lang) if axis.values), "")
        if level:
            say(word("axes_instead", session.lang).format(level))
    elif not matrix.count():
        say(word("no_activity_yet" if chosen.filters.is_empty else "no_activity", session.lang))
    if chosen.weight == "fractional":
        show_table(measures.fractional(matrix), session)
    elif session.format == "json":
        write(matrix.to_json(omissions.left_out(session.command, plan)))
    else:
        show_table(matrix.sheet if session.format == "csv" else matrix.shown, session, keep=True)
    return 0


def _picture(plan: Plan, session: Session, chosen: Counting, path: Path) -> int:
    """Write the matrix to a file as a picture."""
    others = (chosen.range, chosen.concentration, chosen.rows, chosen.columns, chosen.count)
    if any(others) or chosen.all or chosen.weight != "whole" or session.format != "table":
        raise UsageError("-o draws the matrix of challenges and themes with its filters only.")
    if (ending := path.suffix.lower()) not in (".svg", ".png"):
        raise UsageError("{path}: give the picture a name that ends in .svg or .png.", path=path)
    writing.check_apart(path, plan.built.folder)
    draw = matrix_picture.to_svg if ending == ".svg" else matrix_picture.to_png
    writing.replace_file(path, draw(plan.coverage(chosen.filters)))
    say(word("exported", session.lang).format(path))
    return 0


def _of_axes(plan: Plan, session: Session, chosen: Counting) -> int:
    """Show the matrix of two axes."""
    if not (chosen.rows and chosen.columns):
        raise UsageError("A matrix of two axes requires both --rows and --columns.")
    bounds = chosen.range or chosen.concentration
    if bounds or chosen.weight != "whole" or chosen.evidence != "any":
        raise UsageError(
            "--rows and --columns cannot be combined with --range, --concentration, --weight or "
            "--evidence."
        )
    rows, columns = (
        axes.read_axis(Path(name), session.lang) if name.endswith(".rq") else name
        for name in (chosen.rows, chosen.columns)
    )
    matrix: Crosstab | Sums
    if chosen.count and "/" in chosen.count:
        matrix = sums.sums(plan, chosen.count, rows, columns, chosen.filters)
    else:
        matrix = tabulation.crosstab(plan, rows, columns, chosen.filters, chosen.count)
    if session.format == "json":
        write(matrix.to_json(omissions.left_out(session.command, plan)))
        return 0
    if chosen.all or session.format == "csv":
        show_table(matrix.table, session)
        return 0
    show_table(matrix.readable().table, session)
    for sentence in matrix.hidden():
        say(joined(sentence, " ", word("all_option", session.lang)))
    return 0


@dataclass(frozen=True)
class Listing:
    """Which gaps `gaps` lists or counts, and for which it fails."""

    type: tuple[str, ...]
    list: bool
    by: str
    line: str | None
    challenge: str | None
    theme: str | None
    year: int | None
    fail_on: tuple[str, ...]


@command("gaps", "metrograph gaps --type results-without-activity --line line/2", into=Listing)
@option("--type", type=Named("gap"), multiple=True, metavar="TYPE", help="opt_gaps_type")
@option("--list", is_flag=True, help="opt_gaps_list")
@option(
    "--by",
    type=Choice(("type", "line", "challenge", "theme")),
    default="type",
    help="opt_gaps_by",
)
@option("--line", type=Id("ActionLine"), metavar="ID", help="opt_gaps_line")
@option("--challenge", type=Id("Challenge"), metavar="ID", help="opt_gaps_challenge")
@option("--theme", type=Id("VisionTheme"), metavar="ID", help="opt_gaps_theme")
@option("--year", type=Year(), help="opt_gaps_year")
@option("--fail-on", type=Named("gap"), multiple=True, metavar="TYPE", help="opt_gaps_fail_on")
def gaps(session: Session, chosen: Listing) -> int:
    """Count or list the gaps; end with 1 if there is one that is not to be."""
    plan = opened(session)
    where: dict[str, Any] = {
        name: getattr(chosen, name) for name in ("year", "line", "challenge", "theme")
    }
    if chosen.by != "type" and chosen.list:
        raise UsageError("--list lists every gap and --by counts them: use only one of the two.")
    failing = [name for name in chosen.fail_on if name != "any"]
    apart = {gap_type.name for gap_type in gap_types.gap_types() if gap_type.gap.apart}
    if apart & set(failing):
        raise UsageError(
            "{name} lists decisions, and is not a type of gap.", name=min(apart & set(failing))
        )
    warn_of_empty(plan, chosen.year)
    gaps_ = plan.gaps(*chosen.type, **where)
    failed = plan.gaps(*failing, **where).count() if failing else 0
    if chosen.by != "type":
        show_table(gaps_.by(chosen.by), session)
    else:
        show_table(gaps_.listed if chosen.list or chosen.type else gaps_.table, session)
    return int(failed > 0 or ("any" in chosen.fail_on and gaps_.count() > 0))


def warn_of_empty(plan: Plan, year: int | None) -> None:
    """Say so where the plan has no activity of a year."""
    if year is not None and not plan.rows("activities", year=year):
        say(word("no_activity_of", plan.lang).format(year))
