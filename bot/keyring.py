"""Field keys: what turns people's words into ciphertext before they reach the database, and back.

AES-256-GCM (NIST SP 800-38D) with a 12-byte random nonce; the blob is key id (1 byte) ‖ nonce ‖ ciphertext and tag. The
label of the column is authenticated with it, so that a value moved to another column does not open.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class KeyProblem(Exception):
    """The keys given cannot be used; the text says what to do."""


class Keyring:
    """Keys by id (1–255): the first one seals, all of them open."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        if not keys:
            raise KeyProblem("There is no field key. Set FIELD_KEYS=1:<base64 of 32 random bytes>.")
        for number, key in keys.items():
            if not 1 <= number <= 255:
                raise KeyProblem(f"Field key id {number} is outside 1–255.")
            if len(key) != KEY_BYTES:
                raise KeyProblem(f"Field key {number} has {len(key)} bytes; it needs exactly {KEY_BYTES}.")
        self.first = next(iter(keys))
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}

    def __repr__(self) -> str:
        return f"Keyring(ids={list(self._ciphers)})"

    def seal(self, label: str, text: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._ciphers[self.first].encrypt(nonce, text.encode(), label.encode())
        return bytes([self.first]) + nonce + sealed

    def open(self, label: str, blob: bytes) -> str:
        """The text inside `blob`; KeyProblem when its key is not on the ring or it was sealed for another label."""
        cipher = self._ciphers.get(blob[0]) if blob else None
        if cipher is None:
            raise KeyProblem(
                f"A stored value was sealed with field key {blob[:1].hex() or '?'}, which FIELD_KEYS lacks."
            )
        try:
            return cipher.decrypt(blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :], label.encode()).decode()
        except InvalidTag:
            raise KeyProblem(f"A stored value of {label} does not open: wrong key, or moved from elsewhere.") from None


def parse(text: str) -> Keyring:
    """`1:base64,2:base64` as in FIELD_KEYS; the first one seals."""
    keys: dict[int, bytes] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        number, _, encoded = part.partition(":")
        if not (number.isascii() and number.isdigit()):
            raise KeyProblem("FIELD_KEYS looks like 1:<base64>,2:<base64>; one part has no number before the colon.")
        if int(number) in keys:
            raise KeyProblem(f"FIELD_KEYS names key {int(number)} twice.")
        try:
            keys[int(number)] = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise KeyProblem(f"FIELD_KEYS: key {number} is not base64.") from None
    return Keyring(keys)


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def from_file(path: Path) -> Keyring:
    """The key file of the embedded database; made here, mode 0600, when it is missing."""
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(f"1:{new_key()}\n")
    if path.stat().st_mode & 0o077:
        raise KeyProblem(f"{path} can be read by others. Run: chmod 600 {path}")
    return parse(path.read_text())
