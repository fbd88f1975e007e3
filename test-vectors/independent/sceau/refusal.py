"""The one way a check ends a run: a reason code of SPEC section 10."""
from __future__ import annotations


class Refusal(Exception):
    """Ends a run of section 11 with a reason code; the detail is for people only.

    `register` is the register value found by then ([REG-7]): `unknown` before step 9. `signature_holds` is for
    a conflict in step 5: the signature held, so no other dictionary is tried ([ZIP-5]).
    """

    def __init__(self, reason: str, detail: str = "", register: str = "unknown", signature_holds: bool = False):
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.register = register
        self.signature_holds = signature_holds


class Breach(Exception):
    """A rule of SPEC sections 4 to 9, 12, 13 or 16 is broken; whoever asked turns it into a reason code."""


class NewerChoice(Breach):
    """A choice that is not known, [CLM-3]."""


class UnlistedKey(Breach):
    """A map holds a key that SPEC does not list ([CLM-2] tells it from other breaches)."""
