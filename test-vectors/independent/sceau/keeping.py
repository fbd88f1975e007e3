"""What a program keeps from run to run, SPEC section 9: [KEP-1] and [KEP-2].

Nothing is written here: this verifier keeps no files, so [KEP-3] has no place in it. A state comes in, and
the state that is kept comes out.
"""
from __future__ import annotations

import hashlib
from typing import Iterable, Sequence

from .keys import DOCUMENTS, REGISTER, STATUS, Name
from .lines import View
from .pack import Pack, load_pack
from .refusal import Refusal
from .register import Head, newest_head
from .state import Anchor, Line, Objects, State
from .status import AHEAD, StatusList, is_in_service, status_keys


def take(held: State, pack_files: Sequence[bytes], now: int) -> State:
    """What is kept after packs were given to who holds a state; raises Refusal, and then nothing has changed.

    Beside an anchor that is held packs of other roots add nothing, [ANC-1].
    """
    packs = [load_pack(data) for data in pack_files]
    check_dates(packs, now)
    return keep(State(held.anchors, held.objects.with_more(Objects.of(packs)), held.pairs))


def check_dates(packs: Iterable[Pack], now: int) -> None:
    """[KEP-2]."""
    if any(one.as_of > now + AHEAD for pack in packs for one in pack.status_lists):
        raise Refusal("status-ahead", "[KEP-2]")


def keep(state: State) -> State:
    """[KEP-1]: what is enough to answer as this state does."""
    needed = {one for line in state.lines for view in line.views for one in _lists(view)}
    in_lines = [one for line in state.lines for one in line.lists().values()]
    keys = {use: {key.name for one in in_lines for key in one.keys if key.use == use} for use in (STATUS, REGISTER)}
    fixed = {key.entry[13] for one in in_lines for key in one.keys if key.register_is_complete}
    heads = _heads(state, keys[REGISTER], fixed)
    kept = Objects(
        {id_: state.objects.lists[id_] for id_ in sorted(needed)},
        {one.digest: one for one in _status_lists(state, keys[STATUS])},
        {head.digest: head for head in heads},
        _files(heads, state.objects.files),
        {hashlib.sha256(one).digest(): one for same in state.dictionaries(None).values() for one in same},
    )
    return State([_anchor(line) for line in state.lines], kept, state.pairs)


def _anchor(line: Line) -> Anchor:
    """The newest root set reached; while lists are in conflict, or nothing is reached, the one it had."""
    if len(line.views) != 1:
        return line.anchor
    return Anchor(line.views[0].newest.roots, line.anchor.countries)


def _lists(view: View) -> set[bytes]:
    """The ids of the newest list, of rotations, of lists that disown, and of those that say what no newer one does."""
    needed = {view.newest.id} | {one.id for one in view.lists if one.takes_over_from is not None or one.disowned}
    said: set = set()
    for one in reversed(view.lists):
        says = {*one.authorities, *one.dictionaries, *(key.public for key in one.keys if key.use != STATUS)}
        if says - said:
            needed.add(one.id)
        # A key is the newer list's whatever its use there.
        said |= says | {key.public for key in one.keys}
    return needed


def _status_lists(state: State, names: set[Name]) -> set[StatusList]:
    """Of each status key the newest list of each number, and what else says the last word of it on a tag.

    That is told among all its lists, and again among those in its days of service: the days may be cut short.
    """
    found: dict[bytes, StatusList] = {}
    for all_lists in (True, False):
        newest: dict[tuple, StatusList] = {}
        last_word: dict[tuple, StatusList] = {}
        for one in state.objects.status_lists.values():
            if not all_lists and not _counts(one, state):
                continue
            for name in one.signers & names:
                place = name, one.authority, one.number
                newest[place] = max(newest.get(place, one), one, key=lambda other: other.age)
                for tag in one.statements:
                    place = name, one.authority, tag
                    last_word[place] = max(
                        last_word.get(place, one), one, key=lambda other: (other.said_of(tag), other.age)
                    )
        found.update((one.digest, one) for one in [*newest.values(), *last_word.values()])
    return set(found.values())


def _counts(one: StatusList, state: State) -> bool:
    return any(
        is_in_service(one, status_keys(view, one.authority))
        for line in state.lines for view in line.views if one.authority in view.authorities
    )


def _heads(state: State, names: set[Name], fixed: set[bytes]) -> list[Head]:
    """Of each register the newest head of each register key, the one that counts, and those that are fixed."""
    newest: dict[tuple, Head] = {}
    found: dict[bytes, Head] = {}
    for head in state.objects.heads.values():
        for name in head.signers & names:
            place = name, head.number, head.key_digest
            newest[place] = max(newest.get(place, head), head, key=lambda other: other.age)
        if head.digest in fixed:
            found[head.digest] = head
    found.update((head.digest, head) for head in newest.values())
    views = [view for line in state.lines for view in line.views]
    for view in views:
        for key in view.keys.values():
            if key.use == DOCUMENTS and 12 in key.entry:
                head = newest_head(key, view, state.objects.heads.values())
                if head is not None:
                    found[head.digest] = head
    return list(found.values())


def _files(heads: Iterable[Head], files: dict[bytes, bytes]) -> dict[bytes, bytes]:
    return {
        head.file_digest: files[head.file_digest] for head in heads
        if head.file_digest in files and head.has_entries(files[head.file_digest])
    }
