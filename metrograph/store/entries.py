"""Writes entries of the cache, and opens them.

An entry is written in a folder of its own and renamed into place, so that a reader sees all of it
or nothing. What is kept beside its store is sealed: damage is seen.
"""

import contextlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from metrograph.errors import CacheError, ChangedError
from metrograph.ids import Ids
from metrograph.late import late
from metrograph.store import leases
from metrograph.store.digest import Stated
from metrograph.store.engine import Embedded, Engine
from metrograph.store.findings import from_json, located, to_json
from metrograph.store.sealing import seal, unsealed
from metrograph.store.turtle import File, decode, file_contents, places, turtle_files
from metrograph.vocabulary import Graphs

if TYPE_CHECKING:
    import shutil
    import tempfile
    import traceback
else:  # only a build needs them
    shutil, tempfile, traceback = late("shutil"), late("tempfile"), late("traceback")


DAMAGED = "damaged"  # the file that marks an entry to be built again
BUILDING = f".{leases.LEFT}"  # how names end of folders that are being filled

Values = list[dict[str, Any]]


@dataclass(frozen=True)
class Content:
    """What is kept beside a store: of which plan it is, what was found, which files it states."""

    plan: str
    base: str
    languages: tuple[str, ...]
    violations: int
    files: Mapping[str, Stated]
    findings: Values
    is_placed: bool  # whether findings have their places, in order


@dataclass(frozen=True)
class Built:
    """An open store of one plan, with what was learnt when it was built.

    `findings` are plain values (see `findings.from_json`); `digest` is the hash of all inputs.
    """

    store: ox.Store
    folder: Path
    digest: str
    plan: str
    base: str
    languages: tuple[str, ...]
    violations: int
    findings_file: Path | None
    findings_values: tuple[dict[str, Any], ...] | None = None
    path: Path | None = None  # of the store on disk; none for one in memory
    lease: leases.Lease | None = field(default=None, repr=False, compare=False)  # on the entry
    is_new: bool = field(default=False, compare=False)  # built whole just now
    derived: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)  # by readers
    remote: Engine | None = field(default=None, compare=False)  # a server that answers for it

    @property
    def engine(self) -> Engine:
        """What answers questions of the plan, for everything outside this folder."""
        return self.remote or Embedded(self.store)

    @property
    def ids(self) -> Ids:
        """The ids of the plan."""
        return Ids(self.base)

    def findings_json(self) -> Values:
        """Return what the checks found when the store was built, each with its place."""
        if self.findings_file is None:
            return list(self.findings_values or ())
        kept = unsealed(self.findings_file)
        if kept["placed"]:
            return list(kept["findings"])
        values = _with_places(self, self.findings_file.parent, kept["findings"])
        with contextlib.suppress(OSError):  # a cache that may only be read is as good
            seal(self.findings_file, {"placed": True, "findings": values})
        return values

    def severities(self) -> Counter[str]:
        """Return how many findings there are of each severity; no place is looked for."""
        values = self.findings_values
        if self.findings_file is not None:
            values = unsealed(self.findings_file)["findings"]
        return Counter(value["severity"] for value in values or ())


def _with_places(built: Built, kept_in: Path, values: Values) -> Values:
    """Return findings with their places, in order; files without such records are not parsed."""
    findings = [from_json(value) for value in values]
    graphs = {
        quad.graph_name
        for focus in {finding.focus for finding in findings}
        for quad in built.engine.quads(_node(focus))
    }
    files, known = [], files_of(kept_in)
    for path, data in file_contents(built.folder, turtle_files(built.folder)):
        name = path.relative_to(built.folder).as_posix()
        stated = known.get(name)
        if stated and file_of(name, stated).graph in graphs and stated.is_of(data):
            files.append(file_of(name, stated, path, decode(data, path)))
    return [to_json(finding) for finding in located(findings, places(files))]


def _node(focus: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(focus)
    except ValueError:  # a blank node, or a literal
        return ox.NamedNode(Graphs.inferred)


def file_of(name: str, stated: Stated, path: Path | None = None, text: str = "") -> File:
    """Return a file by what is kept of it."""
    return File(name, path or Path(name), text, stated.base, dict(stated.prefixes))


def files_of(entry: Path) -> dict[str, Stated]:
    """Return the files that the store of an entry states, or raise `CacheError`."""
    return {name: Stated(**kept) for name, kept in unsealed(entry / "files.json").items()}


def kept_findings(entry: Path) -> Values:
    """Return what was found in the store of an entry, with places or without."""
    return list(unsealed(entry / "findings.json")["findings"])


# ---------------------------------------------------------------- entries


def open_entry(entry: Path, folder: Path, digest: str, *, is_used: bool = True) -> Built:
    """Return the open store of an entry, with a lease on it; raise `CacheError` if it cannot be.

    To make another of it is no use that keeps it from being swept.
    """
    lease = leases.take(entry)
    try:
        if lease is None or (entry / DAMAGED).exists():
            raise CacheError("{entry}: removed, or marked as damaged.", entry=entry)
        meta = unsealed(entry / "meta.json")
        for name, size in meta["files"].items():
            if (entry / "store" / name).stat().st_size != size:
                raise CacheError(
                    "{entry}: {name} has changed since it was built.", entry=entry, name=name
                )
        store = ox.Store.read_only(str(entry / "store"))
        plan = ox.NamedNode(meta["plan"])
        if next(iter(store.quads_for_pattern(plan, None, None)), None) is None:
            raise CacheError("{entry}: the plan is missing.", entry=entry)
    except (OSError, RuntimeError, ValueError, KeyError, CacheError) as error:
        if lease:  # else the error would hold it
            lease.release()
        # RuntimeError: RocksDB
        raise CacheError("{entry}: cannot be opened ({error}).", entry=entry, error=error) from None
    if is_used:
        with contextlib.suppress(OSError):  # a cache that may only be read is as good
            os.utime(entry / "meta.json")  # the time of last use, for `sweep`
    return Built(
        store=store,
        folder=folder,
        digest=digest,
        plan=meta["plan"],
        base=meta["base"],
        languages=tuple(meta["languages"]),
        violations=meta["violations"],
        findings_file=entry / "findings.json",
        path=entry / "store",
        lease=lease,
    )


@contextlib.contextmanager
def new_entry(entry: Path) -> Iterator[Path]:
    """Give a folder to be filled; it becomes the entry afterwards, unless something is raised."""
    with beside(entry) as aside:
        yield aside
        try:
            aside.rename(entry)
        except OSError:
            if not entry.is_dir():  # else another process was first, with the same content
                raise


@contextlib.contextmanager
def beside(entry: Path) -> Iterator[Path]:
    """Give a folder beside an entry, which is removed afterwards if it is still there.

    A store in it is opened in a function that has ended by then: RocksDB writes as long as anything
    refers to it.
    """
    aside = Path(
        tempfile.mkdtemp(prefix=f"{entry.name}.{os.getpid()}.", suffix=BUILDING, dir=entry.parent)
    )
    lease = leases.take(aside)
    try:
        yield aside
    except BaseException as error:
        traceback.clear_frames(error.__traceback__)  # they may refer to a store that is open there
        raise
    finally:
        if lease:
            lease.release()
        shutil.rmtree(aside, ignore_errors=True)


def write_beside(aside: Path, content: Content, folder: Path, engine: str) -> None:
    """Write what is kept beside a store, which is closed."""
    sizes = {
        path.name: path.stat().st_size
        for path in sorted((aside / "store").iterdir())
        if path.suffix == ".sst" or path.name == "CURRENT"
    }
    seal(aside / "findings.json", {"placed": content.is_placed, "findings": content.findings})
    seal(aside / "files.json", {name: asdict(stated) for name, stated in content.files.items()})
    meta = {
        "plan": content.plan,
        "base": content.base,
        "languages": content.languages,
        "violations": content.violations,
        "files": sizes,
        "folder": str(folder.resolve()),
        "engine": engine,
    }
    seal(aside / "meta.json", meta)


def assign(entry: Path, folder: Path) -> None:
    """Count an entry as a state of another folder, which has the same files."""
    with contextlib.suppress(CacheError, OSError):
        meta = unsealed(entry / "meta.json")
        seal(entry / "meta.json", {**meta, "folder": str(folder.resolve())})


def refuse_if_changed(expected: str, digest: str, folder: Path) -> None:
    """Raise `ChangedError` if what was read are not the files whose hash was expected."""
    if digest != expected:
        raise ChangedError(
            "{folder}: files changed while they were being read. Run the command again.",
            folder=folder,
        )
