"""Why a document cannot be read: a code that crosses processes, and the sentence for a person."""

from metrograph.errors import Text

SECONDS = 120  # on the clock, for one document
LARGEST_FILE = 100_000_000  # bytes
MOST_TEXT = 20_000_000  # characters of a text edition

SENTENCES = {
    "damaged": Text("it is damaged or incomplete. Open it, save it again, and add the new file."),
    "encrypted": Text(
        "it is protected by a password. Save a copy without a password, and add the copy."
    ),
    "scanned": Text(
        "its pages are pictures without text (a scan). Have a text recognition program (OCR) "
        "such as OCRmyPDF write a copy with a text layer, and add the copy."
    ),
    "unreadable": Text(
        "its fonts do not state which letters they draw: most of its text would be unreadable. "
        "Have a text recognition program (OCR) such as OCRmyPDF write a copy with a new "
        "text layer, and add the copy."
    ),
    "bomb": Text(
        "it would unpack to far too much data. Copy its text to a new document, and add that."
    ),
    "doctype": Text(
        "a part of it declares a document type (DOCTYPE), which could make XML read other files "
        "or grow without limit. Word processors do not write such declarations. Open it, save it "
        "again, and add the new file."
    ),
    "kind": Text(
        "its content does not match its file extension. Save it again in the format of that "
        "extension."
    ),
    "old": Text(
        "this is a document in the old Word format (.doc), or one with a password. Save it as "
        ".docx without a password, and add the new file."
    ),
    "encoding": Text("it is not UTF-8 text. Save it as UTF-8, and add the new file."),
    "empty": Text("it contains no text."),
    "long": Text("its text is too long. Split the document, and add its parts."),
    "slow": Text("reading it takes too long. Split the document, and add its parts."),
    "memory": Text("reading it requires too much memory. Split the document, and add its parts."),
    "crash": Text("reading it failed. Save it in another format, such as .docx, and add that."),
}


class Refusal(Exception):  # noqa: N818  it is told to the parent process, which raises the error
    """A reader cannot read a document; its argument is a code of `SENTENCES`."""

    @property
    def code(self) -> str:
        """The code of the sentence."""
        return str(self.args[0])
