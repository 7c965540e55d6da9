"""Checks that no XML makes the reader open a file, call a machine, or fill the memory."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrograph.errors import InputError
from metrograph.exchange import xml_stream
from tests.conftest import Run

HIDDEN = "what is in this file"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Return an address that notes who asks it."""
    seen: list[str] = []

    class Noted(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noted)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "plan.xml"
    path.write_text(text, encoding="utf-8")
    return path


def bomb(levels: int) -> str:
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, levels))
    return f'<!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><a>&e{levels - 1};</a>'


@pytest.mark.parametrize(
    "read", [xml_stream.parsed, xml_stream.root_of, lambda path: list(xml_stream.streamed(path))]
)
@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file://SECRET">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "ADDRESS/entity">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "ADDRESS/dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "ADDRESS/parameter"> %p;]><a/>',
        bomb(12),
    ],
)  # fmt: skip
def test_a_document_type_is_refused_and_nothing_is_fetched(
    text: str, read: object, asked: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, seen = asked
    secret = tmp_path / "secret.txt"
    secret.write_text(HIDDEN)
    path = written(tmp_path, text.replace("SECRET", str(secret)).replace("ADDRESS", address))
    with pytest.raises(InputError) as error:
        read(path)  # type: ignore[operator]  # one of three readers
    assert "DOCTYPE" in str(error.value) or "no well-formed XML" in str(error.value)
    assert HIDDEN not in str(error.value)
    assert seen == []


def test_an_inclusion_is_refused(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    address, seen = asked
    path = written(
        tmp_path,
        f'<a>\n<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{address}/x"/></a>',
    )
    with pytest.raises(InputError, match=r"plan\.xml:2: the file includes another"):
        xml_stream.parsed(path)
    assert seen == []


def test_what_is_no_xml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"plan\.xml:2: the XML is not well-formed"):
        xml_stream.parsed(written(tmp_path, "<a>\n<b></a>"))
    with pytest.raises(InputError, match=r"plan\.xml:1"):
        xml_stream.parsed(written(tmp_path, ""))
    with pytest.raises(InputError, match="cannot be read"):
        xml_stream.parsed(tmp_path / "none.xml")


def test_elements_without_end_within_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nested more than"):
        xml_stream.parsed(written(tmp_path, "<a>" * 5_000 + "</a>" * 5_000))


def test_streamed_elements_are_whole_and_forgotten_after(tmp_path: Path) -> None:
    rows = "".join(f"<row n='{at}'><cell>{at}</cell></row>\n" for at in range(2_000))
    path = written(tmp_path, f"<rows>\n{rows}</rows>")
    kept = 0
    for at, row in enumerate(xml_stream.streamed(path)):
        assert row.get("n") == str(at)
        assert row.findtext("cell") == str(at)
        assert xml_stream.line(row) == at + 2
        kept = max(kept, len(list(row.itersiblings(preceding=True))))
    assert at == 1_999
    assert kept <= 1  # elements before it that are still held


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<StrategicPlan xmlns="http://schemas.stratml.us/3.5"/>', "3.5"),
        ("<html><body/></html>", "StratML"),
        ('<iati-activities version="1.05"/>', "1.05"),
        ("<iati-organisations version='2.03'/>", "organisation"),
        (bomb(10), "DOCTYPE"),
    ],
)
def test_the_command_refuses_other_xml_with_a_sentence(
    text: str, told: str, tmp_path: Path, run: Run
) -> None:
    refused = run("import", written(tmp_path, text), "--new", tmp_path / "made")
    assert refused.returncode == 3
    assert refused.stderr.startswith("metrograph: ")
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "made").exists()
