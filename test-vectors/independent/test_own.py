"""Tests with packs and documents built here: each refusal changes one thing of a genuine case."""
from __future__ import annotations

import base64
import hashlib
import unittest
import zlib

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sceau import cbor, minutes, register, seal, textform
from sceau.refusal import Breach, Refusal
from sceau_verify import match, minutes_root, open_minutes, successor, verify, verify_legalisation

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


def other_key(name: str, use: int, **changes) -> dict:
    entry = {1: public(name), 2: use, 3: 0, 4: NOW}
    entry.update({int(label[1:]): value for label, value in changes.items()})
    return entry


def trust_list(
    entry: dict, version: int = 1, roots=("root",), signers=("root",), status_more=None, issued: int = 0,
    threshold: int = 1, keys=(), role: int = 1,
) -> bytes:
    status_key = {1: public("status"), 2: 2, 3: 0, 4: NOW, **(status_more or {})}
    authority = {1: "OFFICE", 2: {"fr": "Office"}, 3: "BJ", 4: role, 5: [entry, status_key, *keys],
                 6: [hashlib.sha256(DICTIONARY).digest()]}
    payload = dumps({1: version, 2: issued, 3: NOW, 4: [threshold, [public(root) for root in roots]], 5: "List",
                     6: [authority]})
    signatures = []
    for name in signers:
        message = seal.sign_message(protected(name), "sceau/1/trust-list", payload)
        signatures.append([protected(name), {}, private(name).sign(message)])
    return dumps(cbor2.CBORTag(98, [b"", {}, payload, signatures]))


def pack(entry: dict | None = None, status: int = 0, lists=None, dictionaries=(DICTIONARY,), more=None, **trust):
    lists = [status_list(status)] if lists is None else lists
    trusted = trust_list(entry or key_entry(), **trust)
    return dumps({0: "sceau/1/pack", 1: trusted, 2: lists, 3: list(dictionaries), **(more or {})})


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
        foreign = pack(key_entry(_10=NOW), version=3, roots=("other",), signers=("other",))
        self.check("genuine", packs=[old, foreign])
        self.check("key-compromised", packs=[old, foreign, new])
        self.check("key-compromised", packs=[foreign, old])


# --- Register, section 15 ---

REGISTERED = [sealed(claims(document(_3=f"Person {number}"))) for number in range(7)]


def path_of(level: list[bytes], position: int) -> list[bytes]:
    """PATH of RFC 9162 section 2.1.3.1 by its recursive definition, over leaf data."""
    if len(level) <= 1:
        return []
    half = 1
    while 2 * half < len(level):
        half *= 2
    if position < half:
        return path_of(level[:half], position) + [register.tree_root(level[half:])]
    return path_of(level[half:], position - half) + [register.tree_root(level[:half])]


def digests(documents) -> list[bytes]:
    return [hashlib.sha256(data).digest() for data in documents]


def entries_of(documents) -> list[bytes]:
    return sorted(register.document_entry(b"12345678", register.document_leaf(data)) for data in documents)


def head(documents=tuple(REGISTERED), signer: str = "register", entries=None, aad="register-head", **changes) -> bytes:
    content = b"".join(entries_of(documents) if entries is None else entries)
    labels = {1: 3, 2: SEALED, 3: len(documents), 4: register.tree_root(digests(documents)),
              6: hashlib.sha256(public("key")).digest(), 7: hashlib.sha256(content).digest()}
    labels.update({int(name[1:]): value for name, value in changes.items()})
    labels = {label: labels[label] for label in sorted(labels) if labels[label] is not None}
    return sign1(signer, "sceau/1/" + aad, dumps(labels))


def file(documents=tuple(REGISTERED), entries=None, number: int = 3, authority: str = "OFFICE") -> bytes:
    content = b"".join(entries_of(documents) if entries is None else entries)
    return dumps({0: "sceau/1/register", 1: authority, 2: number, 3: content})


def proof(position: int, documents=tuple(REGISTERED), number: int = 3, path=None) -> bytes:
    path = path_of(digests(documents), position) if path is None else path
    return dumps({0: "sceau/1/inclusion", 1: "OFFICE", 2: number, 3: position, 4: path})


def register_pack(heads=None, files=None, register_key=None, key=None, **trust) -> bytes:
    more = {4: [head()] if heads is None else heads, 5: [file()] if files is None else files}
    keys = [other_key("register", 3, **(register_key or {}))]
    return pack(key_entry(_12=3, **(key or {})), more={k: v for k, v in more.items() if v}, keys=keys, **trust)


class Registers(unittest.TestCase):
    def check(self, reason, value, packed, data=REGISTERED[4], proofs=()):
        outcome = verify("SC1:" + base45(data), [packed], NOW, None, proofs)
        self.assertEqual((outcome.reason, outcome.register), (reason, value), outcome.detail)

    def test_tree_is_that_of_rfc_9162(self):
        self.assertEqual(register.tree_root([]), hashlib.sha256(b"").digest())
        for count in range(1, 20):
            data = [bytes([number]) * 32 for number in range(count)]
            root = register.tree_root(data)
            for position in range(count):
                path, leaf = path_of(data, position), register.leaf_hash(data[position])
                self.assertTrue(register.inclusion_holds(leaf, position, path, root, count))
                self.assertFalse(register.inclusion_holds(leaf, position, path + [root], root, count))
                self.assertFalse(register.inclusion_holds(leaf, position, path[:-1], root, count) and path)
                self.assertFalse(register.inclusion_holds(leaf, count, path, root, count))
        self.assertFalse(register.inclusion_holds(bytes(32), 0, [], hashlib.sha256(b"").digest(), 0))

    def test_values(self):
        stranger = sealed(claims(document()))
        self.check("genuine", "listed", register_pack())
        self.check("genuine", "not-listed", register_pack(), stranger)
        self.check("genuine", "unknown", register_pack(files=[]))
        self.check("genuine", "unknown", register_pack(heads=[], files=[]))
        self.check("genuine", "unknown", pack(), proofs=[proof(4)])
        lost = {"_10": NOW}
        self.check("genuine", "listed", register_pack(key=lost))
        self.check("key-compromised", "not-listed", register_pack(key=lost), stranger)
        self.check("key-compromised", "unknown", register_pack(files=[], key=lost))
        self.check("genuine", "listed", register_pack(files=[], key=lost), proofs=[b"", proof(4)])
        self.check("withdrawn", "listed", register_pack(key=lost, status=1))

    def test_proofs(self):
        empty = register_pack(files=[])
        right = proof(4)
        self.check("genuine", "listed", empty, proofs=[proof(3), right])
        for wrong in (proof(3), proof(4, number=4), right + b"\0", right[:-1], proof(4, path=[]),
                      proof(4, path=path_of(digests(REGISTERED), 4) + [bytes(32)])):
            self.check("genuine", "unknown", empty, proofs=[wrong])
        self.check("genuine", "not-listed", register_pack(), sealed(claims(document())), [right])

    def test_heads(self):
        rising = entries_of(REGISTERED)
        falling = rising[::-1]
        for reason, packed in (
            ("genuine", register_pack([head(_5=bytes(32))])),
            ("register-malformed", register_pack([head(_8=1)])),
            ("register-malformed", register_pack([head(_3=2**24 + 1)])),
            ("register-malformed", register_pack([head(_7=None)])),
            ("register-malformed", register_pack([head(), head(_2=SEALED + 1)])),
            ("register-malformed", register_pack([head() + b"\0"])),
            ("register-unsigned", register_pack([head(signer="stranger", _8=1)])),
            ("register-unsigned", register_pack([head(signer="key")])),
            ("register-unsigned", register_pack([head(aad="document")])),
            ("register-unsigned", register_pack([head(_1=4)])),
            ("register-unsigned", register_pack([head(_6=bytes(32))])),
            ("register-unsigned", register_pack([head(_2=NOW + 1)])),
            ("register-unsigned", register_pack([head(), head(_2=NOW + 1)])),
            ("register-unsigned", register_pack(register_key={"_9": SEALED - 1})),
            ("genuine", register_pack(register_key={"_9": SEALED})),
            ("register-unsigned", register_pack(register_key={"_10": NOW})),
            ("register-unsigned", register_pack(register_key={"_11": True})),
            ("specimen", register_pack(register_key={"_11": True}, key={"_11": True})),
            ("register-unsigned", register_pack(key={"_7": 6})),
            ("genuine", register_pack(key={"_7": 7})),
            ("genuine", register_pack(key={"_13": hashlib.sha256(head()).digest()})),
            ("register-unsigned", register_pack(key={"_13": bytes(32)})),
            ("register-malformed", register_pack(heads=[])),
            ("register-malformed", register_pack(files=[file(), file()])),
            ("register-malformed", register_pack(files=[file(number=4)])),
            ("register-malformed", register_pack(files=[file(authority="OTHER")])),
            ("register-malformed", register_pack(files=[file(REGISTERED[1:])])),
            ("register-malformed", register_pack([head(entries=falling)], [file(entries=falling)])),
            ("register-malformed", register_pack([head(entries=rising[:1] * 7)], [file(entries=rising[:1] * 7)])),
            ("trust-malformed", pack(key_entry(_13=bytes(32)))),
            ("trust-malformed", pack(key_entry(_12=3), keys=[{**key_entry(_12=3), 1: public("second")}])),
            ("trust-malformed", pack(keys=[other_key("register", 3, _12=3)])),
            ("pack-malformed", pack(more={4: []})),
            ("pack-malformed", pack(more={6: []})),
        ):
            with self.subTest(reason=reason):
                outcome = verify("SC1:" + base45(REGISTERED[0]), [packed], NOW)
                self.assertEqual(outcome.reason, reason, outcome.detail)

    def test_no_documents(self):
        packed = register_pack([head(())], [file(())])
        self.check("genuine", "not-listed", packed)


class Rotation(unittest.TestCase):
    def check(self, reason: str, held: bytes, new: bytes) -> None:
        try:
            successor(held, new)
            found = "accepted"
        except Refusal as refusal:
            found = refusal.reason
        self.assertEqual(found, reason)

    def test_same_roots(self):
        held = pack(version=5, issued=100)
        self.check("accepted", held, held)
        self.check("accepted", held, pack(version=5, issued=100, status=1))
        self.check("accepted", held, pack(version=6, issued=100))
        self.check("trust-rolled-back", held, pack(version=5, issued=101))
        self.check("trust-rolled-back", held, pack(version=4, issued=101))
        self.check("trust-rolled-back", held, pack(version=6, issued=99))
        self.check("register-malformed", held, pack(version=6, issued=100, more={5: [b""]}))

    def test_other_roots(self):
        held = pack(version=5, roots=("a", "b", "c"), signers=("a", "b"), threshold=2)
        new = {"version": 6, "roots": ("c", "d"), "threshold": 1}
        self.check("trust-foreign-root", held, pack(signers=("d",), **new))
        self.check("trust-foreign-root", held, pack(signers=("d", "a"), **new))
        self.check("trust-foreign-root", held, pack(signers=("d", "a", "a"), **new))
        self.check("accepted", held, pack(signers=("d", "a", "b"), **new))
        self.check("accepted", held, pack(signers=("a", "c"), **new))
        self.check("trust-unsigned", held, pack(signers=("a", "b"), **new))
        self.check("trust-rolled-back", held, pack(signers=("a", "c"), **{**new, "version": 4}))


# --- Minutes, section 16 ---

SALT = bytes(range(32))


def line(number: int = 1, **changes) -> bytes:
    values = [number, f"E{number}", ["Awa Exemple", "A"], 20080314, "Sciences", 1, 1525, [15, "absent"]]
    for name, value in changes.items():
        values[int(name[1:])] = value
    return dumps(values)


def minutes_of(signer: str = "jury", **changes) -> bytes:
    labels = {1: 1, 2: SEALED, 3: "2026", 4: 5, 5: bytes(32), 6: {0: [1, 2], "Sciences": [2, 0]}}
    labels.update({int(name[1:]): value for name, value in changes.items()})
    return sign1(signer, "sceau/1/minutes", dumps(labels))


class MinutesOfAJury(unittest.TestCase):
    def test_minutes(self):
        for reason, data, changes in (
            ("accepted", minutes_of(), {}),
            ("unknown-issuer", minutes_of("stranger"), {}),
            ("unknown-issuer", minutes_of("key"), {}),
            ("signature-invalid", minutes_of()[:-1] + b"\0", {}),
            ("envelope-malformed", minutes_of() + b"\0", {}),
            ("breaks-rules", minutes_of(_4=6), {}),
            ("breaks-rules", minutes_of(_7=1), {}),
            ("breaks-rules", minutes_of(_3=" A"), {}),
            ("breaks-rules", minutes_of(_6={1: [5, 0]}), {}),
            ("breaks-rules", minutes_of(_6={}), {}),
            ("outside-signing-window", minutes_of(_2=NOW + 1), {}),
            ("outside-signing-window", minutes_of(), {"_9": SEALED - 1}),
            ("accepted", minutes_of(), {"_9": SEALED}),
            ("key-compromised", minutes_of(), {"_10": NOW}),
            ("envelope-malformed", minutes_of(_3="A" * 65536), {}),
        ):
            with self.subTest(reason=reason, **changes):
                try:
                    found = open_minutes(data, [pack(keys=[other_key("jury", 4, **changes)])])
                    found = "accepted" if found.count == 5 else "another count"
                except Refusal as refusal:
                    found = refusal.reason
                self.assertEqual(found, reason)

    def test_lines(self):
        lines = [line(1), line(2, _3=0, _4=0, _5=0, _6=-1, _7=[]), line(3, _2="A")]
        data = []
        for number, canonical in enumerate(lines, 1):
            inner = hashlib.sha256(SALT + bytes(7) + bytes([number])).digest()
            data.append(hashlib.sha256(inner + canonical).digest())
        expected = register.node_hash(
            register.node_hash(register.leaf_hash(data[0]), register.leaf_hash(data[1])), register.leaf_hash(data[2])
        )
        self.assertEqual(minutes_root(lines, SALT), expected)
        for wrong in ([], [line(2)], [line(1), line(3)], [line(1), line(2, _1="E1")], [line() + b"\0"]):
            with self.assertRaises(Breach):
                minutes_root(wrong, SALT)
        with self.assertRaises(Breach):
            minutes_root(lines, SALT[1:])
        for place, values in {1: ["", 1], 2: ["", ["A"], 0], 3: [1, -1, 20080230], 4: [1, ""], 5: [2, True],
                              6: [-2, "1"], 7: [[-1], [""], ["A" * 9], 0]}.items():
            for value in values:
                with self.subTest(place=place, value=value), self.assertRaises(Breach):
                    minutes.read_line(line(**{f"_{place}": value}))


# --- Legalisation, section 17 ---


def record(signer: str = "ministry", sealed_at: int = SEALED, digest=None, **changes) -> bytes:
    labels = {1: hashlib.sha256(sealed(claims(document()))).digest() if digest is None else digest,
              2: b"12345678", 3: "Director", 4: "L-1", 5: "Dakar", 6: 20260714, 8: [7, 5]}
    labels.update({int(name[1:]): value for name, value in changes.items()})
    labels = {label: labels[label] for label in sorted(labels) if labels[label] is not None}
    payload = dumps({6: sealed_at, 7: b"record-1", -65538: labels})
    return sign1(signer, "sceau/1/legalisation", payload)


def ministry_pack(status: int = 0, role: int = 2, **changes) -> bytes:
    return pack(status=status, role=role, keys=[other_key("ministry", 5, **changes)])


class Legalisations(unittest.TestCase):
    def check(self, reason: str, data: bytes = b"", packed: bytes = b"", now: int = NOW) -> None:
        outcome = verify_legalisation("SL1:" + base45(data or record()), [packed or ministry_pack()], now)
        self.assertEqual(outcome.reason, reason, outcome.detail)

    def test_records(self):
        self.check("genuine")
        self.check("genuine", record(_0=["fr", "ar"], _3=["A", "B"]))
        self.check("genuine", record(_7="Visa"))
        self.check("status-unknown", record(_8=None))
        self.check("status-unknown", record(_8=[6, 5]))
        self.check("status-old", now=NOW + 100)
        self.check("withdrawn", packed=ministry_pack(status=1))
        self.check("specimen", packed=ministry_pack(_11=True))
        self.check("unknown-issuer", packed=ministry_pack(role=1))
        self.check("unknown-issuer", record("key"))
        self.check("key-compromised", packed=ministry_pack(_10=NOW))
        self.check("outside-signing-window", record(sealed_at=NOW + 1))
        self.check("outside-signing-window", packed=ministry_pack(_9=SEALED - 1, _10=NOW))
        self.check("newer-format", record(_9=1))
        self.check("breaks-rules", record(_4=None))
        self.check("breaks-rules", record(_3=["A", "B"]))
        self.check("breaks-rules", record(_0=["fr"], _3=["A", "B"]))
        self.check("breaks-rules", record(_0=["fr", "fr"]))
        self.check("breaks-rules", record(_6=20260732))
        self.check("signature-invalid", sign1("ministry", "sceau/1/document", claims(document())))

    def test_texts(self):
        text = "SL1:" + base45(record())
        for reason, wrong in (("foreign-code", TEXT), ("foreign-code", "SC2:"), ("newer-format", "SL2:"),
                              ("newer-format", "https://a#SL01:"), ("text-malformed", "SL1:")):
            self.assertEqual(verify_legalisation(wrong, [ministry_pack()], NOW).reason, reason)
        self.assertEqual(verify(text, [ministry_pack()], NOW).reason, "foreign-code")
        self.assertEqual(verify("SL2:", [ministry_pack()], NOW).reason, "foreign-code")
        self.assertEqual(verify_legalisation(text, [], NOW).reason, "no-trust")

    def test_match(self):
        packs = [ministry_pack()]
        paper = verify(TEXT, packs, NOW)
        for found, data in (("same", record()), ("other", record(digest=bytes(32))),
                            ("undetermined", record(_2=b"87654321")), ("undetermined", record(_9=1))):
            outcome = verify_legalisation("SL1:" + base45(data), packs, NOW)
            self.assertEqual(match(paper, outcome), found)
        shown = verify_legalisation("SL1:" + base45(record()), packs, NOW)
        self.assertEqual(match(verify("SC1:", packs, NOW), shown), "undetermined")


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
