"""Envelope and signature, SPEC section 5.

OpenSSL (through `cryptography`) compares the encoding of [S]B - [k]A with R, without cofactor, as
[SIG-4] wants, but leaves out checks on the key and on R; they are made here with integers.
"""
from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import Optional

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import cbor
from .refusal import Breach

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def decode_point(encoded: bytes) -> Optional[tuple]:
    """The point in extended coordinates, or None unless `encoded` is canonical (RFC 8032, 5.1.3)."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if len(encoded) != 32 or y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * SQRT_MINUS_1 % P
    if v * x * x % P != u or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def _add(first: tuple, second: tuple) -> tuple:
    """The complete addition of RFC 8032, 5.1.4; it doubles as well."""
    x1, y1, z1, t1 = first
    x2, y2, z2, t2 = second
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar: int, point: tuple) -> tuple:
    """[scalar]point. Everything here is public, so the time it takes may depend on it."""
    result = NEUTRAL
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def is_neutral(point: tuple) -> bool:
    x, y, z, _ = point
    return x % P == 0 and (y - z) % P == 0


@functools.lru_cache(maxsize=65536)
def is_admissible(public_key: bytes) -> bool:
    """Whether a public key is admissible, end of section 5."""
    point = decode_point(public_key)
    return point is not None and not is_neutral(multiply(8, point)) and is_neutral(multiply(L, point))


def holds(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature holds under an admissible key, [SIG-2] to [SIG-4]."""
    if int.from_bytes(signature[32:], "little") >= L:
        return False
    r = decode_point(signature[:32])
    if r is None or is_neutral(multiply(8, r)):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def kid_of(public_key: bytes) -> bytes:
    return hashlib.sha256(public_key).digest()[:4]


def aad(kind: str, authority: str) -> bytes:
    """`external_aad` of what an authority signs, section 5."""
    return kind.encode() + b"\0" + authority.encode()


def sign1_message(protected: bytes, external_aad: bytes, payload: bytes) -> bytes:
    """What a COSE_Sign1 signs: its `Sig_structure`."""
    return cbor2.dumps(["Signature1", protected, external_aad, payload])


def sign_message(protected: bytes, external_aad: bytes, payload: bytes) -> bytes:
    """What one signer of a COSE_Sign signs, section 7."""
    return cbor2.dumps(["Signature", b"", protected, external_aad, payload])


@dataclass(frozen=True)
class Envelope:
    """A COSE_Sign1 whose signature nobody has looked at yet."""

    protected: bytes
    payload: bytes
    signature: bytes
    kid: bytes

    def holds_under(self, public_key: bytes, external_aad: bytes) -> bool:
        message = sign1_message(self.protected, external_aad, self.payload)
        return holds(public_key, self.signature, message)


def read_kid(protected: bytes) -> bytes:
    """The `kid` of a protected header that holds algorithm and `kid` and no more, [ENV-3]."""
    header = cbor.read(protected)
    if type(header) is not dict or set(header) != {1, 4}:
        raise Breach("protected header is not the one listed [ENV-3]")
    if type(header[1]) is not int or header[1] != -19:
        raise Breach("another algorithm [ENV-3]")
    if type(header[4]) is not bytes or len(header[4]) != 4:
        raise Breach("kid [ENV-3]")
    return header[4]


def names_other_algorithm(protected: bytes) -> bool:
    """Whether a protected header is a map with another integer than -19 in label 1, [GRO-3]."""
    try:
        header = cbor.read(protected)
    except Breach:
        return False
    return type(header) is dict and type(header.get(1)) is int and header[1] != -19


def read_envelope(data: bytes, limit: int) -> Envelope:
    """The envelope of a COSE_Sign1 of at most `limit` bytes, [ENV-1] to [ENV-3]; raises Breach."""
    if len(data) > limit:
        raise Breach(f"{len(data)} bytes [ENV-1]")
    parts = cbor.read(data, tag=18)
    if type(parts) is not list or [type(part) for part in parts] != [bytes, dict, bytes, bytes]:
        raise Breach("not the four parts of a COSE_Sign1 [ENV-2]")
    protected, unprotected, payload, signature = parts
    if unprotected or not payload or len(signature) != 64:
        raise Breach("unprotected header, payload or signature [ENV-2]")
    return Envelope(protected, payload, signature, read_kid(protected))
