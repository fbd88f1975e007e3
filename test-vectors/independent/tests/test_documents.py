"""Documents: sections 2 to 9 and 11."""
from __future__ import annotations

import base64
import hashlib
import unittest
import zlib

from sceau import seal
from sceau_verify import verify
from tests.world import (
    DICTIONARY, NOW, SEALED, TEXT, base45, claims, document, dumps, key_entry, pack, packed, public, sealed,
    sign1, status_list,
)


class Verdicts(unittest.TestCase):
    def check(self, reason: str, text: str = TEXT, packs=None, now: int = NOW, root=None) -> None:
        outcome = verify(text, [pack()] if packs is None else packs, now, root)
        self.assertEqual((outcome.reason, outcome.detail if outcome.reason != reason else ""), (reason, ""))
        shown = ("genuine", "status-old", "status-unknown", "withdrawn", "suspended", "replaced", "specimen")
        self.assertEqual(outcome.document is not None, reason in shown)

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
        link = base64.b32encode(data).decode().rstrip("=")
        self.check("genuine", "https://anything#SC1:" + link)
        self.check("dictionary-unknown", packed(with_dictionary), [pack(dictionaries=())])
        self.check("compression-malformed", "SC1:" + base45(with_dictionary), [pack(dictionaries=())])
        self.check("compression-malformed", "SC1:" + base45(stream))
        self.check("compression-malformed", packed(stream + b"\0"))
        self.check("compression-malformed", packed(stream[:-1]))
        self.check("compression-malformed", packed(zlib.compress(b"\xd2" * 4097, 9)))

    def test_texts(self):
        for reason, texts in {
            "text-malformed": ["", "A" * 4297, "SC1:", "SC1:A", "SC1:::", "SC1:GGW", "SC1:bb8", "https://a#SC1:A"],
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
        self.check_document("status-unknown", _15=None)
        self.check_document("status-unknown", _15=[7, 12])
        self.check("specimen", packs=[pack(key_entry(_11=True), status=1)])

    def test_status_lists_of_the_test_world(self):
        test = {"status_more": {11: True}}
        for status in (0, 1):
            self.check("status-unknown", packs=[pack(status=status, **test)])
        self.check("specimen", packs=[pack(key_entry(_11=True), **test)])
        self.assertEqual(verify(TEXT, [pack(key_entry(_11=True), status=1, **test)], NOW).status, "withdrawn")

    def test_old_trust_lists_and_wrong_clocks(self):
        ended = [pack(next_update=NOW)]
        self.check("genuine", packs=ended, now=NOW - 1)
        self.check("status-old", packs=ended)
        self.check("withdrawn", packs=[pack(next_update=NOW, status=1)])
        self.check("status-unknown", packs=[pack(next_update=NOW, lists=[])])
        self.check("genuine", now=SEALED - 86_400)
        self.check("status-old", now=SEALED - 86_401)
        self.check("status-old", now=0)
        self.check("withdrawn", packs=[pack(status=1)], now=0)
        self.check("genuine", packs=[pack(issued=NOW + 86_400)])
        self.check("status-old", packs=[pack(issued=NOW + 86_401)])
        self.check("status-old", packs=[pack(next_update=NOW), pack(roots=("other",), signers=("other",))])
        self.check("genuine", packs=[pack(roots=("other",), signers=("other",)), pack(next_update=NOW)])

    def test_dictionaries_with_one_adler_32(self):
        twin = bytearray(DICTIONARY)
        for place, change in ((4, 1), (5, -2), (6, 1)):
            twin[place] += change
        self.assertEqual(zlib.adler32(bytes(twin)), zlib.adler32(DICTIONARY))

        def text(data: bytes) -> str:
            packer = zlib.compressobj(9, zlib.DEFLATED, 15, zdict=DICTIONARY)
            return packed(packer.compress(data) + packer.flush())

        right, other = pack(), pack(dictionary=bytes(twin), version=2)
        data = sealed(claims(document(_8="Baccalaureat General")))
        forged = text(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
        self.check("signature-invalid", forged, [right])
        self.check("signature-invalid", forged, [right, pack(version=2)])
        self.check("signature-invalid", text(data), [other])
        for packs in ([right, other], [other, right]):
            self.check("genuine", text(data), packs)
            self.check("dictionary-unknown", forged, packs)
            self.check("dictionary-unknown", text(sign1("stranger", "sceau/1/document", claims(document()))), packs)
            self.check("breaks-rules", text(sealed(claims(document(_3="", _8="Baccalaureat General")))), packs)
            self.check("compression-malformed", "SC1:" + base45(b"\x78\xbb" + bytes(8)), packs)

    def test_scope_and_window(self):
        for reason, changes in (
            ("outside-scope", {"_5": [2]}), ("outside-scope", {"_6": ["2025"]}), ("outside-scope", {"_8": None}),
            ("genuine", {"_6": None}), ("genuine", {"_4": SEALED}), ("outside-signing-window", {"_4": SEALED - 1}),
            ("genuine", {"_9": SEALED}), ("outside-signing-window", {"_9": SEALED - 1}),
            ("key-compromised", {"_10": NOW}),
        ):
            with self.subTest(**changes):
                self.check(reason, packs=[pack(key_entry(**changes))])

    def test_claims(self):
        self.check_document("newer-format", _1=4)
        self.check_document("newer-format", _19=1)
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
        self.check_document("genuine", _14={1: [2, 2000], 2: 2000})
        self.check_document("breaks-rules", _14={1: [2, 2000], 2: 2001})
        self.check_document("newer-format", _14={1: [2, 2000], 2: 2001, 8: 0})
        self.check_document("breaks-rules", _14={1: [2, 2000], 3: ["A"]})
        self.check_document("breaks-rules", _17=[2, 2])

    def test_transcripts(self):
        packs = [pack(key_entry(_5=[2]))]
        for reason, results in (
            ("genuine", {1: [0, 20], 3: ["A", "B"], 7: [20, "absent"]}),
            ("breaks-rules", {1: [0, 20], 3: ["A", "B"], 7: [20]}),
            ("breaks-rules", {1: [0, 20], 3: ["A"], 7: [21]}),
            ("breaks-rules", {1: [0, 20], 3: ["A"]}),
            ("breaks-rules", None),
        ):
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
        fingerprint = hashlib.sha256(dumps([1, [public("root")]])).digest()
        twice = [status_list(0), status_list(0)]
        self.check("genuine", root=fingerprint)
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
            ("status-malformed", pack(lists=twice)),
            ("status-malformed", pack(lists=[b"\xd2"])),
            ("genuine", pack(status_more={9: SEALED})),
            ("status-unsigned", pack(status_more={9: SEALED - 1})),
            ("status-unsigned", pack(status_more={10: NOW})),
            ("trust-malformed", pack(status_more={5: [1]})),
            ("trust-malformed", pack(status_more={7: 1})),
            ("status-unsigned", pack(lists=[status_list(0, "key")])),
            ("status-unsigned", pack(lists=[status_list(0, subject="sceau:OTHER/7")])),
        ):
            self.check(reason, packs=[packed])
        old, new = pack(), pack(key_entry(_10=NOW), version=2)
        self.check("key-compromised", packs=[old, new])
        self.check("key-compromised", packs=[new, old])
        foreign = pack(key_entry(_10=NOW), version=3, roots=("other",), signers=("other",))
        self.check("genuine", packs=[old, foreign])
        self.check("key-compromised", packs=[old, foreign, new])
        self.check("key-compromised", packs=[foreign, old])
