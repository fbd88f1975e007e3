"""Lists that follow each other, section 7."""
from __future__ import annotations

import unittest

from sceau.refusal import Refusal
from sceau_verify import successor
from tests.world import pack


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
