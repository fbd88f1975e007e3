"""Minutes of a jury, SPEC section 16: the signed counts and root, and the lines behind them."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Iterable

from . import cbor, seal, shape
from .claims import date, decision
from .keys import MINUTES, check_service, find_signers
from .refusal import Breach, Refusal
from .register import tree_root
from .results import SameCount, check_results, words
from .state import State

MAX_MINUTES = 65536  # [MIN-1]
MAX_LINES = 2**24
SALT = 32


@dataclass(frozen=True)
class Minutes:
    """`minutes-claims` that were signed and follow the rules."""

    authority: str
    number: int
    time: int
    session: str
    count: int
    root: bytes
    series: dict


def read_minutes(data: bytes, state: State) -> Minutes:
    """Minutes from their COSE bytes, [MIN-1] and [MIN-2]; raises Refusal."""
    try:
        envelope = seal.read_envelope(data, MAX_MINUTES)
    except Breach as breach:
        raise Refusal("envelope-malformed", f"{breach} [MIN-1]") from None
    signers = find_signers(envelope, state, "sceau/1/minutes", lambda key: key.use == MINUTES)
    try:
        claims = _read_claims(envelope.payload)
    except Breach as breach:
        raise Refusal("breaks-rules", f"{breach} [MIN-1]") from None
    for _, key in signers:
        check_service(key, claims[2])
    return Minutes(key.authority, *(claims[label] for label in range(1, 7)))


def _read_claims(payload: bytes) -> dict:
    """`minutes-claims`, [MIN-1]."""
    claims = shape.mapping(cbor.read(payload), range(1, 7))
    shape.uint(claims[1])
    shape.time(claims[2])
    shape.text(claims[3])
    shape.uint(claims[4], 1, MAX_LINES)
    shape.bstr(claims[5], 32, 32)
    counts = claims[6]
    if type(counts) is not dict or not 1 <= len(counts) <= 64:
        raise Breach("series")
    total = 0
    for name, numbers in counts.items():
        _check_series(name)
        total += sum(shape.uint(number) for number in shape.array(numbers, 3, 3))
    if total != claims[4]:
        raise Breach(f"the series have {total} lines, not {claims[4]}")
    return claims


def _check_series(value: Any) -> None:
    """`series`: a text, or 0 where the examination has none."""
    if type(value) is int:
        shape.uint(value, 0, 0)
    else:
        shape.text(value)


def read_line(data: bytes) -> list:
    """One canonical line, [MIN-3]; raises Breach, or NewerChoice for a choice that is not known."""
    line = shape.array(cbor.read(data), 8, 8)
    number, candidate, holder, birth, series, decided, honours, results = line
    languages = SameCount()
    shape.uint(number, 1, MAX_LINES)
    shape.text(candidate)
    words(holder, languages)
    if not _is_zero(birth):
        date(birth, languages)
    _check_series(series)
    decision(decided, languages)
    if not _is_zero(honours):
        words(honours, languages)
    if not _is_zero(results):
        check_results(results, languages)
    return line


def _is_zero(value: Any) -> bool:
    return type(value) is int and value == 0


def minutes_root(lines: Iterable[bytes], salt: bytes) -> bytes:
    """The root over canonical lines, [MIN-3] and [MIN-4]; raises Breach."""
    shape.bstr(salt, SALT, SALT)
    leaf_data = []
    candidates = set()
    for place, line in enumerate(lines, start=1):
        number, candidate = read_line(line)[:2]
        if number != place:
            raise Breach(f"line {number} stands at {place} [MIN-3]")
        if candidate in candidates:
            raise Breach("a candidate's number occurs twice [MIN-3]")
        candidates.add(candidate)
        inner = hashlib.sha256(salt + place.to_bytes(8, "big")).digest()
        leaf_data.append(hashlib.sha256(inner + line).digest())
    if not leaf_data:
        raise Breach("no lines: label 4 of minutes is at least 1")
    return tree_root(leaf_data)
