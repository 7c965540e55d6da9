"""A regular expression in, whether Python's matcher takes linear time for it out, with a proof.

A backtracking matcher may follow every run of the expression's automaton. There are no more than
so many of each length, whatever the text, unless one text leads from a state back to itself in two
ways (EDA: exponentially many), or from a state to itself, to another state, and from that to itself
(IDA: polynomially many); see Weber, Seidl, "On the degree of ambiguity of finite automata", 1991,
and Weideman, van der Merwe, Berglund, Watson, "Analyzing matching time behavior of backtracking
regular expression matchers by using ambiguity of NFA", 2016. Both are sought here. A search is the
same with a state before the expression that passes over what comes before a match.

Characters that all classes of an expression treat alike are one sign. Runs that the matcher does
not follow are never left out wrongly: what is possessive or looked at is kept to only where that is
certain, so an expression may be blamed that is linear, and none is cleared that is not.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from itertools import product
from typing import Any

_parser: Any = import_module("re._parser")
_compiler: Any = import_module("re._compiler")
_op: Any = import_module("re._constants")

_MANY = 8  # repetitions from which on a bounded loop counts as one without bound
_EXTRA = (  # digits, letters, spaces and signs of other writings
    "\u0660\u0966\uff10\u0391\u0436\u1e9e\u4e2d\u2003\u202f\u3000\u2028"
    "\u2013\u2014\u2019\u20ac\U0001f600"
)
_REPEATS = (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT)
_CLASSES = (_op.LITERAL, _op.NOT_LITERAL, _op.ANY, _op.IN)
Sign = int
Guard = Callable[[Sign | None, Sign | None], bool]  # of the signs before and after a place
State = tuple[int, Sign]  # a node that has consumed a sign
_BEGIN: State = (-1, -1)  # before all text
# How a pattern is taken: at one place; from every place; or from where no match can begin or has
# ended, which is what a search does, too, and shows more where a match never fails once begun.
_ANCHORED, _SOUGHT, _REPEATED = "anchored", "sought", "repeated"


@dataclass(eq=False)
class _Class:
    """A class of characters where it stands in an expression."""

    node: tuple[Any, Any]
    flags: int
    signs: frozenset[Sign] = frozenset()


@dataclass
class _Graph:
    """Nodes of an automaton: what each consumes, if anything, and edges that consume nothing."""

    consumes: list[frozenset[Sign] | None] = field(default_factory=list)
    edges: list[list[tuple[int, Guard | None]]] = field(default_factory=list)

    def add(self, consumes: frozenset[Sign] | None = None) -> int:
        self.consumes.append(consumes)
        self.edges.append([])
        return len(self.edges) - 1

    def join(self, start: int, end: int, guard: Guard | None = None) -> None:
        self.edges[start].append((end, guard))


def blamed(pattern: re.Pattern[Any], is_search: bool) -> str:
    """Return why a pattern may take more than linear time, or an empty text.

    `is_search` is for what is sought anywhere in a text: by search, finditer, findall, sub, split.

    >>> blamed(re.compile(r"a+b"), False), blamed(re.compile(r"(?<!a)a+b"), True)
    ('', '')
    >>> blamed(re.compile(r"(?:a|b?a)*c"), False), blamed(re.compile(r"a+b"), True)
    ('exponential: a', 'polynomial: aa')
    """
    if not is_search:
        return _Analysis(pattern, _ANCHORED).blame()
    found = _Analysis(pattern, _SOUGHT).blame()
    return found if found and _Analysis(pattern, _REPEATED).blame() else ""


class _Analysis:
    """The automaton of one pattern, and what is asked of it."""

    def __init__(self, pattern: re.Pattern[Any], how: str) -> None:
        self.is_text = isinstance(pattern.pattern, str)
        self.classes: dict[int, _Class] = {}  # by the identity of their nodes
        self.groups: dict[int, _Class] = {}  # those of one character
        parsed = _parser.parse(pattern.pattern, pattern.flags)
        self.flags = parsed.state.flags
        self._collect(parsed, self.flags)
        word, line = (
            _Class((_op.IN, [(_op.CATEGORY, _op.CATEGORY_WORD)]), self.flags),
            _Class((_op.LITERAL, 10), 0),
        )
        self.shown = self._divide(pattern.pattern, (*self.classes.values(), word, line))
        self.word, self.line = word.signs, line.signs
        self.last = {id(node) for node in self._tails(parsed)}
        self.graph = _Graph()
        self.begin = self.graph.add()
        start, end = self.graph.add(), self.graph.add()
        self._sequence(parsed, start, end, self.flags)
        self.graph.join(self.begin, start)
        if how != _ANCHORED:
            every = frozenset(range(len(self.shown)))
            committed = self._committed(parsed) if how == _REPEATED else frozenset()
            skip = self.graph.add(every - committed)
            for before in (self.begin, skip):
                self.graph.join(before, skip)
            self.graph.join(skip, start)
            if how == _REPEATED:
                self.graph.join(end, self.begin)
        self.follow = self._followed()
        self.next: dict[State, dict[Sign, list[State]]] = {}
        self.reached: dict[int, frozenset[int]] = {}

    # ------------------------------------------------------------ classes and signs

    def _collect(self, sequence: Iterable[Any], flags: int) -> None:
        for node in sequence:
            kind, value = node
            if kind in _CLASSES:
                self.classes[id(node)] = _Class(node, flags)
            elif kind is _op.BRANCH:
                for branch in value[1]:
                    self._collect(branch, flags)
            elif kind is _op.SUBPATTERN:
                self._collect(value[3], (flags | value[1]) & ~value[2])
                if len(value[3]) == 1 and value[3][0][0] in _CLASSES:
                    self.groups[value[0]] = self.classes[id(value[3][0])]
            elif kind in _REPEATS:
                self._collect(value[2], flags)
            elif kind in (_op.ASSERT, _op.ASSERT_NOT):
                self._collect(value[1], flags)
            elif kind is _op.ATOMIC_GROUP:
                self._collect(value, flags)
            elif kind not in (_op.AT, _op.GROUPREF):
                raise NotImplementedError(f"{kind}: not known here; write the pattern otherwise")

    def _divide(self, pattern: Any, classes: Sequence[_Class]) -> list[str]:
        """Give each class its signs, and return a character for each sign."""
        edges = [ord(char) if self.is_text else char for char in pattern]
        edges += [code for one in classes for code in _codes(one.node)]
        codes = {code + step for code in edges for step in (-1, 0, 1)} | set(range(0x250))
        codes |= {ord(char) for char in _EXTRA}
        alphabet: list[Any] = (
            [chr(code) for code in sorted(codes) if 0 <= code < 0x110000]
            if self.is_text
            else [bytes([code]) for code in range(256)]
        )
        tests = [self._test(one) for one in classes]
        found: dict[tuple[bool, ...], Sign] = {}
        shown: list[str] = []
        for char in alphabet:
            signature = tuple(test(char) for test in tests)
            if signature not in found:
                found[signature] = len(found)
                shown.append(char if self.is_text else char.decode("latin-1"))
            elif shown[found[signature]] < "!" <= str(char) <= "~":
                shown[found[signature]] = str(char)
        for at, one in enumerate(classes):
            one.signs = frozenset(sign for signature, sign in found.items() if signature[at])
        return shown

    def _test(self, one: _Class) -> Callable[[Any], bool]:
        state = _parser.State()
        kept = re.IGNORECASE | re.DOTALL | re.ASCII | re.UNICODE
        compiled = _compiler.compile(_parser.SubPattern(state, [one.node]), one.flags & kept)
        if not self.is_text:
            state.str = b""
            compiled = _compiler.compile(_parser.SubPattern(state, [one.node]), one.flags & kept)
        return lambda char: compiled.fullmatch(char) is not None

    # ------------------------------------------------------------ the automaton

    def _tails(self, sequence: Any) -> Iterator[Any]:
        """Yield the loops over any character that end a pattern: once there, it has matched."""
        if not len(sequence):
            return
        kind, value = node = sequence[len(sequence) - 1]
        if kind is _op.BRANCH:
            for branch in value[1]:
                yield from self._tails(branch)
        elif kind is _op.SUBPATTERN:
            yield from self._tails(value[3])
        elif kind in _REPEATS and value[:2] == (0, _op.MAXREPEAT) and len(value[2]) == 1:
            body = self.classes.get(id(value[2][0]))
            if body and len(body.signs) == len(self.shown):
                yield node

    def _sequence(self, sequence: Iterable[Any], start: int, end: int, flags: int) -> None:
        at = start
        for node in sequence:
            after = self.graph.add()
            self._node(node, at, after, flags)
            at = after
        self.graph.join(at, end)

    def _node(self, node: Any, start: int, end: int, flags: int) -> None:
        kind, value = node
        if kind in _CLASSES:
            consumer = self.graph.add(self.classes[id(node)].signs)
            self.graph.join(start, consumer)
            self.graph.join(consumer, end)
        elif kind is _op.BRANCH:
            for branch in value[1]:
                self._sequence(branch, start, end, flags)
        elif kind is _op.SUBPATTERN:
            self._sequence(value[3], start, end, (flags | value[1]) & ~value[2])
        elif kind is _op.ATOMIC_GROUP:
            self._sequence(value, start, end, flags)
        elif id(node) in self.last:
            self.graph.join(start, end)
        elif kind in _REPEATS:
            self._repeat(node, start, end, flags)
        elif kind is _op.GROUPREF:  # of a group of one character, any that it can be
            consumer = self.graph.add(self.groups[value].signs)
            self.graph.join(start, consumer)
            self.graph.join(consumer, end)
        else:
            self._look(kind, value, start, end, flags)

    def _repeat(self, node: Any, start: int, end: int, flags: int) -> None:
        kind, (least, most, body) = node
        is_loop = most is _op.MAXREPEAT or most > _MANY
        guard = None
        if kind is _op.POSSESSIVE_REPEAT and (most is _op.MAXREPEAT or most == 1):
            committed = self._committed(body)
            guard = lambda _, after: after not in committed  # noqa: E731  it says all there is
        at = start
        for count in range(min(least, _MANY) if is_loop else most):
            if count >= least:
                self.graph.join(at, end, guard)
            after = self.graph.add()
            self._sequence(body, at, after, flags)
            at = after
        if not is_loop:
            self.graph.join(at, end)
            return
        loop = self.graph.add()
        self.graph.join(at, loop)
        self._sequence(body, loop, loop, flags)
        self.graph.join(loop, end, guard)

    def _look(self, kind: Any, value: Any, start: int, end: int, flags: int) -> None:
        """Join by what holds between two signs; a longer look is a way of its own that ends."""
        if kind is _op.AT:
            self.graph.join(start, end, self._at(value, flags))
            return
        direction, body = value
        one = body[0] if len(body) == 1 else (None, None)
        if one[0] in _CLASSES:
            signs, is_wanted = self.classes[id(one)].signs, kind is _op.ASSERT
            self.graph.join(start, end, _near(signs, is_wanted, direction))
            return
        self.graph.join(start, end)
        if direction > 0:
            self._sequence(body, start, self.graph.add(), flags)

    def _at(self, where: Any, flags: int) -> Guard | None:
        word, line, is_lines = self.word, self.line, bool(flags & re.MULTILINE)
        if where in (_op.AT_BEGINNING, _op.AT_BEGINNING_STRING):
            return lambda before, _: before is None or (is_lines and before in line)
        if where is _op.AT_END:
            return lambda _, after: after is None or after in line
        if where is _op.AT_END_STRING:
            return lambda _, after: after is None
        is_edge = where is _op.AT_BOUNDARY
        return lambda before, after: ((before in word) != (after in word)) == is_edge

    def _committed(self, sequence: Sequence[Any]) -> frozenset[Sign]:
        """Return the signs at which a sequence never fails: the rest of it may be left out."""
        if not len(sequence) or not all(map(_may_be_empty, sequence[1:])):
            return frozenset()
        kind, value = sequence[0]
        if kind in _CLASSES:
            return self.classes[id(sequence[0])].signs
        if kind is _op.BRANCH:
            return frozenset().union(*(self._committed(branch) for branch in value[1]))
        if kind is _op.SUBPATTERN:
            return self._committed(value[3])
        if kind in _REPEATS and value[0] == 1:
            return self._committed(value[2])
        return frozenset()

    # ------------------------------------------------------------ runs

    def _followed(self) -> dict[State, Counter[State]]:
        """Return the states after each state, and in how many ways each is reached from it."""
        found: dict[State, Counter[State]] = {}
        left = [_BEGIN]
        ways: dict[int, list[tuple[int, tuple[Guard, ...]]]] = {}
        while left:
            state = left.pop()
            if state in found:
                continue
            node, before = (self.begin, None) if state == _BEGIN else state
            if node not in ways:
                ways[node] = list(self._ways(node))
            found[state] = Counter(
                (target, sign)
                for target, guards in ways[node]
                for sign in self.graph.consumes[target] or ()
                if all(guard(before, sign) for guard in guards)
            )
            left += found[state]
        return found

    def _ways(self, start: int) -> Iterator[tuple[int, tuple[Guard, ...]]]:
        """Yield the nodes that consume next, once for each way that passes no node twice."""
        left: list[tuple[int, tuple[Guard, ...], frozenset[int]]] = [(start, (), frozenset())]
        while left:
            at, guards, passed = left.pop()
            for after, guard in self.graph.edges[at]:
                met = (*guards, guard) if guard else guards
                if self.graph.consumes[after] is not None:
                    yield after, met
                elif after not in passed:
                    left.append((after, met, passed | {after}))

    def blame(self) -> str:
        component = _components(self.follow)
        loops: dict[int, list[State]] = defaultdict(list)
        for state, number in component.items():
            loops[number].append(state)
        loops = {
            number: states
            for number, states in loops.items()
            if len(states) > 1 or states[0] in self.follow[states[0]]
        }
        for number in loops:
            if word := self._exponential(number, component):
                return f"exponential: {word}"
        for first in loops:
            for second in loops:
                if word := self._polynomial(first, second, component):
                    return f"polynomial: {word}"
        return ""

    def _exponential(self, number: int, component: dict[State, int]) -> str:
        """Return a text that leads a state of a loop to itself in two ways, or nothing."""

        def inner(state: State) -> Counter[State]:
            return Counter({k: n for k, n in self.follow[state].items() if component[k] == number})

        states = [state for state in component if component[state] == number]
        for state in states:
            for after, ways in inner(state).items():
                if ways > 1:
                    return self.shown[after[1]]
        apart = {
            (one, other): sign
            for state in states
            for one in inner(state)
            for other in inner(state)
            if one < other and (sign := one[1]) == other[1]
        }
        for pair, sign in apart.items():
            seen, left = {pair}, [pair]
            while left:
                first, second = left.pop()
                if first == second:
                    return self.shown[sign]
                for one in inner(first):
                    for other in inner(second):
                        if one[1] == other[1] and (one, other) not in seen:
                            seen.add((one, other))
                            left.append((one, other))
        return ""

    def _polynomial(self, first: int, second: int, component: dict[State, int]) -> str:
        """Return a text that leads a state to itself and to another, and that to itself, if any."""
        if not self._reaches(first, second, component):
            return ""
        for p in [one for one in component if component[one] == first]:
            for q in [one for one in component if component[one] == second]:
                if p == q or p[1] != q[1]:
                    continue
                if (word := self._led((p, p, q), (p, q, q), component)) is not None:
                    return word
        return ""

    def _reaches(self, first: int, second: int, component: dict[State, int]) -> bool:
        """Return whether some text leads from a loop to another."""
        if first not in self.reached:
            seen = {state for state, number in component.items() if number == first}
            left = list(seen)
            while left:
                new = self.follow[left.pop()].keys() - seen
                seen |= new
                left += new
            self.reached[first] = frozenset(component[state] for state in seen)
        return second in self.reached[first]

    def _led(
        self,
        start: tuple[State, State, State],
        end: tuple[State, State, State],
        component: dict[State, int],
    ) -> str | None:
        first, second = component[start[0]], component[start[2]]
        seen = {start: ""}
        left = deque([start])
        while left:
            triple = left.popleft()
            ahead, between, behind = (self._by_sign(state) for state in triple)
            for sign in ahead.keys() & between.keys() & behind.keys():
                firsts = [state for state in ahead[sign] if component[state] == first]
                thirds = [state for state in behind[sign] if component[state] == second]
                for after in product(firsts, between[sign], thirds):
                    if after == end:
                        return seen[triple] + self.shown[sign]
                    if after not in seen and self._reaches(component[after[1]], second, component):
                        seen[after] = seen[triple] + self.shown[sign]
                        left.append(after)
        return None

    def _by_sign(self, state: State) -> dict[Sign, list[State]]:
        """Return the states after a state, by the sign that they consume."""
        if state not in self.next:
            self.next[state] = defaultdict(list)
            for after in self.follow[state]:
                self.next[state][after[1]].append(after)
        return self.next[state]


def _near(signs: frozenset[Sign], is_wanted: bool, direction: int) -> Guard:
    if direction > 0:
        return lambda _, after: (after in signs) == is_wanted
    return lambda before, _: (before in signs) == is_wanted


def _may_be_empty(node: Any) -> bool:
    kind, value = node
    if kind in _REPEATS:
        return value[0] == 0 or all(map(_may_be_empty, value[2]))
    if kind is _op.SUBPATTERN:
        return all(map(_may_be_empty, value[3]))
    return kind is _op.BRANCH and any(all(map(_may_be_empty, one)) for one in value[1])


def _codes(node: Any) -> Iterator[int]:
    """Yield the characters at which a class begins or ends."""
    kind, value = node
    if kind in (_op.LITERAL, _op.NOT_LITERAL):
        yield value
    elif kind is _op.RANGE:
        yield from value
    elif kind is _op.IN:
        for part in value:
            yield from _codes(part)


def _components(follow: dict[State, Counter[State]]) -> dict[State, int]:
    """Return the number of each state's strongly connected component."""
    import networkx  # noqa: PLC0415  only this needs it

    graph = networkx.DiGraph([(one, after) for one in follow for after in follow[one]])
    graph.add_nodes_from(follow)
    parts = networkx.strongly_connected_components(graph)
    return {state: number for number, part in enumerate(parts) for state in part}
