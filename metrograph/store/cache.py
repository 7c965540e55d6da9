"""Opens the store of a plan folder: builds it once into the user's cache, then reopens it.

A built store is a disposable index under the hash of all that it was built from. It is built in a
folder of its own and renamed into place, so that a reader sees all of it or nothing, also when two
processes build at once or one is killed midway.
"""

import contextlib
import hashlib
import itertools
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from metrograph import messages, paths
from metrograph.errors import CacheError, InputError
from metrograph.ids import Ids
from metrograph.store import leases
from metrograph.store.journal import warnings
from metrograph.store.turtle import file_contents, read_bytes, turtle_files

_BUILDING = f".{leases.LEFT}"
_DAMAGED = "damaged"  # the file that marks an entry to be built again
_UNUSED = 60 * 86400  # seconds after which a store that nobody opened is removed
Report = Callable[[str], None]


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
    is_new: bool = field(default=False, compare=False)  # built just now, not only opened
    derived: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)  # by readers

    @property
    def ids(self) -> Ids:
        """The ids of the plan."""
        return Ids(self.base)

    def findings_json(self) -> list[dict[str, Any]]:
        """Return what the checks found when the store was built."""
        if self.findings_file is None:
            return list(self.findings_values or ())
        return list(_unsealed(self.findings_file))


def engine() -> list[Path]:
    """Return the files by which a store is built: this folder, and what it stands on.

    Findings are kept in words, so the catalogues are part of it. A change of any other module, such
    as a command or a page, leaves built stores as they are.
    """
    here = Path(__file__).parent
    stands_on = ("errors", "ids", "late", "messages", "paths", "text", "vocabulary")
    modules = (*sorted(here.glob("*.py")), *(here.parent / f"{name}.py" for name in stands_on))
    return [*modules, *sorted(messages.FOLDER.glob("*.po"))]


def digest_of(folder: Path, files: list[Path]) -> str:
    """Return the hash of all that a build depends on: its files, the ontology, the engine."""
    digest = hashlib.sha256()
    ontology = sorted(paths.ONTOLOGY.glob("*.ttl"))
    code = ((path.name, read_bytes(path)) for path in (*ontology, *engine()))
    plan = (
        (path.relative_to(folder).as_posix(), data) for path, data in file_contents(folder, files)
    )
    for name, data in itertools.chain(plan, code):
        digest.update(f"{name}\0".encode() + hashlib.sha256(data).digest())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Return the folder of built stores: METROGRAPH_CACHE, or the user's cache folder."""
    return paths.user_folder("cache")


def open_store(folder: Path, cache: Path, progress: Report = lambda _: None) -> Built:
    """Return the store of a plan folder, built if it must be.

    Where the cache cannot be written, the store is built in memory and `progress` is told so.
    Raises `InputError` for a folder that holds no readable plan.
    """
    files = turtle_files(folder)
    for warning in warnings(folder):
        progress(f"! {warning}")
    digest = digest_of(folder, files)
    entry = cache / digest
    if entry.is_dir():
        try:
            return _open(entry, folder, digest)
        except CacheError:
            if not leases.remove(entry):
                progress(
                    f"! The built store {entry.name[:12]} is damaged and cannot be replaced now: "
                    "another process (an explorer, say) uses it, or the cache cannot be written; "
                    "working in memory, which is slower."
                )
                return _in_memory(folder, files, digest, progress)
            progress(f"! The built store {entry.name[:12]} was damaged; building it again.")
    try:
        _build(entry, folder, files, progress)
        return replace(_open(entry, folder, digest), is_new=True)
    except (OSError, CacheError) as error:
        progress(
            f"! The cache folder {cache} cannot be used ({_reason(error)}); "
            "working in memory, which is slower. "
            "Set METROGRAPH_CACHE to a folder that can be written."
        )
        return _in_memory(folder, files, digest, progress)


def _seal(path: Path, value: Any) -> None:
    """Write a value as JSON under the hash of it, by which damage is seen."""
    text = json.dumps(value)
    path.write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}", encoding="utf-8")


def _unsealed(path: Path) -> Any:
    """Return the value that `_seal` wrote, or raise `CacheError`."""
    try:
        seal, _, text = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        seal = text = ""
    if hashlib.sha256(text.encode()).hexdigest() != seal:
        raise CacheError("{path}: damaged.", path=path)
    return json.loads(text)


def forget(folder: Path, cache: Path) -> None:
    """Have the built store of a plan folder built again by the next command that opens it.

    It is removed, or marked where another process uses it: this one is done with it.
    """
    entry = cache / digest_of(folder, turtle_files(folder))
    with contextlib.suppress(OSError):
        (entry / _DAMAGED).touch()
    leases.give_up(entry)
    leases.remove(entry)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _open(entry: Path, folder: Path, digest: str) -> Built:
    lease = leases.take(entry)
    try:
        if lease is None or (entry / _DAMAGED).exists():
            raise CacheError("{entry}: removed, or marked as damaged.", entry=entry)
        meta = _unsealed(entry / "meta.json")
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
        if lease:  # else the error, such as RocksDB's RuntimeError, would hold it
            lease.release()
        raise CacheError("{entry}: cannot be opened ({error}).", entry=entry, error=error) from None
    with contextlib.suppress(OSError):  # a cache that may only be read is as good
        os.utime(entry / "meta.json")  # the time of last use, for _sweep
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


def _build(entry: Path, folder: Path, files: list[Path], progress: Report) -> None:
    import tempfile  # noqa: PLC0415  only a build needs these, and they take long to import

    from metrograph.store.build import assemble  # noqa: PLC0415
    from metrograph.store.findings import count, to_json  # noqa: PLC0415

    entry.parent.mkdir(parents=True, exist_ok=True)
    _sweep(entry.parent)
    aside = Path(
        tempfile.mkdtemp(prefix=f"{entry.name}.{os.getpid()}.", suffix=_BUILDING, dir=entry.parent)
    )
    lease = leases.take(aside)
    try:
        built = assemble(files, folder, progress)
        if digest_of(folder, turtle_files(folder)) != entry.name:
            raise InputError(
                "{folder}: files changed while they were being read. Run the command again.",
                folder=folder,
            )
        progress("storing")
        on_disk = ox.Store(str(aside / "store"))
        _copy(built.store, on_disk)
        findings = [to_json(finding) for finding in built.findings]
        _seal(aside / "findings.json", findings)
        meta = {
            "plan": built.plan,
            "base": built.base,
            "languages": built.languages,
            "violations": count(built.findings)["violation"],
        }
        del on_disk  # closes the store, so that its files are whole
        sizes = {
            path.name: path.stat().st_size
            for path in sorted((aside / "store").iterdir())
            if path.suffix == ".sst" or path.name == "CURRENT"
        }
        _seal(aside / "meta.json", {**meta, "files": sizes})
        try:
            aside.rename(entry)
        except OSError:
            if not entry.is_dir():  # else another process was first, with the same content
                raise
    finally:
        if lease:
            lease.release()
        shutil.rmtree(aside, ignore_errors=True)


def _copy(source: ox.Store, target: ox.Store) -> None:
    """Copy a store in one go, whose memory does not grow with the store, and put it in order.

    Out of order, a large store takes twice as long to answer. Inferring in the target itself would
    leave RocksDB much more to put in order.
    """
    target.bulk_extend(iter(source))
    target.optimize()
    target.flush()


def _in_memory(folder: Path, files: list[Path], digest: str, progress: Report) -> Built:
    from metrograph.store.build import assemble  # noqa: PLC0415  rdflib and pyshacl take long to import
    from metrograph.store.findings import count, to_json  # noqa: PLC0415

    built = assemble(files, folder, progress)
    values = tuple(to_json(finding) for finding in built.findings)
    return Built(
        store=built.store,
        folder=folder,
        digest=digest,
        plan=built.plan,
        base=built.base,
        languages=built.languages,
        violations=count(built.findings)["violation"],
        findings_file=None,
        findings_values=values,
    )


def _sweep(cache: Path) -> None:
    """Remove what killed builds left, and stores not opened for long that nobody uses now."""
    now = time.time()
    for entry in cache.iterdir():
        if entry.name.endswith(_BUILDING):
            pid = entry.name.split(".")[1]
            if pid.isdecimal() and not _alive(int(pid)):
                leases.remove(entry)
        elif (meta := entry / "meta.json").is_file() and now - meta.stat().st_mtime > _UNUSED:
            leases.remove(entry)


def _alive(pid: int) -> bool:
    if sys.platform == "win32":  # there, a signal of 0 would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
