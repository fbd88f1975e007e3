#!/usr/bin/env python3
"""Judges every vector of ../vectors and ../objects and prints each disagreement; the last line is the count."""
from __future__ import annotations

import sys
from pathlib import Path
from typing import Callable, Optional

from sceau.refusal import Breach, NewerChoice, Refusal
from sceau_verify import (
    GENUINE, NOT_GENUINE, Outcome, match, minutes_root, open_minutes, verify, verify_legalisation,
)

ROOM = Path(__file__).resolve().parent.parent
HEADERS = {
    "expect", "spec", "now", "pack", "root", "encoding", "comment", "effect", "status", "register",
    "object", "proof", "document", "match", "salt", "held",  # these only in ../objects
}


def main() -> int:
    vectors = sorted((ROOM / "vectors").glob("*.txt"))
    objects = sorted((ROOM / "objects").glob("*.txt"))
    failed = 0
    for path in vectors + objects:
        disagreement = judge(path)
        if disagreement:
            failed += 1
            print(f"{path.name}: {disagreement}")
    print(f"{len(vectors) + len(objects) - failed} passed, {failed} failed")
    return 0 if vectors and not failed else 1


def judge(path: Path) -> Optional[str]:
    """What is wrong with one vector, or None."""
    try:
        header, artefact = read_vector(path)
        if path.parent.name == "vectors":
            return judge_document(header, artefact)
        return OBJECTS[header["object"]](header, artefact)
    except Exception as error:  # a crash on one vector is a disagreement, not the end of the run
        return f"{type(error).__name__}: {error}"


def judge_document(header: dict[str, str], text: str) -> Optional[str]:
    """A document's text, without proofs or with some."""
    proofs = [bytes.fromhex(proof) for proof in header.get("proof", "").split(",") if proof.strip()]
    outcome = verify(text, packs_of(header), int(header["now"]), root_of(header), proofs)
    return compare(header, outcome)


def judge_legalisation(header: dict[str, str], text: str) -> Optional[str]:
    """A record and, where a document is named, whether it is of that one, [LEG-8]."""
    packs, now, root = packs_of(header), int(header["now"]), root_of(header)
    record = verify_legalisation(text, packs, now, root)
    disagreement = compare(header, record)
    if disagreement or "document" not in header:
        return disagreement
    _, document_text = read_vector(find_vector(header["document"]))
    found = match(verify(document_text, packs, now, root), record)
    return None if found == header["match"] else f"expected match {header['match']}, found {found}"


def judge_minutes(header: dict[str, str], artefact: str) -> Optional[str]:
    data = bytes.fromhex(artefact)
    return compare_acceptance(header, lambda: open_minutes(data, packs_of(header), root_of(header)))


def judge_lines(header: dict[str, str], artefact: str) -> Optional[str]:
    """Canonical lines: they follow [MIN-3], and their root is the one of the header."""
    lines = [bytes.fromhex(line) for line in artefact.split("\n")] if artefact else []
    salt, root = bytes.fromhex(header["salt"]), bytes.fromhex(header["root"])

    def check() -> None:
        if minutes_root(lines, salt) != root:
            raise Breach("another root [MIN-4]")

    return compare_acceptance(header, check)


OBJECTS = {
    "proof": judge_document,
    "legalisation": judge_legalisation,
    "minutes": judge_minutes,
    "minutes-lines": judge_lines,
}


def compare(header: dict[str, str], outcome: Outcome) -> Optional[str]:
    """Where an outcome differs from the header: reason, its verdict, and what else the header states."""
    expected = header["expect"].split()[0]
    if outcome.reason != expected:
        return f"expected {expected}, found {outcome.reason} ({outcome.detail})"
    if outcome.verdict != verdict_of(expected):
        return f"expected {verdict_of(expected)}, found {outcome.verdict}"
    for name, found in (("status", outcome.status), ("register", outcome.register)):
        if name in header and found != header[name]:
            return f"expected {name} {header[name]}, found {found}"
    return None


def compare_acceptance(header: dict[str, str], check: Callable[[], object]) -> Optional[str]:
    """Where a check that accepts or refuses differs from the header."""
    found, detail = "accepted", ""
    try:
        check()
    except Refusal as refusal:
        found, detail = refusal.reason, refusal.detail
    except NewerChoice as newer:
        found, detail = "newer-format", str(newer)
    except Breach as breach:
        found, detail = "breaks-rules", str(breach)
    return None if found == header["expect"] else f"expected {header['expect']}, found {found} ({detail})"


def packs_of(header: dict[str, str]) -> list[bytes]:
    return [(ROOM / "side" / name).read_bytes() for name in pack_names(header["pack"])]


def root_of(header: dict[str, str]) -> Optional[bytes]:
    return bytes.fromhex(header["root"]) if "root" in header else None


def find_vector(name: str) -> Path:
    places = [ROOM / folder / name for folder in ("vectors", "objects")]
    return next((place for place in places if place.exists()), places[0])


def read_vector(path: Path) -> tuple[dict[str, str], str]:
    """The header and the text; the bytes are split by hand, for the text may hold any line ending."""
    head, separator, artefact = path.read_bytes().partition(b"\n\n")
    if not separator:
        raise ValueError("no empty line after the header")
    header: dict[str, str] = {}
    for line in head.decode("utf-8").split("\n"):
        name, colon, value = line.partition(":")
        if not colon or name not in HEADERS or name in header:
            raise ValueError(f"header line {line!r}")
        header[name] = value.strip()
    artefact = artefact[:-1] if artefact.endswith(b"\n") else artefact
    encoding = header.get("encoding")
    if encoding not in (None, "hex"):
        raise ValueError(f"encoding {encoding}")
    if encoding == "hex":
        artefact = bytes.fromhex(artefact.decode("ascii"))
    return header, artefact.decode("utf-8")


def pack_names(listed: str) -> list[str]:
    return [] if listed == "none" else [name.strip() for name in listed.split(",")]


def verdict_of(reason: str) -> str:
    """Section 10."""
    if reason in GENUINE:
        return "genuine"
    return "not-genuine" if reason in NOT_GENUINE else "undetermined"


if __name__ == "__main__":
    sys.exit(main())
