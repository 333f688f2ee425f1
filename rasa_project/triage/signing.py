"""Which rules these are, and who answers for them: the hash of their files, and the sign-off."""

import hashlib
import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

import yaml

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping

SIGN_OFF = "sign_off.yml"
UNSIGNED = "unsigned, demonstration"
"""What stands beside the version of rules that nobody has signed as they are."""

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class SignOff:
    """One physiotherapist's signature under one state of the rules.

    Attributes:
        name: Who signed.
        registration: Their registration, as their college writes it.
        date: The day, ISO 8601.
        version: The version they signed, for the reader; the hash alone decides.
        hash: What :func:`content_hash` gave for the rules they signed.
    """

    name: str
    registration: str
    date: str
    version: str
    hash: str


def rule_files(folder: Path) -> list[Path]:
    """The files the hash covers, in its order: all but hidden ones and the sign-off.

    Args:
        folder: A protocol folder such as ``data/clinical``.
    """
    found = [
        file
        for file in folder.rglob("*")
        if file != folder / SIGN_OFF
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        and not file.is_dir()
    ]
    return sorted(found, key=lambda file: file.relative_to(folder).as_posix())


def content_hash(folder: Path) -> str:
    """The hash of a protocol folder: 64 hexadecimal digits of SHA-256.

    It is taken over one line for each file, ordered by path: the SHA-256 of the file, two blanks,
    the path below the folder with ``/``. Line ends count as a line feed whatever the checkout made
    of them, so the same rules have the same hash on every machine. Everything else counts, comments
    too: they are part of what the signer read.

    Args:
        folder: A protocol folder such as ``data/clinical``.

    Raises:
        DataError: A file cannot be read.
    """
    lines = []
    for file in rule_files(folder):
        try:
            content = file.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        except OSError as error:
            raise DataError(file, "", f"cannot be read: {error.strerror}") from error
        name = file.relative_to(folder).as_posix()
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def load_sign_off(folder: Path) -> SignOff | None:
    """Reads the sign-off; None while it is empty, or not there.

    Raises:
        DataError: Some of its keys are empty and some are not, or one cannot be right.
    """
    file = folder / SIGN_OFF
    if not file.exists():
        return None
    names = [field.name for field in fields(SignOff)]
    found = check_keys(file, "", read_mapping(file), (), names)
    # YAML reads a date without quotes as a date.
    texts = {key: str(v) if isinstance(v, date) else v for key, v in found.items()}
    if not any(texts.values()):
        return None
    for key, value in texts.items():
        if not isinstance(value, str):
            raise DataError(file, key, "must be a text; put it in quotes")
        if not value.strip():
            raise DataError(file, key, "is empty; fill in every key, or empty them all")
    try:
        date.fromisoformat(texts["date"])
    except ValueError:
        raise DataError(file, "date", "must be a day such as 2026-01-31") from None
    if not _HASH.fullmatch(texts["hash"]):
        raise DataError(file, "hash", "must be the 64 digits that `protocol` prints")
    return SignOff(**texts)


def write_sign_off(folder: Path, sign_off: SignOff) -> Path:
    """Writes the sign-off, and keeps the comment at the head of the file.

    Returns:
        The file.
    """
    file = folder / SIGN_OFF
    before = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    head = [line for line in before if line.startswith("#")]
    body = yaml.safe_dump(asdict(sign_off), sort_keys=False, allow_unicode=True, width=1000)
    file.write_text("\n".join([*head, body]), encoding="utf-8", newline="\n")
    return file
