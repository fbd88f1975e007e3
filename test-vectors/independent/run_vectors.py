#!/usr/bin/env python3
"""Judges every vector of ../vectors and ../objects and every row of ../golden, and prints each disagreement.

The last line is the count.
"""
from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Callable, Iterator, Optional, Sequence

import cbor2

from sceau.keeping import check_dates, keep
from sceau.pack import load_pack
from sceau.refusal import Breach, NewerChoice, Refusal
from sceau.state import Anchor, Objects, State, open_state
from sceau_verify import (
    GENUINE, NOT_GENUINE, SHOWN, Outcome, judge, match, minutes_root, open_minutes, refused, story,
    verify, verify_legalisation,
)

ROOM = Path(__file__).resolve().parent.parent
HEADERS = {
    "expect", "spec", "now", "pack", "root", "encoding", "comment", "effect", "status", "register",
    "object", "proof", "document", "match", "salt", "lists", "countries", "pair", "exits",  # these only in ../objects
}


def main() -> int:
    vectors = sorted((ROOM / "vectors").glob("*.txt"))
    objects = sorted((ROOM / "objects").glob("*.txt"))
    failed = 0
    for path in vectors + objects:
        disagreement = judge_file(path)
        if disagreement:
            failed += 1
            print(f"{path.name}: {disagreement}")
    rows = golden_rows()
    for row, disagreement in zip(rows, judge_golden(rows)):
        if disagreement:
            failed += 1
            print(f"golden {row['text']} under {row['packs']}: {disagreement}")
    print(f"{len(vectors) + len(objects) + len(rows) - failed} passed, {failed} failed")
    return 0 if vectors and not failed else 1


def judge_file(path: Path) -> Optional[str]:
    """What is wrong with one vector, or None."""
    try:
        header, artefact = read_vector(path)
        if path.parent.name == "vectors":
            return judge_document(header, artefact)
        return OBJECTS[header["object"]](header, artefact)
    except Exception as error:  # a crash on one vector is a disagreement, not the end of the run
        return f"{type(error).__name__}: {error}"


def golden_rows() -> list[dict[str, str]]:
    with open(ROOM / "golden" / "answers.tsv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def judge_golden(rows: list[dict[str, str]]) -> Iterator[Optional[str]]:
    """What is wrong with each answer, or None."""
    states: dict[tuple[str, str], State] = {}
    for row in rows:
        place = row["root"], row["packs"]
        if place not in states:
            root = load_pack(golden(f"{row['root']}-1.sceau")).trust_list.roots
            states[place] = open_state([golden(name) for name in row["packs"].split(",")], [Anchor(root)])
        country, line = row["text"].split("-")
        texts = (ROOM / "golden" / f"{country}.txt").read_text("ascii").split("\n")
        outcome = judge(texts[int(line) - 1], states[place], int(row["now"]))
        digest = outcome.digest.hex() if outcome.reason in SHOWN else "-"
        found = outcome.reason, outcome.status, outcome.register, digest
        expected = row["reason"], row["status"], row["register"], row["digest"]
        yield None if found == expected else f"expected {expected}, found {found}"


def golden(name: str) -> bytes:
    return (ROOM / "golden" / "packs" / name).read_bytes()


def judge_document(header: dict[str, str], text: str) -> Optional[str]:
    """A document's text, without proofs or with some."""
    outcome = verify(text, packs_of(header), int(header["now"]), root_of(header), proofs_of(header))
    return compare(header, outcome)


def judge_legalisation(header: dict[str, str], text: str) -> Optional[str]:
    """A record and, where a document is named, whether it is of that one, [LEG-8]."""
    packs, now, root = packs_of(header), int(header["now"]), root_of(header)
    record = verify_legalisation(text, packs, now, root, proofs_of(header))
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


def judge_line(header: dict[str, str], artefact: str) -> Optional[str]:
    """Which lists are newest from the anchors, whatever the order of the packs and whichever file a list is in."""
    files = packs_of(header)
    found = {line_of(header, grouped) for order in orders_of(files) for grouped in [order, *groupings_of(order)]}
    if len(found) > 1:
        return f"it depends on the order or the grouping: {sorted(found)}"
    expected = (header["expect"], header["lists"])
    return None if found == {expected} else f"expected {expected}, found {found.pop()}"


def orders_of(files: list[bytes]) -> list[list[bytes]]:
    """As they are named, reversed, and each one first."""
    return [files[::-1], *(files[at:] + files[:at] for at in range(max(len(files), 1)))]


def groupings_of(files: list[bytes]) -> list[list[bytes]]:
    """The lists of packs in other packs: once all in one and once two by two. None if a pack is refused."""
    try:
        lists = list(dict.fromkeys(data for file in files for data in lists_in(file)))
    except Refusal:
        return []
    return [joined(lists, 65), joined(lists, 2)]


def lists_in(file: bytes) -> list[bytes]:
    load_pack(file)
    pack = cbor2.loads(file)
    return [pack[1], *pack.get(6, [])]


def joined(lists: list[bytes], most: int) -> list[bytes]:
    """Packs of trust lists alone, each with up to `most` of them."""
    packs = []
    for start in range(0, len(lists), most):
        first, *links = lists[start:start + most]
        pack = {0: "sceau/1/pack", 1: first, 2: [], 3: []}
        packs.append(cbor2.dumps({**pack, 6: links} if links else pack))
    return packs


def line_of(header: dict[str, str], files: list[bytes]) -> tuple[str, str]:
    try:
        state = state_of(header, files)
    except Refusal as refusal:
        return refusal.reason, "none"
    ids = sorted(id_.hex() for line in state.lines for id_ in line.newest_ids)
    if not ids:
        return "not-reached", "none"
    word = "conflict" if any(line.in_conflict for line in state.lines) else "newest"
    return word, ", ".join(ids)


def judge_state(header: dict[str, str], text: str) -> Optional[str]:
    """A text is judged by the packs, then by what is kept of them, and again by what is kept of that."""
    now = int(header["now"])
    for order in orders_of(packs_of(header)):
        try:
            state = state_of(header, order)
        except Refusal as refusal:
            disagreement = compare(header, refused(refusal))
            if disagreement:
                return disagreement
            continue
        first = judge(text, state, now)
        kept = keep(state)
        for outcome in (first, judge(text, kept, now), judge(text, keep(kept), now)):
            disagreement = compare(header, outcome)
            if disagreement or (outcome.status, outcome.register) != (first.status, first.register):
                return disagreement or "what is kept answers otherwise"
    return None


def judge_kept_pack(header: dict[str, str], artefact: str) -> Optional[str]:
    """What a program that keeps packs says to one, [KEP-2]."""
    files = packs_of(header)

    def check() -> None:
        open_state(files, anchors_of(header))
        check_dates([load_pack(file) for file in files], int(header["now"]))

    return compare_acceptance(header, check)


def state_of(header: dict[str, str], files: list[bytes]) -> State:
    """The state of a program that holds the anchors named; packs of other roots are no error beside them."""
    return State(anchors_of(header), Objects.of(load_pack(file) for file in files), pairs_of(header))


def anchors_of(header: dict[str, str]) -> list[Anchor]:
    """`countries` has entries of a fingerprint and the countries that it speaks for, [ANC-2]."""
    named = [entry.split() for entry in items(header, "countries")]
    countries = {root: frozenset(those) for root, *those in named}
    return [Anchor(bytes.fromhex(root), countries.get(root)) for root in items(header, "root")]


def pairs_of(header: dict[str, str]) -> list[frozenset[str]]:
    """`pair` has the ids that the user has told apart, [ANC-3]: each from its like and from the others."""
    ids = items(header, "pair")
    return [frozenset((one, other)) for one in ids for other in ids]


def items(header: dict[str, str], name: str) -> list[str]:
    return [item.strip() for item in header.get(name, "").split(",") if item.strip()]


def judge_story(header: dict[str, str], artefact: str) -> Optional[str]:
    """Each line is the text of a code, [STO-1] to [STO-5]."""
    exits, of_all = story(artefact.split("\n"), open_state(packs_of(header), anchors_of(header)), int(header["now"]))
    found = ", ".join("-" if status is None else str(status) for status in exits)
    if found != header["exits"]:
        return f"expected exits {header['exits']}, found {found}"
    end = ("accepted", "refused", "undetermined")[of_all]
    return None if end == header["expect"] else f"expected {header['expect']}, found {end}"


OBJECTS = {
    "line": judge_line,
    "state": judge_state,
    "kept-pack": judge_kept_pack,
    "proof": judge_document,
    "legalisation": judge_legalisation,
    "minutes": judge_minutes,
    "minutes-lines": judge_lines,
    "story": judge_story,
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
    return [(ROOM / "side" / name).read_bytes() for name in pack_names(header)]


def proofs_of(header: dict[str, str]) -> list[bytes]:
    return [bytes.fromhex(proof) for proof in items(header, "proof")]


def root_of(header: dict[str, str]) -> Optional[bytes]:
    return bytes.fromhex(header["root"]) if "root" in header else None


def find_vector(name: str) -> Path:
    places = [ROOM / folder / Path(name).name for folder in ("vectors", "objects")]
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


def pack_names(header: dict[str, str]) -> Sequence[str]:
    return [] if header["pack"] == "none" else items(header, "pack")


def verdict_of(reason: str) -> str:
    """Section 10."""
    if reason in GENUINE:
        return "genuine"
    return "not-genuine" if reason in NOT_GENUINE else "undetermined"


if __name__ == "__main__":
    sys.exit(main())
