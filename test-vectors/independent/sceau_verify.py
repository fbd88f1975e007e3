#!/usr/bin/env python3
"""A second verifier for Sceau, from SPEC.md alone.

SPEC sections 10 and 11, the steps of sections 16 and 13, and a command line.
"""
from __future__ import annotations

import argparse
import calendar
import json
import sys
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Optional

from sceau import legalisation
from sceau.claims import NOT_ADMITTED, OTHERWISE, Claims, read_claims
from sceau.digest import DOCUMENT, RECORD, digest_of, tag_of
from sceau.display import printed
from sceau.keys import DOCUMENTS, LEGALISATION, MINISTRY, Key, find_signers
from sceau.lines import View
from sceau.minutes import Minutes, minutes_root, read_minutes
from sceau.refusal import Breach, Refusal
from sceau.register import Head, newest_head, register_value
from sceau.seal import Envelope, read_envelope
from sceau.state import Anchor, State, open_state
from sceau.status import Standing, standing
from sceau.textform import MAX_COSE, cose_bytes, is_record, read_text, wanted_dictionaries

__all__ = (
    "Outcome", "complete_sheets", "judge", "judge_record", "match", "minutes_root", "open_minutes", "refused", "story",
    "verify", "verify_legalisation",
)

# Section 10: the reasons with another verdict than `undetermined`, and those that show the document.
REFUSED = ("withdrawn", "suspended", "replaced", "past-validity", "states-not-admitted")
GENUINE = ("genuine", "status-old", "status-unknown", "states-otherwise", "one-sheet", "register-unknown", *REFUSED)
NOT_GENUINE = ("signature-invalid", "outside-scope")
SHOWN = (*GENUINE, "specimen")
CLOCK_TOLERANCE = 86_400  # seconds by which a clock may be slow, section 11
HALF_A_DAY = 43_200  # after midnight UTC a day has ended everywhere, [VER-7]


@dataclass(frozen=True)
class Outcome:
    """One row of section 10, for a document or for a legalisation record.

    `document` holds the map of label -65537 or -65538 if the row shows it, `digest` is that of section 6.
    """

    reason: str
    verdict: str
    status: str = "unknown"
    register: str = "unknown"
    document: Optional[dict] = None
    serial: Optional[bytes] = None
    digest: Optional[bytes] = None
    authority: Optional[str] = None
    names: Optional[dict] = None
    country: Optional[str] = None
    root: Optional[bytes] = None
    status_as_of: Optional[int] = None
    notes: tuple[str, ...] = ()
    detail: str = ""

    @property
    def exit_status(self) -> int:
        if self.reason == "genuine":
            return 0
        return 1 if self.verdict == "not-genuine" or self.reason in REFUSED else 2


def verify(
    text: str, packs: list[bytes], now: int, root: Optional[bytes] = None, proofs: Iterable[bytes] = ()
) -> Outcome:
    """The outcome of section 11 for a text, the files of trust packs, a time and inclusion proofs.

    `root` is the fingerprint that the user gave; without it the packs' own roots are taken ([ANC-1]).
    Failures of the machine (memory, a bug) come out as exceptions, never as an outcome.
    """
    try:
        state = open_state(packs, anchors_of(root))  # step 1
    except Refusal as refusal:
        return refused(refusal)
    return judge(text, state, now, proofs)


def verify_legalisation(
    text: str, packs: list[bytes], now: int, root: Optional[bytes] = None, proofs: Iterable[bytes] = ()
) -> Outcome:
    """The outcome of a legalisation record, [LEG-1] to [LEG-7]."""
    try:
        state = open_state(packs, anchors_of(root))
    except Refusal as refusal:
        return refused(refusal)
    return judge_record(text, state, now, proofs)


def judge(text: str, state: State, now: int, proofs: Iterable[bytes] = ()) -> Outcome:
    """Steps 2 to 12 of section 11 under a trust state."""
    proofs = tuple(proofs)
    return _least_accepting(
        text, "SC", state, "sceau/1/document", lambda key: key.use == DOCUMENTS,
        lambda envelope, view, key: _judge_document(envelope, state, view, key, now, proofs),
    )


def judge_record(text: str, state: State, now: int, proofs: Iterable[bytes] = ()) -> Outcome:
    """The same for a legalisation record."""
    proofs = tuple(proofs)
    return _least_accepting(
        text, "SL", state, legalisation.KIND, lambda key: key.use == LEGALISATION and key.role == MINISTRY,
        lambda envelope, view, key: _judge_record(envelope, state, view, key, now, proofs),
    )


def anchors_of(root: Optional[bytes]) -> list[Anchor]:
    return [] if root is None else [Anchor(root)]


def match(document: Outcome, record: Outcome) -> str:
    """Whether two outcomes are of the `same` document, of an `other` one, or `undetermined`, [LEG-8]."""
    if document.reason not in SHOWN or record.reason not in SHOWN:
        return "undetermined"
    if record.document[1] != document.digest:
        return "other"
    return "same" if record.document[2] == document.serial else "undetermined"


def complete_sheets(outcomes: Iterable[Outcome]) -> list[bool]:
    """For each document whether all sheets of its paper are among them, section 14."""
    outcomes = list(outcomes)

    def paper(outcome: Outcome) -> Any:
        if outcome.document is None or 23 not in outcome.document:
            return None
        common = {label: entry for label, entry in outcome.document.items() if label not in (6, 14, 23)}
        identity = outcome.document.get(6)
        if identity and identity[0] == 2:
            identity = identity[:2] + identity[3:]  # without the digest
        world = outcome.reason == "specimen"
        return world, outcome.root, outcome.authority, outcome.document[23][1], identity, common

    def is_complete(outcome: Outcome) -> bool:
        own = paper(outcome)
        if own is None:
            return False
        found = {other.document[23][0] for other in outcomes if paper(other) == own}
        return found >= set(range(1, own[3] + 1))

    return [is_complete(outcome) for outcome in outcomes]


def story(texts: list[str], state: State, now: int) -> tuple[list[Optional[int]], int]:
    """The exit status of each text, None where it does not count, and that of all, [STO-1] to [STO-5]."""
    records = [is_record(text) for text in texts]
    outcomes = [(judge_record if record else judge)(text, state, now) for text, record in zip(texts, records)]
    documents = [outcome for outcome, record in zip(outcomes, records) if not record]
    complete = iter(complete_sheets(documents))
    some_shown = any(outcome.reason in SHOWN for outcome in documents)
    exits: list[Optional[int]] = []
    for outcome, record in zip(outcomes, records):
        status: Optional[int] = outcome.exit_status
        if record:
            status = _beside(outcome, documents)
        else:
            whole = next(complete)
            if outcome.reason == "foreign-code" and some_shown:
                status = None
            elif outcome.reason == "one-sheet" and whole:
                status = 0
        exits.append(status)
    return exits, _of_all(exits)


def _of_all(exits: list[Optional[int]]) -> int:
    """The exit status of several codes from that of each, None where it does not count, [STO-5]."""
    return next((status for status in (1, 2, 0) if status in exits), 2)


def _beside(record: Outcome, documents: Iterable[Outcome]) -> int:
    """The exit status of a record, [STO-3] and [STO-4]."""
    if record.exit_status != 0:
        return record.exit_status
    found = [match(document, record) for document in documents if document.reason != "foreign-code"]
    if "same" in found:
        return 0
    return 1 if found and "undetermined" not in found else 2


def open_minutes(data: bytes, packs: list[bytes], root: Optional[bytes] = None) -> Minutes:
    """Minutes from their COSE bytes under the files of trust packs, [MIN-1] and [MIN-2]; raises Refusal."""
    return read_minutes(data, open_state(packs, anchors_of(root)))


def refused(refusal: Refusal) -> Outcome:
    """The row in which a run ends that a check has ended."""
    verdict = "not-genuine" if refusal.reason in NOT_GENUINE else "undetermined"
    return Outcome(refusal.reason, verdict, register=refusal.register, detail=refusal.detail)


def _least_accepting(
    text: str, prefix: str, state: State, kind: str, may_sign: Callable[[Key], bool],
    steps: Callable[[Envelope, View, Key], Outcome],
) -> Outcome:
    """Steps 2 to 5, and the steps that follow for each anchor under which the signature holds."""
    try:
        envelope, signers = _open(text, prefix, state, kind, may_sign)
    except Refusal as refusal:
        return refused(refusal)
    outcomes = []
    for view, key in signers:
        try:
            outcome = steps(envelope, view, key)
        except Refusal as refusal:
            outcome = refused(refusal)
        outcomes.append(((1, 2, 0).index(outcome.exit_status), view.newest.id, outcome))
    return min(outcomes, key=lambda found: found[:2])[2]


def _judge_document(
    envelope: Envelope, state: State, view: View, key: Key, now: int, proofs: tuple[bytes, ...]
) -> Outcome:
    claims = read_claims(envelope.payload)  # step 6
    _check_scope(claims, key)  # step 7
    digest = digest_of(DOCUMENT, key.authority, key.is_test, claims.serial, claims.document)
    found = _Sealed(claims.sealed_at, claims.serial, claims.document, digest, claims)
    return _settle(found, state, view, key, now, proofs)


def _judge_record(
    envelope: Envelope, state: State, view: View, key: Key, now: int, proofs: tuple[bytes, ...]
) -> Outcome:
    record = legalisation.read_record(envelope.payload)  # [LEG-4], [LEG-5]
    digest = digest_of(RECORD, key.authority, key.is_test, record.serial, record.legalisation)
    found = _Sealed(record.sealed_at, record.serial, record.legalisation, digest, None)
    return _settle(found, state, view, key, now, proofs)  # [LEG-6], [LEG-7]


@dataclass(frozen=True)
class _Sealed:
    """A document with its claims, or a record without."""

    sealed_at: int
    serial: bytes
    content: dict
    digest: bytes
    claims: Optional[Claims]


def _settle(
    sealed: _Sealed, state: State, view: View, key: Key, now: int, proofs: tuple[bytes, ...]
) -> Outcome:
    """Steps 8 to 12."""
    heads, files = state.objects.heads.values(), state.objects.files
    register = register_value(key, view, heads, files, sealed.digest, sealed.serial, proofs)
    if not (key.register_is_complete and register == "listed") and not key.serves_at(sealed.sealed_at):
        raise Refusal("outside-signing-window", "[VER-2]")
    if (key.is_compromised and register != "listed") or (key.register_is_complete and register == "not-listed"):
        raise Refusal("key-compromised", "[VER-3]", register)
    known = standing(tag_of(sealed.digest), key, view, state.objects.status_lists.values(), now)  # step 10
    reason = _reason(sealed.claims, key, known, view, now, _wants_register(sealed, key, view, heads, register))
    notes = tuple(_notes(sealed.sealed_at, key, known, register))
    return _shown(reason, known, sealed.serial, sealed.content, sealed.digest, view, key, register, notes)


def _wants_register(sealed: _Sealed, key: Key, view: View, heads: Iterable[Head], register: str) -> bool:
    """[VER-9]."""
    if key.register_is_complete:
        return register == "unknown" and 14 not in key.entry
    if register != "not-listed":
        return False
    service_ends = min(key.entry[4], key.entry.get(9, key.entry[4]))
    return newest_head(key, view, heads).time > max(sealed.sealed_at, service_ends)


def _open(
    text: str, prefix: str, state: State, kind: str, may_sign: Callable[[Key], bool]
) -> tuple[Envelope, list[tuple[View, Key]]]:
    """Steps 2 to 5: the envelope and the keys that signed.

    Of several dictionaries the first that leads to a signature that holds decides, [ZIP-5].
    """
    data = read_text(text, prefix)

    def steps(dictionary: Optional[bytes]) -> tuple[Envelope, list[tuple[View, Key]]]:
        cose = cose_bytes(data, dictionary)
        try:
            envelope = read_envelope(cose, MAX_COSE)
        except Breach as breach:
            raise Refusal("envelope-malformed", str(breach)) from None
        return envelope, find_signers(envelope, state, kind, may_sign)

    candidates = wanted_dictionaries(data, state.dictionaries())
    if len(candidates) == 1:
        return steps(candidates[0])
    for dictionary in candidates:
        try:
            return steps(dictionary)
        except Refusal as refusal:
            if refusal.signature_holds:
                raise
    raise Refusal("dictionary-unknown", f"{len(candidates)} dictionaries, no signature holds [ZIP-5]")


def _notes(sealed_at: int, key: Key, known: Standing, register: str) -> Iterable[str]:
    """What sections 10 and 11 have a program say beside the row; no time of sealing is in it."""
    if key.is_compromised:
        yield "the key was lost later; this document was registered"
    if register == "not-listed":
        yield "not in the register"
    if known.own is not None and sealed_at > known.own.as_of:
        yield "nothing is known of it since it was sealed"


def _shown(
    reason: str, known: Standing, serial: bytes, content: dict, digest: bytes, view: View, key: Key, register: str,
    notes: tuple[str, ...],
) -> Outcome:
    authority = view.authorities[key.authority]
    return Outcome(
        reason,
        "genuine" if reason in GENUINE else "undetermined",
        known.status,
        register,
        document=content,
        serial=serial,
        digest=digest,
        authority=key.authority,
        names=authority[2],
        country=authority[3],
        root=view.newest.roots,
        status_as_of=known.as_of,
        notes=notes,
    )


def _check_scope(claims: Claims, key: Key) -> None:
    """[VER-1]."""
    if claims.kind not in key.entry[5]:
        raise Refusal("outside-scope", "kind [VER-1]")
    if 6 in key.entry and claims.session not in key.entry[6]:
        raise Refusal("outside-session", "session [VER-1]")


def _reason(
    claims: Optional[Claims], key: Key, known: Standing, view: View, now: int, wants_register: bool
) -> str:
    """[VER-5] to [VER-12]; a record has neither last day nor decision nor sheets."""
    if key.is_test:
        return "specimen"
    if known.status in REFUSED:
        return known.status
    if claims is not None and claims.last_day is not None:
        if max(now, view.newest.issued) >= end_of(claims.last_day) + HALF_A_DAY:
            return "past-validity"
    if claims is not None and claims.outcome == NOT_ADMITTED:
        return "states-not-admitted"
    if wants_register:
        return "register-unknown"
    if known.status == "unknown":
        return "status-unknown"
    if _is_old(known, key.authority, view, now):
        return "status-old"
    if claims is not None and claims.outcome == OTHERWISE:
        return "states-otherwise"
    return "one-sheet" if claims is not None and 23 in claims.document else "genuine"


def end_of(partial_date: int) -> int:
    """Midnight UTC that ends the last day of a partial date, [VER-7]."""
    year, month, day = partial_date // 10000, partial_date // 100 % 100 or 12, partial_date % 100
    day = day or calendar.monthrange(year, month)[1]
    return calendar.timegm((year, month, day, 0, 0, 0)) + 86_400


def _is_old(known: Standing, authority: str, view: View, now: int) -> bool:
    """Past the end of the own list or of the newest trust list, or by a clock that is before the latter."""
    assert known.own is not None  # else the status is unknown
    is_last = known.own.digest in view.authorities[authority].get(9, ())
    ended = (now >= known.own.expires and not is_last) or now >= view.newest.next_update
    return ended or now + CLOCK_TOLERANCE < view.newest.issued


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
    parser.add_argument("--root", type=bytes.fromhex, metavar="HEX", help="the root fingerprint that opens the packs")
    parser.add_argument("--proof", nargs="+", default=[], metavar="FILE", help="inclusion proofs")
    parser.add_argument("--legalisation", action="store_true", help="the texts are legalisation records")
    parser.add_argument("--document", metavar="TEXT", help="with --legalisation, the document to compare with")
    parser.add_argument("text", metavar="TEXT", help="a text, or - for one text a line from stdin")
    arguments = parser.parse_args()
    packs, proofs = _read_files(arguments.pack), _read_files(arguments.proof)
    texts = [arguments.text]
    if arguments.text == "-":
        # A line that is no UTF-8 stays a text that is no code. Only the line's own end is dropped.
        lines = sys.stdin.buffer.read().decode("utf-8", "surrogateescape").split("\n")
        texts = lines[:-1] if lines[-1] == "" else lines
    if arguments.legalisation:
        found = run_records(texts, arguments.document, packs, arguments.now, arguments.root)
    else:
        found = run_documents(texts, packs, arguments.now, arguments.root, proofs)
    for line, _ in found:
        print(json.dumps(line))
    return _of_all([status for _, status in found])


def run_documents(
    texts: list[str], packs: list[bytes], now: int, root: Optional[bytes], proofs: list[bytes]
) -> list[tuple[dict, int]]:
    """What is printed of each text and its exit status; sheets of one paper count together, section 14."""
    outcomes = [verify(text, packs, now, root, proofs) for text in texts]
    found = []
    for outcome, is_complete in zip(outcomes, complete_sheets(outcomes)):
        line, status = printed(outcome), outcome.exit_status
        if is_complete and outcome.reason == "one-sheet":
            line["notes"].append("all sheets are here: it counts as genuine")
            status = 0
        found.append((line, status))
    return found


def run_records(
    texts: list[str], document_text: Optional[str], packs: list[bytes], now: int, root: Optional[bytes]
) -> list[tuple[dict, int]]:
    """What is printed of each record, and of the document if there is one; a record alone never has 0, section 14."""
    document = None if document_text is None else verify(document_text, packs, now, root)
    found = [] if document is None else [(printed(document), document.exit_status)]
    for text in texts:
        record = verify_legalisation(text, packs, now, root)
        matched = "undetermined" if document is None else match(document, record)
        status = _beside(record, [] if document is None else [document])
        found.append(({**printed(record, is_record=True), "match": matched}, status))
    return found


if __name__ == "__main__":
    sys.exit(main())
