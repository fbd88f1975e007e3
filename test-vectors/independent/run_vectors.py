#!/usr/bin/env python3
"""Judges every vector of ../vectors and prints each disagreement; the last line is the count."""
from __future__ import annotations

import sys
from pathlib import Path
from typing import Optional

from sceau_verify import GENUINE, NOT_GENUINE, verify

ROOM = Path(__file__).resolve().parent.parent
HEADERS = {"expect", "spec", "now", "pack", "root", "encoding", "comment", "effect", "status"}


def main() -> int:
    vectors = sorted((ROOM / "vectors").glob("*.txt"))
    failed = 0
    for path in vectors:
        disagreement = judge(path)
        if disagreement:
            failed += 1
            print(f"{path.name}: {disagreement}")
    print(f"{len(vectors) - failed} passed, {failed} failed")
    return 0 if vectors and not failed else 1


def judge(path: Path) -> Optional[str]:
    """What is wrong with one vector, or None."""
    try:
        header, text = read_vector(path)
        packs = [(ROOM / "side" / name).read_bytes() for name in pack_names(header["pack"])]
        root = bytes.fromhex(header["root"]) if "root" in header else None
        outcome = verify(text, packs, int(header["now"]), root)
    except Exception as error:  # a crash on one vector is a disagreement, not the end of the run
        return f"{type(error).__name__}: {error}"
    expected = header["expect"].split()[0]
    if outcome.reason != expected:
        return f"expected {expected}, found {outcome.reason} ({outcome.detail})"
    if outcome.verdict != verdict_of(expected):
        return f"expected {verdict_of(expected)}, found {outcome.verdict}"
    if "status" in header and outcome.status != header["status"]:
        return f"expected status {header['status']}, found {outcome.status}"
    return None


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
