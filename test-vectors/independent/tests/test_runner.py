"""Object files of the kinds `line` and `keep`, as `run_vectors.py` judges them."""
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
        headers = {"object": kind, "expect": expect, "now": NOW, "root": root.hex(), "packs": names, **headers}
        path = self.room / "objects" / "case.txt"
        path.write_text("".join(f"{name}: {value}\n" for name, value in headers.items()) + f"\n{artefact}\n")
        return run_vectors.judge_file(path)

    def test_lines(self):
        newest = "newest " + list_id(NEWER).hex()
        conflict = " ".join(["conflict", *sorted(list_id(one).hex() for one in (NEWER, LEAKED))])
        for expect, packs, more in (
            (newest, "first newer", {}), (newest, "newer", {}), (newest, "first newer foreign", {}),
            (conflict, "first newer leaked", {}), (newest, "first newer leaked", {"root": NEW}),
            ("none", "foreign", {}), ("none", "first", {"root": NEW}), ("pack-malformed", "first cut", {}),
            ("trust-link-missing", "apart", {}), ("trust-foreign-root", "foreign", {}),
        ):
            with self.subTest(packs=packs):
                self.assertIsNone(self.judged("line", expect, packs, **more))
        self.assertIn("found " + newest, self.judged("line", "none", "first newer"))

    def test_several_roots_stand_with_blanks_between_them(self):
        both = mock.Mock(hex=lambda: f"{OLD.hex()} {NEW.hex()}")
        self.assertIsNone(self.judged("line", "newest " + list_id(NEWER).hex(), "first newer leaked", root=both))

    def test_keeping(self):
        for expect, packs, more in (
            ("genuine", "first newer", {}), ("withdrawn", "first newer withdrawn", {}),
            ("trust-conflict", "first newer leaked", {}), ("unknown-issuer", "foreign", {}),
            ("status-ahead", "ahead", {"now": SEALED - 86_401}), ("pack-malformed", "first cut", {}),
            ("genuine", "first", {"countries": "BJ"}), ("unknown-issuer", "first", {"countries": "CI, MA"}),
        ):
            with self.subTest(packs=packs, **more):
                self.assertIsNone(self.judged("keep", expect, packs, TEXT, **more))
        self.assertIn("found genuine", self.judged("keep", "withdrawn", "first", TEXT))
        (self.room / "vectors" / "right.txt").write_text(f"expect: genuine\n\n{TEXT}\n")
        self.assertIsNone(self.judged("keep", "genuine", "first", text="right.txt"))
