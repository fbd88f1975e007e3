"""Strict CBOR, section 4, and keys, section 5."""
from __future__ import annotations

import hashlib
import unittest

import cbor2

from sceau import cbor, seal, textform
from sceau.refusal import Breach, Refusal
from tests.world import digits, private, public


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

    def test_size_is_that_of_the_bytes_read(self):
        for encoded in ("00 17 1818 190100 1a00010000 1b0000000100000000 20 37 3818 3bffffffffffffffff f5 40 5818"
                        " 6178 62c3a9 80 820140 a0 a10102 a18101f5 a1f500 a1a001 a1a1810200a0").split():
            data = bytes.fromhex(encoded) + (bytes(24) if encoded == "5818" else b"")
            self.assertEqual(cbor.size(cbor.read(data)), len(data), encoded)
        for length in (23, 24, 255, 256, 65535, 65536):
            for value in (bytes(length), "x" * length, [0] * length):
                self.assertEqual(cbor.size(value), len(cbor2.dumps(value)))

    def test_digits_have_one_text_for_each_byte_string(self):
        for length in range(1, 30):
            for data in (b"\xd2" + bytes(length - 1), b"\xd2" + b"\xff" * (length - 1)):
                self.assertEqual(textform.read_text("https://a#SC1:" + digits(data)), data)
        last = {1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15, 7: 17}
        first = digits(b"\xd2" + bytes(6))
        for size, count in last.items():
            over = str(256**size).zfill(count)
            for wrong in (first + over, first + over[:-1] + "\u0661", first + over[:-1] + " ", over[:-1] + "A"):
                self.refuse("text-malformed", "https://a#SC1:" + wrong)
        for count in {*range(1, 17)} - {*last.values()}:
            self.refuse("text-malformed", "https://a#SC1:" + first + "0" * count)
        self.refuse("text-malformed", "https://a#SC1:" + digits(b"\x84"))
        self.refuse("text-malformed", "https://a#SC1:")
        self.refuse("text-malformed", "SC1:" + digits(b"\xd2"))  # a symbol text is base45

    def refuse(self, reason: str, text: str) -> None:
        with self.assertRaises(Refusal) as caught:
            textform.read_text(text)
        self.assertEqual(caught.exception.reason, reason, text)

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
