"""Random changes to bytes and texts that suit any input format."""

import re
from collections.abc import Callable, Sequence
from random import Random

LARGEST = 300_000  # bytes of an input: a larger one only takes longer
_INTERESTING = b"\x00\x01\x0a\x0d\x1f\x20\x22\x27\x2c\x3b\x3c\x7f\x80\xbf\xc0\xc3\xe9\xf0\xfe\xff"
_ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-32",
    "utf-8-sig",
    "latin-1",
    "cp1252",
    "mac-roman",
    "cp437",
)
_NUMBER = re.compile(rb"\d+")
Change = Callable[[Random, bytes, bytes], bytes]
"""Changes some bytes; the third argument is another sample from which to take parts."""


def flip(rng: Random, data: bytes, _: bytes) -> bytes:
    """Flip a few bits."""
    changed = bytearray(data)
    for _number in range(rng.randint(1, 8)):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def overwrite(rng: Random, data: bytes, _: bytes) -> bytes:
    """Replace a byte by one with a special meaning."""
    place = rng.randrange(len(data) + 1)
    return data[:place] + bytes([rng.choice(_INTERESTING)]) + data[place + 1 :]


def truncate(rng: Random, data: bytes, _: bytes) -> bytes:
    """Cut off the end or the beginning."""
    place = rng.randrange(len(data) + 1)
    return data[:place] if rng.random() < 0.8 else data[place:]


def cut(rng: Random, data: bytes, _: bytes) -> bytes:
    """Remove a part."""
    begin, end = _part(rng, data)
    return data[:begin] + data[end:]


def double(rng: Random, data: bytes, _: bytes) -> bytes:
    """Repeat a part, once or many times."""
    begin, end = _part(rng, data)
    times = rng.choice((1, 1, 2, 10, 300))
    return data[:end] + data[begin:end] * times + data[end:]


def splice(rng: Random, data: bytes, other: bytes) -> bytes:
    """Continue with another sample, or insert a part of it."""
    place = rng.randrange(len(data) + 1)
    begin, end = _part(rng, other)
    return data[:place] + (other[begin:] if rng.random() < 0.5 else other[begin:end] + data[place:])


def count(rng: Random, data: bytes, _: bytes) -> bytes:
    """Replace a number by another."""
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return data
    chosen = rng.choice(numbers)
    number = rng.choice(
        (b"0", b"-1", b"99999999999999999999", b"1e999", b"00", b"", b"3.14", b"2050")
    )
    return data[: chosen.start()] + number + data[chosen.end() :]


def reorder(rng: Random, data: bytes, _: bytes) -> bytes:
    """Move, repeat or remove a line."""
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return data
    line = lines.pop(rng.randrange(len(lines)))
    for _number in range(rng.choice((0, 1, 1, 2, 200))):
        lines.insert(rng.randrange(len(lines) + 1), line)
    return b"".join(lines)


def reencode(rng: Random, data: bytes, _: bytes) -> bytes:
    """Write a text in another encoding, or with different line ends."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data
    if rng.random() < 0.3:
        text = text.replace("\n", rng.choice(("\r", "\r\n", "\u2028", "\x0b", " ")))
    return text.encode(rng.choice(_ENCODINGS), errors=rng.choice(("ignore", "replace")))


BYTES: tuple[Change, ...] = (
    flip,
    overwrite,
    truncate,
    cut,
    double,
    splice,
    count,
    reorder,
    reencode,
)


def changed(
    rng: Random, data: bytes, other: bytes, changes: Sequence[Change], times: int | None = None
) -> bytes:
    """Return data after one or more changes."""
    for _ in range(rng.choice((1, 1, 1, 1, 2, 4)) if times is None else times):
        data = rng.choice(changes)(rng, data, other)[:LARGEST]
    return data


def of_tokens(pattern: str, words: Sequence[str]) -> Change:
    """Return a change of the tokens that match a pattern, with words known in that format."""
    token = re.compile(pattern)

    def change(rng: Random, data: bytes, other: bytes) -> bytes:
        tokens = token.findall(_text(data))
        if not tokens:
            return rng.choice(words).encode(errors="surrogatepass")
        spare = token.findall(_text(other)) or tokens
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            _change_token(rng, tokens, spare, words)
        return "".join(tokens).encode(errors="surrogatepass")

    return change


def _change_token(rng: Random, tokens: list[str], spare: list[str], words: Sequence[str]) -> None:
    places = [place for place, text in enumerate(tokens) if not text.isspace()] or [0]
    place = rng.choice(places)
    match rng.randrange(12):
        case 7 | 8 | 9 | 10 | 11:
            alike = [text for text in spare if _kind(text) == _kind(tokens[place])]
            tokens[place] = rng.choice(alike or spare)
        case 0 | 1:
            alike = [text for text in words if _kind(text) == _kind(tokens[place])]
            tokens[place] = rng.choice(alike if alike and rng.random() < 0.7 else words)
        case 2:
            tokens[place] = rng.choice(spare)
        case 3:
            tokens[place] = ""
        case 4:
            tokens.insert(place, rng.choice(words) + " ")
        case 5:
            there = rng.choice(places)
            tokens[place], tokens[there] = tokens[there], tokens[place]
        case _:
            tokens[place] = tokens[place] * rng.choice((2, 3, 50, 3_000))


def _kind(token: str) -> str:
    """Return the kind of a token by its first character: a word, or a symbol."""
    return "word" if token[:1].isalnum() else token[:1]


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _part(rng: Random, data: bytes) -> tuple[int, int]:
    begin = rng.randrange(len(data) + 1)
    return begin, min(len(data), begin + rng.choice((1, 4, 40, 400, 4_000)))
