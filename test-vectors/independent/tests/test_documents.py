"""Documents: sections 2 to 9 and 11."""
from __future__ import annotations

import hashlib
import unittest
import zlib

from sceau import seal
from sceau_verify import SHOWN, complete_sheets, end_of, verify
from tests.world import (
    DICTIONARY, NOW, SEALED, TEXT, authority, base45, claims, digest, digits, document, dumps, fingerprint, key_entry,
    other_key, pack, pack_of, packed, public, sealed, sign1, signed_list, status_list, tag, trust_list,
)


class Verdicts(unittest.TestCase):
    def check(self, reason: str, text: str = TEXT, packs=None, now: int = NOW, root=None) -> None:
        outcome = verify(text, [pack()] if packs is None else packs, now, root)
        self.assertEqual((outcome.reason, outcome.detail if outcome.reason != reason else ""), (reason, ""))
        self.assertEqual(outcome.document is not None, reason in SHOWN)

    def check_document(self, reason: str, **changes) -> None:
        with self.subTest(**changes):
            self.check(reason, "SC1:" + base45(sealed(claims(document(**changes)))))

    def test_genuine_in_each_text_form(self):
        data = sealed(claims(document()))
        packer = zlib.compressobj(9, zlib.DEFLATED, 15, zdict=DICTIONARY)
        with_dictionary = packer.compress(data) + packer.flush()
        self.check("genuine")
        stream = zlib.compress(data, 9)
        self.check("genuine", packed(stream))
        self.check("genuine", packed(with_dictionary))
        self.check("genuine", "https://anything#SC1:" + digits(data))
        self.check("text-malformed", "https://anything#SC1:" + digits(data)[:-1])
        self.check("text-malformed", "https://anything#SC1:99999999999999999")
        self.check("dictionary-unknown", packed(with_dictionary), [pack(dictionaries=())])
        self.check("compression-malformed", "SC1:" + base45(with_dictionary), [pack(dictionaries=())])
        self.check("compression-malformed", "SC1:" + base45(stream))
        self.check("compression-malformed", packed(stream + b"\0"))
        self.check("compression-malformed", packed(stream[:-1]))
        self.check("compression-malformed", packed(zlib.compress(b"\xd2" * 16385, 9)))

    def test_texts(self):
        for reason, texts in {
            "text-malformed": ["", "A" * 7090, "SC1:", "SC1:A", "SC1:::", "SC1:GGW", "SC1:bb8", "https://a#SC1:A"],
            "newer-format": ["SC2:", "SC01:", "SC0:X", "SC999:", "https://a#SC2:"],
            "foreign-code": ["sc1:", " SC1:", "SC1", "SC1000:", "SC\u0661:", "http://a#SC1:", "https://a#b#SC1:",
                             "HTTPS://a#SC1:", "https://SC1:"],
        }.items():
            for text in texts:
                with self.subTest(text=text[:20]):
                    self.check(reason, text)

    def test_statuses(self):
        for status, reason in enumerate(("genuine", "withdrawn", "suspended", "replaced")):
            self.check(reason, packs=[pack(status=status)])
        self.check("status-old", now=NOW + 100)
        self.check("genuine", now=NOW + 99)
        self.check("status-unknown", packs=[pack(lists=[])])
        self.check("status-unknown", packs=[pack(key_entry(_8=None))])
        self.check("status-unknown", packs=[pack(key_entry(_8=6))])
        self.check("genuine", packs=[pack(lists=[status_list(4)])])
        self.check("newer-format", "SC1:" + base45(sealed(claims(document(_15=[7, 5])))))
        self.check("specimen", packs=[pack(key_entry(_11=True), status=1)])

    def test_the_highest_seq_speaks_and_of_equal_ones_the_graver(self):
        first = status_list(1, _3=5)
        for reason, lists in (
            ("withdrawn", [first, status_list(0, _3=9)]),
            ("genuine", [first, status_list(4, _3=6)]),
            ("withdrawn", [first, status_list(4, _3=5)]),
            ("withdrawn", [first, status_list(3, _3=5)]),
            ("replaced", [first, status_list(3, _2=1, _3=6)]),
            ("genuine", [status_list(0), status_list(1, _3=9, tags=[bytes(8)])]),
        ):
            for order in (lists, lists[::-1]):
                self.check(reason, packs=[pack(lists=order)])
                self.check(reason, packs=[pack(lists=order[:1]), pack(lists=order[1:])])
        # a status list counts wherever it travelled
        other = signed_list(authority(other_key("status", 2), _2={"fr": "Another"}), roots=("other",))
        self.check("withdrawn", packs=[pack_of(trust_list(key_entry()), lists=[first]), pack()])
        self.check("unknown-issuer", packs=[pack(), pack_of(other, lists=[first])])

    def test_which_lists_are_current(self):
        ahead = {"now": SEALED}
        for reason, change in (("withdrawn", {"_4": SEALED + 86_400}), ("status-unknown", {"_4": SEALED + 86_401})):
            lists = [status_list(1, **change)]
            self.check(reason, packs=[pack(lists=lists, status_more={4: SEALED + 10**6})], **ahead)
        for status in (0, 1):
            self.check("status-unknown", packs=[pack(status=status, status_more={10: NOW})])
            self.check("status-unknown", packs=[pack(status=status, status_more={11: True})])
        # the newest list counts, not the one before it
        stolen = {"version": 2, "status_more": {10: NOW}, "earlier": [trust_list(key_entry())]}
        self.check("status-unknown", packs=[pack(status=1), pack(lists=[], **stolen)])

    def test_the_test_world_has_digests_of_its_own(self):
        test, specimen = {"status_more": {11: True}}, key_entry(_11=True)
        self.check("specimen", packs=[pack(specimen, **test)])
        self.assertEqual(verify(TEXT, [pack(specimen, status=1, **test)], NOW).status, "in-force")
        tags = [tag(digest(document(), "digest-test"))]
        lists = [status_list(1, tags=tags)]
        self.assertEqual(verify(TEXT, [pack(specimen, lists=lists, **test)], NOW).status, "withdrawn")

    def test_same_facts_are_withdrawn_and_an_innocent_serial_is_not(self):
        again = "SC1:" + base45(sealed(claims(document(), SEALED + 5)))
        forged = "SC1:" + base45(sealed(claims(document(_3="Other Person"))))
        self.check("withdrawn", again, [pack(status=1)])
        self.check("genuine", forged, [pack(status=1)])
        self.check("signature-invalid", "SC1:" + base45(
            sign1("key", "sceau/1/document", claims(document()), authority="OTHER")))

    def test_validity(self):
        packs = [pack(key_entry(_5=[2, 3]))]
        text = lambda **changes: "SC1:" + base45(sealed(claims(document(_1=3, **changes))))
        end = end_of(20270114)
        self.assertEqual((end, end_of(20270100), end_of(20240200)), (1_799_971_200, 1_801_440_000, 1_709_251_200))
        self.check("status-old", text(_19=20270114), packs, end + 43_199)
        self.check("past-validity", text(_19=20270114), packs, end + 43_200)
        self.check("past-validity", text(_19=[20270114, "le 14"], _21=[0]), packs, end + 43_200)
        self.check("past-validity", text(_19=20270114), [pack(key_entry(_5=[3]), issued=end + 43_200)])
        self.check("breaks-rules", text(_19=[0, "un an"]), packs)
        self.check_document("breaks-rules", _19=20270114)

    def test_outcomes_and_sheets(self):
        packs = [pack(key_entry(_5=[2, 3]))]
        text = lambda **changes: "SC1:" + base45(sealed(claims(document(_1=3, **changes))))
        for reason, changes in (("states-not-admitted", {"_21": [0]}), ("genuine", {"_21": [1, "Admis"]}),
                                ("states-otherwise", {"_21": [2]}), ("newer-format", {"_21": [3]}),
                                ("states-otherwise", {"_21": [2], "_23": [1, 2]}), ("one-sheet", {"_23": [1, 2]}),
                                ("breaks-rules", {"_23": [3, 2]})):
            self.check(reason, text(**changes), packs)
        self.check_document("breaks-rules", _21=[0])
        self.check("status-unknown", text(_21=[2]), [pack(key_entry(_5=[3]), lists=[])])
        self.check("states-not-admitted", text(_21=[0]), [pack(key_entry(_5=[3]), lists=[])])
        sheets = [verify(text(_23=[number, 2], _14={5: [["Rang", f"{number}"]]}), packs, NOW) for number in (1, 2)]
        self.assertEqual(complete_sheets(sheets), [True, True])
        self.assertEqual(complete_sheets([*sheets[:1], verify(text(_23=[2, 3]), packs, NOW)]), [False, False])

    def test_the_first_row_that_fits(self):
        every = document(_1=3, _19=20200101, _21=[0], _23=[1, 2])
        for reason, left_out in (("past-validity", {}), ("states-not-admitted", {19: None}),
                                 ("status-old", {19: None, 21: [2]}), ("status-old", {19: None, 21: [1]})):
            facts = {label: entry for label, entry in {**every, **left_out}.items() if entry is not None}
            text = "SC1:" + base45(sealed(claims(facts)))
            self.check(reason, text, [pack(key_entry(_5=[3]))], now=NOW + 100)
            for statement, status in enumerate(("withdrawn", "suspended", "replaced"), 1):
                lists = [status_list(statement, tags=[tag(digest(facts))])]
                self.check(status, text, [pack(key_entry(_5=[3]), lists=lists)], now=NOW + 100)
            self.check("specimen", text, [pack(key_entry(_5=[3], _11=True))], now=NOW + 100)
            unknown = "status-unknown" if reason == "status-old" else reason
            self.check(unknown, text, [pack(key_entry(_5=[3]), lists=[])], now=NOW + 100)

    def test_old_trust_lists_and_wrong_clocks(self):
        ended = [pack(next_update=NOW)]
        self.check("genuine", packs=ended, now=NOW - 1)
        self.check("status-old", packs=ended)
        self.check("withdrawn", packs=[pack(next_update=NOW, status=1)])
        self.check("status-unknown", packs=[pack(next_update=NOW, lists=[])])
        self.check("genuine", now=SEALED - 86_400)
        self.check("status-unknown", now=SEALED - 86_401)
        self.check("status-unknown", packs=[pack(status=1)], now=0)
        self.check("genuine", packs=[pack(issued=NOW + 86_400)])
        self.check("status-old", packs=[pack(issued=NOW + 86_401)])
        other = pack_of(signed_list(roots=("other",)))
        self.check("status-old", packs=[pack(next_update=NOW), other])
        newer = pack(version=2, earlier=[trust_list(key_entry(), next_update=NOW)])
        self.check("genuine", packs=[newer, pack(next_update=NOW)])

    def test_dictionaries_with_one_adler_32(self):
        twin = bytearray(DICTIONARY)
        for place, change in ((4, 1), (5, -2), (6, 1)):
            twin[place] += change
        self.assertEqual(zlib.adler32(bytes(twin)), zlib.adler32(DICTIONARY))

        def text(data: bytes) -> str:
            packer = zlib.compressobj(9, zlib.DEFLATED, 15, zdict=DICTIONARY)
            return packed(packer.compress(data) + packer.flush())

        follows = {"version": 2, "earlier": [trust_list(key_entry())]}
        right, other = pack(), pack(dictionary=bytes(twin), **follows)
        data = sealed(claims(document(_8="Baccalaureat General")))
        forged = text(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
        self.check("signature-invalid", forged, [right])
        self.check("signature-invalid", forged, [right, pack(**follows)])
        self.check("signature-invalid", text(data), [other])
        digests = [hashlib.sha256(dictionary).digest() for dictionary in (DICTIONARY, bytes(twin))]
        named = trust_list(key_entry(), authority_more={"_6": digests})
        both = pack_of(named, lists=[status_list()], dictionaries=[bytes(twin), DICTIONARY])
        self.check("genuine", text(data), [both])
        for packs in ([right, other], [other, right]):
            self.check("genuine", text(data), packs)
            self.check("dictionary-unknown", forged, packs)
            self.check("dictionary-unknown", text(sign1("stranger", "sceau/1/document", claims(document()))), packs)
            self.check("breaks-rules", text(sealed(claims(document(_3="", _8="Baccalaureat General")))), packs)
            self.check("compression-malformed", "SC1:" + base45(b"\x78\xbb" + bytes(8)), packs)

    def test_scope_and_window(self):
        for reason, changes in (
            ("outside-scope", {"_5": [2]}), ("outside-session", {"_6": ["2025"]}), ("status-unknown", {"_8": None}),
            ("genuine", {"_6": None}), ("genuine", {"_4": SEALED}), ("outside-signing-window", {"_4": SEALED - 1}),
            ("genuine", {"_9": SEALED}), ("outside-signing-window", {"_9": SEALED - 1}),
            ("key-compromised", {"_10": NOW}),
        ):
            with self.subTest(**changes):
                self.check(reason, packs=[pack(key_entry(**changes))])

    def test_claims(self):
        self.check_document("newer-format", _1=4)
        self.check_document("newer-format", _24=1)
        self.check_document("breaks-rules", _8=None)
        self.check_document("breaks-rules", _3=" A")
        self.check_document("breaks-rules", _3="a\u0300\u0300\u0300\u0300")
        self.check_document("genuine", _3="a\u0300\u0300\u0300")
        self.check_document("breaks-rules", _3="a\u200db")
        self.check_document("genuine", _3="\u0915\u200db")
        self.check_document("breaks-rules", _3=["A", "B"])
        self.check_document("genuine", _4=20000229)
        self.check_document("breaks-rules", _4=19000229)
        self.check_document("breaks-rules", _4=19000001)
        self.check_document("genuine", _4=[19760000, "vers 1976"], _20=[0, "Rabia II 1447"])
        self.check_document("breaks-rules", _4=[1, "vers 1976"])
        self.check_document("breaks-rules", _2=["fr", "fr"])
        self.check_document("genuine", _2=["fr", "ar", "zgh", "zh-hans2"], _3=[True, "A", True, "B"])
        self.check_document("breaks-rules", _2=["fr", "ar"], _3=[True, True])
        self.check_document("breaks-rules", _3="\u180b\u1820")
        self.check_document("genuine", _3="\u1820\u180b")
        self.check_document("newer-format", _6=[3])
        self.check_document("genuine", _6=[1, "371", "CNIE"])
        self.check_document("newer-format", _17=[3, "x"])
        self.check_document("newer-format", _18=[1997, 4])
        self.check_document("breaks-rules", _17=[2, 2])
        self.check_document("genuine", _22=[[["Fille de", "A"]], [["Rang", [-3, 0, 40]]]])
        self.check_document("breaks-rules", _22=[[], []])

    def test_results(self):
        packs = [pack(key_entry(_5=[2]))]
        rows, mark = ["A", "B"], [4, True, 0, [21, "absent"], 20]
        for reason, results in (
            ("genuine", {2: rows, 4: [mark]}),
            ("genuine", {1: [-5, 2], 2: rows, 3: {0: 4, 1: 9}, 4: [[2, True, 1, [5, True]], mark], 5: [["N", "W"]]}),
            ("breaks-rules", {2: ["A"], 4: [mark]}),
            ("breaks-rules", {4: [mark]}),
            ("breaks-rules", {2: rows, 3: {2: 1}, 4: [mark]}),
            ("newer-format", {2: rows, 3: {0: 5}, 4: [mark]}),
            ("newer-format", {2: rows, 4: [[6, *mark[1:]]]}),
            ("breaks-rules", {2: rows, 4: [[4, True, 7, *mark[3:]]]}),
            ("breaks-rules", {2: rows, 4: [[0, *mark[1:]], mark]}),
            ("breaks-rules", {2: rows, 4: [[2, *mark[1:]], [2, *mark[1:]], mark]}),
            ("breaks-rules", {2: rows, 4: [[4, True, 0, [2**40, 1]]]}),
            ("genuine", {2: rows, 4: [[4, True, 0, [1 - 2**40, 1]]]}),
            ("breaks-rules", {2: rows, 4: [[2, *mark[1:]]]}),
            ("breaks-rules", {}),
            ("newer-format", {2: rows, 4: [mark], 6: 0}),
            ("breaks-rules", None),
        ):
            with self.subTest(results=results):
                self.check(reason, "SC1:" + base45(sealed(claims(document(_1=2, _14=results)))), packs)

    def test_envelopes(self):
        payload = claims(document())
        data = sealed(payload)
        longer = dumps({1: -19, 4: b"12345"})
        for reason, changed in {
            "envelope-malformed": data + b"\0",
            "signature-invalid": data[:-1] + bytes([data[-1] ^ 1]),
            "unknown-issuer": sign1("stranger", "sceau/1/document", payload),
        }.items():
            self.check(reason, "SC1:" + base45(changed))
        self.check("signature-invalid", "SC1:" + base45(sign1("key", "sceau/1/manifest", payload)))
        self.check("envelope-malformed", "SC1:" + base45(sign1("key", "sceau/1/document", payload, longer)))
        self.check("breaks-rules", "SC1:" + base45(sealed(payload + b"\0")))
        above = (int.from_bytes(data[-32:], "little") + seal.L).to_bytes(32, "little")
        self.check("signature-invalid", "SC1:" + base45(data[:-32] + above))

    def test_packs(self):
        self.check("genuine", root=fingerprint("root"))
        self.check("trust-foreign-root", root=bytes(32))
        self.check("no-trust", "", packs=[])
        for reason, packed in (
            ("pack-malformed", pack() + b"\0"),
            ("pack-malformed", pack(dictionaries=[b"unnamed"])),
            ("pack-malformed", pack(dictionaries=[DICTIONARY, DICTIONARY])),
            ("trust-unsigned", pack(signers=("stranger",))),
            ("genuine", pack(signers=("stranger", "root"))),
            ("trust-weak-key", pack(key_entry(_1=bytes(32)))),
            ("trust-malformed", pack(key_entry(_1=public("root")))),
            ("trust-malformed", pack(key_entry(_7=None))),
            ("genuine", pack(lists=[status_list(0), status_list(0)])),
            ("status-malformed", pack(lists=[status_list(1, tags=[bytes(8), bytes(8)])])),
            ("status-malformed", pack(lists=[status_list(1, tags=[bytes(7)])])),
            ("status-malformed", pack(lists=[b"\xd2"])),
            ("genuine", pack(status_more={9: SEALED})),
            ("status-unsigned", pack(status_more={9: SEALED - 1})),
            ("status-unknown", pack(status_more={10: NOW})),
            ("trust-malformed", pack(status_more={5: [1]})),
            ("trust-malformed", pack(status_more={7: 1})),
            ("status-unsigned", pack(lists=[status_list(0, "key")])),
            ("status-unsigned", pack(lists=[status_list(0, _1="OTHER")])),
        ):
            self.check(reason, packs=[packed])
        first = trust_list(key_entry())
        old, new = pack(), pack(key_entry(_10=NOW), version=2, earlier=[first])
        self.check("key-compromised", packs=[old, new])
        self.check("key-compromised", packs=[new, old])
        beside = pack(key_entry(_10=NOW), version=2)
        self.check("trust-conflict", packs=[old, beside])
        # other roots that name the same authority: nobody knows which of them is meant
        foreign = pack(key_entry(_10=NOW), version=3, roots=("other",))
        self.check("unknown-issuer", packs=[old, foreign])
        self.check("unknown-issuer", packs=[foreign, new, old])
        other = pack_of(signed_list(version=3, roots=("other",)))
        self.check("genuine", packs=[old, other])
        self.check("key-compromised", packs=[new, other, old])
