"""Key entries of a trust list, SPEC section 7, and the search for the one that signed, section 5."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from . import seal, shape
from .refusal import Refusal

DOCUMENTS, STATUS, REGISTER, MINUTES, LEGALISATION = range(1, 6)  # uses, label 2 of a key entry
MINISTRY = 2  # role, label 4 of an authority
AUTHORITY_ID = "[A-Z0-9-]{2,32}"
Name = tuple[bytes, str]  # of a key: its public key and its authority, which `external_aad` binds


@dataclass(frozen=True)
class Key:
    """One key entry of a trust list together with the authority it belongs to."""

    authority: str
    role: int
    entry: dict

    @property
    def public(self) -> bytes:
        return self.entry[1]

    @property
    def name(self) -> Name:
        return self.public, self.authority

    @property
    def use(self) -> int:
        return self.entry[2]

    @property
    def kid(self) -> bytes:
        return seal.kid_of(self.public)

    def serves_at(self, moment: int) -> bool:
        """Whether a moment lies in the signing window, both ends included, and not after label 9."""
        return self.entry[3] <= moment <= min(self.entry[4], self.entry.get(9, shape.MAX_TIME))

    @property
    def is_compromised(self) -> bool:
        return 10 in self.entry

    @property
    def is_test(self) -> bool:
        return 11 in self.entry

    @property
    def register_is_complete(self) -> bool:
        """Whether the roots have fixed the one register head that counts, label 13."""
        return 13 in self.entry

    def signed(self, envelope: seal.Envelope, kind: str) -> bool:
        """Whether it signed an object of a kind, for its authority, [SIG-5]."""
        return self.kid == envelope.kid and envelope.holds_under(self.public, seal.aad(kind, self.authority))


def find_signers(
    envelope: seal.Envelope, state: Any, kind: str, may_sign: Callable[[Key], bool]
) -> list[tuple[Any, Key]]:
    """Step 5 of section 11: the keys that signed, each with the view of a newest list that it is of.

    There are several only where several anchors have the key.
    """
    candidates = [
        (line, view, key) for line in state.lines for view in line.views for key in view.keys_with(envelope.kid)
        if may_sign(key) and line.counts(key.authority)
    ]
    if not candidates:
        raise Refusal("unknown-issuer", "[SIG-1]")
    signers = [candidate for candidate in candidates if candidate[2].signed(envelope, kind)]
    if any(line.in_conflict for line, _, _ in signers or candidates):
        raise Refusal("trust-conflict", "[LIN-4]", signature_holds=bool(signers))
    if not signers:
        raise Refusal("signature-invalid", "[SIG-1]")
    return [(view, key) for _, view, key in signers]


def check_service(key: Key, moment: int) -> None:
    """[MIN-2] and [LEG-6]: the key served at that moment and was not lost."""
    if not key.serves_at(moment):
        raise Refusal("outside-signing-window", "[MIN-2] [LEG-6]")
    if key.is_compromised:
        raise Refusal("key-compromised", "[MIN-2] [LEG-6]")
