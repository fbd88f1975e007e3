"""Register of what a key has sealed: tree, heads, files and inclusion proofs, SPEC section 12."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Optional, Sequence

from . import cbor, seal, shape
from .keys import AUTHORITY_ID, DOCUMENTS, LEGALISATION, REGISTER, Key, Name
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
    """A head that is well made by the lists of its pack; whether it counts is told by the state, [REG-7]."""

    authority: str
    number: int
    time: int
    count: int
    root: bytes
    minutes_root: Optional[bytes]
    key_digest: bytes
    file_digest: bytes
    signers: frozenset[Name]
    is_test: bool  # whether its register key has label 11
    digest: bytes  # SHA-256 of its bytes

    @property
    def age(self) -> tuple:
        """Of the heads of one register the highest is the newest, [REG-7]."""
        return self.time, self.count, self.digest

    def has_entries(self, content: bytes) -> bool:
        """[REG-5]: whether these are the entries of its register."""
        return len(content) == ENTRY * self.count and _sha256(content) == self.file_digest

    def counts_under(self, signer: Key, key: Key) -> bool:
        """[REG-2]: whether it is the head of what `key` sealed, with `signer` as the register key."""
        if signer.use != REGISTER or signer.name not in self.signers or key.authority != signer.authority:
            return False
        if key.register_is_complete:
            return self.is_fixed_for(key)
        return signer.serves_at(self.time) and not signer.is_compromised and self.is_of(key)

    def is_fixed_for(self, key: Key) -> bool:
        """Whether it is the head that the roots have fixed for a key, label 13."""
        return key.register_is_complete and key.entry[13] == self.digest and self.is_of(key)

    def is_of(self, key: Key) -> bool:
        """Whether it is a head of what `key` sealed, whoever signed it."""
        return (
            key.use in (DOCUMENTS, LEGALISATION)
            and key.authority == self.authority
            and key.entry.get(12) == self.number
            and _sha256(key.public) == self.key_digest
            and self.is_test == key.is_test
            and self.count <= key.entry.get(7, MAX_COUNT)
        )


def load_registers(heads: list[bytes], files: list[bytes], lists: Sequence) -> tuple[list[Head], dict[bytes, bytes]]:
    """The heads of a pack and the contents of its files by their SHA-256, [REG-1] to [REG-5]."""
    loaded = [_load_head(data, lists) for data in heads]
    contents: dict[bytes, bytes] = {}
    taken: set[bytes] = set()
    for data in files:
        try:
            content, owners = _load_file(data, loaded)
            if taken & owners:
                raise Breach("two files of one head [REG-5]")
        except Breach as breach:
            raise Refusal("register-malformed", str(breach)) from None
        taken |= owners
        contents[_sha256(content)] = content
    return loaded, contents


def _load_head(data: bytes, lists: Sequence) -> Head:
    """[REG-1] and [REG-2]; the signature comes before the claims, [REG-3]."""
    try:
        envelope = seal.read_envelope(data, MAX_HEAD)
    except Breach as breach:
        raise Refusal("register-malformed", f"{breach} [REG-1]") from None
    signers = [key for one in lists for key in one.keys if key.use == REGISTER and key.signed(envelope, KIND)]
    if not signers:
        raise Refusal("register-unsigned", "no register key signed it [REG-2]")
    try:
        claims = _read_head_claims(envelope.payload)
    except Breach as breach:
        raise Refusal("register-malformed", f"{breach} [REG-1]") from None
    names = frozenset(key.name for key in signers)
    head = Head(
        signers[0].authority, claims[1], claims[2], claims[3], claims[4], claims.get(5), claims[6], claims[7],
        names, signers[0].is_test, _sha256(data),
    )
    for one in lists:
        registrars = [key for key in one.keys if key.name in names]
        if any(head.counts_under(signer, key) for signer in registrars for key in one.keys):
            return head
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


def _load_file(data: bytes, heads: Iterable[Head]) -> tuple[bytes, set[bytes]]:
    """The entries of a file and the heads (by digest) that they belong to, [REG-4] and [REG-5]."""
    file = shape.mapping(cbor.read(data), (0, 1, 2, 3))
    if file[0] != "sceau/1/register":
        raise Breach("not a register file [REG-4]")
    name = shape.pattern(file[1], AUTHORITY_ID), shape.uint(file[2], 1, 2**32 - 1)
    content = shape.bstr(file[3], 0, len(data))
    of_its_name = [head for head in heads if (head.authority, head.number) == name]
    if not of_its_name:
        raise Breach("a file without a head [REG-4]")
    owners = {head.digest for head in of_its_name if head.has_entries(content)}
    if not owners:
        raise Breach("not the file of its head [REG-5]")
    entries = entries_of(content)
    if not all(before < after for before, after in zip(entries, entries[1:])):
        raise Breach("entries are not strictly rising [REG-5]")
    return content, owners


def entries_of(content: bytes) -> list[bytes]:
    return [content[start:start + ENTRY] for start in range(0, len(content), ENTRY)]


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


def newest_head(key: Key, view: Any, heads: Iterable[Head]) -> Optional[Head]:
    """The head that counts for what a key sealed, [REG-7]."""
    if key.register_is_complete:  # whoever signed it, the roots have fixed it
        return next((head for head in heads if head.is_fixed_for(key)), None)
    registrars = view.in_service(REGISTER, key.authority)
    counting = [head for head in heads if any(head.counts_under(signer, key) for signer in registrars)]
    return max(counting, default=None, key=lambda head: head.age)


def register_value(
    key: Key, view: Any, heads: Iterable[Head], files: Mapping[bytes, bytes], digest: bytes, serial: bytes,
    proofs: Iterable[bytes],
) -> str:
    """`listed`, `not-listed` or `unknown`, [REG-7], among the heads and files of all packs."""
    head = newest_head(key, view, heads)
    if head is None:
        return "unknown"
    leaf = leaf_hash(digest)
    content = files.get(head.file_digest)
    has_file = content is not None and head.has_entries(content)
    if has_file and document_entry(serial, leaf) in entries_of(content):
        return "listed"
    if any(_proof_holds(proof, head, leaf) for proof in proofs):
        return "listed"
    return "not-listed" if has_file else "unknown"
