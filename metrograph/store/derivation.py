"""Corrects what was inferred in a store whose asserted triples changed.

Groups of rules come in the order in which they run. Before a group runs, what it reads is settled:
each triple in doubt, because one way to it is gone, is kept if a file asserts it or any rule still
concludes it, and removed otherwise. Rules that are patterns alone are run from the triples that
changed; where they feed themselves, all that may fall with a lost triple is taken out first and
what has another support is put back (Gupta, Mumick, Subrahmanian, "Maintaining views
incrementally", SIGMOD 1993). Other rules are run again for what `$this` may stand for.
"""

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from metrograph.store.changes import (
    DEFAULT,
    Changes,
    Index,
    Row,
    Term,
    batches,
    matches,
    quad_of,
    select,
    table,
    term_of,
    term_read,
)
from metrograph.store.compiled import Step, Steps
from metrograph.store.patterns import Pattern
from metrograph.store.restriction import restricted
from metrograph.vocabulary import Graphs

_INFERRED = ox.NamedNode(Graphs.inferred)


def is_asserted(store: ox.Store, triple: ox.Triple) -> bool:
    """Whether a file, or the ontology, states a triple."""
    return any(
        quad.graph_name not in (DEFAULT, _INFERRED)
        for quad in store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
    )


def holds(store: ox.Store, triple: ox.Triple) -> bool:
    """Whether the default graph of a store has a triple."""
    return quad_of(triple, DEFAULT) in store


class Derivation:
    """The work of one update: see the head of the module."""

    def __init__(
        self, changes: Changes, steps: Steps, gained: Iterable[ox.Triple], lost: Iterable[ox.Triple]
    ) -> None:
        """Begin with what is asserted now and was not, and with what is asserted no more."""
        self.changes = changes
        self.steps = steps
        self.old, self.new = changes.old, changes.new
        self.doubtful = Index(lost)
        for triple in gained:
            if holds(self.new, triple):
                self.new.remove(quad_of(triple, _INFERRED))
            else:
                self.new.add(quad_of(triple, DEFAULT))
                changes.gained.add(triple)

    def run(self) -> None:
        """Put right what follows."""
        for group in self.steps.groups:
            reads = frozenset().union(*(step.reads for step in group.steps))
            writes = frozenset().union(*(step.writes for step in group.steps))
            self._settle(reads - writes if group.repeats else reads)
            if group.repeats:
                self._run_recursive(group.steps, reads, writes)
            elif any(self._concerns(step) for step in group.steps):
                self._run_once(group.steps[0])
        self._settle({term_of(triple) for triple in self.doubtful})

    def _concerns(self, step: Step) -> bool:
        return any(self.changes.concern(trigger.pattern) for trigger in step.triggers)

    # ------------------------------------------------------------ triples in and out

    def _add(self, triple: ox.Triple) -> None:
        if not holds(self.new, triple):
            self.new.add(quad_of(triple, DEFAULT))
            self.new.add(quad_of(triple, _INFERRED))
            if triple in self.changes.lost:
                self.changes.lost.discard(triple)
            else:
                self.changes.gained.add(triple)

    def _doubt(self, triples: Iterable[ox.Triple]) -> None:
        for triple in triples:
            if self._may_fall(triple):
                self.doubtful.add(triple)

    def _may_fall(self, triple: ox.Triple) -> bool:
        return holds(self.new, triple) and not is_asserted(self.new, triple)

    def _take_out(self, triple: ox.Triple) -> None:
        self.new.remove(quad_of(triple, DEFAULT))
        self.new.remove(quad_of(triple, _INFERRED))

    def _put_back(self, triple: ox.Triple) -> None:
        self.new.add(quad_of(triple, DEFAULT))
        self.new.add(quad_of(triple, _INFERRED))

    def _lose(self, triple: ox.Triple) -> None:
        if triple in self.changes.gained:
            self.changes.gained.discard(triple)
        else:
            self.changes.lost.add(triple)

    def _settle(self, terms: Iterable[str]) -> None:
        """Decide on the triples in doubt of some terms, when all rules that write them have run."""
        triples = self.doubtful.take(terms)
        supported = self._supported(triples)
        for triple in triples:
            if triple in supported:
                self._put_back(triple)  # one that a file asserted is inferred from now on
            else:
                self._take_out(triple)
                self._lose(triple)

    # ------------------------------------------------------------ rules

    def _run_once(self, step: Step) -> None:
        """Run a rule that does not feed itself."""
        if step.body:
            for store, changed in self.changes.sides():
                heads = self._heads(store, step, changed)
                if store is self.old:
                    self._doubt(heads)
                else:
                    for triple in heads:
                        self._add(triple)
            return
        touched = self.changes.touched(step.triggers, step.key) if step.key else None
        before = set(conclusions(self.old, step, touched))
        after = set(conclusions(self.new, step, touched))
        self._doubt(before - after)
        for triple in after:
            self._add(triple)

    def _run_recursive(
        self, steps: Sequence[Step], reads: frozenset[str], writes: frozenset[str]
    ) -> None:
        """Run rules of patterns that feed themselves, or each other."""
        if not any(map(self._concerns, steps)) and not any(map(self.doubtful.of, writes)):
            return
        doubtful = self.doubtful.take(writes)
        suspects = dict.fromkeys(doubtful)
        wave = Index(
            [*doubtful, *(triple for term in reads for triple in self.changes.lost.of(term))]
        )
        while len(wave):
            heads = {head for step in steps for head in self._heads(self.old, step, wave)}
            fresh = [head for head in heads - suspects.keys() if self._may_fall(head)]
            suspects |= dict.fromkeys(fresh)
            wave = Index(fresh)
        for triple in suspects:
            self._take_out(triple)
        self._bring_back(steps, suspects)
        wave = Index(triple for term in reads for triple in self.changes.gained.of(term))
        while len(wave):
            heads = {head for step in steps for head in self._heads(self.new, step, wave)}
            fresh = [head for head in heads if not holds(self.new, head)]
            for head in fresh:
                self._add(head)
            wave = Index(fresh)

    def _bring_back(self, steps: Sequence[Step], suspects: dict[ox.Triple, None]) -> None:
        """Put back the suspects that follow without each other, and then from each other."""
        wave = Index(self._supported(suspects))
        while len(wave):
            for triple in wave:
                suspects.pop(triple, None)
                self._put_back(triple)
            heads = {head for step in steps for head in self._heads(self.new, step, wave)}
            wave = Index(heads & suspects.keys())
        for triple in suspects:
            self._lose(triple)

    def _heads(self, store: ox.Store, step: Step, changed: Index) -> list[ox.Triple]:
        """Return what a rule of patterns concludes in a store with the help of changed triples."""
        heads = []
        for at, pattern in enumerate(step.body):
            names, values = matches(pattern, changed.of(term_read(pattern)))
            rest = [*step.body[:at], *step.body[at + 1 :]]
            if values and rest:
                shown = sorted(step.head.variables) or names
                rows: Iterable[Row] = select(store, shown, rest, names, values)
            else:
                shown, rows = names, values
            heads += list(_instances(step.head, shown, rows))
        return heads

    def _supported(self, triples: Iterable[ox.Triple]) -> set[ox.Triple]:
        """Return those of the triples that the ontology or a rule concludes in the new store."""
        of_term: dict[str, set[ox.Triple]] = {}
        for triple in triples:
            of_term.setdefault(term_of(triple), set()).add(triple)
        supported = set()
        for term, asked in of_term.items():
            kept = asked & self.steps.schema
            for step in self.steps.writers.get(term, ()):
                if asked != kept:
                    kept |= self._concluded(step, asked - kept)
            supported |= kept
        return supported

    def _concluded(self, step: Step, triples: set[ox.Triple]) -> set[ox.Triple]:
        """Return those of the triples that a rule concludes in the new store."""
        names, rows = matches(step.head, triples)
        if not rows:
            return set()
        if step.body:
            held = select(self.new, names, step.body, names, rows)
            return set(_instances(step.head, names, held))
        of = {row[names.index(step.key)] for row in rows} if step.key in names else None
        return set(conclusions(self.new, step, of)) & triples


def conclusions(store: ox.Store, step: Step, of: set[Term] | None) -> Iterator[ox.Triple]:
    """Yield what a rule concludes in a store, for some nodes as `$this`, or for all."""
    shown = sorted(step.head.variables)
    tables: Iterable[str | None]
    if of is None:
        tables = (None,)
    else:
        tables = (table((step.key,), rows) for rows in batches((node,) for node in of))
    for values in tables:
        where = step.where if values is None else restricted(step.where, step.key, values)
        query = f"{step.prefixes}SELECT DISTINCT {' '.join(shown)} WHERE {{ {where} }}"
        solutions = store.query(query)
        yield from _instances(step.head, shown, map(tuple, solutions))  # type: ignore[arg-type]  # as above


def _instances(head: Pattern, names: Sequence[str], rows: Iterable[Row]) -> Iterator[ox.Triple]:
    """Yield a conclusion for each row of values, but none about a literal."""
    for row in rows:
        values = dict(zip(names, row, strict=True))
        subject, predicate, value = (
            values.get(part) if part.startswith("?") else _term(part) for part in head.parts
        )
        if (
            isinstance(subject, ox.NamedNode | ox.BlankNode)
            and isinstance(predicate, ox.NamedNode)
            and value is not None
        ):
            yield ox.Triple(subject, predicate, value)


def _term(text: str) -> Term:
    """Return the term that stands in a rule."""
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    line = f"<urn:s> <urn:p> {text} ."
    literal: Term = next(iter(ox.parse(line.encode(), format=ox.RdfFormat.N_TRIPLES))).object
    return literal
