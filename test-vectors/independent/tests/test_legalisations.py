"""Legalisation records, section 13."""
from __future__ import annotations

import unittest

from sceau_verify import match, verify, verify_legalisation
from tests.world import (
    NOW, SEALED, TEXT, base45, claims, digest as digest_of, document, dumps, other_key, pack, sign1, status_list, tag,
)


def record(signer: str = "ministry", sealed_at: int = SEALED, digest=None, **changes) -> bytes:
    labels = {1: digest_of(document()) if digest is None else digest,
              2: b"12345678", 3: "Director", 4: "L-1", 5: "Dakar", 6: 20260714}
    labels.update({int(name[1:]): value for name, value in changes.items()})
    labels = {label: labels[label] for label in sorted(labels) if labels[label] is not None}
    payload = dumps({6: sealed_at, 7: b"record-1", -65538: labels})
    return sign1(signer, "sceau/1/legalisation", payload)


def ministry_pack(status: int = 0, role: int = 2, **changes) -> bytes:
    labels = {1: digest_of(document()), 2: b"12345678", 3: "Director", 4: "L-1", 5: "Dakar", 6: 20260714}
    lists = [status_list(status, tags=[tag(digest_of(labels, "record", b"record-1"))])]
    keys = [other_key("ministry", 5, **{"_8": 7, **changes})]
    return pack(lists=lists, role=role, keys=[{label: keys[0][label] for label in sorted(keys[0])}])


class Legalisations(unittest.TestCase):
    def check(self, reason: str, data: bytes = b"", packed: bytes = b"", now: int = NOW) -> None:
        outcome = verify_legalisation("SL1:" + base45(data or record()), [packed or ministry_pack()], now)
        self.assertEqual(outcome.reason, reason, outcome.detail)

    def test_records(self):
        self.check("genuine")
        self.check("genuine", record(_0=["fr", "ar"], _3=["A", "B"]))
        self.check("genuine", record(_7="Visa"))
        self.check("status-unknown", packed=ministry_pack(_8=6))
        self.check("newer-format", record(_8=[7, 5]))
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
