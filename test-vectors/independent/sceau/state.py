"""The trust state, SPEC section 9: a function of anchors and of a set of objects, [ANC-1] to [ANC-3]."""
from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from typing import Iterable, Optional, Sequence

from . import lines
from .lines import View
from .pack import Pack, load_pack
from .refusal import Refusal
from .register import Head
from .status import StatusList
from .trust import TrustList

MAX_TRIED = 8  # dictionaries with one Adler-32, [ZIP-5]


@dataclass(frozen=True)
class Anchor:
    """A root fingerprint that a user gave or that is held, and the countries that it speaks for (None: all)."""

    root: bytes
    countries: Optional[frozenset[str]] = None

    def speaks_for(self, country: str) -> bool:
        return self.countries is None or country in self.countries


@dataclass(frozen=True)
class Objects:
    """What the packs carry, as one set: each by its digest (lists by their id), wherever it travelled."""

    lists: dict[bytes, TrustList] = field(default_factory=dict)
    status_lists: dict[bytes, StatusList] = field(default_factory=dict)
    heads: dict[bytes, Head] = field(default_factory=dict)
    files: dict[bytes, bytes] = field(default_factory=dict)
    dictionaries: dict[bytes, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, packs: Iterable[Pack]) -> Objects:
        found = cls()
        for pack in packs:
            found.lists.update((one.id, one) for one in pack.lists)
            found.status_lists.update((one.digest, one) for one in pack.status_lists)
            found.heads.update((head.digest, head) for head in pack.heads)
            found.files.update(pack.files)
            found.dictionaries.update((hashlib.sha256(one).digest(), one) for one in pack.dictionaries)
        return found

    def with_more(self, other: Objects) -> Objects:
        return Objects(
            {**self.lists, **other.lists},
            {**self.status_lists, **other.status_lists},
            {**self.heads, **other.heads},
            {**self.files, **other.files},
            {**self.dictionaries, **other.dictionaries},
        )


class Line:
    """What one anchor leads to: nothing, one newest list, or several in conflict."""

    def __init__(self, anchor: Anchor, lists: lines.Lists):
        self.anchor = anchor
        self.reached = lines.reached(anchor.root, lists)
        self.views = [View(top, lists) for top in lines.tops(self.reached, lists)]
        self.clashing: set[str] = set()  # [ANC-3], filled in by the state

    @property
    def in_conflict(self) -> bool:
        return len(self.views) > 1

    @property
    def newest_ids(self) -> list[bytes]:
        return [view.newest.id for view in self.views]

    def lists(self) -> dict[bytes, TrustList]:
        return {one.id: one for view in self.views for one in view.lists}

    def roots(self) -> set[bytes]:
        """The root sets that this anchor leads to."""
        return {self.anchor.root} | {one.roots for one in self.reached.values()}

    def names(self) -> dict[str, set[str]]:
        """The authorities that this anchor speaks for, each with its names as they are compared, [ANC-3]."""
        found: dict[str, set[str]] = {}
        for view in self.views:
            for name, authority in view.authorities.items():
                if self.anchor.speaks_for(authority[3]):
                    found.setdefault(name, set()).update(map(_folded, authority[2].values()))
        return found

    def counts(self, authority: str) -> bool:
        """[ANC-2] and [ANC-3]. An authority-id begins with its country, [TRU-3]."""
        return self.anchor.speaks_for(authority[:2]) and authority not in self.clashing


def _folded(name: str) -> str:
    """A name without white space, small letters for capitals by the table of [ANC-3]."""
    return "".join(chr(ord(letter) + _step(ord(letter))) for letter in "".join(name.split()))


def _step(code: int) -> int:
    if 0x41 <= code <= 0x5A or 0xC0 <= code <= 0xDE and code != 0xD7:
        return 0x20
    if 0x391 <= code <= 0x3AB and code != 0x3A2 or 0x410 <= code <= 0x42F:
        return 0x20
    if 0x400 <= code <= 0x40F:
        return 0x50
    if 0x100 <= code <= 0x136 or 0x14A <= code <= 0x176:
        return 1 - code % 2
    if 0x139 <= code <= 0x147 or 0x179 <= code <= 0x17D:
        return code % 2
    return 0


class State:
    """What a verifier believes. `pairs` are those of [ANC-3] that the user has named, each a frozenset of ids."""

    def __init__(self, anchors: Iterable[Anchor], objects: Objects, pairs: Iterable[frozenset[str]] = ()):
        self.anchors = list(anchors)
        self.objects = objects
        self.pairs = frozenset(pairs)
        self.good_lists = lines.without_void(objects.lists)
        found = [Line(anchor, self.good_lists) for anchor in _merged(self.anchors)]
        self.reached = {id_ for line in found for id_ in line.reached}
        self.lines = _one_for_each_line(found)
        for line in self.lines:
            for other in self.lines:
                if other is not line:
                    line.clashing |= self._clashes(line.names(), other.names())

    def _clashes(self, own: dict[str, set[str]], others: dict[str, set[str]]) -> set[str]:
        """[ANC-3]: of one's authorities those that are not told from an authority of another anchor."""
        return {
            name for name in own for other in others
            if frozenset((name, other)) not in self.pairs
            and (name == other or name[:2] == other[:2] and own[name] & others[other])
        }

    def dictionaries(self, most: Optional[int] = MAX_TRIED) -> dict[int, list[bytes]]:
        """Step 3: those that a list of some line names, by DICTID, in the order in which they are tried, [ZIP-5]."""
        named = {digest for line in self.lines for one in line.lists().values() for digest in one.dictionaries}
        found: dict[int, list[bytes]] = {}
        for digest in sorted(named & set(self.objects.dictionaries)):
            dictionary = self.objects.dictionaries[digest]
            found.setdefault(zlib.adler32(dictionary), []).append(dictionary)
        return {identifier: same[:most] for identifier, same in found.items()}


def _merged(anchors: Sequence[Anchor]) -> list[Anchor]:
    """Each fingerprint once, by fingerprint, with all countries that it was named for."""
    found: dict[bytes, Anchor] = {}
    for anchor in anchors:
        found[anchor.root] = _together(found.get(anchor.root, anchor), anchor)
    return [found[root] for root in sorted(found)]


def _together(anchor: Anchor, other: Anchor) -> Anchor:
    if anchor.countries is None or other.countries is None:
        return Anchor(anchor.root)
    return Anchor(anchor.root, anchor.countries | other.countries)


def _one_for_each_line(found: list[Line]) -> list[Line]:
    """The end of [ANC-1]: one from which another that is held has taken over goes, and those of one line are one.

    Of two that took over from each other the one that leads to more stays, so that no conflict is lost.
    """
    def leads_to(line: Line, other: Line) -> bool:
        return line is not other and other.anchor.root in line.roots()

    def rank(line: Line) -> tuple:
        return -len(line.reached), line.anchor.root

    def outdone(line: Line) -> bool:
        return any(
            leads_to(line, other) and (not leads_to(other, line) or rank(other) < rank(line)) for other in found
        )

    kept: list[Line] = []
    for line in found:
        if outdone(line):
            continue
        same = next((other for other in kept if line.views and other.newest_ids == line.newest_ids), None)
        if same is None:
            kept.append(line)
        else:
            same.anchor = _together(same.anchor, line.anchor)
    return kept


def open_state(
    pack_files: Sequence[bytes], anchors: Sequence[Anchor] = (), pairs: Iterable[frozenset[str]] = ()
) -> State:
    """Step 1 of section 11: every pack by [PCK-1] to [PCK-3] and, where fingerprints are given, [ANC-1].

    Without a fingerprint the roots of each pack that was named are an anchor.
    """
    packs: list[Pack] = []
    refused: Optional[Refusal] = None
    for data in pack_files:
        try:
            packs.append(load_pack(data))
        except Refusal as refusal:
            refused = refusal
            break
    state = State(anchors or [Anchor(pack.trust_list.roots) for pack in packs], Objects.of(packs), pairs)
    if anchors:
        for pack in packs:
            check_opens(state, pack.trust_list)
    if refused:
        raise refused
    if not packs:
        raise Refusal("no-trust")
    return state


def check_opens(state: State, trust_list: TrustList) -> None:
    """[ANC-1]: the lists lead from the fingerprint given to the pack's trust list."""
    if trust_list.id in state.reached:
        return
    if state.reached & set(trust_list.earlier):
        raise Refusal("trust-link-missing", trust_list.roots.hex())
    raise Refusal("trust-foreign-root", trust_list.roots.hex())
