"""Replaces several files of a plan folder in one step: all of them, or none.

The texts are staged in a folder of their own within the plan folder, because only there can each
be renamed into place. What is staged, and for which folder, is written in the **manifest**: a file
in the user's own state folder, so that nothing that came with a plan folder from somewhere else can
pass for one. Renaming the manifest is the one step that decides. A process that is killed before it
has changed nothing; what is left to do after it is done by whoever next changes the plan
(`recover`). Until then readers see the new texts through `decided`. They write nothing.

docs/decisions/journal.md says what was weighed.
"""

import contextlib
import hashlib
import json
import os
import platform
import stat
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from metrograph import paths
from metrograph.errors import InputError, Text, reason_of
from metrograph.late import late

if TYPE_CHECKING:
    import secrets
    import shutil
    import tempfile
else:  # only a change needs them
    secrets, shutil, tempfile = late("secrets"), late("shutil"), late("tempfile")


_STAGING = ".metrograph.staged."
_SAVING = ".metrograph.saving."  # single files that are written aside; see `aside`
_EARLIER = (".metrograph.ready", ".metrograph.writing.")  # names in versions before 0.2


@dataclass(frozen=True)
class _Manifest:
    """What one change of one folder stages: file names with the SHA-256 of their new texts.

    `device` and `inode` are the folder's. While `decided` is false, nothing but staging happened.
    """

    folder: str
    device: int
    inode: int
    staging: str
    decided: bool
    files: dict[str, str]


def state_folder() -> Path:
    """Return the folder of the user's own state: METROGRAPH_STATE, or the system's place for it."""
    return paths.user_folder("state")


def plan_file(folder: Path, name: str) -> Path:
    """Return where a Turtle file of a plan is written, by its name within the folder.

    Raises `InputError` for a name that is not one: a part of it begins with a dot (so none leads
    upwards or into a hidden folder), or a link leads out of the folder.
    """
    parts = PurePosixPath(name).parts
    target = folder.joinpath(*parts)
    is_plain = bool(parts) and "\\" not in name and not any(part.startswith(".") for part in parts)
    if not is_plain or not name.endswith(".ttl") or PurePosixPath(name).is_absolute():
        raise InputError(
            "{folder}: {name} is not a valid name for a Turtle file of this plan.",
            folder=folder,
            name=name,
        )
    if not _within(target, folder):
        raise InputError(
            "{target}: this link leads outside the plan's folder. Replace it with a file.",
            target=target,
        )
    return target


def write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """Replace Turtle files (names within the folder) by texts, in one step.

    The caller holds the folder (`writing.locked`), and has recovered it. Raises `InputError` if
    something cannot be written, or a name leads out of the folder; then nothing was changed.
    """
    for name in texts:
        plan_file(folder, name)
    staging = _STAGING + secrets.token_hex(16)
    begun = _manifest(folder, staging, {})
    try:
        _write_manifest(begun)
        (folder / staging).mkdir(mode=0o700)
        for name, text in texts.items():
            _write(folder / staging / name, text, folder / name)
        files = {name: _sha256(text.encode()) for name, text in texts.items()}
        _write_manifest(_manifest(folder, staging, files, decided=True))
    except OSError as error:
        shutil.rmtree(folder / staging, ignore_errors=True)
        with contextlib.suppress(OSError):  # what is wrong is said below
            _manifest_path(folder).unlink()
        raise InputError(
            "{filename}: cannot be written ({reason}). Nothing was changed. Free some "
            "space or check the permissions (METROGRAPH_STATE sets the folder for "
            "metrograph's own state).",
            filename=error.filename or folder,
            reason=reason_of(error),
        ) from None
    recover(folder)


def recover(folder: Path) -> None:
    """Finish the change that was decided and not finished, and remove what killed saves left.

    The caller holds the folder. Raises `InputError` if the files cannot be written.
    """
    manifest = _read_manifest(folder)
    try:
        if manifest:
            for path, staged in decided(folder).items():
                path.parent.mkdir(parents=True, exist_ok=True)
                staged.replace(path)
            _remove_staging(folder / manifest.staging, manifest.decided)
            _manifest_path(folder).unlink(missing_ok=True)
        for left in _left_aside(folder):
            left.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            "{folder}: an earlier change was not completed, and the files cannot be "
            "written ({reason}). Run the command as a user with write permission there.",
            folder=folder,
            reason=reason_of(error),
        ) from None


def decided(folder: Path) -> dict[Path, Path]:
    """Return the files of a change that was decided and not finished, each with its staged text.

    Only files that the user's own manifest lists count, with exactly the text that it states, and
    none that leads out of the folder. An empty answer is the rule.
    """
    manifest = _read_manifest(folder)
    if manifest is None or not manifest.decided:
        return {}
    staging = folder / manifest.staging
    if staging.is_symlink():
        return {}
    pending = {}
    for name, sha256 in manifest.files.items():
        staged = staging / name
        with contextlib.suppress(InputError, FileNotFoundError):  # another process moved it
            if _within(staged, staging) and _sha256(staged.read_bytes()) == sha256:
                pending[plan_file(folder, name)] = staged
    return pending


def warnings(folder: Path) -> list[Text]:
    """Return what lies in a plan folder like an unfinished change and was not written here.

    Nothing of it is read, moved or removed.
    """
    manifest = _read_manifest(folder)
    own = manifest.staging if manifest else None
    return [
        Text.of(
            "{path}: an unfinished change that metrograph did not make in this folder on "
            "this computer. It is ignored. Remove it, or copy its files into place by "
            "hand.",
            path=path,
        )
        for path in sorted(folder.iterdir())
        if path.name != own and path.name.startswith((_STAGING, *_EARLIER))
    ]


@contextlib.contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Give a new, empty file beside `path`, to be written and renamed; it is gone afterwards.

    What a killed process leaves of it in a plan folder, the next change removes.
    """
    descriptor, name = tempfile.mkstemp(prefix=_SAVING, suffix=path.suffix, dir=path.parent)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _left_aside(folder: Path) -> Iterator[Path]:
    """Yield the Turtle files that killed saves left half written beside the plan's own."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if name.startswith(_SAVING) and path.suffix == ".ttl" and not path.is_symlink():
                yield path


def _within(path: Path, folder: Path) -> bool:
    """Return whether a path stays in a folder once all links are followed."""
    return path.resolve().is_relative_to(folder.resolve())


def _manifest(
    folder: Path, staging: str, files: dict[str, str], *, decided: bool = False
) -> _Manifest:
    real = folder.resolve()
    status = real.stat()
    return _Manifest(str(real), status.st_dev, status.st_ino, staging, decided, files)


def _manifest_path(folder: Path) -> Path:
    """Return where the manifest of a folder is kept: by this machine's name and the real path."""
    key = f"{platform.node()}\0{folder.resolve()}"
    return state_folder() / "journal" / f"{_sha256(key.encode())}.json"


def _read_manifest(folder: Path) -> _Manifest | None:
    """Return the user's manifest of this very folder, if there is one."""
    try:
        manifest = _Manifest(**json.loads(_manifest_path(folder).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    same = _manifest(folder, manifest.staging, manifest.files, decided=manifest.decided)
    return manifest if manifest == same else None


def _write_manifest(manifest: _Manifest) -> None:
    path = _manifest_path(Path(manifest.folder))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with aside(path) as new:
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)


def _remove_staging(staging: Path, decided: bool) -> None:
    """Remove a folder of staged texts, but for texts that someone else put there."""
    is_strange = decided and any(path.is_file() for path in staging.rglob("*"))
    if not staging.is_symlink() and not is_strange:
        shutil.rmtree(staging, ignore_errors=True)


def _write(path: Path, text: str, old: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(stat.S_IMODE(old.stat().st_mode) if old.exists() else 0o644)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
