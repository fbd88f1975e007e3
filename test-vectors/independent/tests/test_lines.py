"""Several trust lists, section 7: rotations, and which lists count, [TRU-3], [TRU-4] and [LIN-1] to [LIN-4]."""
from __future__ import annotations

import itertools
import unittest

from sceau import lines
from sceau.refusal import Refusal
from sceau.trust import load_trust_list
from tests.world import (
    NOW, SEALED, authority, fingerprint, key_entry, list_id, other_key, public, root_set, signed_list,
)


def rotated(first: bytes, **changes) -> bytes:
    """The list of the roots `n` that follows a first one of the roots `root`."""
    return signed_list(version=2, roots="n", signers=("n", "root"), takes_over=root_set(["root"]), earlier=[first],
                       **changes)


class WellMadeLists(unittest.TestCase):
    def check(self, reason: str, data: bytes) -> None:
        try:
            load_trust_list(data)
            found = "accepted"
        except Refusal as refusal:
            found = refusal.reason
        self.assertEqual(found, reason)

    def test_ids_are_of_16_bytes_and_stand_once(self):
        one, two = signed_list(), signed_list(version=2)
        self.check("accepted", signed_list(version=3, earlier=[one, two]))
        self.check("accepted", signed_list(version=3, earlier=[one], disowned=[two]))
        self.check("trust-malformed", signed_list(version=3, earlier=[one, one]))
        self.check("trust-malformed", signed_list(version=3, disowned=[one, one]))
        self.check("trust-malformed", signed_list(version=3, earlier=[one], disowned=[one]))
        many = [signed_list(version=number) for number in range(1, 66)]
        self.check("accepted", signed_list(disowned=many[:64]))
        self.check("trust-malformed", signed_list(disowned=many))
        self.check("accepted", signed_list(version=99, earlier=many))

    def test_an_authority_id_begins_with_its_country(self):
        for reason, name in (("accepted", "BJ-A"), ("trust-malformed", "BJ-"), ("trust-malformed", "BJA"),
                             ("trust-malformed", "CI-A"), ("accepted", "BJ--")):
            self.check(reason, signed_list(authority(_1=name)))
        self.check("accepted", signed_list(authority(_1="XA-A", _3="XA")))

    def test_new_labels_of_an_authority(self):
        for reason, changes in (
            ("accepted", {"_7": "BJ-OTHER"}), ("trust-malformed", {"_7": 1}), ("trust-malformed", {"_7": "bj"}),
            ("accepted", {"_8": ["Rue A"] * 4}), ("trust-malformed", {"_8": []}),
            ("trust-malformed", {"_8": ["A"] * 5}),
            ("trust-malformed", {"_8": [" A"]}), ("accepted", {"_9": [bytes(32)] * 64}),
            ("trust-malformed", {"_9": [bytes(32)] * 65}), ("trust-malformed", {"_9": [bytes(31)]}),
            ("accepted", {"_6": [bytes(32)] * 1024}), ("trust-malformed", {"_6": [bytes(32)] * 1025}),
            ("trust-malformed", {"_10": 1}),
        ):
            with self.subTest(**{name: str(value)[:20] for name, value in changes.items()}):
                self.check(reason, signed_list(authority(**changes)))

    def test_a_rotation_is_signed_by_both_root_sets(self):
        old = root_set("abc", 2)
        for reason, roots, signers in (
            ("accepted", "de", "dab"), ("trust-unsigned", "de", "da"), ("trust-unsigned", "de", "ab"),
            ("trust-unsigned", "de", "daa"), ("accepted", "cd", "ca"), ("trust-unsigned", "cd", "c"),
            ("accepted", "cd", "cax"), ("accepted", "abd", "ab"),
        ):
            with self.subTest(roots=roots, signers=signers):
                self.check(reason, signed_list(roots=roots, signers=signers, takes_over=old))

    def test_a_root_set_that_is_taken_over_is_a_root_set(self):
        def rotation(threshold: int, roots: list[bytes]) -> bytes:
            return signed_list(roots="d", signers="dab", takes_over=[threshold, roots])

        self.check("accepted", rotation(2, [public("a"), public("b")]))
        self.check("trust-malformed", rotation(1, [public("d")]))
        self.check("trust-malformed", rotation(1, [public("a"), public("a")]))
        self.check("trust-malformed", rotation(3, [public("a"), public("b")]))
        self.check("trust-malformed", rotation(0, [public("a")]))
        self.check("trust-malformed", rotation(1, []))
        self.check("trust-weak-key", rotation(1, [public("a"), bytes(32)]))

    def test_equal_payloads_are_one_list(self):
        one, other = (signed_list(roots="ab", signers=signers) for signers in ("a", "ba"))
        self.assertNotEqual(one, other)
        self.assertEqual(load_trust_list(one).id, load_trust_list(other).id)
        self.assertEqual(load_trust_list(one).id, list_id(one))


class Lines(unittest.TestCase):
    def newest(self, root: bytes, *data: bytes) -> list[bytes]:
        """The ids of what is newest or in conflict; no order of the lists changes it."""
        answers = set()
        for order in itertools.islice(itertools.permutations(data), 24):
            given = {one.id: one for one in map(load_trust_list, order)}
            good = lines.without_void(given)
            answers.add(tuple(one.id for one in lines.tops(lines.reached(root, good), good)))
        self.assertEqual(len(answers), 1)
        return list(answers.pop())

    def check(self, expected: list[bytes], *data: bytes, root: bytes = fingerprint("root")) -> None:
        self.assertEqual(self.newest(root, *data), sorted(map(list_id, expected)))

    def test_a_list_that_names_another_stands_above_it(self):
        one = signed_list(version=1)
        two = signed_list(version=2, earlier=[one])
        three = signed_list(version=3, earlier=[one, two])
        self.check([three], one, two, three)
        self.check([three], one, three)
        self.check([two], two)
        self.check([], one, root=fingerprint("other"))

    def test_lists_of_which_none_names_the_other_are_in_conflict(self):
        one = signed_list(version=1)
        left, right = (signed_list(version=version, earlier=[one]) for version in (2, 3))
        self.check([left, right], one, left, right)
        self.check([left, right], left, right)
        joined = signed_list(version=4, earlier=[one, left, right])
        self.check([joined], one, left, right, joined)
        # what takes only one of them resolves nothing
        half = signed_list(version=4, earlier=[one, left])
        self.check([half, right], one, left, right, half)

    def test_a_list_is_disowned_by_one_of_its_roots(self):
        one = signed_list(version=1)
        pushed = signed_list(version=2**32 - 1, earlier=[one])
        beside = signed_list(version=2, earlier=[one], disowned=[pushed])
        self.check([beside], one, pushed, beside)
        rotation = rotated(one, disowned=[pushed])
        self.check([rotation], one, pushed, rotation)
        apart = signed_list(version=7)
        later = signed_list(version=3, roots="n", earlier=[one, rotation], disowned=[apart])
        self.check([later], one, rotation, later, apart)

    def test_other_roots_disown_nothing(self):
        # the stray list is reached, but neither it nor a list before it is of the new roots
        first = signed_list(version=1)
        rotation = rotated(first)
        newer = signed_list(version=3, roots="n", earlier=[first, rotation])
        stray = signed_list(version=9, earlier=[first], disowned=[newer])
        self.check([stray, newer], first, rotation, newer, stray)
        self.check([newer], first, rotation, newer, stray, root=fingerprint("n"))

    def test_a_rotation_leads_from_old_roots_to_new_ones(self):
        first = signed_list(version=1)
        rotation = rotated(first)
        newer = signed_list(version=3, roots="n", earlier=[first, rotation])
        self.check([rotation], rotation)
        self.check([newer], first, rotation, newer)
        self.check([newer], rotation, newer)
        self.check([first], first, newer)  # the rotation is missing
        self.check([], newer)
        self.check([newer], newer, root=fingerprint("n"))
        self.check([newer], first, rotation, newer, root=fingerprint("n"))
        self.check([], first, root=fingerprint("n"))
        # new roots that no old ones have signed for
        seized = signed_list(version=2, roots="n", earlier=[first])
        self.check([first], first, seized)

    def test_rotations_follow_each_other(self):
        first = signed_list(version=1)
        chain = [first]
        for version, (old, new) in enumerate([("root", "a"), ("a", "b"), ("b", "root")], 2):
            chain.append(signed_list(version=version, roots=[new], signers=[new, old], takes_over=root_set([old]),
                                     earlier=chain))
        self.check(chain[-1:], *chain)
        self.check(chain[-1:], *chain[1:])
        self.check(chain[3:], *chain, root=fingerprint("a"))
        self.check(chain[2:3], *chain[:3])
        self.check(chain[1:2], chain[0], chain[1])

    def test_a_list_with_no_higher_version_than_one_before_it_is_void(self):
        one = signed_list(version=5)
        self.check([one], one, signed_list(version=5, issued=9, earlier=[one]))
        self.check([one], one, signed_list(version=4, earlier=[one]))
        six = signed_list(version=6, earlier=[one], issued=0)
        self.check([six], one, six)
        # times do not matter
        dated = signed_list(version=7, issued=2**39, earlier=[one])
        newer = signed_list(version=8, earlier=[one, dated])
        self.check([newer], one, dated, newer)

    def test_a_list_that_hides_what_one_before_it_names_is_void(self):
        one = signed_list(version=1)
        two = signed_list(version=2, earlier=[one])
        three = signed_list(version=3, earlier=[two])
        self.check([two], one, two, three)
        self.check([two], two, three)
        self.check([one, three], one, three)

    def test_a_void_list_makes_no_other_void(self):
        one = signed_list(version=5)
        void = signed_list(version=4, earlier=[one])
        three = signed_list(version=6, earlier=[one, void])
        self.check([three], one, void, three)
        # it would hide a list that only the void one names
        hidden = signed_list(version=1)
        void = signed_list(version=4, earlier=[hidden, one])
        three = signed_list(version=6, earlier=[one, void])
        self.check([hidden, three], hidden, one, void, three)

    def test_scopes_are_for_ever_and_marks_only_grow(self):
        def follows(old: dict, new: dict) -> bool:
            first = signed_list(authority(key_entry(**old)))
            second = signed_list(authority(key_entry(**new)), version=2, earlier=[first])
            return self.newest(fingerprint("root"), first, second) == [list_id(second)]

        for change in ({"_5": [1, 2]}, {"_6": ["2026", "2027"]}, {"_6": None}, {"_8": 8}, {"_8": None}, {"_11": True}):
            with self.subTest(**change):
                self.assertFalse(follows({}, change))
                self.assertFalse(follows(change, {}))
        head = {"_12": 3, "_13": bytes(32)}
        for change in ({"_9": SEALED}, {"_10": SEALED}, head):
            with self.subTest(**change):
                self.assertTrue(follows({}, change))
                self.assertFalse(follows(change, {}))
        for change in ({"_3": 0}, {"_4": NOW}, {"_7": 1}, {"_12": 1}, {"_64": b"room"}):
            with self.subTest(**change):
                self.assertTrue(follows({}, change) and follows(change, {}))
        self.assertTrue(follows({"_9": SEALED}, {"_9": SEALED - 1}))
        self.assertFalse(follows({"_9": SEALED}, {"_9": SEALED + 1}))
        self.assertTrue(follows({"_10": SEALED}, {"_10": SEALED + 1}))
        self.assertTrue(follows(head, {"_12": 3, "_13": b"x" * 32}))

    def test_a_key_stays_with_its_authority_and_its_use(self):
        first = signed_list(authority(other_key("k", 3)))
        for good, then in (
            (True, [authority(other_key("k", 3), _2={"fr": "Renamed"})]), (True, [authority()]), (True, []),
            (False, [authority(other_key("k", 2))]), (False, [authority(other_key("k", 3), _1="BJ-B")]),
            (True, [authority({**other_key("k", 3), 15: 1})]),
        ):
            second = signed_list(*then, version=2, earlier=[first])
            self.check([second] if good else [first], first, second)

    def test_the_newest_list_that_has_a_key_or_an_authority_speaks_for_it(self):
        other = authority(key_entry(_1=public("b")), _1="BJ-B")
        first = signed_list(authority(key_entry(), other_key("status", 2)), other)
        second = signed_list(authority(key_entry(_4=NOW), _2={"fr": "Renamed"}), version=2, earlier=[first])
        third = signed_list(version=3, earlier=[first, second])
        given = {one.id: one for one in map(load_trust_list, (third, first, second))}
        view = lines.View(given[list_id(third)], given)
        self.assertEqual([one.version for one in view.lists], [1, 2, 3])
        self.assertEqual(view.keys[public("key")].entry[4], NOW)
        self.assertEqual(view.keys[public("b")].authority, "BJ-B")
        self.assertEqual(view.authorities["BJ-OFFICE"][2], {"fr": "Renamed"})
        self.assertEqual(view.in_service(2, "BJ-OFFICE"), [])  # the newest record has no status key
        older = lines.View(given[list_id(first)], given)
        self.assertEqual([key.public for key in older.in_service(2, "BJ-OFFICE")], [public("status")])
        self.assertEqual(older.in_service(2, "BJ-NOBODY"), [])
