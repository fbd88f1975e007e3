"""Trust packs and trust lists, SPEC sections 7 and 9."""
from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Optional

import cbor2

from . import cbor, seal, shape
from .keys import AUTHORITY_ID, DOCUMENTS, LEGALISATION, Key
from .refusal import Breach, Refusal
from .register import Register, load_registers
from .status import StatusList, load_status_list

MIB = 1024 * 1024
PASSED_OVER = 16384  # bytes of a key entry or a signature of another kind, [GRO-2] [GRO-3]


@dataclass
class Pack:
    """A trust pack that was accepted whole."""

    trust_list: bytes
    version: int
    issued: int
    next_update: int
    threshold: int
    roots: list[bytes]
    fingerprint: bytes
    authorities: dict[str, dict]
    keys: list[Key]
    dictionaries: dict[int, bytes] = field(default_factory=dict)
    status_lists: list[StatusList] = field(default_factory=list)
    registers: dict[tuple[str, int], Register] = field(default_factory=dict)


@dataclass(frozen=True)
class _Parts:
    """The byte strings that a pack is made of, [PCK-1]."""

    trust_list: bytes
    status_lists: list[bytes]
    dictionaries: list[bytes]
    heads: list[bytes]
    files: list[bytes]


def load_pack(data: bytes, root: Optional[bytes] = None, held: Optional[Pack] = None) -> Pack:
    """A pack judged by [PCK-1] to [PCK-3].

    A first pack is loaded by [TRU-5], where `root` is the fingerprint held, if any is; one in the place of
    `held` by [ROT-1] to [ROT-4].
    """
    try:
        parts = _read_pack(data)
    except Breach as breach:
        raise Refusal("pack-malformed", str(breach)) from None
    pack = _load_trust_list(parts.trust_list, root, held)
    try:
        pack.dictionaries = _read_dictionaries(parts.dictionaries, pack)
    except Breach as breach:
        raise Refusal("pack-malformed", str(breach)) from None
    pack.status_lists = [load_status_list(data, pack.keys) for data in parts.status_lists]  # [STA-3]
    pack.registers = load_registers(parts.heads, parts.files, pack.keys)
    return pack


def _read_pack(data: bytes) -> _Parts:
    """[PCK-1]."""
    if len(data) > 32 * MIB:
        raise Breach("more than 32 MiB [PCK-1]")
    pack = shape.roomy(cbor.read(data), (0, 1, 2, 3), (4, 5))
    if pack[0] != "sceau/1/pack":
        raise Breach("not a pack [PCK-1]")

    def byte_strings(value: Any, low: int, high: int) -> list[bytes]:
        return [shape.bstr(entry, 0, len(data)) for entry in shape.array(value, low, high)]

    return _Parts(
        trust_list=shape.bstr(pack[1], 0, len(data)),
        status_lists=byte_strings(pack[2], 0, 1000),
        dictionaries=byte_strings(pack[3], 0, 64),
        heads=byte_strings(pack[4], 1, 1000) if 4 in pack else [],
        files=byte_strings(pack[5], 1, 1000) if 5 in pack else [],
    )


def _read_dictionaries(dictionaries: list[bytes], pack: Pack) -> dict[int, bytes]:
    """[PCK-2]."""
    named = {digest for authority in pack.authorities.values() for digest in authority.get(6, ())}
    by_id: dict[int, bytes] = {}
    for dictionary in dictionaries:
        shape.bstr(dictionary, 1, 32768)
        if hashlib.sha256(dictionary).digest() not in named:
            raise Breach("a dictionary that no authority names [PCK-2]")
        if zlib.adler32(dictionary) in by_id:
            raise Breach("two dictionaries with one Adler-32 [PCK-2]")
        by_id[zlib.adler32(dictionary)] = dictionary
    return by_id


# --- Trust list, section 7 ---


def _load_trust_list(data: bytes, root: Optional[bytes], held: Optional[Pack]) -> Pack:
    try:
        payload, signatures = _read_cose_sign(data)
        claims = _read_trust_claims(payload)
    except Breach as breach:
        raise Refusal("trust-malformed", str(breach)) from None
    threshold, roots = claims[4]
    keys = [
        Key(authority[1], authority[4], entry)
        for authority in claims[6]
        for entry in authority[5]
        if not _is_passed_over(entry)
    ]
    public_keys = roots + [key.public for key in keys]
    if not all(seal.is_admissible(public_key) for public_key in public_keys):
        raise Refusal("trust-weak-key", "[TRU-2]")
    _check_consistency(claims, keys, public_keys)
    _check_root_signatures(payload, signatures, threshold, roots)
    # [TRU-5]: deterministic CBOR has one encoding, so encoding again gives the bytes received.
    fingerprint = hashlib.sha256(cbor2.dumps(claims[4])).digest()
    authorities = {authority[1]: authority for authority in claims[6]}
    pack = Pack(data, claims[1], claims[2], claims[3], threshold, roots, fingerprint, authorities, keys)
    if held is not None:
        _check_succession(held, pack, payload, signatures)
    elif root is not None and fingerprint != root:
        raise Refusal("trust-foreign-root", f"{fingerprint.hex()} [TRU-5]")
    return pack


def _check_succession(held: Pack, new: Pack, payload: bytes, signatures: list) -> None:
    """[ROT-1] to [ROT-4], in this order."""
    if new.fingerprint != held.fingerprint:
        # What holds under none of the held roots is passed over.
        signers = {root for entry in signatures for root in _signers(payload, entry, held.roots)}
        if len(signers) < held.threshold:
            raise Refusal("trust-foreign-root", f"{len(signers)} of {held.threshold} held roots [ROT-1]")
    if new.version <= held.version and new.trust_list != held.trust_list:
        raise Refusal("trust-rolled-back", f"version {new.version} after {held.version} [ROT-2]")
    if new.issued < held.issued:
        raise Refusal("trust-rolled-back", "issued before the list held [ROT-3]")
    if any(_scope_changed(old, key) for old in held.keys for key in new.keys):
        raise Refusal("trust-malformed", "a key of the list held has another scope [ROT-4]")


def _scope_changed(old: Key, new: Key) -> bool:
    """[ROT-4]: whether a key that stays may do something else, or is another authority's."""
    if old.public != new.public:
        return False
    return old.authority != new.authority or any(
        old.entry.get(label) != new.entry.get(label) for label in (2, 5, 6, 8, 11)
    )


def _read_cose_sign(data: bytes) -> tuple[bytes, list[tuple[bytes, bytes, bytes]]]:
    """The payload and the signatures (kid, protected header, signature) of a COSE_Sign, [TRU-1]."""
    if len(data) > 4 * MIB:
        raise Breach("more than 4 MiB [TRU-1]")
    protected, unprotected, payload, entries = shape.array(cbor.read(data, tag=98), 4, 4)
    shape.bstr(protected, 0, 0)
    shape.mapping(unprotected, ())
    shape.bstr(payload, 0, len(data))
    signatures = []
    for entry in shape.array(entries, 1, 16):
        header, no_header, signature = shape.array(entry, 3, 3)
        shape.bstr(header, 0, len(data))
        shape.mapping(no_header, ())
        if seal.names_other_algorithm(header):  # [GRO-3]
            shape.bstr(header, 0, PASSED_OVER)
            shape.bstr(signature, 0, PASSED_OVER)
            continue
        shape.bstr(signature, 64, 64)
        signatures.append((seal.read_kid(header), header, signature))
    return payload, signatures


def _read_trust_claims(payload: bytes) -> dict:
    """`trust-claims`, [TRU-1]."""
    claims = shape.roomy(cbor.read(payload, max_items=200_000), range(1, 7))
    shape.uint(claims[1], 1, 2**32 - 1)
    shape.time(claims[2])
    shape.time(claims[3])
    threshold, roots = shape.array(claims[4], 2, 2)
    shape.uint(threshold, 1, 16)
    for public_key in shape.array(roots, 1, 16):
        shape.bstr(public_key, 32, 32)
    shape.text(claims[5])
    for authority in shape.array(claims[6], 0, 1000):
        _check_authority(authority)
    return claims


def _check_authority(value: Any) -> None:
    authority = shape.roomy(value, range(1, 6), (6,))
    shape.pattern(authority[1], AUTHORITY_ID)
    names = authority[2]
    if type(names) is not dict or not 1 <= len(names) <= 8:
        raise Breach("names of an authority [TRU-1]")
    for language, name in names.items():
        shape.language(language)
        shape.text(name)
    shape.pattern(authority[3], "[A-Z]{2}")
    shape.uint(authority[4], 1, 2)
    for entry in shape.array(authority[5], 0, 1000):
        _check_key_entry(entry)
    if 6 in authority:
        for digest in shape.array(authority[6], 1, 64):
            shape.bstr(digest, 32, 32)


def _is_passed_over(value: Any) -> bool:
    """Whether an entry is of a use or a key type that is not known, [GRO-2]."""
    if type(value) is not dict or type(value.get(2)) is not int or value[2] < 0:
        return False
    return value[2] > 5 or 15 in value


def _check_key_entry(value: Any) -> None:
    if _is_passed_over(value):
        if not all(type(label) is int and label >= 0 for label in value):
            raise Breach("a label that is no unsigned integer [GRO-2]")
        if cbor.size(value) > PASSED_OVER:
            raise Breach("a longer entry [GRO-2]")
        return
    entry = shape.roomy(value, (1, 2, 3, 4), range(5, 14))
    shape.bstr(entry[1], 32, 32)
    use = shape.uint(entry[2], 1, 5)
    if use == DOCUMENTS and not {5, 7} <= set(entry):
        raise Breach("a key for documents without kinds or count [TRU-1]")
    if use not in (DOCUMENTS, LEGALISATION) and 8 in entry:
        raise Breach("a status list for a key that seals nothing [TRU-1]")
    if use != DOCUMENTS and {5, 6, 7, 12, 13} & set(entry):
        raise Breach("a label of keys for documents in a key of another use [TRU-1]")
    for label in {3, 4, 9, 10} & set(entry):
        shape.time(entry[label])
    if 5 in entry:
        for kind in shape.array(entry[5], 1, 3):
            shape.uint(kind, 1, 3)
    if 6 in entry:
        for session in shape.array(entry[6], 1, 64):
            shape.text(session)
    if 7 in entry:
        shape.uint(entry[7], 1, 2**24)
    if 8 in entry:
        shape.uint(entry[8])
    if 11 in entry and entry[11] is not True:
        raise Breach("label 11 is not true [TRU-1]")
    if 12 in entry:
        shape.uint(entry[12], 1, 2**32 - 1)
    if 13 in entry:
        shape.bstr(entry[13], 32, 32)
        if 12 not in entry:
            raise Breach("label 13 without label 12 [TRU-1]")


def _check_consistency(claims: dict, keys: list[Key], public_keys: list[bytes]) -> None:
    """[TRU-3]."""
    threshold, roots = claims[4]
    ids = [authority[1] for authority in claims[6]]
    registers = [(key.authority, key.entry[12]) for key in keys if 12 in key.entry]
    kids = Counter(seal.kid_of(public_key) for public_key in public_keys)
    consistent = (
        len(set(public_keys)) == len(public_keys)
        and len(set(ids)) == len(ids)
        and max(kids.values()) <= 4
        and all(key.entry[3] <= key.entry[4] for key in keys)
        and len(set(registers)) == len(registers)
        and threshold <= len(roots)
    )
    if not consistent:
        raise Refusal("trust-malformed", "[TRU-3]")


def _check_root_signatures(payload: bytes, signatures: list, threshold: int, roots: list) -> None:
    """[TRU-4]."""
    signed_by = set()
    for entry in signatures:
        signers = _signers(payload, entry, roots)
        if not signers and any(seal.kid_of(root) == entry[0] for root in roots):
            raise Refusal("trust-unsigned", "a root's signature does not hold [TRU-4]")
        signed_by.update(signers)
    if len(signed_by) < threshold:
        raise Refusal("trust-unsigned", f"{len(signed_by)} of {threshold} roots [TRU-4]")


def _signers(payload: bytes, entry: tuple[bytes, bytes, bytes], roots: list[bytes]) -> list[bytes]:
    """The roots with the `kid` of one signature under which it holds."""
    kid, header, signature = entry
    message = seal.sign_message(header, b"sceau/1/trust-list", payload)
    return [root for root in roots if seal.kid_of(root) == kid and seal.holds(root, signature, message)]
