#!/usr/bin/env python3
"""A second verifier for Sceau, from SPEC.md alone.

SPEC sections 10 and 11, the steps of sections 7 (succession), 16 and 17, and a command line.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from typing import Any, Callable, Iterable, Optional

from sceau import legalisation
from sceau.claims import Claims, read_claims
from sceau.keys import DOCUMENTS, LEGALISATION, MINISTRY, Key, check_service, find_signer
from sceau.minutes import Minutes, minutes_root, read_minutes
from sceau.refusal import Breach, Refusal
from sceau.register import register_value
from sceau.seal import Envelope, read_envelope
from sceau.textform import MAX_COSE, cose_bytes, read_text, wanted_dictionaries
from sceau.trust import Pack, StatusList, load_pack

__all__ = ("Outcome", "match", "minutes_root", "open_minutes", "successor", "verify", "verify_legalisation")

# Section 10: the reasons with another verdict than `undetermined`, and those that show the document.
GENUINE = ("genuine", "status-old", "status-unknown", "withdrawn", "suspended", "replaced")
NOT_GENUINE = ("signature-invalid", "outside-scope")
SHOWN = GENUINE + ("specimen",)
STATUSES = ("in-force", "withdrawn", "suspended", "replaced")
CLOCK_TOLERANCE = 86_400  # seconds by which a clock may be slow, [VER-6]


@dataclass(frozen=True)
class Outcome:
    """One row of section 10, for a document or for a legalisation record.

    `document` holds the map of label -65537 or -65538 if the row shows it, `digest` is the SHA-256 of the
    COSE bytes that carried it.
    """

    reason: str
    verdict: str
    status: str = "unknown"
    register: str = "unknown"
    document: Optional[dict] = None
    serial: Optional[bytes] = None
    digest: Optional[bytes] = None
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


def verify(
    text: str, packs: list[bytes], now: int, root: Optional[bytes] = None, proofs: Iterable[bytes] = ()
) -> Outcome:
    """The outcome of section 11 for a text, the files of trust packs, a time and inclusion proofs.

    `root` is the root fingerprint held; without it the packs' own roots are taken ([TRU-5]).
    Failures of the machine (memory, a bug) come out as exceptions, never as an outcome.
    """
    try:
        return _run(text, packs, now, root, tuple(proofs))
    except Refusal as refusal:
        return _refused(refusal)


def verify_legalisation(text: str, packs: list[bytes], now: int, root: Optional[bytes] = None) -> Outcome:
    """The outcome of a legalisation record, [LEG-1] to [LEG-7]."""
    try:
        return _run_legalisation(text, packs, now, root)
    except Refusal as refusal:
        return _refused(refusal)


def match(document: Outcome, record: Outcome) -> str:
    """Whether two outcomes are of the `same` document, of an `other` one, or `undetermined`, [LEG-8]."""
    if document.reason not in SHOWN or record.reason not in SHOWN:
        return "undetermined"
    if record.document[1] != document.digest:
        return "other"
    return "same" if record.document[2] == document.serial else "undetermined"


def open_minutes(data: bytes, packs: list[bytes], root: Optional[bytes] = None) -> Minutes:
    """Minutes from their COSE bytes under the files of trust packs, [MIN-1] and [MIN-2]; raises Refusal."""
    return read_minutes(data, _load_packs(packs, root))


def successor(held_pack: bytes, new_pack: bytes) -> Pack:
    """The new pack, accepted in the place of the one held, [ROT-1] to [ROT-4] and [PCK-3]; raises Refusal."""
    return load_pack(new_pack, held=load_pack(held_pack))


def _refused(refusal: Refusal) -> Outcome:
    verdict = "not-genuine" if refusal.reason in NOT_GENUINE else "undetermined"
    return Outcome(refusal.reason, verdict, register=refusal.register, detail=refusal.detail)


def _run(text: str, pack_files: list[bytes], now: int, root: Optional[bytes], proofs: tuple) -> Outcome:
    packs = _load_packs(pack_files, root)  # step 1
    cose, envelope, pack, key = _open(
        text, "SC", packs, "sceau/1/document", lambda key: key.use == DOCUMENTS
    )  # steps 2 to 5
    claims = read_claims(envelope.payload)  # step 6
    _check_scope(claims, key)  # step 7
    if not key.serves_at(claims.sealed_at):  # step 8
        raise Refusal("outside-signing-window", "[VER-2]")
    register = register_value(key, pack.registers, cose, claims.serial, proofs)  # step 9
    if (key.is_compromised and register != "listed") or (key.register_is_complete and register == "not-listed"):
        raise Refusal("key-compromised", "[VER-3]", register)
    return _shown(claims, claims.document, cose, pack, key, register, now)  # steps 10 to 12


def _run_legalisation(text: str, pack_files: list[bytes], now: int, root: Optional[bytes]) -> Outcome:
    packs = _load_packs(pack_files, root)  # [LEG-7]
    cose, envelope, pack, key = _open(
        text, "SL", packs, legalisation.EXTERNAL_AAD, lambda key: key.use == LEGALISATION and key.role == MINISTRY
    )  # [LEG-1] to [LEG-3]
    record = legalisation.read_record(envelope.payload)  # [LEG-4], [LEG-5]
    check_service(key, record.sealed_at)  # [LEG-6]
    return _shown(record, record.legalisation, cose, pack, key, "unknown", now)  # [LEG-7]


def _load_packs(pack_files: list[bytes], root: Optional[bytes]) -> list[Pack]:
    """Step 1."""
    packs = [load_pack(data, root) for data in pack_files]
    if not packs:
        raise Refusal("no-trust")
    return packs


def _open(
    text: str, prefix: str, packs: list[Pack], external_aad: str, may_sign: Callable[[Key], bool]
) -> tuple[bytes, Envelope, Pack, Key]:
    """Steps 2 to 5: the COSE bytes, their envelope, the deciding pack and its key.

    Of several dictionaries the first that leads to a signature that holds decides, [ZIP-5].
    """
    data = read_text(text, prefix)

    def steps(dictionary: Optional[bytes]) -> tuple[bytes, Envelope, Pack, Key]:
        cose = cose_bytes(data, dictionary)
        try:
            envelope = read_envelope(cose, MAX_COSE)
        except Breach as breach:
            raise Refusal("envelope-malformed", str(breach)) from None
        return (cose, envelope, *find_signer(envelope, packs, external_aad, may_sign))

    candidates = wanted_dictionaries(data, _all_dictionaries(packs))
    if len(candidates) == 1:
        return steps(candidates[0])
    for dictionary in candidates:
        try:
            return steps(dictionary)
        except Refusal:
            continue
    raise Refusal("dictionary-unknown", f"{len(candidates)} dictionaries, no signature holds [ZIP-5]")


def _shown(claims: Any, content: dict, cose: bytes, pack: Pack, key: Key, register: str, now: int) -> Outcome:
    """Steps 10 to 12: the outcome of what no earlier step refused."""
    status_list = _find_status_list(claims, key, pack)
    status = _status(claims, status_list)
    reason = _reason(key, status, status_list, pack, now)
    return Outcome(
        reason,
        "genuine" if reason in GENUINE else "undetermined",
        status,
        register,
        document=content,
        serial=claims.serial,
        digest=hashlib.sha256(cose).digest(),
        authority=key.authority,
        sealed_at=claims.sealed_at,
        status_as_of=status_list.as_of if status_list else None,
    )


def _all_dictionaries(packs: list[Pack]) -> dict[int, list[bytes]]:
    """Step 3: the different dictionaries of each DICTID in the order of loading."""
    dictionaries: dict[int, list[bytes]] = {}
    for pack in packs:
        for identifier, dictionary in pack.dictionaries.items():
            same_id = dictionaries.setdefault(identifier, [])
            if dictionary not in same_id:
                same_id.append(dictionary)
    return dictionaries


def _check_scope(claims: Claims, key: Key) -> None:
    """[VER-1]."""
    if claims.kind not in key.entry[5]:
        raise Refusal("outside-scope", "kind [VER-1]")
    if 6 in key.entry and claims.session not in key.entry[6]:
        raise Refusal("outside-scope", "session [VER-1]")
    reference = claims.status_reference
    if reference is not None and reference[0] != key.entry.get(8):
        raise Refusal("outside-scope", "status list [VER-1]")


def _find_status_list(claims: Any, key: Key, pack: Pack) -> Optional[StatusList]:
    """[VER-4], the list; one of the test world counts for its documents only."""
    if claims.status_reference is None:
        return None
    status_list = pack.status_lists.get(f"sceau:{key.authority}/{claims.status_reference[0]}")
    if status_list is not None and status_list.of_test_world and not key.is_test:
        return None
    return status_list


def _status(claims: Any, status_list: Optional[StatusList]) -> str:
    """[VER-4], the entry."""
    entry = status_list.entry(claims.status_reference[1]) if status_list else None
    return "unknown" if entry is None else STATUSES[entry]


def _reason(key: Key, status: str, status_list: Optional[StatusList], pack: Pack, now: int) -> str:
    """[VER-5] and [VER-6]."""
    if key.is_test:
        return "specimen"
    if status == "unknown":
        return "status-unknown"
    if status != "in-force":
        return status
    return "status-old" if _is_old(status_list, pack, now) else "genuine"


def _is_old(status_list: StatusList, pack: Pack, now: int) -> bool:
    """[VER-6]: past the end of the list or of the trust list, or by a clock that is before either."""
    ended = now >= status_list.expires or now >= pack.next_update
    return ended or now + CLOCK_TOLERANCE < max(status_list.as_of, pack.issued)


def _plain(value: Any) -> Any:
    """A value as JSON has it: byte strings in hex."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    return value


def _read_files(names: list[str]) -> list[bytes]:
    contents = []
    for name in names:
        with open(name, "rb") as file:
            contents.append(file.read())
    return contents


def main() -> int:
    parser = argparse.ArgumentParser(description="Judge texts of sealed documents by SPEC.md.")
    parser.add_argument("--pack", nargs="+", default=[], metavar="FILE", help="trust packs")
    parser.add_argument("--now", type=int, required=True, metavar="SECONDS", help="the time of judging")
    parser.add_argument("--root", type=bytes.fromhex, metavar="HEX", help="the root fingerprint held")
    parser.add_argument("--proof", nargs="+", default=[], metavar="FILE", help="inclusion proofs")
    parser.add_argument("--legalisation", action="store_true", help="the texts are legalisation records")
    parser.add_argument("text", metavar="TEXT", help="a text, or - for one text a line from stdin")
    arguments = parser.parse_args()
    packs, proofs = _read_files(arguments.pack), _read_files(arguments.proof)
    texts = [arguments.text]
    if arguments.text == "-":
        # A line that is no UTF-8 stays a text that is no code. Only the line's own end is dropped.
        lines = sys.stdin.buffer.read().decode("utf-8", "surrogateescape").split("\n")
        texts = lines[:-1] if lines[-1] == "" else lines
    exit_status = 0
    for text in texts:
        if arguments.legalisation:
            outcome = verify_legalisation(text, packs, arguments.now, arguments.root)
        else:
            outcome = verify(text, packs, arguments.now, arguments.root, proofs)
        print(json.dumps(_plain(asdict(outcome)), sort_keys=True))
        exit_status = max(exit_status, outcome.exit_status)
    return exit_status


if __name__ == "__main__":
    sys.exit(main())
