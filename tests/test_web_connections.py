"""Checks that the explorer goes on under pressure: slow, silent, many and broken clients.

The server is real and listens on the loopback; limits are tiny, and tests wait for what happens on
the socket, not for a time.
"""

import contextlib
import io
import logging
import re
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from metrograph.web.connections import Open, Pace, pace_of, protocol
from metrograph.web.logs import OneLine, Repeats
from metrograph.web.methods import Methods
from metrograph.web.security import HEADERS, Guard
from tests.conftest import HARBOUR

PATIENCE = 20  # seconds that a test waits at most; nothing takes so long
QUICK = 0.3
LARGE = 16 * 2**20
Server = Callable[..., contextlib.AbstractContextManager[int]]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the whole body and answer with its length; at /large a lot, at /deaf without reading."""
    if scope["type"] != "http":
        return
    size = 0
    while scope["path"] != "/deaf":
        message = await receive()
        size += len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            break
    if scope["path"] == "/broken":
        raise ValueError("a fault of each request")
    body = b"x" * LARGE if scope["path"] == "/large" else str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@contextlib.contextmanager
def serving(pace: Pace) -> Iterator[int]:
    """Serve inside this, and give the port."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = int(listening.getsockname()[1])
    guarded = Guard(Methods(app, routes=[]), frozenset({"here"}))
    config = uvicorn.Config(
        guarded,
        http=protocol(pace),
        log_config=None,
        ws="none",
        lifespan="off",
        backlog=64,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


def opened(port: int, sent: bytes = b"") -> socket.socket:
    found = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    found.sendall(sent)
    return found


def rest(connection: socket.socket) -> bytes:
    """Return what comes until the server closes the connection; fails where it does not."""
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            got += piece
    return got


GOOD = b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


def is_answered(port: int, asked: bytes = GOOD) -> bool:
    with opened(port, asked) as connection:
        return rest(connection)[:12] in (b"HTTP/1.1 200", b"HTTP/1.1 307")  # at / to a language


# ---------------------------------------------------------------- slow and silent


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", b""),
        (b"GET / HT", b"408"),
        (b"GET / HTTP/1.1\r\nHost: here\r\nX-Long: ", b"408"),
        (b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nabc", b"408"),
        (b"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", b"408"),
        (b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
         b"408"),
        (b"POST / HTTP/1.1\r\nHost: elsewhere\r\nContent-Length: 10\r\n\r\nabc", b"421"),
        (b"POST /deaf HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nabc", b"200"),
        (GOOD.replace(b"Connection: close\r\n", b"") + b"GET / HT", b"200"),
    ],
)  # fmt: skip
def test_a_request_that_never_comes_whole_ends_its_connection(sent: bytes, status: bytes) -> None:
    with serving(Pace(head=QUICK, body=QUICK)) as port, opened(port, sent) as connection:
        got = rest(connection)
        answers = re.findall(rb"HTTP/1\.1 (\d+)", got)
        assert [one for one in answers if one != b"100"][:1] == ([status] if status else [])
        if status == b"408":
            text = got.lower()
            for name, value in HEADERS.items():
                assert text.count(f"{name}: {value}\r\n".lower().encode()) == 1
            assert got.endswith(b"Send it again.\n")
        assert is_answered(port)


@pytest.mark.parametrize(
    "start",
    [b"GET / HTTP/1.1\r\nHost: here\r\nX-Long: ",
     b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n",
     b"POST /deaf HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n"],
)  # fmt: skip
def test_a_byte_now_and_then_gains_no_time(start: bytes) -> None:
    with serving(Pace(head=QUICK, body=QUICK)) as port, opened(port, start) as connection:
        ended = threading.Event()

        def trickle() -> None:  # as long as the server takes it
            with contextlib.suppress(OSError):
                while not ended.wait(QUICK / 10):
                    connection.sendall(b"x")

        thread = threading.Thread(target=trickle)
        thread.start()
        try:
            rest(connection)  # comes to an end though bytes go on coming
        finally:
            ended.set()
            thread.join()
        assert is_answered(port)


def test_an_answer_that_is_not_read_ends_its_connection() -> None:
    asked = b"GET /large HTTP/1.1\r\nHost: here\r\n\r\n"
    with serving(Pace(answer=QUICK)) as port:
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(PATIENCE)
            connection.connect(("127.0.0.1", port))
            connection.sendall(asked)
            wait_until_cut(connection)
            assert len(rest(connection)) < LARGE
        with opened(port, asked.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")) as whole:
            assert len(rest(whole)) > LARGE  # whoever reads gets it all


def wait_until_cut(connection: socket.socket) -> None:
    """Return when the server has cut a connection of which nothing is read."""
    poll = select.poll()
    poll.register(connection, select.POLLRDHUP | select.POLLHUP | select.POLLERR)
    assert poll.poll(PATIENCE * 1000)


def test_a_body_in_time_is_taken_however_it_is_cut() -> None:
    head = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 6\r\nConnection: close\r\n\r\n"
    with serving(Pace()) as port, opened(port) as connection:
        for index in range(len(head)):
            connection.sendall(head[index : index + 1])
        for byte in b"abcdef":
            connection.sendall(bytes([byte]))
        assert rest(connection).endswith(b"\r\n\r\n6")


# ---------------------------------------------------------------- many


def test_a_client_with_too_many_connections_is_refused_and_others_are_not() -> None:
    with serving(Pace(connections=6, per_client=3)) as port, contextlib.ExitStack() as held:
        for _ in range(3):
            held.enter_context(opened(port, b"GET"))
        with opened(port, GOOD) as refused:
            got = rest(refused)
        assert b" 503 " in got or not got  # the answer may be lost where more was sent
        other = held.enter_context(socket.socket())
        other.settimeout(PATIENCE)
        other.bind(("127.0.0.2", 0))
        other.connect(("127.0.0.1", port))
        other.sendall(GOOD)
        assert rest(other).startswith(b"HTTP/1.1 200")


def test_connections_are_counted_in_total_and_by_client_and_forgotten() -> None:
    room = Open(Pace(connections=4, per_client=2))
    assert [room.enter(one) for one in "aaabbbc"] == [True, True, False, True, True, False, False]
    room.leave("a")
    assert room.enter("c")
    assert not room.enter("a")
    for one in "abbc":
        room.leave(one)
    assert not room.clients


def test_there_are_always_fewer_connections_than_files() -> None:
    for files in (256, 512, 1024, 65536):
        assert pace_of(files).connections + 160 <= files
    assert pace_of(64).connections == 16


def test_a_closed_connection_makes_room(caplog: pytest.LogCaptureFixture) -> None:
    with serving(Pace(connections=2, per_client=2)) as port:
        for _ in range(10):
            assert is_answered(port)
    assert not caplog.records


def test_a_server_out_of_files_writes_little_and_recovers(cache: Path) -> None:
    command = [sys.executable, "-m", "metrograph", "serve", "--port", "0", "--graph", str(HARBOUR)]
    assert cache.is_dir()
    limited = ["sh", "-c", 'ulimit -n 128; exec "$@"', "sh", *command]
    with subprocess.Popen(limited, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        place = next(line for line in server.stderr if "http://" in line)
        found = re.search(r":(\d+)/", place)
        assert found
        port = int(found[1])
        try:
            with contextlib.ExitStack() as held:
                for _ in range(300):
                    held.enter_context(opened(port, b"GET /en/ HT"))
                held.enter_context(opened(port, b"nonsense\r\n\r\n"))
            asked = GOOD.replace(b"Host: here", f"Host: 127.0.0.1:{port}".encode())
            assert any(is_answered(port, asked) for _ in range(500))  # when it saw them go
        finally:
            server.terminate()
        written = server.stderr.read()
    assert len(written.splitlines()) <= 5, written
    assert "Traceback" not in written


# ---------------------------------------------------------------- the server as a whole


def test_the_server_as_a_whole_says_its_methods() -> None:
    asked = GOOD.replace(b"GET /", b"OPTIONS *")
    with serving(Pace()) as port, opened(port, asked) as connection:
        answer = rest(connection).lower()
    assert answer.startswith(b"http/1.1 204 ")
    assert b"\r\nallow: get, head, post, options\r\n" in answer


# ---------------------------------------------------------------- broken


def lines_of(work: Callable[[], None], clock: Callable[[], float] | None = None) -> list[str]:
    """Return what is logged meanwhile, as the server writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(OneLine())
    handler.addFilter(Repeats(clock) if clock else Repeats())
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        work()
    finally:
        root.removeHandler(handler)
    return written.getvalue().splitlines()


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",  # TLS
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: here\r\nX: \x00\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5_000 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n" * 2,
        b"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /deaf HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nabc",  # and gone
        b"GET /broken HTTP/1.1\r\nHost: here\r\n\r\n",
    ],
)
def test_a_fault_that_repeats_writes_one_line(sent: bytes) -> None:
    def attack() -> None:
        with serving(Pace(head=QUICK, body=QUICK)) as port:
            for _ in range(20):
                with opened(port) as connection:
                    with contextlib.suppress(OSError):  # it may be refused before all is sent
                        connection.sendall(sent)
                        connection.shutdown(socket.SHUT_WR)
                    with contextlib.suppress(OSError):
                        rest(connection)
            assert is_answered(port)

    lines = lines_of(attack)
    assert len(lines) <= (2 if b"Upgrade" in sent else 1), lines
    assert all(len(line) < 1_100 for line in lines)


def test_a_broken_answer_is_refused_with_all_headers() -> None:
    with serving(Pace()) as port:
        for sent, status in ((b"nonsense\r\n\r\n", b" 400 "),
                             (b"GET /broken HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
                              b" 500 ")):  # fmt: skip
            with opened(port, sent) as connection:
                got = rest(connection)
            assert status in got.splitlines()[0]
            for name, value in HEADERS.items():
                assert got.lower().count(f"{name}: {value}\r\n".lower().encode()) == 1


def test_what_repeats_is_counted_and_said_after_a_minute() -> None:
    now = [0.0]
    log = logging.getLogger("metrograph.web")

    def fail(number: int) -> None:
        try:
            raise ValueError(f"number {number}\nand \x1b[31m more")
        except ValueError:
            log.exception("GET %s failed", f"/{number}")

    def work() -> None:
        for number in range(1_000):
            fail(number)
        log.error("another fault")
        now[0] = 61.0
        fail(1_000)

    lines = lines_of(work, lambda: now[0])
    assert len(lines) == 3
    assert "GET /0 failed: ValueError: number 0\\nand \\x1b[31m more (" in lines[0]
    assert lines[1].endswith("ERROR another fault")
    assert lines[2].endswith("(999 more like this before)")


def test_objects_that_asyncio_names_are_one_fault() -> None:
    log = logging.getLogger("asyncio")

    def work() -> None:
        for number in range(2_048):  # as it does when it is out of files
            log.error(
                f"socket.accept() out of system resource\nsocket: <fd={number} at 0x7f{number}>"
            )

    assert len(lines_of(work)) == 1


def test_the_log_keeps_few_faults_in_mind() -> None:
    repeats = Repeats(lambda: 0.0)
    for number in range(5_000):
        name = "".join(chr(97 + int(digit)) for digit in str(number))
        repeats.filter(logging.LogRecord("x", logging.ERROR, "", 0, name, None, None))
    assert len(repeats._seen) == 500
