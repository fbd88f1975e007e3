"""What a program keeps answers as what it was given, [KEP-1] and [KEP-2]."""
from __future__ import annotations

import hashlib
import unittest

from sceau.keeping import keep, take
from sceau.refusal import Refusal
from sceau.state import Anchor, State
from sceau_verify import judge
from tests.test_registers import REGISTERED, file, head
from tests.test_state import FIRST, NEW, NEWER, OLD, ROTATION, state_of
from tests.world import (
    DICTIONARY, NOW, SEALED, TEXT, authority, base45, key_entry, list_id, other_key, pack, pack_of, signed_list,
    status_list, trust_list,
)

SECOND = signed_list(version=2, earlier=[FIRST])
STATUS_KEY = other_key("status", 2)


class Keeping(unittest.TestCase):
    def keeps(self, state: State, *lists: bytes) -> State:
        """The state that is kept, which has these lists and answers as the one before; so does what is kept of it."""
        kept = keep(state)
        self.assertEqual(set(kept.objects.lists), set(map(list_id, lists)))
        for other in (kept, keep(kept)):
            self.assertEqual(judge(TEXT, other, NOW), judge(TEXT, state, NOW))
            self.assertEqual([line.newest_ids for line in other.lines], [line.newest_ids for line in state.lines])
        return kept

    def test_the_newest_list_and_those_that_say_what_no_newer_one_does_are_kept(self):
        self.keeps(state_of([Anchor(OLD)], pack(), pack_of(SECOND)), FIRST, SECOND)
        again = trust_list(key_entry(), version=2, earlier=[FIRST])
        self.keeps(state_of([Anchor(OLD)], pack(), pack_of(again)), again)
        without_key = signed_list(authority(STATUS_KEY), version=2, earlier=[FIRST])
        self.keeps(state_of([Anchor(OLD)], pack(), pack_of(without_key)), FIRST, without_key)
        named = {"_6": [hashlib.sha256(DICTIONARY).digest()]}
        for lost, kept in (({}, True), (named, False)):
            without = signed_list(authority(key_entry(), STATUS_KEY, **lost), version=2, earlier=[FIRST])
            expected = [FIRST, without] if kept else [without]
            self.keeps(state_of([Anchor(OLD)], pack(), pack_of(without)), *expected)
        # a status key that is gone is out of service, and needs no list
        gone = signed_list(authority(key_entry(), **named), version=2, earlier=[FIRST])
        self.keeps(state_of([Anchor(OLD)], pack(), pack_of(gone)), gone)

    def test_what_leads_nowhere_is_not_kept(self):
        other = pack(roots=["other"], lists=[status_list(1, "stranger")], keys=[other_key("stranger", 2)])
        kept = self.keeps(state_of([Anchor(OLD)], pack(), other), FIRST)
        self.assertEqual(len(kept.objects.status_lists), 1)
        self.keeps(state_of([Anchor(NEW)], pack()))

    def test_the_anchor_moves_on_with_its_countries(self):
        named = frozenset({"BJ"})
        packs = [pack(), pack_of(NEWER, ROTATION)]
        kept = self.keeps(state_of([Anchor(OLD, named)], *packs, pairs=[frozenset({"BJ-A", "BJ-B"})]), ROTATION, NEWER)
        self.assertEqual(kept.anchors, [Anchor(NEW, named)])
        self.assertEqual(kept.pairs, {frozenset({"BJ-A", "BJ-B"})})
        # whatever only earlier roots have signed adds nothing from then on
        leaked = pack_of(trust_list(key_entry(), version=9, earlier=[FIRST]))
        self.assertEqual(judge(TEXT, take(kept, [leaked], NOW), NOW).reason, "genuine")

    def test_while_lists_are_in_conflict_no_side_wins(self):
        leaked = trust_list(key_entry(), version=9, earlier=[FIRST])
        state = state_of([Anchor(OLD)], pack(), pack_of(NEWER, ROTATION), pack_of(leaked))
        kept = self.keeps(state, ROTATION, NEWER, leaked)
        self.assertEqual(kept.anchors, [Anchor(OLD)])
        self.assertEqual(judge(TEXT, kept, NOW).reason, "trust-conflict")
        over = trust_list(key_entry(), version=10, roots="n", earlier=[FIRST, ROTATION, NEWER], disowned=[leaked])
        self.assertEqual(judge(TEXT, take(kept, [pack_of(over)], NOW), NOW).reason, "genuine")

    def test_of_each_status_key_the_newest_list_of_each_number_is_kept(self):
        def kept(*lists: bytes, keys=()) -> set:
            state = state_of([Anchor(OLD)], pack(lists=lists, keys=keys))
            return {lists.index(one) for one in lists if hashlib.sha256(one).digest() in self.keeps(
                state, trust_list(key_entry(), keys=keys)).objects.status_lists}

        other, second = [bytes(8)], other_key("second", 2)
        self.assertEqual(kept(status_list(_3=1), status_list(_3=2)), {1})
        self.assertEqual(kept(status_list(_3=2), status_list(_3=2, _4=SEALED - 1)), {0})
        self.assertEqual(kept(status_list(_3=1), status_list(_2=8, _3=2)), {0, 1})
        self.assertEqual(kept(status_list(_3=1), status_list(_3=2, name="second"), keys=[second]), {0, 1})
        # an older one that states of a tag what no newer one overrules
        self.assertEqual(kept(status_list(1, _3=1), status_list(_3=2)), {0, 1})
        self.assertEqual(kept(status_list(1, _3=1), status_list(4, _3=2)), {1})
        self.assertEqual(kept(status_list(1, _3=1), status_list(1, _3=2, tags=other)), {0, 1})
        self.assertEqual(kept(status_list(1, _3=1), status_list(4, _2=8, _3=2)), {0, 1})
        self.assertEqual(kept(status_list(1, _3=1), status_list(4, _3=2, name="second"), keys=[second]), {0, 1})

    def test_lists_behind_the_end_of_a_key_hide_none_before_it(self):
        lists = [status_list(1, _3=1), status_list(1, _3=2, _4=SEALED + 5)]
        closed = {"version": 2, "earlier": [FIRST], "status_more": {9: SEALED}}
        state = state_of([Anchor(OLD)], pack(lists=lists), pack(lists=[], **closed))
        self.assertEqual(judge(TEXT, state, NOW).reason, "withdrawn")
        self.keeps(state, trust_list(key_entry(), **closed))

    def test_heads_files_and_dictionaries(self):
        plain = trust_list(key_entry(_12=3), keys=[other_key("register", 3)])
        short = head(REGISTERED[:4], _2=SEALED - 1)
        parts = {4: [short, head()], 5: [file(), file(REGISTERED[:4])]}
        state = state_of([Anchor(OLD)], pack_of(plain, lists=[status_list()], dictionaries=[DICTIONARY], more=parts))
        kept = self.keeps(state, plain).objects
        self.assertEqual((len(kept.heads), len(kept.files), list(kept.dictionaries.values())), (1, 1, [DICTIONARY]))
        self.assertIn(hashlib.sha256(head()).digest(), kept.heads)
        fixed = trust_list(key_entry(_12=3, _13=hashlib.sha256(short).digest()), keys=[other_key("register", 3)],
                           version=2, earlier=[plain])
        state = state_of([Anchor(OLD)], pack_of(plain, lists=[status_list()], more=parts), pack_of(fixed))
        kept = self.keeps(state, fixed)
        self.assertIn(hashlib.sha256(short).digest(), kept.objects.heads)
        for number, found in ((0, "listed"), (5, "not-listed")):
            self.assertEqual(judge("SC1:" + base45(REGISTERED[number]), kept, NOW).register, found)

    def test_a_list_dated_ahead_of_the_clock_is_not_taken(self):
        held = state_of([Anchor(OLD)], pack())
        ahead = pack(lists=[status_list(1)])
        self.assertEqual(judge(TEXT, take(held, [ahead], SEALED - 86_400), NOW).reason, "withdrawn")
        with self.assertRaises(Refusal) as caught:
            take(held, [ahead], SEALED - 86_401)
        self.assertEqual(caught.exception.reason, "status-ahead")
        self.assertEqual(judge(TEXT, held, NOW).reason, "genuine")

    def test_what_comes_later_only_adds(self):
        later = pack(version=3, earlier=[FIRST, SECOND], status=1)
        held = take(state_of([Anchor(OLD)]), [pack(), pack_of(SECOND)], NOW)
        self.assertEqual(judge(TEXT, take(held, [later], NOW), NOW).reason, "withdrawn")
        # a foreign pack and an older one change nothing
        again = take(take(held, [pack(roots=["other"])], NOW), [pack()], NOW)
        self.assertEqual(set(again.objects.lists), set(held.objects.lists))
        self.assertEqual(again.anchors, held.anchors)
