"""Lists that follow each other, section 7."""
from __future__ import annotations

import unittest

from sceau.refusal import Refusal
from sceau_verify import successor
from tests.world import NOW, SEALED, key_entry, other_key, pack


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

    def test_scope_of_keys(self):
        def of(version: int, use: int = 3, **changes) -> bytes:
            return pack(key_entry(**changes), version=version, keys=[other_key("register", use)])

        held = of(5)
        for change in ({"_5": [1, 2]}, {"_6": ["2026", "2027"]}, {"_6": None}, {"_8": 8}, {"_8": None},
                       {"_11": True}, {"use": 2}):
            with self.subTest(**change):
                self.check("trust-malformed", held, of(6, **change))
                self.check("trust-rolled-back", held, of(4, **change))
        for change in ({"_3": 0}, {"_4": NOW}, {"_7": 1}, {"_9": SEALED}, {"_10": SEALED}, {"_12": 1},
                       {"_12": 1, "_13": bytes(32)}):
            with self.subTest(**change):
                self.check("accepted", held, of(6, **change))
        self.check("trust-malformed", of(5, _11=True), of(6))
        self.check("accepted", held, pack(version=6))

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
