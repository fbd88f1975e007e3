"""Status lists, SPEC section 8, and what they say of a tag, [VER-4]."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Optional

from . import cbor, seal, shape
from .keys import AUTHORITY_ID, STATUS, Key
from .refusal import Breach, Refusal

MAX_STATUS = 16 * 1024 * 1024
KIND = "sceau/1/status-list"
STATEMENTS = ("withdrawn", "suspended", "replaced", "reinstated")
GRAVITY = ("reinstated", "suspended", "replaced", "withdrawn")
AHEAD = 86_400  # seconds by which a list may be dated ahead of the clock


@dataclass(frozen=True)
class StatusList:
    authority: str
    number: int
    seq: int
    as_of: int
    expires: int
    statements: dict[bytes, str]
    signer: Key


def load_status_list(data: bytes, keys: list[Key]) -> StatusList:
    """[STA-1] and [STA-2]; the signature comes before the claims, [STA-3]."""
    try:
        envelope = seal.read_envelope(data, MAX_STATUS)
    except Breach as breach:
        raise Refusal("status-malformed", str(breach)) from None
    signers = [key for key in keys if key.use == STATUS and key.signed(envelope, KIND)]
    if not signers:
        raise Refusal("status-unsigned", "no status key signed it [STA-2]")
    try:
        claims = _read_claims(envelope.payload)
    except Breach as breach:
        raise Refusal("status-malformed", str(breach)) from None
    serving = [key for key in signers if key.authority == claims[1] and key.serves_at(claims[4])]
    if not serving:
        raise Refusal("status-unsigned", f"{claims[1]}/{claims[2]} [STA-2]")
    return StatusList(*(claims[label] for label in range(1, 6)), _statements(claims[6]), serving[0])


def _read_claims(payload: bytes) -> dict:
    """`status-claims`, [STA-1]."""
    claims = shape.roomy(cbor.read(payload), range(1, 7))
    shape.pattern(claims[1], AUTHORITY_ID)
    shape.uint(claims[2])
    shape.uint(claims[3])
    shape.time(claims[4])
    shape.time(claims[5])
    seen: set[bytes] = set()
    for string in shape.array(claims[6], 4, 4):
        tags = _tags(shape.bstr(string, 0, MAX_STATUS))
        if len(string) % 8 or not all(before < after for before, after in zip(tags, tags[1:])):
            raise Breach("tags that do not rise [STA-1]")
        if seen & set(tags):
            raise Breach("a tag in two strings [STA-1]")
        seen.update(tags)
    return claims


def _tags(string: bytes) -> list[bytes]:
    return [string[start:start + 8] for start in range(0, len(string), 8)]


def _statements(strings: list[bytes]) -> dict[bytes, str]:
    return {tag: statement for statement, string in zip(STATEMENTS, strings) for tag in _tags(string)}


@dataclass(frozen=True)
class Standing:
    """What is known of a document: its status, as of when, and its own list."""

    status: str
    as_of: Optional[int]
    own: Optional[StatusList]


def standing(tag: bytes, key: Key, deciding_keys: list[Key], lists: Iterable[StatusList], now: int) -> Standing:
    """[VER-4], among the lists of all loaded packs of the deciding one's roots."""
    current = [one for one in lists if _is_current(one, key, deciding_keys, now)]
    speaking = [one for one in current if tag in one.statements]
    speaks = max(
        speaking, default=None, key=lambda one: (one.seq, GRAVITY.index(one.statements[tag]), one.as_of)
    )
    own = max(
        (one for one in current if one.number == key.entry.get(8)),
        default=None,
        key=lambda one: (one.seq, one.as_of, -one.expires),
    )
    if speaks is not None and speaks.statements[tag] != "reinstated":
        return Standing(speaks.statements[tag], speaks.as_of, own)
    return Standing("unknown", None, None) if own is None else Standing("in-force", own.as_of, own)


def _is_current(one: StatusList, key: Key, deciding_keys: list[Key], now: int) -> bool:
    named = any(
        entry.public == one.signer.public
        and entry.use == STATUS
        and entry.authority == key.authority
        and not entry.is_compromised
        and entry.is_test == key.is_test
        for entry in deciding_keys
    )
    return named and one.authority == key.authority and one.as_of <= now + AHEAD
