"""Register of what a key has sealed: tree, heads, files and inclusion proofs, SPEC section 15."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Iterable, Optional, Sequence

from . import cbor, seal, shape
from .keys import AUTHORITY_ID, DOCUMENTS, REGISTER, Key
from .refusal import Breach, Refusal

MAX_HEAD = 1024  # [REG-1]
MAX_PROOF = 1024  # [REG-6]
MAX_COUNT = 2**24
ENTRY = 16
KIND = "sceau/1/register-head"


def _sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


# --- The tree, RFC 9162 section 2.1 ---


def leaf_hash(leaf_data: bytes) -> bytes:
    return _sha256(b"\x00", leaf_data)


def node_hash(left: bytes, right: bytes) -> bytes:
    return _sha256(b"\x01", left, right)


def tree_root(leaf_data: Sequence[bytes]) -> bytes:
    """The root over leaf data.

    Levels are joined pair by pair, and a node left over at the right end moves up as it is. That is the
    tree of RFC 9162, whose left half has the largest power of two below the count.
    """
    level = [leaf_hash(data) for data in leaf_data]
    if not level:
        return _sha256()
    while len(level) > 1:
        pairs = [level[start:start + 2] for start in range(0, len(level), 2)]
        level = [node_hash(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0]


def inclusion_holds(leaf: bytes, position: int, path: Iterable[bytes], root: bytes, count: int) -> bool:
    """RFC 9162 section 2.1.3.2, step by step; `leaf` is the leaf hash, [REG-6]."""
    if position >= count:
        return False
    fn, sn, result = position, count - 1, leaf
    for node in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            result = node_hash(node, result)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            result = node_hash(result, node)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and result == root


def document_entry(serial: bytes, leaf: bytes) -> bytes:
    return _sha256(b"\x02", serial, leaf)[:ENTRY]


# --- Head, file and proof ---


@dataclass(frozen=True)
class Head:
    """A register head that a register key signed."""

    authority: str
    number: int
    time: int
    count: int
    root: bytes
    minutes_root: Optional[bytes]
    key_digest: bytes
    file_digest: bytes


@dataclass
class Register:
    """A head and, if the pack carries it, the set of the entries of its file."""

    head: Head
    entries: Optional[frozenset[bytes]] = None


def load_registers(heads: list[bytes], files: list[bytes], keys: list[Key]) -> dict[tuple[str, int], Register]:
    """The registers of a pack by authority and number, [REG-1] to [REG-5]."""
    loaded = [_load_head(data, keys) for data in heads]
    registers = {(head.authority, head.number): Register(head) for head in loaded}
    if len(registers) < len(loaded):
        raise Refusal("register-malformed", "two heads of one authority and number [REG-3]")
    for data in files:
        try:
            _load_file(data, registers)
        except Breach as breach:
            raise Refusal("register-malformed", str(breach)) from None
    return registers


def _load_head(data: bytes, keys: list[Key]) -> Head:
    """[REG-1] and [REG-2]; the signature comes before the claims, [REG-3]."""
    try:
        envelope = seal.read_envelope(data, MAX_HEAD)
    except Breach as breach:
        raise Refusal("register-malformed", f"{breach} [REG-1]") from None
    signers = [key for key in keys if key.use == REGISTER and key.signed(envelope, KIND)]
    if not signers:
        raise Refusal("register-unsigned", "no register key signed it [REG-2]")
    try:
        claims = _read_head_claims(envelope.payload)
    except Breach as breach:
        raise Refusal("register-malformed", f"{breach} [REG-1]") from None
    digest = _sha256(data)
    for signer in signers:
        for key in keys:
            if _head_is_of(claims, digest, signer, key):
                return Head(
                    key.authority, claims[1], claims[2], claims[3], claims[4], claims.get(5), claims[6], claims[7]
                )
    raise Refusal("register-unsigned", "[REG-2]")


def _read_head_claims(payload: bytes) -> dict:
    """`register-head-claims`, [REG-1]."""
    claims = shape.roomy(cbor.read(payload), (1, 2, 3, 4, 6, 7), (5,))
    shape.uint(claims[1], 1, 2**32 - 1)
    shape.time(claims[2])
    shape.uint(claims[3], 0, MAX_COUNT)
    for label in {4, 5, 6, 7} & set(claims):
        shape.bstr(claims[label], 32, 32)
    return claims


def _head_is_of(claims: dict, digest: bytes, signer: Key, key: Key) -> bool:
    """[REG-2]: whether a head signed by `signer` is the head of what `key` sealed."""
    return (
        key.use == DOCUMENTS
        and key.authority == signer.authority
        and key.entry.get(12) == claims[1]
        and _sha256(key.public) == claims[6]
        and signer.serves_at(claims[2])
        and not signer.is_compromised
        and signer.is_test == key.is_test
        and claims[3] <= key.entry[7]
        and key.entry.get(13, digest) == digest
    )


def _load_file(data: bytes, registers: dict[tuple[str, int], Register]) -> None:
    """[REG-4] and [REG-5]."""
    file = shape.mapping(cbor.read(data), (0, 1, 2, 3))
    if file[0] != "sceau/1/register":
        raise Breach("not a register file [REG-4]")
    name = shape.pattern(file[1], AUTHORITY_ID), shape.uint(file[2], 1, 2**32 - 1)
    content = shape.bstr(file[3], 0, len(data))
    if name not in registers:
        raise Breach("a file without a head [REG-4]")
    register = registers[name]
    if register.entries is not None:
        raise Breach("two files of one head [REG-5]")
    if len(content) != ENTRY * register.head.count or _sha256(content) != register.head.file_digest:
        raise Breach("not the file of its head [REG-5]")
    entries = [content[start:start + ENTRY] for start in range(0, len(content), ENTRY)]
    if not all(before < after for before, after in zip(entries, entries[1:])):
        raise Breach("entries are not strictly rising [REG-5]")
    register.entries = frozenset(entries)


def _proof_holds(data: bytes, head: Head, leaf: bytes) -> bool:
    """[REG-6]; what is malformed or of another register does not hold, and that is all."""
    try:
        if len(data) > MAX_PROOF:
            return False
        proof = shape.mapping(cbor.read(data), (0, 1, 2, 3, 4))
        if proof[0] != "sceau/1/inclusion" or proof[1] != head.authority:
            return False
        number, position = shape.uint(proof[2], 1, 2**32 - 1), shape.uint(proof[3])
        path = [shape.bstr(node, 32, 32) for node in shape.array(proof[4], 0, 24)]
    except Breach:
        return False
    return number == head.number and inclusion_holds(leaf, position, path, head.root, head.count)


def register_value(
    key: Key, registers: dict[tuple[str, int], Register], digest: bytes, serial: bytes, proofs: Iterable[bytes]
) -> str:
    """`listed`, `not-listed` or `unknown`, [REG-7]."""
    register = registers.get((key.authority, key.entry[12])) if 12 in key.entry else None
    if register is None:
        return "unknown"
    leaf = leaf_hash(digest)
    if register.entries is not None and document_entry(serial, leaf) in register.entries:
        return "listed"
    if any(_proof_holds(proof, register.head, leaf) for proof in proofs):
        return "listed"
    return "unknown" if register.entries is None else "not-listed"
