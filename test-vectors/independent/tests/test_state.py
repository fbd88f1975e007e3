"""Anchors and what they lead to, section 9: [ANC-1] to [ANC-3], and what follows in [STA-2], [VER-4] and [REG-7]."""
from __future__ import annotations

import hashlib
import unittest

import cbor2

from sceau.pack import load_pack
from sceau.state import Anchor, Objects, State, open_state
from sceau_verify import judge, verify
from tests.test_registers import REGISTERED, file, head
from tests.world import (
    DICTIONARY, NOW, SEALED, TEXT, authority, base45, claims, digest, document, fingerprint, key_entry, list_id,
    other_key, pack, pack_of, root_set, sealed, sign1, signed_list, stated, status_list, tag, trust_list,
)

OLD, NEW, OTHER = fingerprint("root"), fingerprint("n"), fingerprint("other")
STATUS_KEY = other_key("status", 2)
FIRST = trust_list(key_entry())
ROTATION = signed_list(version=2, roots="n", signers=("n", "root"), takes_over=root_set(["root"]), earlier=[FIRST])
NEWER = trust_list(key_entry(), version=3, roots="n", earlier=[FIRST, ROTATION])


def state_of(anchors, *packs: bytes, pairs=()) -> State:
    return State(anchors, Objects.of(map(load_pack, packs)), pairs)


class Anchors(unittest.TestCase):
    def check(self, reason: str, packs, root=None, now: int = NOW, text: str = TEXT) -> None:
        for order in (packs, packs[::-1]):
            outcome = verify(text, list(order), now, root)
            self.assertEqual(outcome.reason, reason, outcome.detail)

    def judged(self, reason: str, state: State, now: int = NOW) -> None:
        outcome = judge(TEXT, state, now)
        self.assertEqual(outcome.reason, reason, outcome.detail)

    def test_a_pack_opens_by_a_fingerprint_that_its_lists_lead_from(self):
        lists = [status_list()]
        self.check("genuine", [pack_of(NEWER, ROTATION, lists=lists)], OLD)
        self.check("genuine", [pack_of(NEWER, ROTATION, FIRST, lists=lists)], OLD)
        self.check("genuine", [pack_of(NEWER, lists=lists)], NEW)
        self.check("trust-link-missing", [pack_of(NEWER, FIRST, lists=lists)], OLD)
        self.check("trust-foreign-root", [pack_of(NEWER, lists=lists)], OLD)
        self.check("trust-foreign-root", [pack_of(NEWER, ROTATION, lists=lists)], OTHER)
        # the old list does not come from the new roots
        self.check("trust-foreign-root", [pack_of(FIRST)], NEW)

    def test_packs_that_lead_on_only_together_are_given_together(self):
        self.check("genuine", [pack_of(NEWER, lists=[status_list()]), pack_of(ROTATION)], OLD)
        self.check("trust-link-missing", [pack_of(NEWER, lists=[status_list()]), pack_of(FIRST)], OLD)

    def test_the_first_pack_that_is_refused_decides(self):
        foreign, cut = pack_of(signed_list(roots=["other"])), b"\xa0"
        self.assertEqual(verify(TEXT, [foreign, cut], NOW, OLD).reason, "trust-foreign-root")
        self.assertEqual(verify(TEXT, [cut, foreign], NOW, OLD).reason, "pack-malformed")

    def test_without_a_fingerprint_the_roots_of_each_pack_are_an_anchor(self):
        other = pack_of(signed_list(authority(_1="BJ-B", _2={"fr": "B"}), roots=["other"]))
        self.check("genuine", [pack(), other])
        self.assertEqual(verify(TEXT, [pack()], NOW).root, OLD)
        self.check("no-trust", [])

    def test_a_void_list_does_not_open(self):
        void = signed_list(version=1, earlier=[FIRST])
        self.check("trust-link-missing", [pack_of(void, FIRST)], OLD)
        self.check("unknown-issuer", [pack_of(signed_list())], OLD)

    def test_beside_an_anchor_a_pack_of_other_roots_adds_nothing(self):
        same = trust_list(key_entry(_10=NOW), roots=["other"])
        self.judged("genuine", state_of([Anchor(OLD)], pack(), pack_of(same)))
        # its status lists are of the keys that they are signed by, wherever they travelled
        withdrawn = pack_of(trust_list(key_entry(), roots=["other"]), lists=[status_list(1)])
        self.judged("withdrawn", state_of([Anchor(OLD)], pack(), withdrawn))

    def test_an_anchor_from_which_another_has_taken_over_adds_nothing(self):
        packs = [pack(), pack_of(NEWER, ROTATION)]
        state = state_of([Anchor(OLD), Anchor(NEW)], *packs)
        self.assertEqual([line.anchor.root for line in state.lines], [NEW])
        self.judged("genuine", state)
        # a second list of the old roots parts them only for who holds the old fingerprint alone
        leaked = pack_of(trust_list(key_entry(), version=9, earlier=[FIRST]))
        self.judged("trust-conflict", state_of([Anchor(OLD)], *packs, leaked))
        self.judged("genuine", state_of([Anchor(NEW)], *packs, leaked))
        self.judged("genuine", state_of([Anchor(OLD), Anchor(NEW)], *packs, leaked))

    def test_anchors_of_one_line_are_one(self):
        back = trust_list(key_entry(), version=4, signers=("root", "n"), takes_over=root_set("n"),
                          earlier=[FIRST, ROTATION, NEWER])
        state = state_of([Anchor(OLD), Anchor(NEW)], pack(), pack_of(back, NEWER, ROTATION))
        self.assertEqual(len(state.lines), 1)
        self.judged("genuine", state)
        stray = pack_of(trust_list(key_entry(), version=9, earlier=[FIRST]))
        packs = [pack(), pack_of(back, NEWER, ROTATION), stray]
        self.judged("trust-conflict", state_of([Anchor(OLD), Anchor(NEW)], *packs))

    def test_an_anchor_speaks_for_the_countries_that_were_named(self):
        for countries, reason in ((None, "genuine"), ({"BJ"}, "genuine"), ({"BJ", "CI"}, "genuine"),
                                  ({"CI"}, "unknown-issuer"), (set(), "unknown-issuer")):
            named = None if countries is None else frozenset(countries)
            self.judged(reason, state_of([Anchor(OLD, named)], pack()))
        # of one fingerprint that was named twice all countries count
        self.judged("genuine", state_of([Anchor(OLD, frozenset({"CI"})), Anchor(OLD, frozenset({"BJ"}))], pack()))

    def test_an_authority_that_two_anchors_name_counts_once_the_pair_is_named(self):
        anchors = [Anchor(OLD), Anchor(OTHER)]
        packs = [pack(), pack_of(signed_list(authority(), roots=["other"]))]
        self.judged("unknown-issuer", state_of(anchors, *packs))
        self.judged("genuine", state_of(anchors, *packs, pairs=[frozenset({"BJ-OFFICE"})]))
        # an anchor that does not speak for the country names nobody there
        self.judged("genuine", state_of([Anchor(OLD), Anchor(OTHER, frozenset({"CI"}))], *packs))

    def test_names_that_are_the_same_but_for_case_and_gaps_are_one(self):
        anchors = [Anchor(OLD), Anchor(OTHER)]
        for name, country, reason in (
            ("OFFICE", "BJ", "unknown-issuer"), ("office", "BJ", "unknown-issuer"), ("Of fice", "BJ", "unknown-issuer"),
            ("Office", "CI", "genuine"), ("Offices", "BJ", "genuine"),
        ):
            beside = authority(_1=country + "-X", _2={"en": name, "fr": "X"}, _3=country)
            packs = [pack(), pack_of(signed_list(beside, roots=["other"]))]
            self.judged(reason, state_of(anchors, *packs))
            self.judged("genuine", state_of(anchors, *packs, pairs=[frozenset({"BJ-OFFICE", country + "-X"})]))
        wide = pack(authority_more={"_2": {"fr": "The  Office\u00a0of A"}})
        narrow = pack_of(signed_list(authority(_1="BJ-X", _2={"fr": "the office of a"}), roots=["other"]))
        self.judged("unknown-issuer", state_of(anchors, wide, narrow))

    def test_under_several_anchors_the_least_accepting_row_is_the_outcome(self):
        anchors, pairs = [Anchor(OLD), Anchor(OTHER)], [frozenset({"BJ-OFFICE"})]
        for other, reason in ((key_entry(), "genuine"), (key_entry(_5=[2]), "outside-scope"),
                              (key_entry(_6=["1999"]), "outside-session"), (key_entry(_8=6), "status-unknown")):
            packs = [pack(), pack_of(trust_list(other, roots=["other"]))]
            self.judged(reason, state_of(anchors, *packs, pairs=pairs))
            self.judged(reason, state_of(anchors[::-1], *packs[::-1], pairs=pairs))
        # of equal ones the one whose newest list has the lowest id
        lists = [trust_list(key_entry(_8=6)), trust_list(key_entry(_6=["1999"]), roots=["other"])]
        lowest = min(lists, key=list_id)
        reason = "status-unknown" if lowest == lists[0] else "outside-session"
        self.judged(reason, state_of(anchors, *map(pack_of, lists), pairs=pairs))

    def test_codes_of_a_line_in_conflict_are_not_judged(self):
        left = pack_of(trust_list(key_entry(), version=2, earlier=[FIRST]), lists=[status_list(1)])
        right = pack_of(signed_list(version=3, earlier=[FIRST]))
        self.check("trust-conflict", [pack(), left, right])
        altered = "SC1:" + base45(sealed(claims(document()))[:-1] + b"\0")
        self.check("trust-conflict", [pack(), right, left], text=altered)
        self.check("trust-conflict", [left, right])
        stranger = "SC1:" + base45(sign1("stranger", "sceau/1/document", claims(document())))
        self.check("unknown-issuer", [pack(), left, right], text=stranger)
        joined = pack_of(trust_list(key_entry(), version=4, earlier=[FIRST, *lists_of(left, right)]))
        self.check("withdrawn", [pack(), left, right, joined])


def lists_of(*packs: bytes) -> list[bytes]:
    return [cbor2.loads(packed)[1] for packed in packs]


class ObjectsOfAllPacks(unittest.TestCase):
    def check(self, reason: str, *packs: bytes, now: int = NOW, text: str = TEXT, register=None) -> None:
        for order in (packs, packs[::-1]):
            outcome = verify(text, list(order), now)
            self.assertEqual(outcome.reason, reason, outcome.detail)
            if register:
                self.assertEqual(outcome.register, register)

    def test_a_successor_speaks_for_an_authority_that_has_ended(self):
        def by_heir(statement: int, authority_: str = "BJ-HEIR", **changes) -> bytes:
            strings = stated(statement, [tag(digest(document()))], decision=9)
            labels = {1: "BJ-OFFICE", 2: 7, 3: 9, 4: SEALED, 5: NOW + 100, 6: strings}
            labels.update({int(label[1:]): value for label, value in changes.items()})
            return sign1("heir", "sceau/1/status-list", cbor2.dumps(labels), authority=authority_)

        def ended(*more: dict, **changes) -> bytes:
            office = authority(key_entry(), **{"_7": "BJ-HEIR", **changes})
            return signed_list(office, authority(other_key("heir", 2), _1="BJ-HEIR", _2={"fr": "Heir"}), *more)

        self.check("withdrawn", pack_of(ended(), lists=[by_heir(1)]))
        self.check("genuine", pack_of(ended(), lists=[by_heir(0)]))
        self.check("status-unsigned", pack_of(ended(_7=None), lists=[by_heir(0)]))
        self.check("status-unsigned", pack_of(ended(_7="BJ-OTHER"), lists=[by_heir(0)]))
        self.check("status-unsigned", pack_of(ended(), lists=[by_heir(0, "BJ-OFFICE")]))
        # of itself the heir speaks as before, and what it says of itself is not of the other
        self.check("status-unknown", pack_of(ended(), lists=[by_heir(1, _1="BJ-HEIR")]))

    def test_last_lists_never_grow_old(self):
        last = status_list()
        named = {"authority_more": {"_9": [hashlib.sha256(last).digest()]}, "next_update": 2**40 - 1}
        self.check("genuine", pack(lists=[last], **named), now=NOW + 10**9)
        self.check("status-old", pack(lists=[status_list(_3=2)], **named), now=NOW + 10**9)
        self.check("status-old", pack(lists=[last], **{**named, "next_update": NOW}))

    def test_status_keys_count_in_their_days_by_the_newest_list(self):
        closed = {"version": 2, "earlier": [FIRST]}
        self.check("genuine", pack(), pack(lists=[], status_more={9: SEALED}, **closed))
        self.check("status-unknown", pack(), pack(lists=[], status_more={9: SEALED - 1}, **closed))
        self.check("status-unknown", pack(), pack(lists=[], status_more={4: SEALED - 1}, **closed))
        self.check("status-unknown", pack(), pack_of(signed_list(authority(key_entry()), **closed)))

    def test_a_register_counts_wherever_it_travelled(self):
        def listed(*more: dict, **changes) -> bytes:
            entry = key_entry(**{"_12": 3, "_10": NOW, **changes})
            return trust_list(entry, keys=[other_key("register", 3), *more], **later)

        text, later = "SC1:" + base45(REGISTERED[4]), {}
        plain = listed()
        with_head, with_both = pack_of(plain, more={4: [head()]}), pack_of(plain, more={4: [head()], 5: [file()]})
        status = pack_of(plain, lists=[status_list()])
        self.check("genuine", with_both, status, text=text, register="listed")
        self.check("key-compromised", with_head, status, text=text, register="unknown")
        self.check("key-compromised", status, text=text, register="unknown")
        # the latest head counts, and its file alone
        later_head = head(REGISTERED[:4], _2=SEALED + 1)
        newer = pack_of(plain, more={4: [later_head]})
        self.check("key-compromised", with_both, newer, text=text, register="unknown")
        full = pack_of(plain, more={4: [later_head], 5: [file(REGISTERED[:4])]})
        self.check("key-compromised", with_both, full, status, text=text, register="not-listed")
        # of equal times the one with more
        fewer = pack_of(plain, more={4: [head(REGISTERED[:4])], 5: [file(REGISTERED[:4])]})
        self.check("genuine", with_both, fewer, status, text=text, register="listed")
        # a head that the roots have fixed counts alone, even if its register key was lost since
        fixed = {"_13": hashlib.sha256(head()).digest()}
        later = {"version": 2, "earlier": [plain]}
        self.check("genuine", with_both, full, status, pack_of(listed(**fixed)), text=text, register="listed")
        lost = trust_list(key_entry(_12=3, _10=NOW, **fixed), keys=[other_key("register", 3, _10=NOW)], **later)
        self.check("genuine", with_both, full, status, pack_of(lost), text=text, register="listed")
        lost = trust_list(key_entry(_12=3, _10=NOW), keys=[other_key("register", 3, _10=NOW)], **later)
        self.check("key-compromised", with_both, full, status, pack_of(lost), text=text, register="unknown")

    def test_eight_dictionaries_are_tried_in_the_order_of_their_sha_256(self):
        twins = [DICTIONARY]
        for place in range(3, 12):  # (1, -2, 1) added to three neighbours keeps both sums of Adler-32
            twin = bytearray(DICTIONARY)
            for step, change in enumerate((1, -2, 1)):
                twin[place + step] += change
            twins.append(bytes(twin))
        twins.sort(key=lambda one: hashlib.sha256(one).digest())
        digests = [hashlib.sha256(one).digest() for one in twins]
        trusted = trust_list(key_entry(), authority_more={"_6": digests})
        state = open_state([pack_of(trusted, dictionaries=twins[::-1])])
        self.assertEqual(list(state.dictionaries().values()), [twins[:8]])
        # a dictionary that no list of a line names is no candidate
        beside = pack_of(trust_list(key_entry(), roots=["other"]), dictionaries=[DICTIONARY])
        self.assertEqual(state_of([Anchor(OLD)], pack_of(signed_list()), beside).dictionaries(), {})

    def test_links_are_lists_like_others(self):
        self.check("pack-malformed", pack(more={6: []}))
        self.check("trust-malformed", pack(more={6: [b""]}))
        self.check("trust-unsigned", pack(more={6: [signed_list(signers=["stranger"])]}))
        self.check("genuine", pack(more={6: [signed_list(roots=["other"])]}))
        lists = [signed_list(version=number, roots=["other"]) for number in range(1, 66)]
        self.check("genuine", pack(more={6: lists[:64]}))
        self.check("pack-malformed", pack(more={6: lists}))
        # objects may be of the keys of a link
        newest = signed_list(version=2, earlier=[FIRST])
        self.check("genuine", pack_of(newest, FIRST, lists=[status_list()], dictionaries=[DICTIONARY]))
        self.check("status-unsigned", pack_of(newest, lists=[status_list()]))
        self.check("pack-malformed", pack_of(newest, dictionaries=[DICTIONARY]))
        self.check("trust-unsigned", pack_of(newest, signed_list(signers=["x"]), lists=[b""], dictionaries=[b""]))
