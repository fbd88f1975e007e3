"""Minutes, section 16."""
from __future__ import annotations

import hashlib
import unittest

from sceau import minutes, register
from sceau.refusal import Breach, NewerChoice, Refusal
from sceau_verify import minutes_root, open_minutes
from tests.world import NOW, SEALED, dumps, other_key, pack, sign1

SALT = bytes(range(32))
RESULTS = {1: [1525, 2, 20], 2: ["Maths"], 4: [[4, True, 0, [15]]]}


def line(number: int = 1, **changes) -> bytes:
    values = [number, f"E{number}", ["Awa Exemple", "A"], 20080314, "Sciences", [1, ["Admis", True]], "Bien", RESULTS]
    for name, value in changes.items():
        values[int(name[1:])] = value
    return dumps(values)


def minutes_of(signer: str = "jury", **changes) -> bytes:
    labels = {1: 1, 2: SEALED, 3: "2026", 4: 5, 5: bytes(32), 6: {0: [1, 1, 1], "Sciences": [0, 2, 0]}}
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
            ("breaks-rules", minutes_of(_6={1: [5, 0, 0]}), {}),
            ("breaks-rules", minutes_of(_6={}), {}),
            ("breaks-rules", minutes_of(_6={0: [5, 0]}), {}),
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
        lines = [line(1), line(2, _3=0, _4=0, _5=[0], _6=0, _7=0), line(3, _2="A")]
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
        wrong_values = {
            1: ["", 1], 2: ["", ["A"], 0], 3: [1, -1, 20080230], 4: [1, ""], 5: [1, [], [1, "A", "B"]],
            6: [-2, 1, [True, True], ["A", "B", "C"]], 7: [1, {}, {1: 1}, {2: [["A", "B", "C"]]}],
        }
        for place, values in wrong_values.items():
            for value in values:
                with self.subTest(place=place, value=value), self.assertRaises(Breach):
                    minutes.read_line(line(**{f"_{place}": value}))
        with self.assertRaises(NewerChoice):
            minutes.read_line(line(_5=[3]))
