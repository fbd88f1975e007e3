"""Room to grow, [GRO-1] to [GRO-3]."""
from __future__ import annotations

import unittest

import cbor2

from sceau import seal
from sceau_verify import verify
from tests.test_registers import head, register_pack
from tests.world import (
    NOW, TEXT, base45, claims, document, dumps, key_entry, pack, private, public, sealed, status_list,
)

VALUES = ((64, b"", True), (127, b"x", True), (64, bytes(65536), True), (64, bytes(65537), False), (64, 1, False),
          (64, [b""], False), (63, b"", False), (128, b"", False), ("64", b"", False))


def with_signature(header: bytes, signature: bytes, unprotected=None) -> bytes:
    """A pack whose trust list has one more signature, in front of that of the root."""
    parts = cbor2.loads(pack())
    signed = cbor2.loads(parts[1])
    more = [header, {} if unprotected is None else unprotected, signature]
    protected, none, payload, signatures = signed.value
    changed = cbor2.CBORTag(98, [protected, none, payload, [more, *signatures]])
    return dumps({**parts, 1: dumps(changed)})


def retold(change) -> bytes:
    """A pack whose trust list has other claims, signed by the root."""
    parts = cbor2.loads(pack())
    signed = cbor2.loads(parts[1])
    payload = dumps(change(cbor2.loads(signed.value[2])))
    header = signed.value[3][0][0]
    signature = private("root").sign(seal.sign_message(header, b"sceau/1/trust-list", payload))
    return dumps({**parts, 1: dumps(cbor2.CBORTag(98, [b"", {}, payload, [[header, {}, signature]]]))})


class RoomToGrow(unittest.TestCase):
    def check(self, reason: str, packed: bytes, text: str = TEXT) -> None:
        outcome = verify(text, [packed], NOW)
        self.assertEqual(outcome.reason, reason, outcome.detail)

    def test_labels_of_maps(self):
        for label, value, good in VALUES:
            def in_authority(claimed: dict) -> dict:
                return {**claimed, 6: [{**claimed[6][0], label: value}]}

            with self.subTest(label=label, size=len(value) if type(value) is bytes else None):
                more = {label: value}
                trust = "genuine" if good else "trust-malformed"
                self.check(trust, pack({**key_entry(), **more}))
                self.check(trust, retold(in_authority))
                self.check(trust, retold(lambda claimed: {**claimed, **more}))
                self.check("genuine" if good else "pack-malformed", pack(more=more))
                if type(label) is int:
                    lists = [status_list(1, **{f"_{label}": value})]
                    self.check("withdrawn" if good else "status-malformed", pack(lists=lists))
                    # a head is at most 1,024 bytes, so a longer value is refused there for its length
                    fits = good and len(value) < 512
                    packed = register_pack([head(**{f"_{label}": value})])
                    self.check("genuine" if fits else "register-malformed", packed)

    def test_documents_have_no_room(self):
        self.check("newer-format", pack(), "SC1:" + base45(sealed(claims(document(_64=b"")))))

    def test_entries_passed_over(self):
        for good, entry in (
            (True, {2: 6, 99: "anything"}), (True, {2: 2**64 - 1}), (True, {2: 1, 15: 2}), (True, {2: 0, 15: [{}]}),
            (True, {2: 6, 1: public("root")}), (True, {2: 6, 1: bytes(32)}), (True, {2: 6, 3: bytes(16377)}),
            (False, {2: 6, 3: bytes(16378)}), (True, {2: 6, 3: {True: 1}}), (True, {2: 6, 3: {(1, 2): {(): b""}}}),
            (False, {2: 0}), (False, {2: 6, -1: 0}), (False, {2: 6, "a": 0}), (False, {2: 6, True: 0}),
            (False, {15: 2}), (False, {2: -1, 15: 2}), (False, {2: "6"}),
        ):
            with self.subTest(entry=str(entry)[:40]):
                ordered = sorted(entry.items(), key=lambda pair: dumps(pair[0]))
                self.check("genuine" if good else "trust-malformed", pack(keys=[dict(ordered)]))
        # such a key signs nothing, and its list is one of no key
        self.check("unknown-issuer", pack(key_entry(_15=1)))
        self.check("status-unsigned", pack(status_more={15: 1}))

    def test_signatures_passed_over(self):
        kid = seal.kid_of(public("root"))
        other = dumps({1: -49, 4: kid})
        for reason, packed in (
            ("genuine", with_signature(other, b"any length")),
            ("genuine", with_signature(dumps({1: -8}), b"")),
            ("genuine", with_signature(other, bytes(16384))),
            ("trust-malformed", with_signature(other, bytes(16385))),
            ("trust-malformed", with_signature(dumps({1: -8, 4: bytes(16384)}), b"")),
            ("trust-malformed", with_signature(other, b"", {1: 1})),
            ("trust-malformed", with_signature(other, "text")),
            ("trust-malformed", with_signature(dumps({4: kid}), bytes(64))),
            ("trust-malformed", with_signature(dumps({1: "x", 4: kid}), bytes(64))),
            ("trust-malformed", with_signature(dumps({1: -19, 4: kid}), bytes(65))),
            ("trust-unsigned", with_signature(dumps({1: -19, 4: kid}), bytes(64))),
        ):
            self.check(reason, packed)
