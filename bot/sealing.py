"""What keeps program feedback sealed: boxes of one length that one key opens, receipts, and the folder of the keys.

HPKE (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305. Not Fernet: its tokens carry the moment they were made.
The folder holds, for each cycle, `<id>.pepper` and `<id>.key`; where a steward keeps the key, `<id>.pub` instead.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
PLAIN_BYTES = 25 * 1024  # two texts of 3,000 characters of four bytes each, and room for the rest
LENGTH_BYTES = 4
KEY_BYTES = 32
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
RECEIPT_LENGTH = 26  # five bits each: 130
GROUP = 5
THREAD = b"fb-thread-v1"
PEPPER, PRIVATE, PUBLIC = ".pepper", ".key", ".pub"
ID = re.compile(r"[0-9a-f]{32}")


class SealProblem(Exception):
    """Something cannot be sealed or opened with what is there; the text says what, and holds nobody's words."""


# Boxes


def new_key() -> tuple[bytes, bytes]:
    """(private, public), 32 bytes each."""
    return _pair(X25519PrivateKey.generate())


def public_of(private: bytes) -> bytes:
    return _pair(X25519PrivateKey.from_private_bytes(private))[1]


def _pair(key: X25519PrivateKey) -> tuple[bytes, bytes]:
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def seal(public: bytes, content: bytes, info: bytes) -> bytes:
    """A box that only the private key opens, always of the same length. SealProblem when the content does not fit."""
    if len(content) > PLAIN_BYTES - LENGTH_BYTES:
        raise SealProblem("more than a box holds")
    padded = len(content).to_bytes(LENGTH_BYTES) + content
    return SUITE.encrypt(padded.ljust(PLAIN_BYTES, b"\0"), X25519PublicKey.from_public_bytes(public), info)


def open(private: bytes, box: bytes, info: bytes) -> bytes:  # noqa: A001  (what one does with a box)
    """What was put into the box. SealProblem when this is not its key, or the box is not what it was."""
    return opener(private)(box, info)


def opener(private: bytes) -> Callable[[bytes, bytes], bytes]:
    """`open` for many boxes of one key."""
    key = X25519PrivateKey.from_private_bytes(private)

    def opened(box: bytes, info: bytes) -> bytes:
        try:
            padded = SUITE.decrypt(box, key, info)
        except InvalidTag:
            raise SealProblem("a box does not open with this key") from None
        return padded[LENGTH_BYTES : LENGTH_BYTES + int.from_bytes(padded[:LENGTH_BYTES])]

    return opened


def new_pepper() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def check_value(pepper: bytes) -> bytes:
    """Tells whether another pepper is the same, and nothing about it."""
    return hmac.digest(pepper, b"fb-pepper-check-v1", "sha256")


def tag(pepper: bytes, cycle_id: str, slack_id: str) -> bytes:
    """Whose row it is, for whoever has the pepper; without it, anybody's."""
    return hmac.digest(pepper, cycle_id.encode() + b"\0" + slack_id.encode(), "sha256")


# Receipts


def new_receipt() -> str:
    """26 letters and digits in groups of five, of 130 random bits."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_LENGTH)))


def grouped(receipt: str) -> str:
    return " ".join(receipt[start : start + GROUP] for start in range(0, len(receipt), GROUP))


def plain(receipt: str) -> str:
    """As it is reckoned with: however it was copied, spaces, hyphens and small letters make no difference."""
    return re.sub(r"[\s-]+", "", receipt).upper()


def thread_key(receipt: str, field: str) -> tuple[bytes, bytes]:
    """(private, public) for one text. Each text has its own, or two texts of one person could be joined again."""
    info = THREAD + field.encode()
    made = HKDF(SHA256(), length=KEY_BYTES, salt=None, info=info).derive(plain(receipt).encode())
    return _pair(X25519PrivateKey.from_private_bytes(made))


def printed(key: bytes) -> str:
    """A key as text."""
    return base64.b64encode(key).decode()


def read(text: str | bytes) -> bytes:
    """The key in a text. SealProblem where there is none in it."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != KEY_BYTES:
        raise SealProblem("this is no key")
    return found


def thread_id(public: bytes) -> bytes:
    return hashlib.sha256(public).digest()[:16]


# The folder


def keep(folder: Path, name: str, content: bytes) -> None:
    """A file that nobody else can read and that is there after a crash. FileExistsError where there is one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(f"{printed(content)}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    _settle(folder)


def kept(file: Path) -> bytes | None:
    """The key in a file; None where there is no such file. SealProblem for anything else in it."""
    try:
        return read(file.read_bytes().strip())
    except FileNotFoundError:
        return None


def pepper(folder: Path, cycle_id: str, check: bytes) -> bytes | None:
    """The pepper of a cycle; None where it is missing or another one."""
    try:
        found = kept(folder / f"{cycle_id}{PEPPER}")
    except (SealProblem, OSError):
        return None
    return found if found is not None and hmac.compare_digest(check_value(found), check) else None


def offered(folder: Path) -> list[str]:
    """Ids of the public keys that a steward has put there."""
    return sorted(file.stem for file in folder.glob(f"*{PUBLIC}") if ID.fullmatch(file.stem))


def held(folder: Path) -> set[str]:
    """Ids of all cycles that have a key or pepper here."""
    return {file.stem for file in folder.glob("*") if file.suffix in (PEPPER, PRIVATE, PUBLIC)}


def is_private(folder: Path) -> bool:
    """Whether nobody else can read the folder or what is in it."""
    return not any(one.stat().st_mode & 0o077 for one in (folder, *folder.glob("*")))


def forget(folder: Path, ids: Iterable[str]) -> None:
    """The keys and peppers of these cycles are gone for good, also where only some of them are left."""
    for cycle_id in ids:
        for suffix in (PRIVATE, PEPPER, PUBLIC):
            (folder / f"{cycle_id}{suffix}").unlink(missing_ok=True)
    if folder.is_dir():
        _settle(folder)


def _settle(folder: Path) -> None:
    """What happened to the names in a folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
