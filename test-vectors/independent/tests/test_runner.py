"""Object files of the kinds `line`, `state` and `kept-pack`, as `run_vectors.py` judges them."""
from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import run_vectors
from tests.test_state import FIRST, NEW, NEWER, OLD, ROTATION
from tests.world import NOW, SEALED, TEXT, key_entry, list_id, pack, pack_of, signed_list, status_list, trust_list

LEAKED = trust_list(key_entry(), version=9, earlier=[FIRST])
PACKS = {
    "first": pack(), "newer": pack_of(NEWER, ROTATION), "apart": pack_of(NEWER, FIRST), "leaked": pack_of(LEAKED),
    "foreign": pack_of(signed_list(roots=["other"])), "ahead": pack(lists=[status_list(_4=SEALED)]), "cut": b"\xa0",
    "withdrawn": pack_of(FIRST, lists=[status_list(1, _3=9)]),
}


class ObjectFiles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.room = Path(folder.name)
        for name in ("vectors", "objects", "side"):
            (self.room / name).mkdir()
        for name, data in PACKS.items():
            (self.room / "side" / f"{name}.sceau").write_bytes(data)
        patched = mock.patch.object(run_vectors, "ROOM", self.room)
        patched.start()
        self.addCleanup(patched.stop)

    def judged(self, kind: str, expect: str, packs: str, artefact: str = "-", root: bytes = OLD, **headers):
        names = ", ".join(f"{name}.sceau" for name in packs.split())
        headers = {"object": kind, "expect": expect, "now": NOW, "root": root.hex(), "pack": names, **headers}
        path = self.room / "objects" / "case.txt"
        path.write_text("".join(f"{name}: {value}\n" for name, value in headers.items()) + f"\n{artefact}\n")
        return run_vectors.judge_file(path)

    def test_lines(self):
        newest = list_id(NEWER).hex()
        both = ", ".join(sorted(list_id(one).hex() for one in (NEWER, LEAKED)))
        for expect, lists, packs, more in (
            ("newest", newest, "first newer", {}), ("newest", newest, "newer", {}),
            ("newest", newest, "first newer foreign", {}), ("conflict", both, "first newer leaked", {}),
            ("newest", newest, "first newer leaked", {"root": NEW}), ("not-reached", "none", "foreign", {}),
            ("not-reached", "none", "first", {"root": NEW}), ("pack-malformed", "none", "first cut", {}),
        ):
            with self.subTest(packs=packs):
                self.assertIsNone(self.judged("line", expect, packs, lists=lists, **more))
        self.assertIn("found ('newest'", self.judged("line", "not-reached", "first newer", lists="none"))
        self.assertIn(f"found ('newest', '{newest}')", self.judged("line", "newest", "first newer", lists=both))

    def test_several_roots_stand_with_commas_between_them(self):
        both = mock.Mock(hex=lambda: f"{OLD.hex()}, {NEW.hex()}")
        self.assertIsNone(self.judged("line", "newest", "first newer leaked", root=both, lists=list_id(NEWER).hex()))

    def test_states(self):
        for expect, packs, more in (
            ("genuine", "first newer", {}), ("withdrawn", "first newer withdrawn", {}),
            ("trust-conflict", "first newer leaked", {}), ("unknown-issuer", "foreign", {}),
            ("pack-malformed", "first cut", {}), ("genuine", "first", {"countries": f"{OLD.hex()} BJ"}),
            ("unknown-issuer", "first", {"countries": f"{OLD.hex()} CI MA"}),
            ("genuine", "first", {"countries": f"{NEW.hex()} CI"}),
        ):
            with self.subTest(packs=packs, **more):
                self.assertIsNone(self.judged("state", expect, packs, TEXT, **more))
        self.assertIn("found genuine", self.judged("state", "withdrawn", "first", TEXT))

    def test_kept_packs(self):
        for expect, packs, now in (
            ("accepted", "first", NOW), ("status-ahead", "ahead", SEALED - 86_401), ("accepted", "ahead", SEALED),
            ("trust-foreign-root", "foreign", NOW), ("trust-link-missing", "apart", NOW),
        ):
            with self.subTest(packs=packs):
                self.assertIsNone(self.judged("kept-pack", expect, packs, now=now))
        self.assertIn("found accepted", self.judged("kept-pack", "status-ahead", "first"))

