"""Status lists, SPEC section 8, and what they say of a tag, [VER-4]."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Iterable, Optional, Sequence

from . import cbor, seal, shape
from .keys import AUTHORITY_ID, STATUS, Key, Name
from .refusal import Breach, Refusal

MAX_STATUS = 16 * 1024 * 1024
KIND = "sceau/1/status-list"
STATEMENTS = ("withdrawn", "suspended", "replaced", "reinstated")
GRAVITY = ("reinstated", "suspended", "replaced", "withdrawn")
WIDTHS = (8, 8, 8, 16)  # of an entry: a tag, behind a reinstated one the number of the decision
AHEAD = 86_400  # seconds by which a list may be dated ahead of the clock


@dataclass(frozen=True, eq=False)
class StatusList:
    """A list that is well made by the lists of its pack; whether it counts is told by the state, [VER-4]."""

    authority: str
    number: int
    seq: int
    as_of: int
    expires: int
    statements: dict[bytes, str]
    reinstated_by: dict[bytes, int]  # of each reinstated tag the number of the decision
    signers: frozenset[Name]
    digest: bytes  # SHA-256 of its bytes

    @property
    def age(self) -> tuple:
        """Of lists with one number the highest is the newest, [VER-4]."""
        return self.seq, self.as_of, -self.expires, self.digest

    def said_of(self, tag: bytes) -> tuple:
        """Of lists that have a tag the highest speaks, [VER-4]."""
        count = self.reinstated_by.get(tag, self.seq)
        return count, GRAVITY.index(self.statements[tag]), self.as_of


def load_status_list(data: bytes, lists: Sequence) -> StatusList:
    """[STA-1] and [STA-2], by the trust lists of its pack; the signature comes before the claims, [STA-3]."""
    try:
        envelope = seal.read_envelope(data, MAX_STATUS)
    except Breach as breach:
        raise Refusal("status-malformed", str(breach)) from None
    keys = [key for one in lists for key in one.keys if key.use == STATUS]
    signers = [key for key in keys if key.signed(envelope, KIND)]
    if not signers:
        raise Refusal("status-unsigned", "no status key signed it [STA-2]")
    try:
        claims = _read_claims(envelope.payload)
    except Breach as breach:
        raise Refusal("status-malformed", str(breach)) from None
    speakers = {claims[1]} | {one.authorities[claims[1]].get(7) for one in lists if claims[1] in one.authorities}
    if not any(key.authority in speakers and key.serves_at(claims[4]) for key in signers):
        raise Refusal("status-unsigned", f"{claims[1]}/{claims[2]} [STA-2]")
    return StatusList(
        *(claims[label] for label in range(1, 6)),
        statements=_statements(claims[6]),
        reinstated_by=_decisions(claims[6][3]),
        signers=frozenset(key.name for key in signers),
        digest=hashlib.sha256(data).digest(),
    )


def _read_claims(payload: bytes) -> dict:
    """`status-claims`, [STA-1]."""
    claims = shape.roomy(cbor.read(payload), range(1, 7))
    shape.pattern(claims[1], AUTHORITY_ID)
    shape.uint(claims[2])
    shape.uint(claims[3])
    shape.time(claims[4])
    shape.time(claims[5])
    seen: set[bytes] = set()
    for string, width in zip(shape.array(claims[6], 4, 4), WIDTHS):
        tags = _tags(shape.bstr(string, 0, MAX_STATUS), width)
        if len(string) % width or not all(before < after for before, after in zip(tags, tags[1:])):
            raise Breach("tags that do not rise [STA-1]")
        if seen & set(tags):
            raise Breach("a tag in two strings [STA-1]")
        seen.update(tags)
    if any(decision > claims[3] for decision in _decisions(claims[6][3]).values()):
        raise Breach("reinstated by a decision that was not taken yet [STA-1]")
    return claims


def _tags(string: bytes, width: int) -> list[bytes]:
    return [string[start:start + 8] for start in range(0, len(string), width)]


def _decisions(string: bytes) -> dict[bytes, int]:
    return {
        string[start:start + 8]: int.from_bytes(string[start + 8:start + 16], "big")
        for start in range(0, len(string), 16)
    }


def _statements(strings: list[bytes]) -> dict[bytes, str]:
    return {
        tag: statement
        for statement, string, width in zip(STATEMENTS, strings, WIDTHS)
        for tag in _tags(string, width)
    }


@dataclass(frozen=True)
class Standing:
    """What is known of a document: its status, as of when, and its own list."""

    status: str
    as_of: Optional[int]
    own: Optional[StatusList]


def standing(tag: bytes, key: Key, view: Any, lists: Iterable[StatusList], now: int) -> Standing:
    """[VER-4], by the keys in service under a newest list, among the status lists of all packs."""
    speakers = [speaker for speaker in status_keys(view, key.authority) if speaker.is_test == key.is_test]
    current = [
        one for one in lists
        if one.authority == key.authority and one.as_of <= now + AHEAD and is_in_service(one, speakers)
    ]
    speaks = max((one for one in current if tag in one.statements), default=None, key=lambda one: one.said_of(tag))
    numbered = (one for one in current if one.number == key.entry.get(8))
    own = max(numbered, default=None, key=lambda one: one.age)
    if speaks is not None and speaks.statements[tag] != "reinstated":
        return Standing(speaks.statements[tag], speaks.as_of, own)
    return Standing("unknown", None, None) if own is None else Standing("in-force", own.as_of, own)


def status_keys(view: Any, authority: str) -> list[Key]:
    """The keys whose lists are those of an authority: its own in service and its successor's, [VER-4]."""
    successor = view.authorities[authority].get(7, authority)
    return [key for name in {authority, successor} for key in view.in_service(STATUS, name)]


def is_in_service(one: StatusList, speakers: Iterable[Key]) -> bool:
    """Whether one of these keys signed a list in its days, and was not lost."""
    return any(
        key.name in one.signers and not key.is_compromised and key.serves_at(one.as_of) for key in speakers
    )
