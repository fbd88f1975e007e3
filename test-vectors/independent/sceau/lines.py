"""Which of several trust lists count, SPEC section 7: [LIN-1] to [LIN-4].

Nothing here depends on an order in which lists were given: `lists` is always a dict by id.
"""
from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Mapping, Optional

from .keys import Key
from .trust import TrustList, keys_of

Lists = Mapping[bytes, TrustList]


def before(one: TrustList, lists: Lists) -> list[TrustList]:
    """The lists given that stand before one, oldest first, [LIN-1]."""
    return [lists[id_] for id_ in one.earlier if id_ in lists]


def without_void(lists: Lists) -> dict[bytes, TrustList]:
    """[LIN-3]. A list that names another holds its hash, so those before it can be judged first."""
    names = {id_: [earlier.id for earlier in before(one, lists)] for id_, one in lists.items()}
    good: dict[bytes, TrustList] = {}
    for id_ in TopologicalSorter(names).static_order():
        one = lists[id_]
        if all(_follows(one, earlier) for earlier in before(one, good)):
            good[id_] = one
    return good


def _follows(new: TrustList, old: TrustList) -> bool:
    """Whether `old`, which stands before `new`, leaves it standing."""
    entries = {key.public: key for key in new.keys}
    return (
        old.version < new.version
        and set(old.earlier) <= set(new.earlier)
        and all(_keeps(entries[key.public], key) for key in old.keys if key.public in entries)
    )


def _keeps(new: Key, old: Key) -> bool:
    """A scope is for ever, and marks only grow."""
    same_scope = new.authority == old.authority and all(
        new.entry.get(label) == old.entry.get(label) for label in (2, 5, 6, 8, 11)
    )
    marks = all(label in new.entry for label in (9, 10, 13) if label in old.entry)
    return same_scope and marks and (9 not in old.entry or new.entry[9] <= old.entry[9])


def reached(root: bytes, lists: Lists) -> dict[bytes, TrustList]:
    """The lists that are reached from an anchor, [LIN-2]; `lists` has no void ones."""
    return {id_: one for id_, one in lists.items() if _leads(root, [*before(one, lists), one])}


def _leads(root: bytes, chain: list[TrustList]) -> bool:
    starts = [place for place, one in enumerate(chain) if root in (one.roots, one.takes_over_from)]
    if not starts:
        return False
    rest = chain[starts[0]:]
    return all(old.roots in (new.roots, new.takes_over_from) for old, new in zip(rest, rest[1:]))


def tops(found: Lists, lists: Lists) -> list[TrustList]:
    """Of the lists reached those that are not passed over, by id: the newest one, or those in conflict, [LIN-4]."""
    passed_over: set[bytes] = set()
    for one in found.values():
        passed_over.update(one.earlier)
        root_sets = {roots for other in [*before(one, lists), one] for roots in (other.roots, other.takes_over_from)}
        passed_over.update(id_ for id_ in one.disowned if id_ in found and found[id_].roots in root_sets)
    return [found[id_] for id_ in sorted(found) if id_ not in passed_over]


class View:
    """What a newest list and the lists before it say, end of section 7."""

    def __init__(self, newest: TrustList, lists: Lists):
        self.newest = newest
        # Versions order the lists of a line; of equal ones the later in label 7 is the newer (sorted() is stable).
        self.lists = [*sorted(before(newest, lists), key=lambda one: one.version), newest]
        self.authorities = {name: authority for one in self.lists for name, authority in one.authorities.items()}
        self.keys: dict[bytes, Key] = {}
        for one in self.lists:
            for key in one.keys:
                role = self.authorities[key.authority][4]
                self.keys[key.public] = Key(key.authority, role, key.entry)
        self._by_kid: dict[bytes, list[Key]] = {}
        for key in self.keys.values():
            self._by_kid.setdefault(key.kid, []).append(key)

    def keys_with(self, kid: bytes) -> list[Key]:
        return self._by_kid.get(kid, [])

    def in_service(self, use: int, authority: str) -> list[Key]:
        """The keys of use 2 or 3 that the newest record of an authority has."""
        record: Optional[dict] = self.authorities.get(authority)
        keys = keys_of(record) if record else []
        return [key for key in keys if key.use == use and self.keys[key.public].authority == authority]
