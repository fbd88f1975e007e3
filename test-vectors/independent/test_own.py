"""Tests with packs and documents built here: each refusal changes one thing of a genuine case."""
from __future__ import annotations

import base64
import hashlib
import unittest
import zlib

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sceau import cbor, seal, textform
from sceau.refusal import Breach
from sceau_verify import verify

NOW = 1_800_000_000
SEALED = NOW - 1000
DICTIONARY = b"Baccalaureat General, Republique"
DOCUMENT_LABEL = -65537


def private(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


def public(name: str) -> bytes:
    return private(name).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def dumps(value) -> bytes:
    """Deterministic as long as the maps of this file are written in key order."""
    return cbor2.dumps(value)


def protected(name: str, **further) -> bytes:
    return dumps({1: -19, 4: seal.kid_of(public(name)), **further.get("more", {})})


def sign1(name: str, aad: str, payload: bytes, header: bytes | None = None) -> bytes:
    header = protected(name) if header is None else header
    signature = private(name).sign(seal.sign1_message(header, aad, payload))
    return dumps(cbor2.CBORTag(18, [header, {}, payload, signature]))


def base45(data: bytes) -> str:
    text = ""
    for start in range(0, len(data), 2):
        group = data[start:start + 2]
        number = int.from_bytes(group, "big")
        for _ in range(len(group) + 1):
            text += textform.BASE45[number % 45]
            number //= 45
    return text


def packed(stream: bytes) -> str:
    return "SC1:" + base45(stream + zlib.crc32(stream).to_bytes(4, "big"))


def document(**changes) -> dict:
    labels = {1: 1, 2: ["fr"], 3: "Awa Exemple", 8: "Diplome", 10: "2026", 12: "Office", 15: [7, 5]}
    labels.update({int(name[1:]): value for name, value in changes.items()})
    return {label: labels[label] for label in sorted(labels) if labels[label] is not None}


def claims(labels: dict, sealed_at: int = SEALED) -> bytes:
    return dumps({6: sealed_at, 7: b"12345678", DOCUMENT_LABEL: labels})


def key_entry(**changes) -> dict:
    entry = {1: public("key"), 2: 1, 3: SEALED - 10, 4: SEALED + 10, 5: [1], 6: ["2026"], 7: 99, 8: 7}
    entry.update({int(name[1:]): value for name, value in changes.items()})
    return {label: entry[label] for label in sorted(entry) if entry[label] is not None}


def status_list(entry: int, name: str = "status", subject: str = "sceau:OFFICE/7") -> bytes:
    stream = zlib.compress(bytes([0, entry << 2, 0]), 9)
    payload = dumps({2: subject, 4: NOW + 100, 6: SEALED, 65533: {"lst": stream, "bits": 2}})
    header = protected(name, more={16: "application/statuslist+cwt"})
    return sign1(name, "sceau/1/status-list", payload, header)


def trust_list(entry: dict, version: int = 1, roots=("root",), signers=("root",), status_more=None) -> bytes:
    status_key = {1: public("status"), 2: 2, 3: 0, 4: NOW, **(status_more or {})}
    authority = {1: "OFFICE", 2: {"fr": "Office"}, 3: "BJ", 4: 1, 5: [entry, status_key],
                 6: [hashlib.sha256(DICTIONARY).digest()]}
    payload = dumps({1: version, 2: 0, 3: NOW, 4: [1, [public(root) for root in roots]], 5: "List",
                     6: [authority]})
    signatures = []
    for name in signers:
        message = seal.sign_message(protected(name), "sceau/1/trust-list", payload)
        signatures.append([protected(name), {}, private(name).sign(message)])
    return dumps(cbor2.CBORTag(98, [b"", {}, payload, signatures]))


def pack(entry: dict | None = None, status: int = 0, lists=None, dictionaries=(DICTIONARY,), **trust):
    lists = [status_list(status)] if lists is None else lists
    trusted = trust_list(entry or key_entry(), **trust)
    return dumps({0: "sceau/1/pack", 1: trusted, 2: lists, 3: list(dictionaries)})


def sealed(payload: bytes) -> bytes:
    return sign1("key", "sceau/1/document", payload)


TEXT = "SC1:" + base45(sealed(claims(document())))


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


class Parts(unittest.TestCase):
    def test_strict_cbor_refuses(self):
        for rule, hexes in {
            "indefinite": "5f4101ff 9fff bfff", "long head": "1800 190001 1a00000001 1b0000000000000001 5800",
            "keys": "a201000100 a202000100", "utf-8": "61ff 63eda080 62c080 64f4908080",
            "types": "f4 f6 f7 f93c00 f800 f814 c100 ff 1c", "end": "0000 82 8100ff 6261",
            "depth": "818181818181818180",
        }.items():
            for encoded in hexes.split():
                with self.subTest(rule, encoded=encoded), self.assertRaises(Breach):
                    cbor.read(bytes.fromhex(encoded))

    def test_strict_cbor_agrees_with_cbor2(self):
        for first in range(0x10000):
            encoded = first.to_bytes(2, "big") + bytes(2)
            for size in (1, 2, 3, 4):
                try:
                    value = cbor.read(encoded[:size])
                except Breach:
                    continue
                if not any(isinstance(key, cbor.OtherKey) for key in (value if type(value) is dict else ())):
                    self.assertEqual(cbor2.loads(encoded[:size]), value)

    def test_key_true_is_not_the_key_1(self):
        self.assertEqual(len(cbor.read(bytes.fromhex("a20105f507"))), 2)

    def test_admissible_keys(self):
        order_4 = bytes(32)
        self.assertTrue(seal.is_admissible(public("key")))
        self.assertFalse(seal.is_admissible(order_4))
        self.assertFalse(seal.is_admissible(b"\xee" + b"\xff" * 30 + b"\x7f"))  # y = p + 1
        x, y, z, _ = seal._add(seal.decode_point(public("key")), seal.decode_point(order_4))
        inverse = pow(z, seal.P - 2, seal.P)
        x, y = x * inverse % seal.P, y * inverse % seal.P
        mixed = (y | (x & 1) << 255).to_bytes(32, "little")
        self.assertIsNotNone(seal.decode_point(mixed))
        self.assertFalse(seal.is_admissible(mixed))

    def test_neutral_r_is_refused_though_openssl_accepts_it(self):
        digest = bytearray(hashlib.sha512(private("key").private_bytes_raw()).digest()[:32])
        digest[0] &= 248
        digest[31] = digest[31] & 63 | 64
        r = (1).to_bytes(32, "little")
        k = int.from_bytes(hashlib.sha512(r + public("key") + b"message").digest(), "little")
        s = k * int.from_bytes(digest, "little") % seal.L
        signature = r + s.to_bytes(32, "little")
        private("key").public_key().verify(signature, b"message")
        self.assertFalse(seal.holds(public("key"), signature, b"message"))


if __name__ == "__main__":
    unittest.main()
