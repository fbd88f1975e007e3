"""Registers, section 12."""
from __future__ import annotations

import hashlib
import unittest

from sceau import register
from sceau_verify import verify
from tests.world import (
    NOW, SEALED, base45, claims, digest, document, dumps, key_entry, other_key, pack, public, sealed, sign1,
    status_list, tag,
)

FACTS = [document(_3=f"Person {number}") for number in range(7)]
REGISTERED = [sealed(claims(facts)) for facts in FACTS]


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
    return [digest(FACTS[REGISTERED.index(data)]) for data in documents]


def entries_of(documents) -> list[bytes]:
    return sorted(register.document_entry(b"12345678", register.leaf_hash(data)) for data in digests(documents))


def head(documents=tuple(REGISTERED), signer: str = "register", entries=None, aad="register-head", **changes) -> bytes:
    content = b"".join(entries_of(documents) if entries is None else entries)
    labels = {1: 3, 2: SEALED, 3: len(documents), 4: register.tree_root(digests(documents)),
              6: hashlib.sha256(public("key")).digest(), 7: hashlib.sha256(content).digest()}
    labels.update({int(name[1:]): value for name, value in changes.items()})
    labels = {label: labels[label] for label in sorted(labels) if labels[label] is not None}
    return sign1(signer, "sceau/1/" + aad, dumps(labels))


def file(documents=tuple(REGISTERED), entries=None, number: int = 3, authority: str = "BJ-OFFICE") -> bytes:
    content = b"".join(entries_of(documents) if entries is None else entries)
    return dumps({0: "sceau/1/register", 1: authority, 2: number, 3: content})


def proof(position: int, documents=tuple(REGISTERED), number: int = 3, path=None) -> bytes:
    path = path_of(digests(documents), position) if path is None else path
    return dumps({0: "sceau/1/inclusion", 1: "BJ-OFFICE", 2: number, 3: position, 4: path})


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
        withdrawn = [status_list(1, tags=[tag(digest(FACTS[4]))])]
        self.check("withdrawn", "listed", register_pack(key=lost, lists=withdrawn))

    def test_fixed_register_is_complete(self):
        stranger = sealed(claims(document()))
        fixed = {"_13": hashlib.sha256(head()).digest()}
        self.check("genuine", "listed", register_pack(key=fixed))
        self.check("key-compromised", "not-listed", register_pack(key=fixed), stranger)
        self.check("key-compromised", "not-listed", register_pack(key=fixed), stranger, [proof(4)])
        self.check("register-unknown", "unknown", register_pack(files=[], key=fixed), stranger)
        self.check("register-unknown", "unknown", register_pack(heads=[], files=[], key=fixed), stranger)
        free = {**fixed, "_14": True}
        self.check("genuine", "unknown", register_pack(files=[], key=free), stranger)
        self.check("key-compromised", "not-listed", register_pack(key=free), stranger)
        self.check("key-compromised", "unknown", register_pack(files=[], key={**free, "_10": NOW}))
        self.check("genuine", "listed", register_pack(files=[], key=fixed), proofs=[proof(4)])

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
            ("register-malformed", register_pack([head(), head(_2=SEALED + 1)], [file(), file()])),
            ("register-malformed", register_pack([head(), head(REGISTERED[1:])], [file(REGISTERED[2:])])),
            ("genuine", register_pack([head(), head(REGISTERED[1:])], [file(REGISTERED[1:]), file()])),
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
