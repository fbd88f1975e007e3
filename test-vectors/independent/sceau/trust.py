"""Trust lists, SPEC section 7: one list at a time. What several of them say together is in `state.py`."""
from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any, Optional

import cbor2

from . import cbor, seal, shape
from .keys import AUTHORITY_ID, DOCUMENTS, LEGALISATION, Key
from .refusal import Breach, Refusal

MIB = 1024 * 1024
PASSED_OVER = 16384  # bytes of a key entry or a signature of another kind, [GRO-2] [GRO-3]
ID = 16  # bytes of a list's id


@dataclass(frozen=True)
class TrustList:
    """A list that is well made by [TRU-1] to [TRU-4]; whether it counts is told by the line."""

    id: bytes
    version: int
    issued: int
    next_update: int
    roots: bytes  # the root fingerprint, [TRU-5]
    takes_over_from: Optional[bytes]  # the fingerprint of label 9: a rotation
    earlier: tuple[bytes, ...]
    disowned: tuple[bytes, ...]
    authorities: dict[str, dict]
    keys: tuple[Key, ...]
    dictionaries: frozenset[bytes]  # SHA-256 of those that its authorities name

    def entry_of(self, public_key: bytes) -> Optional[Key]:
        return next((key for key in self.keys if key.public == public_key), None)


def load_trust_list(data: bytes) -> TrustList:
    """[TRU-1] to [TRU-4]; raises Refusal."""
    try:
        payload, signatures = _read_cose_sign(data)
        claims = _read_trust_claims(payload)
    except Breach as breach:
        raise Refusal("trust-malformed", str(breach)) from None
    authorities = {authority[1]: authority for authority in claims[6]}
    keys = tuple(key for authority in claims[6] for key in keys_of(authority))
    public_keys = claims[4][1] + [key.public for key in keys]
    earlier_roots = claims[9][1] if 9 in claims else []
    if not all(seal.is_admissible(public_key) for public_key in public_keys + earlier_roots):
        raise Refusal("trust-weak-key", "[TRU-2]")
    _check_consistency(claims, keys, public_keys)
    _check_root_signatures(payload, signatures, [claims[label] for label in (4, 9) if label in claims])
    return TrustList(
        id=hashlib.sha256(payload).digest()[:ID],
        version=claims[1],
        issued=claims[2],
        next_update=claims[3],
        roots=_fingerprint(claims[4]),
        takes_over_from=_fingerprint(claims[9]) if 9 in claims else None,
        earlier=_ids(claims.get(7, b"")),
        disowned=_ids(claims.get(8, b"")),
        authorities=authorities,
        keys=keys,
        dictionaries=frozenset(digest for authority in claims[6] for digest in authority.get(6, ())),
    )


def keys_of(authority: dict) -> list[Key]:
    """The entries of an authority that are not passed over, [GRO-2]."""
    return [
        Key(authority[1], authority[4], entry) for entry in authority[5] if not _is_passed_over(entry)
    ]


def _fingerprint(root_set: list) -> bytes:
    """[TRU-5]: deterministic CBOR has one encoding, so encoding again gives the bytes received."""
    return hashlib.sha256(cbor2.dumps(root_set)).digest()


def _ids(string: bytes) -> tuple[bytes, ...]:
    return tuple(string[start:start + ID] for start in range(0, len(string), ID))


def _read_cose_sign(data: bytes) -> tuple[bytes, list[tuple[bytes, bytes, bytes]]]:
    """The payload and the signatures (kid, protected header, signature) of a COSE_Sign, [TRU-1]."""
    if len(data) > 8 * MIB:
        raise Breach("more than 8 MiB [TRU-1]")
    protected, unprotected, payload, entries = shape.array(cbor.read(data, tag=98), 4, 4)
    shape.bstr(protected, 0, 0)
    shape.mapping(unprotected, ())
    shape.bstr(payload, 0, len(data))
    signatures = []
    for entry in shape.array(entries, 1, 32):
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
    claims = shape.roomy(cbor.read(payload, max_items=1_000_000), range(1, 7), range(7, 10))
    shape.uint(claims[1], 1, 2**32 - 1)
    shape.time(claims[2])
    shape.time(claims[3])
    _check_root_set(claims[4])
    shape.text(claims[5])
    for authority in shape.array(claims[6], 0, 1000):
        _check_authority(authority)
    for label, most in ((7, 4095), (8, 64)):
        if label in claims and len(shape.bstr(claims[label], ID, ID * most)) % ID:
            raise Breach("ids of another length [TRU-1]")
    if 9 in claims:
        _check_root_set(claims[9])
    return claims


def _check_root_set(value: Any) -> None:
    threshold, roots = shape.array(value, 2, 2)
    shape.uint(threshold, 1, 16)
    for public_key in shape.array(roots, 1, 16):
        shape.bstr(public_key, 32, 32)


def _check_authority(value: Any) -> None:
    authority = shape.roomy(value, range(1, 6), range(6, 10))
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
    for label, most in ((6, 1024), (9, 64)):
        if label in authority:
            for digest in shape.array(authority[label], 1, most):
                shape.bstr(digest, 32, 32)
    if 7 in authority:
        shape.pattern(authority[7], AUTHORITY_ID)
    if 8 in authority:
        for contact in shape.array(authority[8], 1, 4):
            shape.text(contact)


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
    entry = shape.roomy(value, (1, 2, 3, 4), range(5, 15))
    shape.bstr(entry[1], 32, 32)
    use = shape.uint(entry[2], 1, 5)
    if use == DOCUMENTS and not {5, 7} <= set(entry):
        raise Breach("a key for documents without kinds or count [TRU-1]")
    if use not in (DOCUMENTS, LEGALISATION) and 8 in entry:
        raise Breach("a status list for a key that seals nothing [TRU-1]")
    if use not in (DOCUMENTS, LEGALISATION) and {12, 13, 14} & set(entry):
        raise Breach("a register for a key that seals nothing [TRU-1]")
    if use != DOCUMENTS and {5, 6, 7} & set(entry):
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
    if 14 in entry and (entry[14] is not True or 13 not in entry):
        raise Breach("label 14 is not true, or without label 13 [TRU-1]")


def _check_consistency(claims: dict, keys: tuple[Key, ...], public_keys: list[bytes]) -> None:
    """[TRU-3]."""
    threshold, roots = claims[4]
    names = [(authority[1], authority[3]) for authority in claims[6]]
    registers = [(key.authority, key.entry[12]) for key in keys if 12 in key.entry]
    kids = Counter(seal.kid_of(public_key) for public_key in public_keys)
    ids = _ids(claims.get(7, b"")) + _ids(claims.get(8, b""))
    consistent = (
        len(set(public_keys)) == len(public_keys)
        and len({name for name, _ in names}) == len(names)
        and max(kids.values()) <= 4
        and all(key.entry[3] <= key.entry[4] for key in keys)
        and len(set(registers)) == len(registers)
        and threshold <= len(roots)
        and all(name.startswith(country + "-") and len(name) > 3 for name, country in names)
        and len(set(ids)) == len(ids)
        and (9 not in claims or _is_rotation(claims[9], claims[4]))
    )
    if not consistent:
        raise Refusal("trust-malformed", "[TRU-3]")


def _is_rotation(old: list, new: list) -> bool:
    """[TRU-3]: whether a root set can be one from which another takes over."""
    threshold, roots = old
    return old != new and len(set(roots)) == len(roots) and threshold <= len(roots)


def _check_root_signatures(payload: bytes, signatures: list, root_sets: list) -> None:
    """[TRU-4]: enough of each root set have signed; a key of both counts for both."""
    roots = {root for _, members in root_sets for root in members}
    signed_by = set()
    for entry in signatures:
        signers = _signers(payload, entry, roots)
        if not signers and any(seal.kid_of(root) == entry[0] for root in roots):
            raise Refusal("trust-unsigned", "a root's signature does not hold [TRU-4]")
        signed_by.update(signers)
    for threshold, members in root_sets:
        if len(signed_by & set(members)) < threshold:
            raise Refusal("trust-unsigned", f"fewer than {threshold} of the roots [TRU-4]")


def _signers(payload: bytes, entry: tuple[bytes, bytes, bytes], roots: set[bytes]) -> list[bytes]:
    """The roots with the `kid` of one signature under which it holds."""
    kid, header, signature = entry
    message = seal.sign_message(header, b"sceau/1/trust-list", payload)
    return [root for root in roots if seal.kid_of(root) == kid and seal.holds(root, signature, message)]
