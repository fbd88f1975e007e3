#!/usr/bin/env python3
"""A second verifier for Sceau, from SPEC.md alone: SPEC sections 10 and 11, and a command line."""
from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from typing import Any, Optional

from sceau.claims import Claims, read_claims
from sceau.refusal import Breach, Refusal
from sceau.seal import Envelope, read_envelope
from sceau.textform import MAX_COSE, cose_bytes, read_text
from sceau.trust import DOCUMENTS, Key, Pack, StatusList, load_pack

# Section 10: the reasons with another verdict than `undetermined`, and those that show the document.
GENUINE = ("genuine", "status-old", "status-unknown", "withdrawn", "suspended", "replaced")
NOT_GENUINE = ("signature-invalid", "outside-scope")
STATUSES = ("in-force", "withdrawn", "suspended", "replaced")


@dataclass(frozen=True)
class Outcome:
    """One row of section 10."""

    reason: str
    verdict: str
    status: str = "unknown"
    register: str = "unknown"
    document: Optional[dict] = None
    serial: Optional[bytes] = None
    authority: Optional[str] = None
    sealed_at: Optional[int] = None
    status_as_of: Optional[int] = None
    detail: str = ""

    @property
    def exit_status(self) -> int:
        if self.reason == "genuine":
            return 0
        refused = self.verdict == "not-genuine" or self.reason in STATUSES
        return 1 if refused else 2


def verify(text: str, packs: list[bytes], now: int, root: Optional[bytes] = None) -> Outcome:
    """The outcome of section 11 for a text, the files of trust packs and a time.

    `root` is the root fingerprint held; without it the packs' own roots are taken ([TRU-5]).
    Failures of the machine (memory, a bug) come out as exceptions, never as an outcome.
    """
    try:
        return _run(text, packs, now, root)
    except Refusal as refusal:
        verdict = "not-genuine" if refusal.reason in NOT_GENUINE else "undetermined"
        return Outcome(refusal.reason, verdict, detail=refusal.detail)


def _run(text: str, pack_files: list[bytes], now: int, root: Optional[bytes]) -> Outcome:
    packs = [load_pack(data, root) for data in pack_files]  # step 1
    if not packs:
        raise Refusal("no-trust")
    data = cose_bytes(read_text(text), _all_dictionaries(packs))  # steps 2 and 3
    try:
        envelope = read_envelope(data, MAX_COSE)  # step 4
    except Breach as breach:
        raise Refusal("envelope-malformed", str(breach)) from None
    pack, key = _find_signer(envelope, packs)  # step 5
    claims = read_claims(envelope.payload)  # step 6
    _check_scope(claims, key)  # step 7
    _check_time(claims, key)  # steps 8 and 9
    status_list = _find_status_list(claims, key, pack)  # step 10
    status = _status(claims, status_list)
    reason = _reason(key, status, status_list, now)  # steps 11 and 12
    return Outcome(
        reason,
        "genuine" if reason in GENUINE else "undetermined",
        status,
        document=claims.document,
        serial=claims.serial,
        authority=key.authority,
        sealed_at=claims.sealed_at,
        status_as_of=status_list.as_of if status_list else None,
    )


def _all_dictionaries(packs: list[Pack]) -> dict[int, bytes]:
    """Step 3: of several dictionaries with one DICTID the first loaded is taken."""
    dictionaries: dict[int, bytes] = {}
    for pack in packs:
        for identifier, dictionary in pack.dictionaries.items():
            dictionaries.setdefault(identifier, dictionary)
    return dictionaries


def _find_signer(envelope: Envelope, packs: list[Pack]) -> tuple[Pack, Key]:
    """Step 5: the deciding pack and its key."""
    candidates = [
        (pack, key)
        for pack in packs
        for key in pack.keys
        if key.use == DOCUMENTS and key.kid == envelope.kid
    ]
    if not candidates:
        raise Refusal("unknown-issuer", "[SIG-1]")
    signers = [
        (pack, key)
        for pack, key in candidates
        if envelope.holds_under(key.public, "sceau/1/document")
    ]
    if not signers:
        raise Refusal("signature-invalid", "[SIG-1]")
    return max(signers, key=lambda signer: signer[0].version)  # max() keeps the first of equals


def _check_scope(claims: Claims, key: Key) -> None:
    """[VER-1]."""
    if claims.kind not in key.entry[5]:
        raise Refusal("outside-scope", "kind [VER-1]")
    if 6 in key.entry and claims.session not in key.entry[6]:
        raise Refusal("outside-scope", "session [VER-1]")
    reference = claims.status_reference
    if reference is not None and reference[0] != key.entry.get(8):
        raise Refusal("outside-scope", "status list [VER-1]")


def _check_time(claims: Claims, key: Key) -> None:
    """[VER-2] and [VER-3]."""
    if not key.serves_at(claims.sealed_at):
        raise Refusal("outside-signing-window", "[VER-2]")
    if key.is_compromised:
        raise Refusal("key-compromised", "[VER-3]")


def _find_status_list(claims: Claims, key: Key, pack: Pack) -> Optional[StatusList]:
    """[VER-4], the list."""
    if claims.status_reference is None:
        return None
    return pack.status_lists.get(f"sceau:{key.authority}/{claims.status_reference[0]}")


def _status(claims: Claims, status_list: Optional[StatusList]) -> str:
    """[VER-4], the entry."""
    entry = status_list.entry(claims.status_reference[1]) if status_list else None
    return "unknown" if entry is None else STATUSES[entry]


def _reason(key: Key, status: str, status_list: Optional[StatusList], now: int) -> str:
    """[VER-5] and [VER-6]."""
    if 11 in key.entry:
        return "specimen"
    if status == "unknown":
        return "status-unknown"
    if status != "in-force":
        return status
    return "status-old" if now >= status_list.expires else "genuine"


def _plain(value: Any) -> Any:
    """A value as JSON has it: byte strings in hex."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    return value


def main() -> int:
    parser = argparse.ArgumentParser(description="Judge texts of sealed documents by SPEC.md.")
    parser.add_argument("--pack", nargs="+", default=[], metavar="FILE", help="trust packs")
    parser.add_argument("--now", type=int, required=True, metavar="SECONDS", help="the time of judging")
    parser.add_argument("--root", type=bytes.fromhex, metavar="HEX", help="the root fingerprint held")
    parser.add_argument("text", metavar="TEXT", help="a text, or - for one text a line from stdin")
    arguments = parser.parse_args()
    packs = []
    for name in arguments.pack:
        with open(name, "rb") as file:
            packs.append(file.read())
    texts = [arguments.text]
    if arguments.text == "-":
        # A line that is no UTF-8 stays a text that is no code. Only the line's own end is dropped.
        lines = sys.stdin.buffer.read().decode("utf-8", "surrogateescape").split("\n")
        texts = lines[:-1] if lines[-1] == "" else lines
    exit_status = 0
    for text in texts:
        outcome = verify(text, packs, arguments.now, arguments.root)
        print(json.dumps(_plain(asdict(outcome)), sort_keys=True))
        exit_status = max(exit_status, outcome.exit_status)
    return exit_status


if __name__ == "__main__":
    sys.exit(main())
